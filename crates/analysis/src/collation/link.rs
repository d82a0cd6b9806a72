//! Whether two units are renditions of the same saying.

use crate::align::{self, Step};
use crate::embedding::{Lexicon, WordId};

use super::difference::place_of;
use super::unit::{Unit, Voice};
use super::weight::Weights;

/// The rule that finds a saying in other words.
pub(super) const REWORDED: &str = "reworded";

/// How sure it is that two units render one saying, and the rule that found it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Link {
    /// Probability, 0 to 1.
    pub(super) score: f32,
    /// The rule.
    pub(super) rule: &'static str,
}

/// What two units have in common; all shares are from 0 to 1.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Likeness {
    /// Weight of the words that both have in the same order, or near synonyms in their place.
    common: f32,
    /// Share of the lighter unit that is in common, in order.
    of_lighter: f32,
    /// Share of the heavier unit that is in common, in order.
    of_heavier: f32,
    /// Share of the lighter that is in the heavier, in any order.
    there: f32,
    /// Share of the heavier that is in the lighter, in any order.
    back: f32,
    /// Share of the words of the shorter that are in both in the same order, function words counted like any.
    words_of_shorter: f32,
    /// Share of the words of the longer.
    words_of_longer: f32,
    /// Whether the one stands in the other word for word.
    is_part: bool,
}

/// What the sentences around two units have in common, each way; from 0 to 1.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Around {
    there: f32,
    back: f32,
}

/// The weight that two quotations of different people must have in common to be one saying that somebody misattributes.
const LEAST_MISATTRIBUTED: f32 = 18.0;
/// The share of the lighter quotation that they must have in common.
const LEAST_SHARE_MISATTRIBUTED: f32 = 0.85;
/// A whole sentence of so many words is one saying whoever is credited with it.
const LEAST_WORDS_MISATTRIBUTED: usize = 6;
/// The share that a person and a body must have in common, of which the one may speak for the other.
const LEAST_SHARE_DOUBTFUL: f32 = 0.7;
/// The weight in common on which quotations of unknown or vague speakers are put together.
const LEAST_UNATTRIBUTED: f32 = 8.0;
/// The same where the words of the one stand in the other as they are.
const LEAST_UNATTRIBUTED_PART: f32 = 4.0;
/// Reported speech that has less of its words in common says something else, however alike the sentences around are.
const LEAST_SHARE: f32 = 0.2;
/// What it tells against a link that one of the speakers is not known for sure.
const VAGUE: f32 = 1.5;

/// What it tells against a rewording that neither report depends on the other: who hears a saying writes it down as it is, only a rewriter
/// finds other words for it. In 60 events that were read, all but one of the links that this takes away joined two sayings.
const TRANSCRIBED: f32 = 0.75;
/// A report that quotes one saying twice uses the same words, but for a share of them; two wordings are two sayings.
const LEAST_REPEATED: f32 = 0.7;

/// A link that could not pass this log-odds with everything around alike (two in a hundred) is none. The sentences around cost most of the
/// time, so they are only compared where they can decide.
const HOPELESS: f32 = -4.0;

/// Judges whether two units render one saying; `are_dependent` where their articles have one origin.
pub(super) fn link(
    a: &Unit,
    b: &Unit,
    are_dependent: bool,
    weights: &Weights<'_>,
    lexicon: &Lexicon,
) -> Option<Link> {
    let are_quoted = a.is_quoted && b.is_quoted;
    let like = likeness(a, b, weights, lexicon)?;
    if are_quoted && a.quotation.article == b.quotation.article && !is_repeated(&like) {
        return None;
    }
    let bond = bond(a.voice, b.voice);
    let may_link = match bond {
        Bond::Same => true,
        Bond::Other => are_quoted && is_one_whoever_said_it(&like, a),
        Bond::Doubtful if like.of_lighter < LEAST_SHARE_DOUBTFUL => false,
        Bond::Open | Bond::Doubtful => !are_quoted || like.common >= least_unattributed(&like),
    };
    let model = if are_quoted { quoted } else { reported };
    if !may_link || model(&like, Around { there: 1.0, back: 1.0 }) < HOPELESS {
        return None;
    }
    let is_transcribed_twice = are_quoted && !are_dependent && !like.is_part;
    let logit = model(&like, around(a, b, weights)) - if is_transcribed_twice { TRANSCRIBED } else { 0.0 };
    let rule = if are_quoted { quoted_rule(&like) } else { "paraphrase" };
    Some(match bond {
        Bond::Same => Link { score: probability(logit), rule },
        Bond::Open | Bond::Doubtful => Link { score: probability(logit - VAGUE), rule },
        Bond::Other => Link { score: probability(logit), rule: "same-words-other-speaker" },
    })
}

/// Whether two quotations of one report are the same words.
fn is_repeated(like: &Likeness) -> bool {
    like.is_part || like.words_of_longer >= LEAST_REPEATED
}

