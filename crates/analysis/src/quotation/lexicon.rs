//! The English words that attribute: verbs of saying in all their forms, and the small words around them.

use std::sync::LazyLock;

use crate::wordlist::{WordMap, entries};

/// What a verb does with the words it governs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum CueClass {
    /// Reports them as said or written.
    Speech,
    /// Puts them on a thing: "described it as".
    Naming,
    /// Ascribes them as a belief, wish or attitude.
    Stance,
}

/// The form of a verb.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum VerbForm {
    /// "say"
    Base,
    /// "says"
    Third,
    /// "said"
    Past,
    /// "written", where it differs from the past.
    PastParticiple,
    /// "saying"
    Ing,
}

/// A verb form that attributes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct CueVerb {
    pub(super) lemma: &'static str,
    pub(super) form: VerbForm,
    pub(super) class: CueClass,
}

/// The verb that a word in small letters is a form of.
pub(super) fn cue_verb(word: &str) -> Option<CueVerb> {
    CUE_VERBS.get(word).copied()
}

/// Every form with its verb; the first class that lists a form keeps it.
static CUE_VERBS: LazyLock<WordMap<String, CueVerb>> = LazyLock::new(|| {
    let lists = [
        (CueClass::Naming, include_str!("../../data/naming_verbs.txt")),
        (CueClass::Speech, include_str!("../../data/speech_verbs.txt")),
        (CueClass::Stance, include_str!("../../data/stance_verbs.txt")),
    ];
    let mut forms: Vec<(String, CueVerb)> = Vec::new();
    for (class, list) in lists {
        forms.extend(entries(list).flat_map(|line| inflect(line, class)));
    }
    forms.sort_by(|a, b| (&a.0, a.1.form == VerbForm::Base).cmp(&(&b.0, b.1.form == VerbForm::Base)));
    forms.dedup_by(|b, a| a.0 == b.0);
    forms.into_iter().collect()
});

/// The forms of one line of a list.
fn inflect(line: &'static str, class: CueClass) -> Vec<(String, CueVerb)> {
    let given: Vec<&'static str> = line.split_whitespace().collect();
    let Some(&lemma) = given.first() else { return Vec::new() };
    let verb = |form| CueVerb { lemma, form, class };
    use VerbForm::{Base, Ing, Past, PastParticiple, Third};
    match given[1..] {
        [third, past, participle, ing] => vec![
            (lemma.into(), verb(Base)),
            (third.into(), verb(Third)),
            (past.into(), verb(Past)),
            (participle.into(), verb(PastParticiple)),
            (ing.into(), verb(Ing)),
        ],
        [third, past, ing] => vec![
            (lemma.into(), verb(Base)),
            (third.into(), verb(Third)),
            (past.into(), verb(Past)),
            (ing.into(), verb(Ing)),
        ],
        _ => {
            let stem = lemma.strip_suffix('e').unwrap_or(lemma);
            vec![
                (lemma.into(), verb(Base)),
                (format!("{lemma}s"), verb(Third)),
                (format!("{stem}ed"), verb(Past)),
                (format!("{stem}ing"), verb(Ing)),
            ]
        }
    }
}

/// Defines a sorted list of words and the question whether it holds one.
macro_rules! word_class {
    ($(#[$doc:meta])* $name:ident: $($word:literal)+) => {
        $(#[$doc])*
        pub(super) fn $name(word: &str) -> bool {
            matches!(word, $($word)|+)
        }
    };
}

word_class! {
    /// Pronouns that can be the subject of an attribution.
    is_subject_pronoun: "he" "she" "they" "i" "we" "it" "you" "who" "one" "others" "some" "many" "most" "both" "neither"
}
word_class! {
    /// Relative pronouns.
    is_relative: "who" "which" "that" "whom" "whose"
}
word_class! {
    /// Auxiliaries and other words between a subject and its verb.
    is_auxiliary: "has" "have" "had" "having" "is" "are" "was" "were" "be" "been" "being" "will" "would" "could" "can" "may"
        "might" "must" "shall" "should" "do" "does" "did" "to" "not" "n't" "n’t" "never"
}
word_class! {
    /// Adverbs that stand next to a verb of saying and do not end in -ly.
    is_adverb: "also" "later" "then" "again" "once" "ever" "even" "just" "still" "already" "further" "himself" "herself"
        "itself" "themselves" "all" "both" "now" "often" "soon" "always" "merely" "rather" "instead" "today" "first"
        "yesterday" "earlier" "likewise" "only" "simply" "either" "too" "long" "so"
}
word_class! {
    /// Prepositions.
    is_preposition: "about" "above" "across" "after" "against" "along" "amid" "among" "around" "as" "at" "before" "behind"
        "below" "beside" "between" "beyond" "by" "despite" "during" "except" "following" "for" "from" "in" "inside" "into"
        "like" "near" "of" "off" "on" "onto" "outside" "over" "past" "per" "since" "through" "throughout" "till" "to" "toward"
        "towards" "under" "until" "upon" "via" "with" "within" "without" "regarding" "concerning"
}
word_class! {
    /// Determiners, which begin a noun phrase.
    is_determiner: "a" "an" "the" "this" "that" "these" "those" "his" "her" "its" "their" "our" "my" "your" "one" "two"
        "three" "four" "five" "six" "seven" "eight" "nine" "ten" "another" "each" "every" "no" "some" "any" "many" "several"
        "both" "all" "most" "other" "such" "few"
}
word_class! {
    /// Words that begin a clause or join two.
    is_conjunction: "and" "but" "or" "nor" "yet" "because" "although" "though" "while" "whereas" "if" "unless" "when"
        "where" "as" "that" "since" "before" "after" "until" "than" "so" "however" "meanwhile" "whether" "once"
}
word_class! {
    /// Days and other words that say when.
    is_time_word: "monday" "tuesday" "wednesday" "thursday" "friday" "saturday" "sunday" "today" "yesterday" "tonight"
        "tomorrow" "week" "month" "year" "morning" "afternoon" "evening" "night" "january" "february" "march" "april" "may"
        "june" "july" "august" "september" "october" "november" "december" "earlier" "later" "meanwhile" "ago" "last"
        "this" "next"
}
word_class! {
    /// Nouns for something said or written, and words that cite it.
    is_word_of_saying: "per" "statement" "statements" "announcement" "assertion" "assertions" "allegation" "allegations"
        "accusation" "accusations" "remarks" "speech" "testimony" "tweets" "message" "letter" "interview" "memo" "criticism"
        "declaration" "explanation" "argument" "complaint" "denial" "threat" "warning" "warnings" "prediction" "suggestion"
        "admission" "quote" "quotes" "quoted" "words" "call" "calls" "called" "calling" "talked" "spoke" "speaking"
        "announcing" "apologised" "apologized" "reply" "response" "answer" "account" "editorial" "headline"
}
word_class! {
    /// Object pronouns, which can be told something.
    is_object_pronoun: "me" "him" "her" "us" "them" "you" "it"
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_form_of_a_verb_is_known() {
        for (word, lemma, form) in [
            ("said", "say", VerbForm::Past),
            ("declares", "declare", VerbForm::Third),
            ("stating", "state", VerbForm::Ing),
            ("written", "write", VerbForm::PastParticiple),
            ("denied", "deny", VerbForm::Past),
            ("read", "read", VerbForm::Past),
        ] {
            let verb = cue_verb(word).expect(word);
            assert_eq!((verb.lemma, verb.form), (lemma, form));
        }
        assert_eq!(cue_verb("table"), None);
    }
}
