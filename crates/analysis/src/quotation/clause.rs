//! What is reported without quotation marks: the clause that a verb of saying governs.

use std::iter::once;
use std::ops::Range;

use parallax_model::QuotationKind;

use super::attribution::Attribution;
use super::cue::{Cue, CueShape, has_addressee};
use super::lexicon::{CueClass, VerbForm};
use super::line::{Item, Line, Sentence};
use super::noun_phrase;

/// The reported clauses of a text, of which the sayings in marks are known.
pub(super) fn reported_clauses(line: &Line, cues: &[Vec<Cue>], quoted: &[Attribution]) -> Vec<Attribution> {
    let mut said: Vec<usize> = quoted.iter().flat_map(|a| &a.contents).flat_map(Clone::clone).collect();
    said.sort_unstable();
    let sentences = line.sentences.iter().zip(cues);
    sentences.flat_map(|(sentence, cues)| clauses_of(&line.items, sentence, cues, &said)).collect()
}

/// `said` are the items that stand in marks and are somebody's words, in order.
fn clauses_of(items: &[Item], sentence: &Sentence, cues: &[Cue], said: &[usize]) -> Vec<Attribution> {
    let mut found = Vec::new();
    for (index, cue) in cues.iter().enumerate() {
        let held = || found.iter().any(|f: &Attribution| holds(f, cue.items.start));
        if cue.class != CueClass::Speech || is_headline_verb(items, sentence, cue) || held() {
            continue;
        }
        let contents = reported(items, sentence, cues, index);
        found.extend(parts_without_marks(items, &contents, said).into_iter().map(|contents| Attribution {
            kind: QuotationKind::Indirect,
            contents,
            cue: Some(cue.items.clone()),
            subject: cue.subject.clone(),
            rule: "reported-clause",
            confidence: 0.8,
        }));
    }
    found
}

/// The clause that the cue at `index` governs, also behind a name that is told, and up to a semicolon before the next cue.
fn reported(items: &[Item], sentence: &Sentence, cues: &[Cue], index: usize) -> Vec<Range<usize>> {
    let contents = governed(items, sentence, cues, index);
    let later = cues.get(index + 1..).unwrap_or_default();
    if contents.is_empty() {
        return cues
            .get(index)
            .and_then(|cue| behind_name(items, sentence, cue, later))
            .into_iter()
            .collect();
    }
    let up_to_semicolon = |content: Range<usize>| {
        let ends = |&i: &usize| items[i].is_mark(";") && later.iter().any(|c| c.items.start > i);
        let end = content.clone().find(ends).unwrap_or(content.end);
        content.start..end
    };
    contents.into_iter().map(up_to_semicolon).collect()
}

/// "told Sund FM | the dam would hold": the clause that begins with the first small determiner behind the name.
fn behind_name(items: &[Item], sentence: &Sentence, cue: &Cue, later: &[Cue]) -> Option<Range<usize>> {
    let from = cue.items.end;
    let tells = items[cue.items.start].verb.is_some_and(|v| has_addressee(v.lemma));
    let name = items.get(from..sentence.items.end)?.iter().take_while(|i| i.is_word() && i.capital).count();
    let start = from + name;
    let determined = items.get(start).filter(|i| start < sentence.items.end && i.classes.is_determiner());
    let end = clause_end(items, sentence, start, later);
    let clause = items.get(start..end).filter(|_| tells && name > 0 && determined.is_some())?;
    has_verb(clause).then_some(start..end)
}

/// The clause that the cue at `index` governs, in two parts where the cue interrupts it.
pub(super) fn governed(items: &[Item], sentence: &Sentence, cues: &[Cue], index: usize) -> Vec<Range<usize>> {
    let Some(cue) = cues.get(index) else { return Vec::new() };
    let after = clause_after(items, sentence, cue, cues.get(index + 1..).unwrap_or_default());
    let before = || clause_before(items, sentence, cue, cues.get(..index).unwrap_or_default());
    after.map(|clause| once(clause).collect()).or_else(before).unwrap_or_default()
}

/// "Dam Collapse Claims 19 Lives": a capital that begins no sentence, of a verb that does more than say.
fn is_headline_verb(items: &[Item], sentence: &Sentence, cue: &Cue) -> bool {
    let verb = &items[cue.items.start];
    let says = verb.verb.is_some_and(|v| matches!(v.lemma, "say" | "tell" | "warn" | "vow"));
    verb.capital && cue.items.start > sentence.items.start && !says
}

