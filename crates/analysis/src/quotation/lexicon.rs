//! The English words that attribute: verbs of saying in all their forms, and the small words around them.

use std::borrow::Cow;
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

/// What is known of a word.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Known {
    /// The small words it is one of.
    pub(super) classes: Classes,
    /// The verb of saying that it may be a form of.
    pub(super) verb: Option<CueVerb>,
}

/// What is known of a word in small letters.
pub(super) fn known(word: &str) -> Known {
    WORDS.get(word).copied().unwrap_or_default()
}

/// All words of which something is known. One table, for each word of a text is looked up in it.
static WORDS: LazyLock<WordMap<Cow<'static, str>, Known>> = LazyLock::new(|| {
    let mut words: WordMap<Cow<'static, str>, Known> = WordMap::default();
    for (form, verb) in cue_verbs() {
        words.entry(form.into()).or_default().verb = Some(verb);
    }
    for (class, list) in CLASSES {
        for &word in *list {
            words.entry(word.into()).or_default().classes.0 |= class;
        }
    }
    words
});

/// Every form with its verb; the first class that lists a form keeps it.
fn cue_verbs() -> Vec<(String, CueVerb)> {
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
    forms
}

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

/// Defines lists of words, and for each the question whether a word is in it.
macro_rules! word_classes {
    ($($(#[$doc:meta])* $name:ident $bit:literal: $($word:literal)+;)+) => {
        /// Which lists of small words a word is in.
        #[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
        pub(super) struct Classes(u16);

        impl Classes {
            $($(#[$doc])* pub(super) fn $name(self) -> bool {
                self.0 >> $bit & 1 == 1
            })+
        }

        /// The words of each class, with its bit.
        const CLASSES: &[(u16, &[&str])] = &[$((1 << $bit, &[$($word),+])),+];
    };
}

word_classes! {
    /// Pronouns that can be the subject of an attribution.
    is_subject_pronoun 0: "he" "she" "they" "i" "we" "it" "you" "who" "one" "others" "some" "many" "most" "both" "neither";
    /// Relative pronouns.
    is_relative 1: "who" "which" "that" "whom" "whose";
    /// Auxiliaries and other words between a subject and its verb.
    is_auxiliary 2: "has" "have" "had" "having" "is" "are" "was" "were" "be" "been" "being" "will" "would" "could" "can" "may"
        "might" "must" "shall" "should" "do" "does" "did" "to" "not" "n't" "n’t" "never";
    /// Adverbs that stand next to a verb of saying and do not end in -ly.
    is_adverb 3: "also" "later" "then" "again" "once" "ever" "even" "just" "still" "already" "further" "himself" "herself"
        "itself" "themselves" "all" "both" "now" "often" "soon" "always" "merely" "rather" "instead" "today" "first"
        "yesterday" "earlier" "likewise" "only" "simply" "either" "too" "long" "so";
    /// Prepositions.
    is_preposition 4: "about" "above" "across" "after" "against" "along" "amid" "among" "around" "as" "at" "before" "behind"
        "below" "beside" "between" "beyond" "by" "despite" "during" "except" "following" "for" "from" "in" "inside" "into"
        "like" "near" "of" "off" "on" "onto" "outside" "over" "past" "per" "since" "through" "throughout" "till" "to" "toward"
        "towards" "under" "until" "upon" "via" "with" "within" "without" "regarding" "concerning";
    /// Determiners, which begin a noun phrase.
    is_determiner 5: "a" "an" "the" "this" "that" "these" "those" "his" "her" "its" "their" "our" "my" "your" "one" "two"
        "three" "four" "five" "six" "seven" "eight" "nine" "ten" "another" "each" "every" "no" "some" "any" "many" "several"
        "both" "all" "most" "other" "such" "few";
    /// Words that begin a clause or join two.
    is_conjunction 6: "and" "but" "or" "nor" "yet" "because" "although" "though" "while" "whereas" "if" "unless" "when"
        "where" "as" "that" "since" "before" "after" "until" "than" "so" "however" "meanwhile" "whether" "once";
    /// Days and other words that say when.
    is_time_word 7: "monday" "tuesday" "wednesday" "thursday" "friday" "saturday" "sunday" "today" "yesterday" "tonight"
        "tomorrow" "week" "month" "year" "morning" "afternoon" "evening" "night" "january" "february" "march" "april" "may"
        "june" "july" "august" "september" "october" "november" "december" "earlier" "later" "meanwhile" "ago" "last"
        "this" "next";
    /// Nouns for something said or written, and words that cite it.
    is_word_of_saying 8: "per" "statement" "statements" "announcement" "assertion" "assertions" "allegation" "allegations"
        "accusation" "accusations" "remarks" "speech" "testimony" "tweets" "message" "letter" "interview" "memo" "criticism"
        "declaration" "explanation" "argument" "complaint" "denial" "threat" "warning" "warnings" "prediction" "suggestion"
        "admission" "quote" "quotes" "quoted" "words" "call" "calls" "called" "calling" "talked" "spoke" "speaking"
        "announcing" "apologised" "apologized" "reply" "response" "answer" "account" "editorial" "headline";
    /// Object pronouns, which can be told something.
    is_object_pronoun 9: "me" "him" "her" "us" "them" "you" "it";
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_is_of_several_classes() {
        let classes = |word| {
            let Classes(bits) = known(word).classes;
            CLASSES.iter().filter(|(class, _)| bits & class != 0).count()
        };
        assert_eq!(["that", "of", "one", "table"].map(classes), [3, 1, 2, 0]);
        assert!(known("who").classes.is_relative() && known("who").classes.is_subject_pronoun());
        assert!(!known("who").classes.is_determiner());
        assert!(known("called").verb.is_some() && known("called").classes.is_word_of_saying());
    }

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
            let verb = known(word).verb.expect(word);
            assert_eq!((verb.lemma, verb.form), (lemma, form));
        }
        assert_eq!(known("table"), Known::default());
    }
}
