//! The words that attribute, each with the subject that says.

use std::ops::Range;

use super::lexicon::{CueClass, VerbForm};
use super::line::{Item, ItemKind, Line, Sentence};
use super::noun_phrase;

/// Words that attribute what stands near them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Cue {
    /// The words, as items.
    pub(super) items: Range<usize>,
    pub(super) class: CueClass,
    pub(super) shape: CueShape,
    /// The noun phrase that says, as items.
    pub(super) subject: Option<Range<usize>>,
    /// The rule that found it.
    pub(super) rule: &'static str,
}

/// How a cue is built into its sentence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum CueShape {
    /// "Voss said": a finite verb after its subject.
    SubjectVerb,
    /// "said Voss": a finite verb before its subject.
    VerbSubject,
    /// "saying": takes its subject from the clause before.
    Participle,
    /// "according to Voss".
    AccordingTo,
    /// "Voss:".
    Colon,
}

/// The cues of a sentence, in order.
pub(super) fn cues(line: &Line, sentence: &Sentence) -> Vec<Cue> {
    let mut found: Vec<Cue> = Vec::new();
    for at in sentence.items.clone() {
        if let Some(cue) = according_to(&line.items, sentence, at) {
            found.push(cue);
        } else if let Some(cue) = verb_cue(&line.items, sentence, at, &found) {
            found.push(cue);
        }
    }
    found
}

/// The cues with the subject that stands before it for each verb that is followed by who is told, not by who tells: "Voss, the mayor, told
/// Sund FM". The tagger goes on seeing the others, which it learnt from.
pub(super) fn with_tellers(line: &Line, sentence: &Sentence, cues: &[Cue]) -> Vec<Cue> {
    let teller = |(index, cue): (usize, &Cue)| {
        let at = cue.items.start;
        let verb = line.items.get(at).and_then(|i| i.verb).filter(|v| has_addressee(v.lemma));
        let Some(verb) = verb.filter(|_| cue.shape == CueShape::VerbSubject) else { return cue.clone() };
        let subject =
            subject_before(&line.items, sentence, at, verb.form, cues.get(..index).unwrap_or_default());
        Cue { shape: CueShape::SubjectVerb, subject, rule: "subject-verb", ..cue.clone() }
    };
    cues.iter().enumerate().map(teller).collect()
}

/// Whether who is told stands behind the verb.
pub(super) fn has_addressee(lemma: &str) -> bool {
    matches!(lemma, "tell" | "remind" | "inform" | "assure" | "reassure" | "advise")
}

fn according_to(items: &[Item], sentence: &Sentence, at: usize) -> Option<Cue> {
    let next = items.get(at + 1).filter(|_| at + 1 < sentence.items.end)?;
    let fits = items[at].lower() == "according" && next.lower() == "to" || is_per(&items[at]) && next.capital;
    let words = if next.lower() == "to" { at..at + 2 } else { at..at + 1 };
    let subject = noun_phrase::after(items, words.end, sentence.items.end);
    (fits && subject.is_some()).then_some(Cue {
        items: words,
        class: CueClass::Speech,
        shape: CueShape::AccordingTo,
        subject,
        rule: "according-to",
    })
}

/// "per Voss"; Per is a name as well.
fn is_per(item: &Item) -> bool {
    item.lower() == "per" && !item.capital
}

fn verb_cue(items: &[Item], sentence: &Sentence, at: usize, earlier: &[Cue]) -> Option<Cue> {
    let verb = items[at].verb.filter(|_| !is_part_of_name(items, at))?;
    let (shape, subject, rule) = if verb.form == VerbForm::Ing {
        (CueShape::Participle, participle_subject(items, sentence, at, earlier)?, "participle")
    } else if let Some(subject) = inverted_subject(items, sentence, at, verb.form) {
        (CueShape::VerbSubject, Some(subject), "verb-subject")
    } else {
        let subject = subject_before(items, sentence, at, verb.form, earlier)?;
        (CueShape::SubjectVerb, Some(subject), "subject-verb")
    };
    Some(Cue { items: at..at + 1, class: verb.class, shape, subject, rule })
}

/// The subject of words that attribute, where neither the rules nor the tagger have one: "Voss | heralded the deal as", "the
/// mayor's | claim that".
pub(super) fn subject_of(line: &Line, cue: &Range<usize>) -> Option<Range<usize>> {
    let sentence = line.sentences.get(line.sentence_of(cue.start)?)?;
    let start = sentence.items.start;
    let end = skip_adverbs_and_auxiliaries(&line.items, start, cue.start);
    let verb = line.items.get(cue.start)?.verb.map_or(VerbForm::Past, |v| v.form);
    if is_passive(&line.items[end..cue.start], verb) {
        return None;
    }
    let who = end.checked_sub(1).filter(|&i| i >= start && line.items[i].lower() == "who");
    who.map(|who| who..end).or_else(|| subject_ending(&line.items, start, end))
}

