//! Who and what an article speaks of.
//!
//! [`names`] finds the proper names and the descriptions ("the Ruritanian president") of one article and gathers them into
//! chains, one for each person, organisation, place or group. [`link`] links the chains of many articles into entities.
//!
//! No model decides here: capitals, what the text itself writes in lower case, titles, role nouns and their appositions carry
//! the evidence, with word lists of general news English.

mod apposition;
mod chain;
mod kind;
mod lexicon;
mod linking;
mod phrase;
mod reading;
mod resolution;
mod role;
mod spelling;
mod splitting;
mod spotting;

use parallax_model::{Names, Segmentation};

use apposition::join_appositions;
use chain::gather;
use lexicon::LEXICON;
use phrase::noun_phrases;
use reading::Reading;
use spotting::{ProperName, proper_names};

pub use linking::link;

/// Whether a word in small letters is one that has a capital only where a sentence begins.
pub(crate) fn is_common(lower: &str) -> bool {
    LEXICON.is_common(lower)
}

/// Finds the names of one article and gathers them into chains.
///
/// Mentions come in the order of the text, the longer first where two begin together. One may lie inside the phrase of
/// another ("Ruritania" in "Ruritania's president"), but the cores of proper names never overlap.
///
/// ```
/// use parallax_analysis::{names::names, segment::segment};
/// let text = "Prime Minister Ada Osei met reporters. Osei said the talks went on.";
/// let found = names(text, &segment(text));
/// assert_eq!(found.chains[0].name, "Ada Osei");
/// assert_eq!(found.chains[0].roles, ["Prime Minister"]);
/// ```
pub fn names(text: &str, segments: &Segmentation) -> Names {
    let reading = Reading::new(text, segments);
    let mut proper = proper_names(&reading);
    let phrases = noun_phrases(&reading, &name_ends(&reading, &proper));
    let descriptions = join_appositions(&reading, &mut proper, phrases);
    gather(&reading, &proper, &descriptions)
}

/// For each word the end of the name whose core holds it, 0 where there is none.
fn name_ends(reading: &Reading, names: &[ProperName]) -> Vec<usize> {
    let mut ends = vec![0; reading.words.len()];
    for name in names {
        ends[name.core.clone()].fill(name.core.end);
    }
    ends
}