fn holds(attribution: &Attribution, item: usize) -> bool {
    attribution.contents.iter().any(|c| c.contains(&item))
}

/// The clause right of a cue: "said (that) …", "told reporters that …".
fn clause_after(items: &[Item], sentence: &Sentence, cue: &Cue, later: &[Cue]) -> Option<Range<usize>> {
    let from = match cue.shape {
        CueShape::VerbSubject | CueShape::Colon => return None,
        CueShape::AccordingTo => return after_according(items, sentence, cue),
        CueShape::SubjectVerb | CueShape::Participle => cue.items.end,
    };
    let (start, marked) = clause_start(items, sentence, from, &items[cue.items.start])?;
    let first = items.get(start).filter(|_| start < sentence.items.end)?;
    let end = clause_end(items, sentence, start, later);
    let plain = items[cue.items.start].verb.is_some_and(|v| SAYING_PLAINLY.contains(&v.lemma));
    if !marked && names_medium(items.get(start..end).unwrap_or_default()) {
        return None;
    }
    let clause_like = marked || begins_clause(first) && (plain || has_verb(&items[start..end.max(start)]));
    (clause_like && end > start + 1).then_some(start..end)
}

/// "in a joint statement issued on Monday": how something was said, not what.
fn names_medium(words: &[Item]) -> bool {
    const MEDIA: [&str; 22] = [
        "statement",
        "statements",
        "interview",
        "address",
        "speech",
        "post",
        "posts",
        "tweet",
        "tweets",
        "letter",
        "email",
        "e-mail",
        "memo",
        "conference",
        "briefing",
        "video",
        "message",
        "article",
        "testimony",
        "broadcast",
        "release",
        "editorial",
    ];
    let leads =
        words.first().is_some_and(|i| matches!(i.lower(), "in" | "on" | "at" | "during" | "by" | "via"));
    let medium = words.iter().take(8).take_while(|i| !i.is_mark(",")).any(|i| MEDIA.contains(&i.lower()));
    leads && medium && !has_verb(words) && !words.iter().any(|i| i.is_mark(","))
}

/// Verbs that govern a clause without "that" as a rule, and hardly ever a noun phrase.
const SAYING_PLAINLY: [&str; 8] = ["say", "tell", "add", "write", "insist", "reply", "respond", "claim"];

/// Whether some word before the first comma is clearly a finite verb.
pub(super) fn has_verb(items: &[Item]) -> bool {
    let first = items.split(|i| i.is_mark(",")).next().unwrap_or_default();
    first.iter().skip(1).any(|i| {
        let finite = i.verb.is_some_and(|v| matches!(v.form, VerbForm::Past | VerbForm::Third));
        finite
            || i.classes.is_auxiliary()
                && !matches!(i.lower(), "to" | "not" | "be" | "been" | "being" | "having")
    })
}

/// Where the clause begins, and whether "that" or its like marks it.
fn clause_start(items: &[Item], sentence: &Sentence, from: usize, verb: &Item) -> Option<(usize, bool)> {
    let limit = sentence.items.end.min(from + 16);
    if let Some(that) = (from..limit).find(|&i| introduces(&items[i])) {
        let between = items.get(from..that)?;
        let clean = between.iter().all(is_adjunct);
        let whether = items[that].lower() != "that";
        if clean && !(whether && !between.is_empty() && !items[that].lower().starts_with("wh")) {
            return Some((that + usize::from(!whether), true));
        }
    }
    let may_be_told =
        |lemma| has_addressee(lemma) || matches!(lemma, "warn" | "urge" | "challenge" | "question");
    if verb.verb.is_some_and(|v| may_be_told(v.lemma)) {
        let addressee = addressee(items, from, sentence.items.end)?;
        return Some((addressee.end, false));
    }
    Some((from, false))
}

/// Words that open a reported clause.
fn introduces(item: &Item) -> bool {
    matches!(item.lower(), "that" | "whether" | "what" | "how" | "why" | "if")
}

