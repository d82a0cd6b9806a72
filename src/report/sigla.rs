//! What the editions of the sayings call their witnesses.

use std::collections::BTreeMap;

use parallax_model::{Comparison, QuotationRef, Utterance};

/// The sayings of which there is more than one rendition, with their place among all.
pub(super) fn compared(comparison: &Comparison) -> impl Iterator<Item = (usize, &Utterance)> {
    comparison.utterances.iter().enumerate().filter(|(_, utterance)| utterance.renditions.len() > 1)
}

/// The sigla of witnesses: one for each article, and where an article renders a saying more than once, one more for each further time.
pub(super) fn sigla(witnesses: &[QuotationRef]) -> Vec<String> {
    let mut times: BTreeMap<usize, usize> = BTreeMap::new();
    let siglum = |witness: &QuotationRef| {
        let time = times.entry(witness.article).or_default();
        *time += 1;
        siglum(witness.article, *time)
    };
    witnesses.iter().map(siglum).collect()
}

/// The siglum of an article where it renders a saying for the given time, the first being 1.
pub(super) fn siglum(article: usize, time: usize) -> String {
    match time {
        1 => format!("a{}", article + 1),
        _ => format!("a{}-{time}", article + 1),
    }
}

/// How often each article renders one saying, at most.
pub(super) fn most_renditions(comparison: &Comparison) -> Vec<usize> {
    let mut most = vec![1; comparison.documents.len()];
    for (_, utterance) in compared(comparison) {
        for (article, most) in most.iter_mut().enumerate() {
            let times = utterance.renditions.iter().filter(|r| r.quotation.article == article).count();
            *most = times.max(*most);
        }
    }
    most
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_article_that_repeats_a_saying_has_more_than_one_siglum() {
        let at = |article, quotation| QuotationRef { article, quotation };
        assert_eq!(sigla(&[at(0, 1), at(2, 0), at(2, 4)]), ["a1", "a3", "a3-2"]);
    }
}
