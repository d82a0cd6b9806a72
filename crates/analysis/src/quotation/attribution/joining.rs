//! Which quoted stretches are parts of one quotation: its attribution interrupts it, or it goes on in the next paragraph.

use parallax_model::QuotationKind;

use super::{Attribution, Place, SIGNATURE};
use crate::quotation::cue::CueShape;
use crate::quotation::lexicon::CueClass;
use crate::quotation::line::{Item, ItemKind, Sentence};

/// Sentences that may stand between the attribution and the rest of a quotation.
const ASIDES: usize = 2;

impl Place<'_> {
    /// The index of the saying before it that it goes on with.
    pub(super) fn joined_to(&self, earlier: &[Attribution]) -> Option<usize> {
        let (index, last) = self.last_whole(earlier)?;
        let end = last.contents.last()?.end;
        let home = self.line.sentence_of(end - 1)?;
        let paragraph = self.line.sentences.get(home)?.paragraph;
        let alone = || self.stands_alone() && !self.here_says() && !self.is_labelled();
        let joined = if home == self.index {
            index + 1 == earlier.len() && self.resumes_in_sentence(last, end)
        } else if paragraph == self.sentence.paragraph {
            alone() && (end == self.at || self.only_asides_since(home))
        } else {
            alone() && paragraph + 1 == self.sentence.paragraph && self.continues_paragraph(home, end)
        };
        joined.then_some(index)
    }

    /// The last saying that is whole and attributed, past fragments in its own sentence: "“We hold,” she said of the “patch”."
    fn last_whole<'a>(&self, earlier: &'a [Attribution]) -> Option<(usize, &'a Attribution)> {
        /// Fragments looked past.
        const FRAGMENTS: usize = 3;
        let home = |a: &Attribution| a.contents.last().and_then(|c| self.line.sentence_of(c.end - 1));
        let last = home(earlier.last()?);
        let (index, whole) = earlier
            .iter()
            .enumerate()
            .rev()
            .take(FRAGMENTS)
            .find(|(_, a)| a.kind == QuotationKind::Direct)?;
        let open = whole.rule != SIGNATURE && (whole.cue.is_some() || self.never_closed(whole));
        (open && home(whole) == last).then_some((index, whole))
    }

    /// Whether a saying's last stretch has no closing mark, as where the next paragraph goes on with it.
    fn never_closed(&self, saying: &Attribution) -> bool {
        let last = saying.contents.last().and_then(|c| self.line.items.get(c.end - 1));
        last.and_then(Item::quoted).and_then(|q| self.quoted.get(q)).is_some_and(|q| !q.closed)
    }

    /// Whether this stretch takes up what the paragraph before said without an end and without who says it: "“The dam is old. ¶ “It
    /// leaks,” Voss said."
    pub(super) fn takes_up(&self, last: &Attribution) -> bool {
        let home = last.contents.last().and_then(|c| self.line.sentence_of(c.end - 1));
        let paragraph = home.and_then(|h| self.line.sentences.get(h)).map(|s| s.paragraph + 1);
        last.cue.is_none()
            && self.never_closed(last)
            && self.before().is_none()
            && !self.is_labelled()
            && home.is_some_and(|h| h + 1 == self.index)
            && paragraph == Some(self.sentence.paragraph)
    }

    /// "“VOSS: We hold.”": a line of a transcript, which goes on with nobody else's.
    fn is_labelled(&self) -> bool {
        let label = self.words().split_once(':').map_or("", |(label, _)| label);
        let shouted = label.chars().all(|c| c.is_uppercase() || matches!(c, ' ' | '.' | '’' | '\'' | '-'));
        shouted && !label.is_empty() && label.len() < 40
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
            && (!self.words().starts_with(char::is_uppercase) || self.begins_with_i())
            || end == self.at)
            && last.contents.len() < 12
    }

    /// "“The dam,” said Voss, “I built myself.”": a capital that begins no sentence.
    fn begins_with_i(&self) -> bool {
        let rest = self.words().strip_prefix('I');
        rest.is_some_and(|r| r.starts_with([' ', '’', '\''])) && self.before().is_some_and(|i| i.is_mark(","))
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
