//! Which quoted stretches are parts of one quotation: its attribution interrupts it, or it goes on in the next paragraph.

use parallax_model::QuotationKind;

use super::{Attribution, Place};
use crate::quotation::cue::CueShape;
use crate::quotation::lexicon::CueClass;
use crate::quotation::line::{ItemKind, Sentence};

/// Sentences that may stand between the attribution and the rest of a quotation.
const ASIDES: usize = 2;

impl Place<'_> {
    /// Whether it goes on with the saying before it.
    pub(super) fn is_joined_to_last(&self, earlier: &[Attribution]) -> bool {
        let Some(last) = earlier.last().filter(|l| l.kind == QuotationKind::Direct) else { return false };
        let Some(end) = last.contents.last().map(|c| c.end) else { return false };
        let Some(home) = self.line.sentence_of(end - 1) else { return false };
        let Some(paragraph) = self.line.sentences.get(home).map(|s| s.paragraph) else { return false };
        if last.cue.is_none() {
            return false;
        }
        if home == self.index {
            return self.resumes_in_sentence(last, end);
        }
        let alone = self.stands_alone() && !self.here_says();
        if paragraph == self.sentence.paragraph {
            alone && (end == self.at || self.only_asides_since(home))
        } else {
            alone && paragraph + 1 == self.sentence.paragraph && self.continues_paragraph(home, end)
        }
    }

    /// "“We hold,” said Voss, “and we stay.”"
    fn resumes_in_sentence(&self, last: &Attribution, end: usize) -> bool {
        let Some(cue) = &last.cue else { return false };
        let between = end..self.at;
        let punctuated = self.before().is_some_and(|i| i.kind == ItemKind::Mark && !i.is_mark("("));
        let other = self.here().iter().any(|c| between.contains(&c.items.start) && c.items != *cue);
        (between.contains(&cue.start)
            && punctuated
            && !other
            && !self.words().starts_with(char::is_uppercase)
            || end == self.at)
            && last.contents.len() < 12
    }

    /// Whether nobody else says anything in the sentences between the one at `home` and this one.
    fn only_asides_since(&self, home: usize) -> bool {
        let between = home + 1..self.index;
        let says = |index: usize| {
            self.cues.get(index).is_some_and(|cues| {
                cues.iter().any(|c| c.class == CueClass::Speech && c.shape != CueShape::Participle)
            })
        };
        between.len() <= ASIDES && !between.clone().any(|i| says(i) || self.leads_on(&self.line.sentences[i]))
    }

    /// Whether a sentence ends in a colon.
    fn leads_on(&self, sentence: &Sentence) -> bool {
        self.line.items[sentence.items.clone()].last().is_some_and(|i| i.is_mark(":"))
    }

    /// Whether the paragraph before ends with the saying or its attribution, and is no question that this one answers.
    fn continues_paragraph(&self, home: usize, end: usize) -> bool {
        let opens = self.index.checked_sub(1) == Some(home);
        let question = self.stretch_before(end).is_some_and(|q| q.ends_with('?'));
        opens && !question && !self.leads_on(&self.line.sentences[home])
    }

    /// The words of the quoted stretch whose item ends at `end`.
    fn stretch_before(&self, end: usize) -> Option<&str> {
        let item = self.line.items.get(end.checked_sub(1)?)?;
        Some(item.span.of(self.text).trim_end_matches(|c: char| !c.is_alphanumeric() && c != '?'))
    }
}
