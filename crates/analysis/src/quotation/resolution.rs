//! Whom the words at an attribution stand for.

use std::cmp::Reverse;
use std::ops::Range;

use parallax_model::{Document, EntityKind, Gender, Mention, MentionForm, Span, Speaker};

use super::attribution::{Attribution, IN_SCENE};
use super::lexicon::known;
use super::line::{ItemKind, Line};
use super::noun_phrase;

/// Mentions further off than this many are neither inside a noun phrase nor what a pronoun stands for.
const NEAREST: usize = 64;

/// What a known gender adds to the salience of what "he" or "she" may stand for, about half a sentence's distance.
const GENDER: i64 = 5;

/// Resolves the subjects of attributions in the order of the text, remembering who spoke last.
pub(super) struct Resolver<'a> {
    document: &'a Document,
    line: &'a Line<'a>,
    last: Option<usize>,
    /// The quotation whose speaker is looked for: nobody calls himself by name in it.
    own_words: Vec<Span>,
}

impl<'a> Resolver<'a> {
    pub(super) const fn new(document: &'a Document, line: &'a Line<'a>) -> Self {
        Self { document, line, last: None, own_words: Vec::new() }
    }

    /// The speaker whom an attribution names.
    pub(super) fn speaker(&mut self, attribution: &Attribution) -> Speaker {
        let Some(subject) = &attribution.subject else { return Speaker::default() };
        let relative = relative_subject(self.line, attribution);
        let Some(span) = self.span(relative.as_ref().unwrap_or(subject)) else { return Speaker::default() };
        let span = self.trimmed_to_mention(span);
        self.own_words = self.words_in_marks(attribution);
        let chain = match relative.map(|who| phrase_before_relative(self.line, who.start)) {
            Some(phrase) => phrase.and_then(|p| self.span(&p)).and_then(|p| self.chain_of(p)),
            None => self.chain_of(span),
        };
        if attribution.rule == IN_SCENE && !chain.is_some_and(|c| self.is_person(c)) {
            return Speaker::default();
        }
        if let Some(chain) = chain {
            self.last = Some(chain);
        }
        let words = span.of(self.document.text());
        let own = (!is_pronoun(words)).then(|| words.to_owned());
        let name = chain.and_then(|c| self.document.names.chains.get(c)).map(|c| c.name.clone()).or(own);
        Speaker { mention: Some(span), chain, name }
    }

    fn words_in_marks(&self, attribution: &Attribution) -> Vec<Span> {
        let contents = attribution.contents.iter().filter(|_| attribution.kind.is_quoted());
        contents.filter_map(|content| self.span(content)).collect()
    }

    fn span(&self, items: &Range<usize>) -> Option<Span> {
        let items = self.line.items.get(items.clone())?;
        let last = items.iter().rev().find(|i| i.kind != ItemKind::Mark || i.is_mark(")"))?;
        Some(items.first()?.span.join(last.span))
    }

    /// The mention alone, where the phrase begins with a name and runs on.
    fn trimmed_to_mention(&self, span: Span) -> Span {
        let inside = self.mentions_in(span).filter(|m| m.form != MentionForm::Description);
        match inside.max_by_key(|m| m.core.end) {
            Some(m)
                if m.span.start <= span.start
                    && m.core.end < span.end
                    && self.runs_on(m.core.end, span.end) =>
            {
                Span::new(span.start, m.core.end)
            }
            _ => span,
        }
    }

    /// Whether the words after a name cannot belong to it: "Voss | reinforced".
    fn runs_on(&self, start: usize, end: usize) -> bool {
        let rest = self.document.text()[start..end].trim();
        rest.ends_with("ed") && !rest.contains(' ')
    }

