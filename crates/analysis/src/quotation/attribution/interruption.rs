//! A saying that an aside of the writer's interrupts between dashes: "“The dam” — and here he smiled — “was my idea.”"

use std::ops::Range;

use super::{Attribution, Place, is_dash};
use crate::quotation::line::{Item, ItemKind};

/// The rule of an interrupted saying whose sentence has no words that attribute: said by whom the aside is about.
const INTERRUPTED: &str = "interrupted";

/// Items of an aside.
const LONGEST: usize = 14;

impl Place<'_> {
    /// The index of the saying that goes on here behind an aside.
    pub(super) fn interrupted_saying(&self, earlier: &[Attribution]) -> Option<usize> {
        let last = earlier.len().checked_sub(1)?;
        let end = earlier[last].contents.last()?.end;
        self.is_aside(end, self.at).then_some(last)
    }

    /// The saying that an aside interrupts first here, by whom the aside is about.
    pub(super) fn interrupted(&self) -> Option<Attribution> {
        let first = self.at + 1;
        let rest = self.line.items.get(first..self.sentence.items.end.min(first + LONGEST + 1))?;
        let next = first + rest.iter().position(|i| i.quoted().is_some())?;
        let subject = self.is_aside(first, next).then(|| self.whom_it_is_about(first..next))?;
        Some(Attribution { subject, ..self.carried(None, INTERRUPTED) })
    }

    /// Whether the items from `from` stand between dashes and the quoted stretch at `next` goes on behind them. The first dash may
    /// stand inside the marks.
    fn is_aside(&self, from: usize, next: usize) -> bool {
        let Some(between) = self.line.items.get(from..next).filter(|b| b.len() <= LONGEST) else {
            return false;
        };
        let opened = between.first().is_some_and(is_dash) || self.ends_in_dash(from);
        let closed = between.len() > 1 && between.last().is_some_and(is_dash);
        let whole = from > self.sentence.items.start && !between.iter().any(|i| i.quoted().is_some());
        opened && closed && whole && self.goes_on(next)
    }

    /// Whether the stretch that ends before the item at `end` breaks off.
    fn ends_in_dash(&self, end: usize) -> bool {
        let stretch = end.checked_sub(1).and_then(|i| self.line.items.get(i)).and_then(Item::quoted);
        let words = stretch.and_then(|q| self.quoted.get(q)).map_or("", |q| q.inner.of(self.text));
        words.ends_with(['—', '–', '―', '-'])
    }

    /// Whether the quoted stretch at `item` begins amid a sentence.
    fn goes_on(&self, item: usize) -> bool {
        let stretch = self.line.items.get(item).and_then(Item::quoted).and_then(|q| self.quoted.get(q));
        let words = stretch.map_or("", |q| q.inner.of(self.text));
        words.trim_start_matches(['—', '–', '…', '.', ' ']).starts_with(char::is_lowercase)
            || words.starts_with("I ")
    }

    /// "and here | he | smiled".
    fn whom_it_is_about(&self, aside: Range<usize>) -> Option<Range<usize>> {
        let is_somebody =
            |item: &Item| item.classes.is_subject_pronoun() && !item.classes.is_relative() || item.capital;
        let words = self.line.items.get(aside.clone())?;
        let at = words.iter().position(|i| i.kind == ItemKind::Word && is_somebody(i))?;
        crate::quotation::noun_phrase::after(&self.line.items, aside.start + at, aside.end)
    }
}