/// "States" in "the United States".
fn is_part_of_name(items: &[Item], at: usize) -> bool {
    items[at].capital && items[at].lower() == "states" && at > 0 && items[at - 1].capital
}

/// The subject of "said Voss" after a quotation or a clause.
fn inverted_subject(items: &[Item], sentence: &Sentence, at: usize, form: VerbForm) -> Option<Range<usize>> {
    let before = items.get(at.checked_sub(1)?).filter(|_| at > sentence.items.start)?;
    let after_quotation = before.quoted().is_some();
    if !(after_quotation || before.is_mark(",")) || matches!(form, VerbForm::Base) {
        return None;
    }
    let next = items.get(at + 1).filter(|_| at + 1 < sentence.items.end)?;
    let counted = next.kind == ItemKind::Number && after_quotation;
    let word = next.is_word() && !next.classes.is_adverb() || next.classes.is_determiner();
    let named = !next.classes.is_time_word() && (next.capital || word && after_quotation)
        || counted
        || next.classes.is_determiner();
    let after = noun_phrase::after(items, at + 1, sentence.items.end)
        .filter(|_| named && !next.classes.is_preposition())?;
    let ends = items.get(after.end).filter(|_| after.end < sentence.items.end);
    let closed = ends.is_none_or(|i| {
        !i.is_word()
            || i.classes.is_preposition()
            || i.classes.is_relative()
            || i.classes.is_time_word()
            || i.classes.is_conjunction()
            || i.lower().ends_with("ly")
            || i.lower().ends_with("ed")
    });
    (closed
        && (after_quotation
            || items[sentence.items.start..at].iter().any(|i| i.quoted().is_some())
            || next.capital))
        .then_some(after)
}

/// The subject of a finite verb, left of it.
fn subject_before(
    items: &[Item],
    sentence: &Sentence,
    at: usize,
    form: VerbForm,
    earlier: &[Cue],
) -> Option<Range<usize>> {
    let start = sentence.items.start;
    let end = skip_adverbs_and_auxiliaries(items, start, at);
    let helped = items[end..at].iter().any(|i| i.classes.is_auxiliary());
    if items[end..at].iter().any(|i| i.lower() == "to") || is_passive(&items[end..at], form) {
        return None;
    }
    let last = items.get(end.checked_sub(1)?).filter(|_| end > start)?;
    if is_coordinated(last) {
        let spoke = earlier.iter().rev().find(|c| c.shape == CueShape::SubjectVerb);
        return spoke.map_or_else(|| first_subject(items, sentence, end - 1), |c| c.subject.clone());
    }
    let subject = subject_ending(items, start, end)?;
    (helped || may_agree(items, &subject, form)).then_some(subject)
}

/// "and said": the subject is that of the verb before.
fn is_coordinated(item: &Item) -> bool {
    matches!(item.lower(), "and" | "but" | "or")
}

/// The noun phrase that ends before `end`, past an apposition or relative clause in commas.
fn subject_ending(items: &[Item], start: usize, end: usize) -> Option<Range<usize>> {
    let last = items.get(end.checked_sub(1)?).filter(|_| end > start)?;
    if last.classes.is_relative() && last.lower() != "that" {
        let anchor = if end >= start + 2 && items[end - 2].is_mark(",") { end - 2 } else { end - 1 };
        return noun_phrase::before(items, start, anchor);
    }
    if last.is_mark(")") {
        let open = (start..end).rev().find(|&i| items[i].is_mark("("))?;
        return subject_ending(items, start, open);
    }
    if last.is_mark(",") || last.is_mark("–") || last.is_mark("—") {
        return before_apposition(items, start, end - 1);
    }
    noun_phrase::before(items, start, end)
}

/// "Voss, a baker from Lund, said": the phrase before the comma that opens the apposition.
fn before_apposition(items: &[Item], start: usize, comma: usize) -> Option<Range<usize>> {
    let mut open = comma;
    for _ in 0..4 {
        open = (start..open)
            .rev()
            .find(|&i| items[i].is_mark(",") || items[i].is_mark("–") || items[i].is_mark("—"))?;
        let within = items.get(open + 1)?;
        let apposed = within.kind == ItemKind::Number
            || within.classes.is_determiner()
            || within.classes.is_relative()
            || within.is_word() && !within.classes.is_conjunction();
        let candidate = noun_phrase::before(items, start, open).filter(|_| apposed && comma - open < 30);
        if let Some(phrase) = candidate.filter(|p| starts_clause(items, start, p.start)) {
            return Some(phrase);
        }
    }
    None
}

/// Whether a clause may begin at the item: the sentence does, or a mark or conjunction stands before it.
fn starts_clause(items: &[Item], start: usize, at: usize) -> bool {
    at == start || items.get(at - 1).is_some_and(|i| !i.is_word() || i.classes.is_conjunction())
}

