//! The days of the week that a report names.
//!
//! News tells by the day of the week when something happened. In the next steps of an affair nearly all names are the same, but another day is named; and
//! reports of one event name one day, however late they come. With the day of publication it is a date: "on Tuesday", in a report of Thursday,
//! was two days before.

use crate::extract::weekday;

/// Days since the first of 2000, which was a Saturday, have this day of the week as their 0.
const SATURDAY: i32 = 5;
/// Days that lie farther apart than this are far apart.
const FAR: i32 = 9;
/// What stands for a figure that is not known.
const UNKNOWN: f32 = -1.0;

/// The days of the week that a report names: Monday is 0, or the lowest bit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Weekdays {
    /// Those in its body.
    pub(super) body: u8,
    /// Those in its headline and at the top of its body.
    pub(super) lead: u8,
    /// The first of those.
    pub(super) first: Option<u8>,
}

impl Weekdays {
    /// Takes in a word of the body.
    pub(super) fn take_in(&mut self, word: &str, is_lead: bool) {
        let Some(day) = weekday(word) else { return };
        self.body |= 1 << day;
        if is_lead {
            self.lead |= 1 << day;
            self.first = self.first.or(Some(day));
        }
    }

    /// Takes in the headline, which stands before all.
    pub(super) fn take_in_title(&mut self, title: &str) {
        let days = title.split(|c: char| !c.is_alphanumeric()).filter_map(weekday);
        for (place, day) in days.enumerate() {
            self.lead |= 1 << day;
            self.first = if place == 0 { Some(day) } else { self.first };
        }
    }

    /// What the model looks at: the share of the days that both bodies name, 0 to 1, whether the first days are one, whether the leads share
    /// one, and how many days lie between the first days where the days of publication are given too.
    pub(super) fn features(self, day: Option<i32>, other: Self, other_day: Option<i32>) -> [f32; 4] {
        let all = (self.body | other.body).count_ones();
        let common = (self.body & other.body).count_ones();
        let shared = if all == 0 { UNKNOWN } else { common as f32 / all as f32 };
        let (Some(first), Some(other_first)) = (self.first, other.first) else {
            return [shared, UNKNOWN, UNKNOWN, UNKNOWN];
        };
        let apart = day.zip(other_day).map_or(UNKNOWN, |(day, other_day)| {
            (last(first, day) - last(other_first, other_day)).abs().min(FAR) as f32
        });
        [shared, f32::from(first == other_first), f32::from(self.lead & other.lead != 0), apart]
    }
}

/// The last day until then that was such a day of the week.
fn last(weekday: u8, day: i32) -> i32 {
    day - (day + SATURDAY - i32::from(weekday)).rem_euclid(7)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn named(title: &str, body: &str) -> Weekdays {
        let mut weekdays = Weekdays::default();
        body.split(' ').enumerate().for_each(|(place, word)| weekdays.take_in(word, place < 5));
        weekdays.take_in_title(title);
        weekdays
    }

    #[test]
    fn days_of_the_week_are_read() {
        let check = |title: &str, body: &str, body_days: u8, lead: u8, first: Option<u8>| {
            assert_eq!(named(title, body), Weekdays { body: body_days, lead, first }, "{title} {body}");
        };
        check("", "", 0, 0, None);
        check("", "It broke on Monday and SUNDAY", 0b100_0001, 1, Some(0));
        check("Friday’s flood", "It broke on Monday", 1, 0b1_0001, Some(4));
        check("A Mondayish day", "a b c d e Tuesday", 0b10, 0, None);
    }

    #[test]
    fn named_days_lie_so_far_apart() {
        let check = |one: (&str, Option<i32>), other: (&str, Option<i32>), expected: [f32; 4]| {
            let found = named("", one.0).features(one.1, named("", other.0), other.1);
            assert_eq!(found, expected, "{one:?} {other:?}");
            assert_eq!(named("", other.0).features(other.1, named("", one.0), one.1), expected);
        };
        check(("", None), ("", None), [-1.0; 4]);
        check(("Monday", None), ("", Some(0)), [0.0, -1.0, -1.0, -1.0]);
        check(("Monday", None), ("Monday Tuesday", Some(0)), [0.5, 1.0, 1.0, -1.0]);
        // Saturday the first and Sunday the second both mean Friday; on the Friday after, it is another.
        check(("Friday", Some(0)), ("Friday", Some(1)), [1.0, 1.0, 1.0, 0.0]);
        check(("Friday", Some(0)), ("Friday", Some(6)), [1.0, 1.0, 1.0, 7.0]);
        check(("Friday", Some(0)), ("Saturday", Some(0)), [0.0, 0.0, 0.0, 1.0]);
        check(("Friday", Some(0)), ("Friday", Some(400)), [1.0, 1.0, 1.0, 9.0]);
        check(("Monday", Some(-40)), ("Monday", Some(-40)), [1.0, 1.0, 1.0, 0.0]);
    }
}
