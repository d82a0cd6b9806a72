//! Facts that several reports carry: each value with who reports it and the origins behind it.

use std::cmp::Reverse;
use std::collections::BTreeSet;

use parallax_model::{Agreement, Comparison, Fact, FactKind, FactReport, Place, Utterance};

/// A fact on which reports can be compared.
#[derive(Debug)]
pub(crate) struct SharedFact<'a> {
    /// Its index among the facts of the comparison.
    pub(crate) index: usize,
    pub(crate) fact: &'a Fact,
    /// Whether the sayings show all that there is to it: what somebody said, however it is rendered, and no other claim beside it.
    pub(crate) is_saying: bool,
    /// The values reported, that of most origins first; one group where the fact has no figure.
    pub(crate) groups: Vec<ValueGroup<'a>>,
}

/// Reports that give the same value.
#[derive(Debug)]
pub(crate) struct ValueGroup<'a> {
    /// The value as the first of them words it, where the fact has one.
    pub(crate) value: Option<String>,
    /// The reports, with their index among the reports of the fact.
    pub(crate) reports: Vec<(usize, &'a FactReport)>,
    /// How many independent origins stand behind them.
    pub(crate) origins: usize,
}

impl ValueGroup<'_> {
    /// Indices of the articles that report the value.
    pub(crate) fn articles(&self) -> impl Iterator<Item = usize> {
        self.reports.iter().map(|(_, report)| report.place.article)
    }
}

/// The facts that at least two reports carry: conflicts, then differences, then what agrees.
pub(super) fn shared<'a>(comparison: &'a Comparison, origin_of: &[usize]) -> Vec<SharedFact<'a>> {
    let facts = comparison.facts.iter().enumerate().filter(|(_, fact)| fact.agreement != Agreement::Single);
    let mut facts: Vec<_> = facts
        .map(|(index, fact)| SharedFact {
            index,
            fact,
            is_saying: is_saying(comparison, fact),
            groups: groups(comparison, fact, origin_of),
        })
        .collect();
    facts.sort_by_key(|f| (Reverse(f.fact.agreement), Reverse(f.fact.origins), f.index));
    facts
}

fn is_saying(comparison: &Comparison, fact: &Fact) -> bool {
    let is_one_saying = || {
        let mut sayings = comparison.utterances.iter();
        sayings.any(|saying| fact.reports.iter().all(|report| renders(comparison, saying, &report.place)))
    };
    // A figure that reports contradict each other in stands in the table by itself.
    let is_figure = || {
        let mut figures = comparison.facts.iter().filter(|other| other.kind == FactKind::Quantity);
        figures.any(|other| other.explanation == fact.explanation)
    };
    fact.kind == FactKind::Position && (fact.agreement == Agreement::Agree || is_one_saying() || is_figure())
}

/// Whether a rendition of the saying stands in the place.
fn renders(comparison: &Comparison, saying: &Utterance, place: &Place) -> bool {
    let in_article = saying.renditions.iter().filter(|it| it.quotation.article == place.article);
    let spans = in_article.filter_map(|rendition| {
        let whole =
            &comparison.documents.get(place.article)?.quotations.get(rendition.quotation.quotation)?.spans;
        Some(rendition.spans.as_ref().unwrap_or(whole))
    });
    spans.flatten().any(|span| span.overlaps(place.span))
}

fn groups<'a>(comparison: &Comparison, fact: &'a Fact, origin_of: &[usize]) -> Vec<ValueGroup<'a>> {
    let mut groups: Vec<ValueGroup<'a>> = Vec::new();
    let alike = |a: &FactReport, b: &FactReport| {
        fact.agreement == Agreement::Agree
            || (a.value, &a.unit, a.approximate) == (b.value, &b.unit, b.approximate)
    };
    for (index, report) in fact.reports.iter().enumerate() {
        match groups.iter_mut().find(|group| alike(group.reports[0].1, report)) {
            Some(group) => group.reports.push((index, report)),
            None => {
                let value = worded(comparison, report).or_else(|| value(report));
                groups.push(ValueGroup { value, reports: vec![(index, report)], origins: 0 });
            }
        }
    }
    for group in &mut groups {
        group.origins = group.articles().map(|article| origin_of[article]).collect::<BTreeSet<_>>().len();
    }
    groups.sort_by_key(|group| (Reverse(group.origins), Reverse(group.reports.len()), group.reports[0].0));
    groups
}

/// The figure as the report words it.
fn worded(comparison: &Comparison, report: &FactReport) -> Option<String> {
    let document = &comparison.documents[report.place.article];
    let inside = document.quantities.iter().filter(|quantity| report.place.span.overlaps(quantity.span));
    let figure = inside
        .filter(|quantity| Some(quantity.value) == report.value)
        .min_by_key(|q| q.unit != report.unit)?;
    Some(figure.span.of(document.text()).split_whitespace().collect::<Vec<_>>().join(" "))
}

/// The figure with its unit.
fn value(report: &FactReport) -> Option<String> {
    let value = report.value?;
    let about = if report.approximate { "about " } else { "" };
    let unit = report.unit.as_deref().map(|unit| format!(" {unit}")).unwrap_or_default();
    Some(format!("{about}{}{unit}", grouped(value)))
}

/// A number with its thousands set apart and at most two decimals.
fn grouped(value: f64) -> String {
    let text = format!("{:.2}", value.abs());
    let (whole, decimals) = text.split_once('.').unwrap_or((&text, ""));
    let digits = whole.len();
    let mut out = String::from(if value < 0.0 { "−" } else { "" });
    for (i, digit) in whole.chars().enumerate() {
        if i > 0 && (digits - i).is_multiple_of(3) && digits > 4 {
            out.push(',');
        }
        out.push(digit);
    }
    let decimals = decimals.trim_end_matches('0');
    if decimals.is_empty() { out } else { format!("{out}.{decimals}") }
}

#[cfg(test)]
mod tests {
    use super::grouped;

    #[test]
    fn numbers_read_easily() {
        for (value, expected) in [
            (14.0, "14"),
            (1962.0, "1962"),
            (6200.0, "6200"),
            (62_000.0, "62,000"),
            (2_400_000.0, "2,400,000"),
            (4.5, "4.5"),
            (0.127, "0.13"),
            (-3.1, "−3.1"),
        ] {
            assert_eq!(grouped(value), expected);
        }
    }
}
