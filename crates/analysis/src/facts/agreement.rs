//! Whether reports agree, with the reason in fixed wording and the reports' own words.

use std::collections::BTreeSet;

use parallax_model::{Agreement, Bound, Document, Quantity};

use super::figure::Figure;
use super::words_at;

/// Figures given as about right may be off by this share.
const ABOUT: f64 = 0.1;

/// Whether figures of the same thing agree.
pub(super) fn of_figures(documents: &[Document], group: &[&Figure<'_>]) -> (Agreement, String) {
    let articles: BTreeSet<usize> = group.iter().map(|figure| figure.place.article).collect();
    if articles.len() < 2 {
        return (Agreement::Single, "Only one article gives this figure.".to_owned());
    }
    let pairs = || group.iter().enumerate().flat_map(|(at, a)| group[at + 1..].iter().map(move |b| (a, b)));
    let worst = pairs().max_by_key(|(a, b)| of_pair(a, b));
    let Some((a, b)) = worst else { return (Agreement::Agree, String::new()) };
    let said = format!("“{}” and “{}”", words_at(documents, a.place), words_at(documents, b.place));
    match of_pair(a, b) {
        Agreement::Conflict => (Agreement::Conflict, format!("{said} cannot both be right.")),
        Agreement::Differ if later(a, b) => {
            (Agreement::Differ, format!("{said} are given as of different times."))
        }
        Agreement::Differ => (Agreement::Differ, format!("{said} are compatible, but not equally exact.")),
        _ => (Agreement::Agree, format!("{} articles give the same figure.", articles.len())),
    }
}

/// Whether two figures of the same thing can both be right, each as of its time.
pub(super) fn of_pair(a: &Figure<'_>, b: &Figure<'_>) -> Agreement {
    match of_values(a.quantity, b.quantity) {
        Agreement::Conflict if later(a, b) => Agreement::Differ,
        agreement => agreement,
    }
}

/// Whether the two are given as of different times.
fn later(a: &Figure<'_>, b: &Figure<'_>) -> bool {
    !a.as_of.is_empty() && !b.as_of.is_empty() && a.as_of != b.as_of
        || a.as_of.is_empty() != b.as_of.is_empty()
}

/// Whether two values of the same thing can both be right.
fn of_values(a: &Quantity, b: &Quantity) -> Agreement {
    let (low, high) = (a.value.min(b.value), a.value.max(b.value));
    if low == high {
        return if a.bound == b.bound || a.approximate || b.approximate {
            Agreement::Agree
        } else {
            Agreement::Differ
        };
    }
    let compatible = within_bound(a, b) && within_bound(b, a);
    let inexact = a.bound.is_some() || b.bound.is_some();
    let about = (a.approximate || b.approximate) && high - low <= ABOUT * high;
    if inexact && compatible || about { Agreement::Differ } else { Agreement::Conflict }
}

/// Whether `value` respects the bound of `bound`, if that is one.
fn within_bound(bound: &Quantity, value: &Quantity) -> bool {
    match bound.bound {
        Some(Bound::Least) => value.value >= bound.value || value.bound == Some(Bound::Least),
        Some(Bound::Most) => value.value <= bound.value || value.bound == Some(Bound::Most),
        None => true,
    }
}

#[cfg(test)]
mod tests {
    use parallax_model::Span;

    use super::*;

    fn quantity(value: f64, approximate: bool, bound: Option<Bound>) -> Quantity {
        Quantity { span: Span::new(0, 1), value, unit: Some("person".to_owned()), approximate, bound }
    }

    #[test]
    fn values() {
        let exact = |value| quantity(value, false, None);
        let about = |value| quantity(value, true, None);
        let least = |value| quantity(value, false, Some(Bound::Least));
        let most = |value| quantity(value, false, Some(Bound::Most));
        let check = |a: Quantity, b: Quantity, expected| {
            assert_eq!(of_values(&a, &b), expected, "{a:?} {b:?}");
            assert_eq!(of_values(&b, &a), expected, "{b:?} {a:?}");
        };
        check(exact(32.0), exact(32.0), Agreement::Agree);
        check(exact(90.0), about(90.0), Agreement::Agree);
        check(exact(32.0), exact(34.0), Agreement::Conflict);
        check(least(32.0), exact(34.0), Agreement::Differ);
        check(least(40.0), exact(34.0), Agreement::Conflict);
        check(most(40.0), exact(34.0), Agreement::Differ);
        check(least(32.0), least(40.0), Agreement::Differ);
        check(least(50.0), most(40.0), Agreement::Conflict);
        check(about(300.0), exact(310.0), Agreement::Differ);
        check(about(300.0), exact(500.0), Agreement::Conflict);
    }
}
