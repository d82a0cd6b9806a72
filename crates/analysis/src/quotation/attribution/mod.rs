//! Which words attribute each quoted stretch: sieves from the surest sign to the weakest.

mod interruption;
mod joining;
mod no_saying;
mod set_phrase;

use std::iter::once;
use std::ops::Range;

use parallax_model::QuotationKind;

use super::cue::{Cue, CueShape, cues, first_subject};
use super::headlines::HEADLINE;
use super::lexicon::CueClass;
use super::line::{Item, ItemKind, Line, Sentence};
use super::marks::Quoted;

/// The rule of a name that signs a quotation, behind a dash.
pub(super) const SIGNATURE: &str = "signature";

/// The rule that takes whom the sentence before is about for the speaker, where that is a person.
pub(super) const IN_SCENE: &str = "subject-of-sentence-before";

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
            let place = Place { text, line, quoted, cues, sentence, index, at, stretch };
            if place.is_no_saying() && place.signature().is_none() {
                continue;
            }
            match place.attribute(&found) {
                Verdict::Saying(attribution) => {
                    let begun = found.pop_if(|last| attribution.cue.is_some() && place.takes_up(last));
                    let begun = begun.map(|b| b.contents).unwrap_or_default();
                    let contents = begun.into_iter().chain(attribution.contents).collect();
                    found.push(Attribution { contents, ..attribution });
                }
                Verdict::PartOf(earlier) => {
                    if let Some(whole) = found.get_mut(earlier) {
                        whole.contents.push(at..at + 1);
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
    /// It goes on with the saying at this index.
    PartOf(usize),
    NoSaying,
}

/// A quoted stretch where it stands.
struct Place<'a> {
    text: &'a str,
    line: &'a Line<'a>,
    quoted: &'a [Quoted],
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

    fn before(&self) -> Option<&Item<'_>> {
        self.at.checked_sub(1).filter(|&i| i >= self.sentence.items.start).map(|i| &self.line.items[i])
    }

    fn after(&self) -> Option<&Item<'_>> {
        Some(self.at + 1).filter(|&i| i < self.sentence.items.end).map(|i| &self.line.items[i])
    }

    fn here(&self) -> &[Cue] {
        &self.cues[self.index]
    }

    /// Whether a cue, a comma or a colon stands right before, or a sentence begins whose subject it is not.
    fn is_introduced(&self) -> bool {
        match self.before() {
            Some(i) => i.verb.is_some() || i.is_mark(":") || i.is_mark(","),
            None => self.after().is_none_or(|i| !i.is_word() || i.capital || i.verb.is_some()),
        }
    }

    /// Whether it ends in a way that makes the reader expect who says it.
    fn ends_open(&self) -> bool {
        self.words().ends_with([',', '?', '!', '—', '–', '…'])
            || self.after().is_some_and(|i| i.is_mark(",") || i.is_mark("—") || i.is_mark("–"))
    }

    fn attribute(&self, earlier: &[Attribution]) -> Verdict {
        if let Some(cue) = self.signature() {
            return Verdict::Saying(self.saying(Some(&cue), cue.rule, 0.95));
        }
        if let Some(whole) = self.joined_to(earlier).or_else(|| self.interrupted_saying(earlier)) {
            return Verdict::PartOf(whole);
        }
        if let Some((cue, rule)) =
            self.cue_after(true).or_else(|| self.cue_before()).or_else(|| self.cue_after(false))
        {
            let mut saying = self.saying(Some(cue), rule, 0.95);
            saying.subject = saying.subject.or_else(|| self.subject_before(earlier));
            return Verdict::Saying(saying);
        }
        if let Some(cue) = self.colon() {
            return Verdict::Saying(self.saying(Some(&cue), cue.rule, 0.9));
        }
        if let Some(cue) = self.set_phrase() {
            return Verdict::Saying(self.saying(Some(&cue), cue.rule, 0.9));
        }
        if let Some(interrupted) = self.interrupted() {
            return Verdict::Saying(interrupted);
        }
        self.without_cue(earlier)
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
        let at_once = lead.iter().all(|i| i.classes.is_adverb() || i.classes.is_time_word());
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

    /// "“We hold.” — Ada Voss": a dash and a name that nothing follows, on the same line or the next.
    fn signature(&self) -> Option<Cue> {
        /// Words of a name with its title or place.
        const LONGEST: usize = 12;
        let next =
            || self.line.sentences.get(self.index + 1).filter(|_| self.at + 1 == self.sentence.items.end);
        let end = if self.after().is_some() { self.sentence.items.end } else { next()?.items.end };
        let dash = self.at + 1;
        let behind = dash + self.line.items.get(dash..end)?.iter().take(3).take_while(|i| is_dash(i)).count();
        if behind == dash {
            return None;
        }
        let subject = super::noun_phrase::after(&self.line.items, behind, end)?;
        let name = self.line.items.get(subject.clone())?.first()?.capital;
        let rest = self.line.items.get(subject.end..end)?;
        let done =
            rest.first().is_none_or(|i| i.kind == ItemKind::Mark) && rest.iter().all(|i| i.verb.is_none());
        (name && done && end - dash <= LONGEST).then_some(Cue {
            items: dash..behind,
            class: CueClass::Speech,
            shape: CueShape::Colon,
            subject: Some(subject),
            rule: SIGNATURE,
        })
    }

    /// "Voss: “We hold.”", or a sentence that ends in a colon before the stretch.
    fn colon(&self) -> Option<Cue> {
        let at = self.at.checked_sub(1)?;
        let mark = self.line.items.get(at).filter(|i| i.is_mark(":") || is_dash(i))?;
        let home = self.line.sentence_of(at)?;
        if home != self.index {
            return self.cues.get(home)?.last().filter(|_| mark.is_mark(":")).cloned();
        }
        let start = self.sentence.items.start;
        let opens = start + self.line.items.get(start..at)?.iter().take_while(|i| !i.is_word()).count();
        let named = super::noun_phrase::before(&self.line.items, start, at)
            .filter(|s| s.start <= opens && opens < at)
            .map(|s| opens..s.end);
        let subject = match named {
            Some(subject) => subject,
            None if mark.is_mark(":") => self.clause_subject(at)?,
            None => return None,
        };
        Some(Cue {
            items: at..at + 1,
            class: CueClass::Speech,
            shape: CueShape::Colon,
            subject: Some(subject),
            rule: if mark.is_mark(":") { "colon" } else { "dash" },
        })
    }

    /// The subject of a clause that ends in the colon at `colon`: "The council had this to say:".
    fn clause_subject(&self, colon: usize) -> Option<Range<usize>> {
        let subject = first_subject(&self.line.items, self.sentence, colon)?;
        let first = self.line.items.get(subject.start)?;
        let stands_for_none = first.classes.is_relative()
            || matches!(first.lower(), "what" | "this" | "it" | "why" | "how" | "here" | "there");
        (!stands_for_none).then_some(subject)
    }

    fn without_cue(&self, earlier: &[Attribution]) -> Verdict {
        let previous = earlier.last();
        if self.stands_alone() {
            return Verdict::Saying(match self.cue_of_sentence_before(previous) {
                Some(cue) => self.saying(Some(cue), "cue-in-sentence-before", 0.7),
                None => self.in_scene().unwrap_or_else(|| {
                    self.carried(previous.filter(|p| self.is_within(p, 2)), "carried-over")
                }),
            });
        }
        if self.before().is_none() && self.after().is_some_and(|i| i.is_mark(":")) {
            return Verdict::Saying(Attribution { confidence: 0.6, ..self.carried(None, HEADLINE) });
        }
        let words = self.words().split_whitespace().count();
        if self.stretch.single || words < 3 || self.is_capitalised() {
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

    /// The last cue of the sentence before, where that sentence holds no quotation of its own.
    fn cue_of_sentence_before(&self, previous: Option<&Attribution>) -> Option<&Cue> {
        let before = self.index.checked_sub(1)?;
        let items = &self.line.sentences.get(before)?.items;
        let quoted = previous.is_some_and(|p| p.contents.iter().any(|c| c.end > items.start));
        let says = |c: &&Cue| c.class == CueClass::Speech && c.subject.is_some();
        if quoted { None } else { self.cues.get(before)?.iter().rev().find(says) }
    }

    /// "Voss shook her head. “They laughed.”": said by whom the sentence before is about.
    fn in_scene(&self) -> Option<Attribution> {
        let before = self.line.sentences.get(self.index.checked_sub(1)?)?;
        let quoted = |i: &Item| i.quoted().is_some();
        if self.line.items.get(before.items.clone())?.iter().any(quoted) {
            return None;
        }
        let start = first_subject(&self.line.items, before, before.items.end)?.start;
        let words = self.line.items.get(start..before.items.end)?;
        let first = words.first()?;
        let name = words.iter().take_while(|i| i.is_word() && i.capital && i.verb.is_none()).count();
        let named = name > 0 && !first.classes.is_determiner() && !first.classes.is_subject_pronoun();
        let same = before.paragraph == self.sentence.paragraph;
        let somebody =
            matches!(first.lower(), "he" | "she") && same || named && (same || start == before.items.start);
        let subject = start..start + name.max(1);
        somebody.then(|| Attribution { subject: Some(subject), ..self.carried(None, IN_SCENE) })
    }

    /// Whether a saying ends in this paragraph, or no more than `paragraphs` before it.
    fn is_within(&self, saying: &Attribution, paragraphs: usize) -> bool {
        let home = saying.contents.last().and_then(|c| self.line.sentence_of(c.end - 1));
        let paragraph = home.and_then(|h| self.line.sentences.get(h)).map(|s| s.paragraph);
        paragraph.is_some_and(|p| p + paragraphs >= self.sentence.paragraph)
    }

    /// Who spoke last in the paragraph, for a cue without a subject: "Adding, “We stay.”"
    fn subject_before(&self, earlier: &[Attribution]) -> Option<Range<usize>> {
        let last = earlier.last().filter(|l| self.is_within(l, 0))?;
        last.subject.clone()
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
        let set_off = self.before().is_some_and(|i| i.is_mark(",") || i.is_mark(":") || is_dash(i))
            && (upper || self.introduced_by_cue());
        let opens = self.before().is_none()
            && (upper || self.ends_open())
            && (self.ends_open() || self.after().is_none_or(|i| i.kind == ItemKind::Mark));
        let long = upper
            && self.words().split_whitespace().count() > 4
            && !self.before().is_some_and(|i| i.classes.is_determiner() || i.lower() == "that");
        if set_off || opens || long { QuotationKind::Direct } else { QuotationKind::Mixed }
    }

    fn introduced_by_cue(&self) -> bool {
        self.at.checked_sub(2).and_then(|i| self.line.items.get(i)).is_some_and(|i| i.verb.is_some())
    }
}

fn is_dash(item: &Item) -> bool {
    item.kind == ItemKind::Mark && matches!(item.lower(), "—" | "–" | "―" | "-")
}
