//! Set phrases that attribute a quoted stretch without a verb of saying, or with one in a form that says so only beside it.

use std::ops::Range;

use super::Place;
use crate::quotation::cue::{Cue, CueShape};
use crate::quotation::lexicon::{CueClass, VerbForm};
use crate::quotation::line::{Item, ItemKind};
use crate::quotation::noun_phrase;

impl Place<'_> {
    /// The set phrase beside the stretch.
    pub(super) fn set_phrase(&self) -> Option<Cue> {
        let found = [
            (self.say_many(), "say-many"),
            (self.was_the_reply(), "was-the-reply"),
            (self.is_how(), "is-how"),
            (self.puts_it(), "puts-it"),
            (self.in_the_words_of(), "in-the-words-of"),
        ];
        found.into_iter().find_map(|(found, rule)| {
            let (items, subject) = found?;
            let shape = CueShape::VerbSubject;
            Some(Cue { items, class: CueClass::Speech, shape, subject: Some(subject), rule })
        })
    }

    /// The first item behind the stretch and a comma.
    fn behind(&self) -> usize {
        self.at + 1 + usize::from(self.after().is_some_and(|i| i.is_mark(",")))
    }

    fn word(&self, index: usize) -> &str {
        let inside = self.sentence.items.contains(&index);
        self.line.items.get(index).filter(|i| inside && i.is_word()).map_or("", Item::lower)
    }

    fn subject_from(&self, index: usize) -> Option<Range<usize>> {
        noun_phrase::after(&self.line.items, index, self.sentence.items.end)
    }

    /// "‘We won’t pay,’ say farmers": of a headline, where many say it.
    fn say_many(&self) -> Option<(Range<usize>, Range<usize>)> {
        let at = self.behind();
        let verb = self.line.items.get(at).filter(|_| at < self.sentence.items.end)?.verb?;
        let subject = self.subject_from(at + 1)?;
        let last = self.line.items.get(subject.end - 1)?;
        let many = last.lower().ends_with('s') || matches!(last.lower(), "police" | "people");
        (verb.form == VerbForm::Base && verb.class == CueClass::Speech && many && self.ends_open())
            .then_some((at..at + 1, subject))
    }

    /// "“Yes,” was the reply from the council".
    fn was_the_reply(&self) -> Option<(Range<usize>, Range<usize>)> {
        let at = self.behind();
        let said = matches!(self.word(at), "was" | "is" | "came") && self.word(at + 1) == "the";
        let noun =
            matches!(self.word(at + 2), "reply" | "answer" | "response" | "verdict" | "reaction" | "message");
        let whose = matches!(self.word(at + 3), "from" | "of");
        (said && noun && whose).then(|| self.subject_from(at + 4)).flatten().map(|s| (at + 2..at + 3, s))
    }

    /// "“It’s over” is how Ada Voss summed up the evening".
    fn is_how(&self) -> Option<(Range<usize>, Range<usize>)> {
        let at = self.behind();
        let said = matches!(self.word(at), "is" | "was") && matches!(self.word(at + 1), "how" | "what");
        let subject = self.subject_from(at + 2).filter(|_| said)?;
        let verb = subject.end;
        (!self.word(verb).is_empty()).then_some((verb..verb + 1, subject))
    }

    /// "As Ada Voss puts it, “a dam is a promise”", before the stretch or behind it.
    fn puts_it(&self) -> Option<(Range<usize>, Range<usize>)> {
        let start = self.sentence.items.start;
        let beside = |at: &usize| self.word(*at + 1) == "it" && matches!(self.word(*at), "put" | "puts");
        let before = || self.at.checked_sub(3).filter(|&at| at > start && beside(&at) && self.follows_mark());
        let behind = || (self.at + 1..self.sentence.items.end.min(self.at + 12)).find(beside);
        let at = before().or_else(behind)?;
        let helped = usize::from(matches!(self.word(at - 1), "has" | "have" | "had" | "once"));
        let subject =
            noun_phrase::before(&self.line.items, start.max(self.first_of_clause(at)), at - helped)?;
        Some((at..at + 2, subject))
    }

    /// "In the words of Ada Voss, “a patch on a patch”", "in Voss’s words".
    fn in_the_words_of(&self) -> Option<(Range<usize>, Range<usize>)> {
        let comma = self.at.checked_sub(1).filter(|_| self.follows_mark())?;
        let words = (self.first_of_clause(comma)..comma).find(|&i| self.word(i) == "words")?;
        if self.word(words + 1) == "of" {
            return Some((words..words + 2, self.subject_from(words + 2)?));
        }
        let owned = words.checked_sub(1).filter(|&i| matches!(self.word(i), "’s" | "'s"))?;
        let subject = noun_phrase::before(&self.line.items, self.first_of_clause(comma), owned)?;
        (words + 1 == comma).then_some((words..words + 1, subject))
    }

    fn follows_mark(&self) -> bool {
        self.before().is_some_and(|i| i.is_mark(",") || i.is_mark(":"))
    }

    /// The item behind the quoted stretch or the mark before the item at `at`.
    fn first_of_clause(&self, at: usize) -> usize {
        let ends = |i: &Item| i.kind == ItemKind::Mark || i.quoted().is_some();
        (self.sentence.items.start..at).rev().find(|&i| ends(&self.line.items[i])).map_or(0, |i| i + 1)
    }
}