    fn mentions_in(&self, span: Span) -> impl Iterator<Item = &'a Mention> {
        let mentions = &self.document.names.mentions;
        let end = mentions.partition_point(|m| m.span.start < span.end);
        mentions[end.saturating_sub(NEAREST)..end].iter().filter(move |m| m.core.overlaps(span))
    }

    fn chain_of(&self, span: Span) -> Option<usize> {
        let words = span.of(self.document.text());
        if is_pronoun(words) {
            return self.antecedent(span, &words.to_lowercase());
        }
        let head = head_of(words, span);
        let described =
            words.split(' ').next().is_some_and(|first| known(&first.to_lowercase()).classes.is_determiner());
        let best = self.mentions_in(span).filter(|m| ends_alike(self.document.text(), m.span, span));
        let named = best.max_by_key(|m| {
            let person = !described && m.form != MentionForm::Description && self.is_person(m.chain);
            (m.core.overlaps(head), person, m.core.overlap(head), Reverse(m.core.start))
        });
        named.map(|m| m.chain).or_else(|| self.issuer(span, words))
    }

    fn is_person(&self, chain: usize) -> bool {
        self.document.names.chains.get(chain).is_some_and(|c| c.kind == EntityKind::Person)
    }

    /// "the statement": who issued it.
    fn issuer(&self, span: Span, words: &str) -> Option<usize> {
        const ISSUED: [&str; 9] = [
            "statement",
            "communique",
            "communiqué",
            "declaration",
            "letter",
            "memo",
            "post",
            "release",
            "message",
        ];
        let issued = words.split(' ').any(|w| ISSUED.contains(&w.to_lowercase().as_str()));
        if issued { self.nearest(span, |kind, _| kind != EntityKind::Place) } else { None }
    }

    /// The nearest compatible person or group before a pronoun; the subject of a sentence before what it mentions later.
    fn antecedent(&self, span: Span, pronoun: &str) -> Option<usize> {
        match pronoun {
            "he" => self
                .nearest(span, |kind, gender| kind == EntityKind::Person && gender != Some(Gender::Female)),
            "she" => {
                self.nearest(span, |kind, gender| kind == EntityKind::Person && gender != Some(Gender::Male))
            }
            "they" => self
                .nearest(span, |kind, _| kind == EntityKind::Group)
                .or_else(|| self.nearest(span, |kind, _| kind == EntityKind::Organisation)),
            "it" => {
                self.nearest(span, |kind, _| matches!(kind, EntityKind::Organisation | EntityKind::Group))
            }
            _ => None,
        }
    }

    fn nearest(&self, span: Span, fits: impl Fn(EntityKind, Option<Gender>) -> bool) -> Option<usize> {
        let segments = &self.document.segments;
        let here = segments.sentence_at(span.start)?;
        let mut best: Option<(i64, usize)> = None;
        let mentions = &self.document.names.mentions;
        let end = mentions.partition_point(|m| m.span.start < span.start);
        let outside =
            |m: &&Mention| m.span.end <= span.start && !self.own_words.iter().any(|own| own.contains(m.span));
        for mention in mentions[..end].iter().rev().take(NEAREST).filter(outside) {
            let Some(chain) =
                self.document.names.chains.get(mention.chain).filter(|c| fits(c.kind, c.gender))
            else {
                continue;
            };
            let Some(sentence) = segments.sentence_at(mention.span.start) else { continue };
            let distance = here.saturating_sub(sentence) as i64;
            if distance > 8 {
                break;
            }
            let score =
                self.salience(mention, sentence, distance) + GENDER * i64::from(chain.gender.is_some());
            if best.is_none_or(|(b, _)| score > b) {
                best = Some((score, mention.chain));
            }
        }
        best.map(|(_, chain)| chain)
    }

    fn salience(&self, mention: &Mention, sentence: usize, distance: i64) -> i64 {
        let start = self.document.segments.sentences.get(sentence).map_or(0, |s| s.span.start);
        let lead = mention.span.start - start.min(mention.span.start);
        let subject = 12 - (lead as i64 / 12).min(12);
        let spoke = if self.last == Some(mention.chain) { 10 } else { 0 };
        subject + spoke - 8 * distance
    }
}

/// "who" before the cue, where the subject is what it refers to: "Voss, who | also said".
fn relative_subject(line: &Line, attribution: &Attribution) -> Option<Range<usize>> {
    let (subject, cue) = (attribution.subject.as_ref()?, attribution.cue.as_ref()?);
    let helps = |i: &usize| {
        line.items.get(*i).is_some_and(|i| {
            i.classes.is_adverb() || i.classes.is_auxiliary() || i.lower().ends_with("ly") && !i.capital
        })
    };
    let verb = cue.start - (cue.start.saturating_sub(3)..cue.start).rev().take_while(helps).count();
    let who = (cue.start.saturating_sub(3)..=verb)
        .rev()
        .find(|&i| line.items.get(i).is_some_and(|i| i.lower() == "who"))
        .filter(|&i| i + 1 == verb || cue.contains(&i))?;
    let refers = *subject == (who..who + 1) || subject.end == who || subject.end + 1 == who;
    refers.then_some(who..who + 1)
}

/// The noun phrase that a relative pronoun refers to.
fn phrase_before_relative(line: &Line, who: usize) -> Option<Range<usize>> {
    let start = line.sentences.get(line.sentence_of(who)?)?.items.start;
    let comma = who > start && line.items.get(who - 1).is_some_and(|i| i.is_mark(","));
    noun_phrase::before(&line.items, start, who - usize::from(comma))
}

/// The phrase before its apposition: of "Voss, the mayor of Lund", "Voss".
fn head_of(words: &str, span: Span) -> Span {
    let end = words.find(',').filter(|&comma| comma > 0).map_or(span.end, |comma| span.start + comma);
    Span::new(span.start, end)
}

/// Whether the phrase and the mention end with the same word, a genitive or an apposition aside.
fn ends_alike(text: &str, mention: Span, phrase: Span) -> bool {
    mention.end == phrase.end
        || phrase.contains(mention) && is_aside(&text[mention.end..phrase.end])
        || mention.contains(phrase)
}

fn is_aside(rest: &str) -> bool {
    rest.starts_with([',', ' ']) || matches!(rest, "’s" | "'s" | "’" | "'")
}

fn is_pronoun(words: &str) -> bool {
    matches!(
        words.to_lowercase().as_str(),
        "he" | "she"
            | "they"
            | "it"
            | "i"
            | "we"
            | "you"
            | "one"
            | "some"
            | "others"
            | "many"
            | "both"
            | "who"
            | "most"
    )
}