/// Whether an item between verb and clause may be an addressee, a place or a time.
fn is_adjunct(item: &Item) -> bool {
    let finite = item.verb.is_some_and(|v| v.form != VerbForm::Base) && !item.capital;
    let closed = item.quoted().is_some()
        || item.classes.is_auxiliary() && item.lower() != "to"
        || item.is_mark(":")
        || item.is_mark(";");
    let pronoun = item.classes.is_subject_pronoun()
        && !item.classes.is_object_pronoun()
        && !item.classes.is_determiner();
    !(finite || closed || pronoun)
}

/// Who is told: "reporters", "the council", "Sund FM on Monday".
fn addressee(items: &[Item], from: usize, end: usize) -> Option<Range<usize>> {
    let first = items.get(from).filter(|_| from < end)?;
    let mut last =
        if first.classes.is_object_pronoun() { from + 1 } else { noun_phrase::after(items, from, end)?.end };
    while last < end
        && (items[last].classes.is_preposition() && items[last].lower() != "to"
            || items[last].classes.is_time_word())
    {
        if items[last].classes.is_time_word() {
            last += 1;
            continue;
        }
        let Some(phrase) = noun_phrase::after(items, last + 1, end) else { break };
        last = phrase.end;
    }
    Some(from..last)
}

/// Whether a clause without "that" may begin with the item.
fn begins_clause(item: &Item) -> bool {
    if item.kind == super::line::ItemKind::Mark {
        return matches!(item.lower(), "£" | "$" | "€");
    }
    if item.quoted().is_some() || !item.is_word() || item.capital {
        return true;
    }
    let (word, classes) = (item.lower(), item.classes);
    !(classes.is_preposition()
        && !matches!(word, "in" | "under" | "with" | "despite" | "as" | "by" | "since")
        || classes.is_conjunction() && word != "if" && word != "when"
        || classes.is_auxiliary()
        || classes.is_adverb() && !matches!(word, "all" | "both" | "only" | "now")
        || matches!(word, "him" | "her" | "me" | "us" | "them" | "himself" | "herself"))
}

/// The end of the clause: the sentence's end, or where another attribution or a comment of the writer's begins.
fn clause_end(items: &[Item], sentence: &Sentence, start: usize, later: &[Cue]) -> usize {
    let mut end = trim_end(items, start, sentence.items.end);
    for cue in later.iter().filter(|c| c.items.start > start) {
        let subject_start = cue.subject.as_ref().map_or(cue.items.start, |s| s.start.min(cue.items.start));
        let at = if subject_start > start { subject_start } else { cue.items.start };
        let joined = at.checked_sub(1).and_then(|i| items.get(i));
        let breaks = match cue.shape {
            CueShape::Participle => joined.is_some_and(|i| i.is_mark(",") || i.lower() == "while"),
            _ => {
                joined.is_some_and(|i| i.is_mark(",") || matches!(i.lower(), "and" | "but" | "while"))
                    && cue.class == CueClass::Speech
            }
        };
        if breaks && at > start {
            end = end.min(trim_end(items, start, at));
        }
    }
    end
}

/// Before the marks and joining words at the end.
fn trim_end(items: &[Item], start: usize, mut end: usize) -> usize {
    while end > start {
        let item = &items[end - 1];
        let loose = item.kind == super::line::ItemKind::Mark && !matches!(item.lower(), ")" | "%")
            || matches!(item.lower(), "and" | "but" | "while" | "as");
        if !loose {
            break;
        }
        end -= 1;
    }
    end
}

/// "According to Voss, …".
fn after_according(items: &[Item], sentence: &Sentence, cue: &Cue) -> Option<Range<usize>> {
    let subject = cue.subject.as_ref()?;
    if cue.items.start > sentence.items.start + 1 {
        return None;
    }
    let comma = (subject.end..sentence.items.end).find(|&i| items[i].is_mark(","))?;
    let end = trim_end(items, comma + 1, sentence.items.end);
    (end > comma + 2).then_some(comma + 1..end)
}

