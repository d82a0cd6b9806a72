//! The fixed labels that a reader meets. Everything else on the page is the reports' own words.

use parallax_model::{
    Agreement, Conflict, Effect, Lineage, LineageRelation, Passage, PassageRelation, QuotationKind,
    RenditionRelation,
};

/// Stands for a speaker that a report does not name.
pub(crate) const NO_SPEAKER: &str = "speaker not named";

/// Stands above reports that share a source.
pub(crate) const OUTSIDE_SOURCE: &str = "a source that is not among the reports";

/// How a rendition relates to the reference.
pub(crate) const fn rendition(relation: RenditionRelation) -> &'static str {
    match relation {
        RenditionRelation::Verbatim => "word for word",
        RenditionRelation::Typo => "one word altered",
        RenditionRelation::Truncated => "shortened",
        RenditionRelation::Spliced => "parts joined",
        RenditionRelation::Reworded => "altered",
        RenditionRelation::Paraphrased => "paraphrased",
    }
}

/// How a change of words bears on the meaning.
pub(crate) const fn effect(effect: Effect) -> &'static str {
    match effect {
        Effect::Negation => "negation changed",
        Effect::Number => "figure changed",
        Effect::Name => "name changed",
        Effect::Modality => "modality changed",
    }
}

/// Whether the reports of a fact agree.
pub(crate) const fn agreement(agreement: Agreement) -> &'static str {
    match agreement {
        Agreement::Single => "one report",
        Agreement::Agree => "agree",
        Agreement::Differ => "differ",
        Agreement::Conflict => "conflict",
    }
}

/// How a report depends on another.
pub(crate) const fn lineage(relation: LineageRelation) -> &'static str {
    match relation {
        LineageRelation::CopyOf => "copy",
        LineageRelation::RewriteOf => "rewrite",
        LineageRelation::SharesSource => "shared source",
    }
}

/// How two stretches of text relate.
pub(crate) const fn passage(relation: PassageRelation) -> &'static str {
    match relation {
        PassageRelation::Copy => "copied",
        PassageRelation::Rewrite => "rewritten",
        PassageRelation::SameFact => "same fact",
    }
}

/// What a passage changes of the meaning, to follow how it relates; empty where it changes nothing.
pub(crate) fn changes(passage: &Passage) -> String {
    let conflicts = passage.verdict.iter().flat_map(|verdict| &verdict.conflicts).map(|c| conflict(*c));
    let changed = conflicts.collect::<Vec<_>>().join(", ");
    if changed.is_empty() { changed } else { format!("; differs in {changed}") }
}

const fn conflict(conflict: Conflict) -> &'static str {
    match conflict {
        Conflict::Roles => "who did it to whom",
        Conflict::Number => "a figure",
        Conflict::Name => "a name",
        Conflict::Negation => "a denial",
        Conflict::Opposite => "a word and its opposite",
    }
}

/// How a saying is rendered.
pub(crate) const fn quotation(kind: QuotationKind) -> &'static str {
    match kind {
        QuotationKind::Direct => "quoted",
        QuotationKind::Mixed => "quoted in part",
        QuotationKind::Indirect => "in the reporter’s words",
    }
}

/// Below this confidence a direction is as good as open.
const LEAST_SURE: f32 = 0.6;

/// How much of a report goes back to the report it depends on, and how sure the direction is.
pub(crate) fn dependence(link: &Lineage) -> String {
    let share = percent(link.share);
    match link.relation {
        LineageRelation::SharesSource => format!("shared source, {share} of its sentences shared"),
        relation if link.direction_confidence < LEAST_SURE => {
            format!("{}, {share} of its sentences, direction undecided", lineage(relation))
        }
        relation => {
            let direction = percent(link.direction_confidence);
            format!("{}, {share} of its sentences, direction {direction} sure", lineage(relation))
        }
    }
}

/// A share as a whole percentage.
pub(crate) fn percent(share: f32) -> String {
    format!("{:.0}%", share.clamp(0.0, 1.0) * 100.0)
}

/// A number of things, with the word for one or for many.
pub(crate) fn count(number: usize, one: &str, many: &str) -> String {
    format!("{number} {}", if number == 1 { one } else { many })
}

/// `YYYY-MM-DD`, `YYYY-MM` or `YYYY` as people write it; anything else as it stands.
pub(crate) fn date(iso: &str) -> String {
    let mut parts = iso.splitn(3, '-');
    let year = parts.next().unwrap_or_default();
    let month = parts.next().and_then(month);
    match (month, parts.next().and_then(|day| day.parse::<u8>().ok())) {
        (Some(month), Some(day)) => format!("{day} {month} {year}"),
        (Some(month), None) => format!("{month} {year}"),
        _ => iso.to_owned(),
    }
}

/// From the first day to the last, as people write it.
pub(crate) fn days((first, last): (&str, &str)) -> String {
    if first == last { date(first) } else { format!("{} – {}", date(first), date(last)) }
}

fn month(number: &str) -> Option<&'static str> {
    const MONTHS: [&str; 12] = [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ];
    MONTHS.get(number.parse::<usize>().ok()?.checked_sub(1)?).copied()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_read_as_people_write_them() {
        for (iso, expected) in [
            ("2025-10-09", "9 October 2025"),
            ("2025-10", "October 2025"),
            ("1962", "1962"),
            ("2025-13-01", "2025-13-01"),
            ("", ""),
            ("soon", "soon"),
        ] {
            assert_eq!(date(iso), expected);
        }
    }

    #[test]
    fn percentages_stay_between_none_and_all() {
        for (share, expected) in [(0.0, "0%"), (0.925, "92%"), (1.2, "100%"), (-1.0, "0%")] {
            assert_eq!(percent(share), expected);
        }
    }
}