/// Whether so much is the same that it is one saying, though different people are credited with it.
fn is_one_whoever_said_it(like: &Likeness, unit: &Unit) -> bool {
    let is_whole = like.words_of_longer > 0.999 && unit.ids.len() >= LEAST_WORDS_MISATTRIBUTED;
    let is_long = like.common >= LEAST_MISATTRIBUTED && like.of_lighter >= LEAST_SHARE_MISATTRIBUTED;
    is_whole || is_long
}

fn least_unattributed(like: &Likeness) -> f32 {
    if like.is_part { LEAST_UNATTRIBUTED_PART } else { LEAST_UNATTRIBUTED }
}

fn probability(logit: f32) -> f32 {
    1.0 / (1.0 + (-logit).exp())
}

/// What the speakers say about whether it is one saying.
enum Bond {
    Same,
    /// They may be the same.
    Open,
    /// One is a person, the other a body that the person may speak for.
    Doubtful,
    Other,
}

fn bond(a: Voice, b: Voice) -> Bond {
    match (a, b) {
        (Voice::Person(a) | Voice::Vague(a), Voice::Person(b) | Voice::Vague(b)) if a == b => Bond::Same,
        (Voice::Person(_), Voice::Person(_)) => Bond::Other,
        (Voice::Person(_), Voice::Vague(_)) | (Voice::Vague(_), Voice::Person(_)) => Bond::Doubtful,
        _ => Bond::Open,
    }
}

/// Logistic model of two stretches between quotation marks, fitted to annotated reports of one event and to quotations that two outlets
/// share; its threshold leans towards finding what was altered.
fn quoted(like: &Likeness, around: Around) -> f32 {
    2.1 * like.of_lighter
        + 1.1 * like.of_heavier
        + 1.8 * like.there
        + 1.1 * like.back
        + 0.1 * around.there
        + 0.9 * around.back
        + 1.5 * like.words_of_shorter
        + 0.9 * like.words_of_longer
        + if like.is_part { 0.7 } else { 0.0 }
        - 3.85
}

/// Logistic model where at least one of the two is reported speech, which keeps neither words nor order.
fn reported(like: &Likeness, around: Around) -> f32 {
    2.7 * like.there + 5.2 * like.back + 3.2 * around.there + 4.7 * around.back - 5.1
}

fn quoted_rule(like: &Likeness) -> &'static str {
    match like {
        _ if like.is_part && like.of_heavier > 0.999 => "same-words",
        _ if like.is_part => "part-of-the-words",
        _ => REWORDED,
    }
}

/// `None` for reported speech that shares too few words for anything around to help.
fn likeness(a: &Unit, b: &Unit, weights: &Weights<'_>, lexicon: &Lexicon) -> Option<Likeness> {
    let (light, heavy) = by_weight(a, b, weights);
    let (there, back) = weights.coverages(&light.ids, &heavy.ids);
    if !(a.is_quoted && b.is_quoted) && there < LEAST_SHARE {
        return None;
    }
    let Common { weight, words } = common(&a.ids, &b.ids, weights, lexicon);
    let (shorter, longer) = if a.ids.len() <= b.ids.len() { (a, b) } else { (b, a) };
    Some(Likeness {
        common: weight,
        of_lighter: weight / weights.sum(&light.ids),
        of_heavier: weight / weights.sum(&heavy.ids),
        there,
        back,
        words_of_shorter: words / shorter.ids.len().max(1) as f32,
        words_of_longer: words / longer.ids.len().max(1) as f32,
        is_part: place_of(&shorter.ids, &longer.ids).is_some(),
    })
}

fn around(a: &Unit, b: &Unit, weights: &Weights<'_>) -> Around {
    let (light, heavy) = by_weight(a, b, weights);
    let (there, back) = weights.coverages(&light.with_surroundings(), &heavy.with_surroundings());
    Around { there, back }
}

/// The unit whose words weigh less, then the other.
fn by_weight<'u>(a: &'u Unit, b: &'u Unit, weights: &Weights<'_>) -> (&'u Unit, &'u Unit) {
    if weights.sum(&a.ids) <= weights.sum(&b.ids) { (a, b) } else { (b, a) }
}

/// What two sequences have in common in order.
#[derive(Debug, Default)]
struct Common {
    /// The weight of equal words, and of synonyms by how near they are.
    weight: f32,
    /// How many words are equal.
    words: f32,
}

fn common(a: &[WordId], b: &[WordId], weights: &Weights<'_>, lexicon: &Lexicon) -> Common {
    let mut common = Common::default();
    for step in align::global(a, b, lexicon) {
        match step {
            Step::Same(i, _) => {
                common.weight += weights.of(a[i]);
                common.words += 1.0;
            }
            Step::Substitute(i, j) => {
                common.weight += weights.alike(a[i], b[j]) * weights.of(a[i]).min(weights.of(b[j]));
            }
            Step::Delete(_) | Step::Insert(_) => {}
        }
    }
    common
}