/// The clause left of a cue: "…, Voss said", on both sides where the attribution interrupts it.
fn clause_before(
    items: &[Item],
    sentence: &Sentence,
    cue: &Cue,
    earlier: &[Cue],
) -> Option<Vec<Range<usize>>> {
    let subject = cue.subject.as_ref()?;
    if cue.shape == CueShape::Participle {
        return None;
    }
    let attribution = subject.start.min(cue.items.start);
    let comma = attribution.checked_sub(1).filter(|&c| c > sentence.items.start)?;
    let according = cue.shape == CueShape::AccordingTo;
    if !items[comma].is_mark(",") && !according && items[comma].quoted().is_none() {
        return None;
    }
    let from = earlier
        .iter()
        .filter(|c| c.shape != CueShape::Participle)
        .map(|c| c.items.end)
        .max()
        .unwrap_or(sentence.items.start);
    let from = if from > sentence.items.start {
        (from..comma).find(|&i| items[i].is_mark(",")).map_or(comma, |c| c + 1)
    } else {
        from
    };
    let end = trim_end(items, from, attribution);
    if end < from + 2 || leads_in(items.get(from..end)?) {
        return None;
    }
    let mut contents: Vec<Range<usize>> = once(from..end).collect();
    contents.extend(resumed(items, sentence, cue));
    Some(contents)
}

/// "On Monday, Voss said": words before the attribution that are no clause.
fn leads_in(words: &[Item]) -> bool {
    words.first().is_some_and(|first| {
        let participle = |form| matches!(form, VerbForm::Ing | VerbForm::Past | VerbForm::PastParticiple);
        let ing = first.verb.is_some_and(|v| participle(v.form)) || first.lower().ends_with("ing");
        ing || (first.classes.is_preposition()
            || first.classes.is_time_word()
            || first.classes.is_adverb()
            || first.lower().ends_with("ly"))
            && !has_verb(words)
    })
}

/// The rest of a clause that the attribution interrupts: "The bridge, she said, would stay shut."
fn resumed(items: &[Item], sentence: &Sentence, cue: &Cue) -> Option<Range<usize>> {
    let subject = cue.subject.as_ref()?;
    let after = subject.end.max(cue.items.end);
    if !items.get(after).filter(|_| after < sentence.items.end)?.is_mark(",") {
        return None;
    }
    let first = items.get(after + 1).filter(|_| after + 1 < sentence.items.end)?;
    if !first.classes.is_auxiliary() && !matches!(first.lower(), "and" | "which" | "but" | "that") {
        return None;
    }
    let comma =
        (after + 1..sentence.items.end).find(|&i| items[i].is_mark(",")).unwrap_or(sentence.items.end);
    let end = trim_end(items, after + 1, comma);
    (end > after + 1).then_some(after + 1..end)
}

/// A clause that holds quoted sayings is given by these, except the part before the comma in front of one, and the part after "and
/// that" which holds none.
fn parts_without_marks(items: &[Item], contents: &[Range<usize>], said: &[usize]) -> Vec<Vec<Range<usize>>> {
    let is_said = |item: usize| said.binary_search(&item).is_ok();
    let holds_said = |range: &Range<usize>| range.clone().any(is_said);
    if !contents.iter().any(holds_said) {
        return Some(contents.to_vec()).filter(|c| !c.is_empty()).into_iter().collect();
    }
    let [content] = contents else { return Vec::new() };
    let rest = after_and_that(items, content).filter(|r| r.len() > 2 && !holds_said(r));
    let first = content.clone().find(|&i| is_said(i));
    let lead = first.and_then(|first| before_comma(items, content.start, first));
    lead.into_iter().chain(rest).map(|part| vec![part]).collect()
}

/// "that the road was shut and that | the dam would hold".
fn after_and_that(items: &[Item], content: &Range<usize>) -> Option<Range<usize>> {
    let joint = (content.start + 1..content.end.saturating_sub(1))
        .rev()
        .find(|&i| items[i].lower() == "and" && items[i + 1].lower() == "that")?;
    Some(joint + 2..content.end)
}

/// "the school would stay shut, “and the road too”": a clause set off from the quoted stretch at `quoted`.
fn before_comma(items: &[Item], start: usize, quoted: usize) -> Option<Range<usize>> {
    let comma = quoted.checked_sub(1).filter(|&i| items[i].is_mark(","))?;
    let clause = items.get(start..comma)?;
    let timed = clause.iter().take(2).any(|i| i.classes.is_time_word());
    (clause.len() > 2 && !timed && has_verb(clause)).then_some(start..comma)
}
