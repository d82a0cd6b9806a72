//! Moments as pages and programs have them. The archive's moments are UTC, and so are these.

use jiff::Timestamp;
use jiff::tz::TimeZone;

use crate::report::labels;

/// For people: `9 October 2025, 14:05 UTC`.
pub(crate) fn spoken(moment: Timestamp) -> String {
    let moment = moment.to_zoned(TimeZone::UTC);
    format!("{}, {} UTC", labels::date(&moment.date().to_string()), moment.strftime("%H:%M"))
}

/// For programs: RFC 3339 to the second.
pub(crate) fn iso(moment: Timestamp) -> String {
    moment.strftime("%Y-%m-%dT%H:%M:%SZ").to_string()
}
