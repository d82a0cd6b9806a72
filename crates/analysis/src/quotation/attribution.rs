//! Which words attribute each quoted stretch: sieves from the surest sign to the weakest.

use std::iter::once;
use std::ops::Range;

use parallax_model::QuotationKind;

use super::cue::{Cue, CueShape, cues};
use super::lexicon::{CueClass, is_adverb, is_determiner, is_time_word};
use super::line::{Item, ItemKind, Line, Sentence};
use super::marks::Quoted;

/// A saying before its speaker is resolved, in items of the line.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Attribution {
    pub(super) kind: QuotationKind,
    /// What is said: quoted stretches for direct and mixed, the writer's words for indirect.
    pub(super) contents: Vec<Range<usize>>,
    pub(super) cue: Option<Range<usize>>,
    pub(super) subject: Option<Range<usize>>,
    pub(super) rule: &'static str,
    pub(super) confidence: f32,
}

/// What each sentence has to attribute with.
pub(super) fn all_cues(line: &Line) -> Vec<Vec<Cue>> {
    line.sentences.iter().map(|sentence| cues(line, sentence)).collect()
}

/// Attributes the quoted stretches of a text, those that are no sayings left out.
pub(super) fn attribute_quoted(
    text: &str,
    line: &Line,
    quoted: &[Quoted],
    cues: &[Vec<Cue>],
) -> Vec<Attribution> {
    let mut found: Vec<Attribution> = Vec::new();
    for (index, sentence) in line.sentences.iter().enumerate() {
        for at in sentence.items.clone() {
            let Some(stretch) = line.items[at].quoted().and_then(|q| quoted.get(q)) else { continue };
            let place = Place { text, line, cues, sentence, index, at, stretch };
            if place.is_no_saying() {
                continue;
            }
            match place.attribute(&found) {
                Verdict::Saying(attribution) => found.push(attribution),
                Verdict::PartOfLast => {
                    if let Some(last) = found.last_mut() {
                        last.contents.push(at..at + 1);
                    }
                }
                Verdict::NoSaying => {}
            }
        }
    }
    found
}

/// What a quoted stretch turns out to be.
enum Verdict {
    Saying(Attribution),
    /// It goes on with the saying before it.
    PartOfLast,
    NoSaying,
}

/// A quoted stretch where it stands.
struct Place<'a> {
    text: &'a str,
    line: &'a Line,
    cues: &'a [Vec<Cue>],
    sentence: &'a Sentence,
    /// Index of the sentence.
    index: usize,
    /// Index of its item.
    at: usize,
    stretch: &'a Quoted,
}