fn skip_adverbs_and_auxiliaries(items: &[Item], start: usize, at: usize) -> usize {
    let mut end = at;
    while end > start {
        let item = &items[end - 1];
        let skipped = item.is_word()
            && (item.classes.is_adverb() && !is_subject_like(items, start, end - 1)
                || item.classes.is_auxiliary()
                || item.lower().ends_with("ly") && !item.capital);
        if !skipped {
            break;
        }
        end -= 1;
    }
    end
}

/// "both said", "all said" at a clause's start: a subject, no adverb.
fn is_subject_like(items: &[Item], start: usize, at: usize) -> bool {
    matches!(items[at].lower(), "both" | "all") && (at == start || !items[at - 1].is_word())
}

/// "was told": somebody else says.
fn is_passive(between: &[Item], form: VerbForm) -> bool {
    let be =
        between.iter().any(|i| matches!(i.lower(), "is" | "are" | "was" | "were" | "be" | "been" | "being"));
    be && matches!(form, VerbForm::Past | VerbForm::PastParticiple)
}

/// Whether a verb's form may go with the subject, so that the noun "report" is not taken for the verb.
fn may_agree(items: &[Item], subject: &Range<usize>, form: VerbForm) -> bool {
    let Some(last) = items[subject.clone()].last() else { return false };
    match form {
        VerbForm::Past => true,
        VerbForm::Third => !last.lower().ends_with('s') || last.capital || last.lower() == "us",
        VerbForm::Base => {
            matches!(
                last.lower(),
                "i" | "you" | "we" | "they" | "who" | "many" | "some" | "others" | "most" | "people"
            ) || last.lower().ends_with('s') && !items[subject.start].classes.is_determiner()
        }
        VerbForm::PastParticiple | VerbForm::Ing => false,
    }
}

/// The subject of "saying": the phrase before it in "with Voss saying", else that of the clause. `None` where no participle
/// clause can stand.
fn participle_subject(
    items: &[Item],
    sentence: &Sentence,
    at: usize,
    earlier: &[Cue],
) -> Option<Option<Range<usize>>> {
    let start = sentence.items.start;
    let end = skip_adverbs_and_auxiliaries(items, start, at);
    if items[end..at].iter().any(|i| i.classes.is_auxiliary()) {
        return Some(Some(subject_ending(items, start, end)?));
    }
    if end == start {
        return Some(clause_subject(items, sentence, at));
    }
    let before = &items[end - 1];
    if before.lower() == "as" && end >= start + 2 && matches!(items[end - 2].lower(), "quoted" | "cited") {
        let quoted = skip_adverbs_and_auxiliaries(items, start, end - 2);
        return Some(Some(subject_ending(items, start, quoted)?));
    }
    if before.is_mark(",")
        || before.kind == ItemKind::Mark
        || matches!(before.lower(), "while" | "by" | "and" | "in" | "after" | "before" | "when" | "without")
        || before.quoted().is_some()
    {
        let subject = earlier.iter().rev().find(|c| c.subject.is_some()).and_then(|c| c.subject.clone());
        return Some(subject.or_else(|| first_subject(items, sentence, end)));
    }
    let phrase = noun_phrase::before(items, start, end)?;
    let with = phrase.start.checked_sub(1).filter(|&w| w >= start && items[w].lower() == "with");
    if with.is_some() {
        return Some(Some(phrase));
    }
    let issued = items[phrase.clone()].iter().any(|i| {
        matches!(
            i.lower(),
            "statement"
                | "letter"
                | "post"
                | "tweet"
                | "release"
                | "memo"
                | "note"
                | "message"
                | "interview"
                | "report"
        )
    });
    issued.then(|| first_subject(items, sentence, phrase.start).or(Some(phrase)))
}

/// The subject of the clause that a leading participle belongs to: "Announcing the deal, Voss said".
fn clause_subject(items: &[Item], sentence: &Sentence, at: usize) -> Option<Range<usize>> {
    let comma = (at..sentence.items.end).find(|&i| items[i].is_mark(","))?;
    noun_phrase::after(items, comma + 1, sentence.items.end)
}

/// The first noun phrase of the sentence, past what leads in: "On Monday, the union issued".
pub(super) fn first_subject(items: &[Item], sentence: &Sentence, end: usize) -> Option<Range<usize>> {
    let mut start = sentence.items.start;
    let leads_in = |i: &Item| {
        i.classes.is_preposition()
            || i.classes.is_conjunction()
            || i.classes.is_adverb()
            || i.lower().ends_with("ly")
            || i.verb.is_some_and(|v| matches!(v.form, VerbForm::Ing | VerbForm::Past))
            || i.classes.is_time_word()
    };
    for _ in 0..3 {
        let first = items.get(start).filter(|_| start < end)?;
        if !leads_in(first) || first.classes.is_subject_pronoun() {
            break;
        }
        let Some(comma) = (start..end).find(|&i| items[i].is_mark(",")) else { break };
        start = comma + 1;
    }
    noun_phrase::after(items, start, end)
}
