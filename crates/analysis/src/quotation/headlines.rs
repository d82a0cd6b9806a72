//! Who is quoted in a headline that names nobody: whoever says the same words in the article.

use parallax_model::{Quotation, Span};

/// The rule that finds a quotation before a headline's colon: "‘Nobody looked’: farmers in despair".
pub(super) const HEADLINE: &str = "headline";

/// Gives the quotations of headlines the speaker of the first quotation that holds their words.
pub(super) fn take_speakers(text: &str, quotations: &mut [Quotation]) {
    for index in 0..quotations.len() {
        let Some(headline) = quotations.get(index).filter(|q| q.rule == HEADLINE) else { continue };
        let Some(words) = headline.spans.first().map(|&span| bare(text, span)) else { continue };
        let same = |q: &&Quotation| {
            q.rule != HEADLINE && q.kind.is_quoted() && q.spans.iter().any(|&s| s.of(text).contains(words))
        };
        let Some(mut speaker) = quotations.iter().find(same).map(|q| q.speaker.clone()) else { continue };
        speaker.mention = None;
        if let Some(headline) = quotations.get_mut(index) {
            headline.speaker = speaker;
        }
    }
}

/// The words without marks at either end.
fn bare(text: &str, span: Span) -> &str {
    span.of(text).trim_matches(|c: char| !c.is_alphanumeric())
}