impl Place<'_> {
    fn words(&self) -> &str {
        self.stretch.inner.of(self.text)
    }

    fn before(&self) -> Option<&Item> {
        self.at.checked_sub(1).filter(|&i| i >= self.sentence.items.start).map(|i| &self.line.items[i])
    }

    fn after(&self) -> Option<&Item> {
        Some(self.at + 1).filter(|&i| i < self.sentence.items.end).map(|i| &self.line.items[i])
    }

    fn here(&self) -> &[Cue] {
        &self.cues[self.index]
    }

    /// Titles of works, nicknames and terms: in marks, but nobody's words.
    fn is_no_saying(&self) -> bool {
        self.is_nickname() || self.is_term() || self.is_title()
    }

    /// "Jon “Red” Lund".
    fn is_nickname(&self) -> bool {
        let capital = |item: Option<&Item>| item.is_some_and(|i| i.capital);
        capital(self.before())
            && capital(self.after())
            && self.words().split_whitespace().count() <= 2
            && self.before().is_some_and(|i| i.verb.is_none())
            && self.words().starts_with(char::is_uppercase)
    }

    /// "the so-called “grey zone”", "known as “the pit”", "the film “Dust”".
    fn is_term(&self) -> bool {
        const LEADS: [&str; 14] = [
            "so-called",
            "titled",
            "entitled",
            "headlined",
            "nicknamed",
            "dubbed",
            "codenamed",
            "known",
            "album",
            "song",
            "film",
            "book",
            "novel",
            "movie",
        ];
        let skip = self.before().is_some_and(|i| i.is_mark(",") || matches!(i.lower.as_str(), "as" | "the"));
        let lead = self.at.checked_sub(1 + usize::from(skip)).and_then(|i| self.line.items.get(i));
        lead.is_some_and(|i| LEADS.contains(&i.lower.as_str()))
    }

    /// "“The Long Way Home” opens": every word of weight begins with a capital.
    fn is_title(&self) -> bool {
        let words: Vec<&str> = self.words().split_whitespace().collect();
        let heavy = |w: &&&str| w.chars().filter(|c| c.is_alphabetic()).count() > 3;
        let capitals = words.iter().filter(heavy).all(|w| w.starts_with(|c: char| !c.is_lowercase()));
        let shouted = self.words().chars().all(|c| !c.is_lowercase());
        capitals
            && !shouted
            && words.len() > 1
            && words.len() < 9
            && !self.is_introduced()
            && !self.ends_open()
            && words.iter().any(|w| w.starts_with(char::is_uppercase))
    }

    /// Whether a cue, a comma or a colon stands right before.
    fn is_introduced(&self) -> bool {
        self.before().is_none_or(|i| i.verb.is_some() || i.is_mark(":") || i.is_mark(","))
    }

    /// Whether it ends in a way that makes the reader expect who says it.
    fn ends_open(&self) -> bool {
        self.words().ends_with([',', '?', '!', '—', '–', '…'])
            || self.after().is_some_and(|i| i.is_mark(",") || i.is_mark("—") || i.is_mark("–"))
    }

    fn attribute(&self, earlier: &[Attribution]) -> Verdict {
        if self.is_joined_to_last(earlier) {
            return Verdict::PartOfLast;
        }
        if let Some((cue, rule)) =
            self.cue_after(true).or_else(|| self.cue_before()).or_else(|| self.cue_after(false))
        {
            return Verdict::Saying(self.saying(Some(cue), rule, 0.95));
        }
        if let Some(cue) = self.colon() {
            return Verdict::Saying(self.saying(Some(&cue), cue.rule, 0.9));
        }
        self.without_cue(earlier)
    }

    /// Whether it goes on with a saying whose attribution stands between the two, in one paragraph.
    fn is_joined_to_last(&self, earlier: &[Attribution]) -> bool {
        let Some(last) = earlier.last().filter(|l| l.kind == QuotationKind::Direct && l.cue.is_some()) else {
            return false;
        };
        let Some(end) = last.contents.last().map(|c| c.end) else { return false };
        let home = self.line.sentence_of(end - 1).map(|home| &self.line.sentences[home]);
        if home.is_none_or(|home| home.paragraph != self.sentence.paragraph) {
            return false;
        }
        if self.sentence.items.contains(&(end - 1)) {
            return self.resumes_in_sentence(last, end);
        }
        let whole = self.stands_alone();
        let near = self.line.sentences.get(self.index - 1).is_some_and(|s| s.items.contains(&(end - 1)));
        whole && (near || end == self.at) && !self.here_says()
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

    /// Whether the sentence is nothing but the stretch and marks.
    fn stands_alone(&self) -> bool {
        self.line.items[self.sentence.items.clone()]
            .iter()
            .all(|i| i.quoted().is_some() || i.kind == ItemKind::Mark)
    }

    fn here_says(&self) -> bool {
        self.here().iter().any(|c| c.items.start > self.at)
    }

    /// The cue after the stretch; only one that follows at once where `near`.
    fn cue_after(&self, near: bool) -> Option<(&Cue, &'static str)> {
        let cue = self.here().iter().find(|c| c.items.start > self.at && c.shape != CueShape::Participle)?;
        let start = cue.subject.as_ref().map_or(cue.items.start, |s| s.start.min(cue.items.start));
        let comma = usize::from(self.after().is_some_and(|i| i.kind == ItemKind::Mark));
        if !near {
            return (start > self.at && cue.class == CueClass::Speech)
                .then_some((cue, "cue-later-in-sentence"));
        }
        let lead = self.line.items.get(self.at + 1 + comma..start)?;
        let at_once = lead.iter().all(|i| is_adverb(&i.lower) || is_time_word(&i.lower));
        let open = comma > 0
            || self.ends_open()
            || cue.shape == CueShape::VerbSubject
            || self.words().ends_with(['.', '’', '\'']);
        (at_once && open && start > self.at).then_some((cue, "cue-after-quotation"))
    }

    fn cue_before(&self) -> Option<(&Cue, &'static str)> {
        let cues = self.here().iter().filter(|c| c.items.start < self.at);
        let cue = cues.rev().find(|c| !c.subject.as_ref().is_some_and(|s| s.contains(&self.at)))?;
        Some((cue, if cue.shape == CueShape::AccordingTo { cue.rule } else { "cue-before-quotation" }))
    }

    /// "Voss: “We hold.”", or a sentence that ends in a colon before the stretch.
    fn colon(&self) -> Option<Cue> {
        let at = self.at.checked_sub(1)?;
        if !self.line.items[at].is_mark(":") {
            return None;
        }
        let home = self.line.sentence_of(at)?;
        if home != self.index {
            return self.cues.get(home)?.last().cloned();
        }
        let subject = super::noun_phrase::before(&self.line.items, self.sentence.items.start, at)?;
        let short = subject.start == self.sentence.items.start;
        short.then_some(Cue {
            items: at..at + 1,
            class: CueClass::Speech,
            shape: CueShape::Colon,
            subject: Some(subject),
            rule: "colon",
        })
    }

    fn without_cue(&self, earlier: &[Attribution]) -> Verdict {
        let previous = earlier.last();
        if self.stands_alone() {
            return Verdict::Saying(self.carried(previous, "carried-over"));
        }
        let words = self.words().split_whitespace().count();
        if self.stretch.single || words < 3 {
            return Verdict::NoSaying;
        }
        let last_sentence = self.index.checked_sub(1).map(|i| &self.line.sentences[i]);
        let near = previous.filter(|p| {
            last_sentence.is_some_and(|s| {
                s.paragraph == self.sentence.paragraph
                    && p.contents.iter().any(|c| s.items.contains(&c.start))
            })
        });
        Verdict::Saying(Attribution { confidence: 0.6, ..self.carried(near, "fragment-without-cue") })
    }

    fn carried(&self, previous: Option<&Attribution>, rule: &'static str) -> Attribution {
        Attribution {
            kind: self.kind(),
            contents: once(self.at..self.at + 1).collect(),
            cue: None,
            subject: previous.and_then(|p| p.subject.clone()),
            rule,
            confidence: 0.8,
        }
    }

    fn saying(&self, cue: Option<&Cue>, rule: &'static str, confidence: f32) -> Attribution {
        Attribution {
            kind: self.kind(),
            contents: once(self.at..self.at + 1).collect(),
            cue: cue.map(|c| c.items.clone()),
            subject: cue.and_then(|c| c.subject.clone()),
            rule,
            confidence,
        }
    }

    /// Whole where it stands by itself or is set off by a comma or colon, else a fragment of the writer's sentence.
    fn kind(&self) -> QuotationKind {
        let upper = !self.words().starts_with(char::is_lowercase);
        let set_off = self.before().is_some_and(|i| i.is_mark(",") || i.is_mark(":"))
            && (upper || self.introduced_by_cue());
        let opens = self.before().is_none()
            && (upper || self.ends_open())
            && (self.ends_open() || self.after().is_none_or(|i| i.kind == ItemKind::Mark));
        let long = upper
            && self.words().split_whitespace().count() > 4
            && !self.before().is_some_and(|i| is_determiner(&i.lower) || i.lower == "that");
        if set_off || opens || long { QuotationKind::Direct } else { QuotationKind::Mixed }
    }

    fn introduced_by_cue(&self) -> bool {
        self.at.checked_sub(2).and_then(|i| self.line.items.get(i)).is_some_and(|i| i.verb.is_some())
    }
}
