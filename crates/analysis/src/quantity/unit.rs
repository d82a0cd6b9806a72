//! What a number counts or measures.

use std::collections::HashMap;
use std::collections::HashSet;
use std::sync::LazyLock;

use super::numeral::{Numeral, NumeralForm};
use super::piece::Piece;
use crate::wordlist::entries;

/// A unit that follows a number, or stands before it.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Unit {
    /// Its normalised name.
    pub(crate) name: String,
    /// How many of the normalised unit one of it stands for.
    pub(crate) factor: f64,
    /// Index after its last piece.
    pub(crate) end: usize,
    /// Whether it is a noun that is counted, not a measure.
    pub(crate) counted: bool,
}

/// A word's normalised unit, and how many of it the word stands for.
type Measures = HashMap<&'static str, (&'static str, f64)>;

static UNITS: LazyLock<Measures> = LazyLock::new(|| measures(include_str!("../../data/units.txt")));
static CURRENCIES: LazyLock<Measures> = LazyLock::new(|| measures(include_str!("../../data/currencies.txt")));
static PLURALS: LazyLock<HashMap<&str, &str>> = LazyLock::new(|| {
    entries(include_str!("../../data/plurals.txt")).filter_map(|line| line.split_once('\t')).collect()
});
static ENDS: LazyLock<HashSet<&str>> =
    LazyLock::new(|| entries(include_str!("../../data/figure-ends.txt")).collect());
static CASUALTIES: LazyLock<HashMap<&str, &str>> = LazyLock::new(|| {
    entries(include_str!("../../data/casualties.txt")).filter_map(|line| line.split_once('\t')).collect()
});

/// What the word `lower` says became of the people of a figure: "dead", "injured", "missing" and so on.
pub(crate) fn casualty(lower: &str) -> Option<&'static str> {
    CASUALTIES.get(lower).copied()
}

fn measures(file: &'static str) -> Measures {
    let measure = |line: &'static str| {
        let mut fields = line.split('\t');
        Some((fields.next()?, (fields.next()?, fields.next()?.parse().ok()?)))
    };
    entries(file).filter_map(measure).collect()
}

/// The currency before the piece `at`, as in "$5" or "US$5" or "USD 5": its name, and where it starts.
pub(crate) fn currency_before(pieces: &[Piece<'_>], at: usize) -> Option<(&'static str, f64, usize)> {
    let last = pieces.get(at.checked_sub(1)?)?;
    let prefix =
        at.checked_sub(2).and_then(|before| pieces.get(before)).filter(|p| p.is_word() && last.glued);
    if let Some(prefix) = prefix
        && let Some(&(name, factor)) = CURRENCIES.get(&*format!("{}{}", prefix.lower, last.lower))
    {
        return Some((name, factor, at - 2));
    }
    let code = last.text.len() == 3 && last.text.chars().all(char::is_uppercase);
    let sign = !last.is_word();
    let &(name, factor) = CURRENCIES.get(&*last.lower).filter(|_| code || sign)?;
    Some((name, factor, at - 1))
}

/// The unit that follows `number`.
pub(crate) fn unit_after(pieces: &[Piece<'_>], number: &Numeral) -> Option<Unit> {
    percent(pieces, number.end)
        .or_else(|| old(pieces, number.end))
        .or_else(|| currency_after(pieces, number))
        .or_else(|| measure(pieces, number.end))
        .or_else(|| compound(pieces, number))
        .or_else(|| counted(pieces, number))
}

fn percent(pieces: &[Piece<'_>], at: usize) -> Option<Unit> {
    let at = at + usize::from(pieces.get(at).is_some_and(Piece::is_hyphen));
    let length = match &*pieces.get(at)?.lower {
        "%" | "percent" | "pct" => 1,
        "per" if pieces.get(at + 1)?.is_any(&["cent", "centage"]) => 2,
        "percentage" if pieces.get(at + 1)?.is_any(&["point", "points"]) => {
            return Some(measured("percentage point", 1.0, at + 2));
        }
        _ => return None,
    };
    Some(measured("%", 1.0, at + length))
}

/// "-year-old", "-year-long", "years old": an age where a person has it, else a length of time.
fn old(pieces: &[Piece<'_>], at: usize) -> Option<Unit> {
    const LIFELESS: [&str; 14] = [
        "war",
        "conflict",
        "dispute",
        "strike",
        "feud",
        "ban",
        "blockade",
        "siege",
        "crisis",
        "law",
        "agreement",
        "deal",
        "company",
        "campaign",
    ];
    let mut end = at + usize::from(pieces.get(at).is_some_and(Piece::is_hyphen));
    let (name, factor) =
        *UNITS.get(&*pieces.get(end)?.lower).filter(|unit| matches!(unit.0, "year" | "day"))?;
    end += 1;
    end += usize::from(pieces.get(end).is_some_and(Piece::is_hyphen));
    let state = pieces.get(end)?;
    let age = state.is("old") && !pieces.get(end + 1).is_some_and(|p| p.is_any(&LIFELESS));
    match &*state.lower {
        "old" if age && name == "year" => Some(measured("year of age", factor, end + 1)),
        "old" | "long" => Some(measured(name, factor, end + 1)),
        _ => None,
    }
}

fn currency_after(pieces: &[Piece<'_>], number: &Numeral) -> Option<Unit> {
    let glued = usize::from(pieces.get(number.end).is_some_and(Piece::is_hyphen));
    let first = number.end + glued;
    (first..first + 3)
        .take_while(|&at| {
            at == first
                || pieces.get(at - 1).is_some_and(|p| p.is_capitalised() && !p.is_any(&["us"]) || p.is("us"))
        })
        .find_map(|at| {
            let word = pieces.get(at)?;
            // Weights and prices are both counted in pounds; a number of millions is a price.
            if word.is_any(&["pound", "pounds"]) {
                return number.scaled.then(|| measured("GBP", 1.0, at + 1));
            }
            let &(name, factor) =
                CURRENCIES.get(&*word.lower).filter(|_| word.is_word() && word.text.len() > 2)?;
            Some(measured(name, factor, at + 1))
        })
}

fn measure(pieces: &[Piece<'_>], at: usize) -> Option<Unit> {
    let mut at = at + usize::from(pieces.get(at).is_some_and(|p| p.is_hyphen() && p.glued));
    let square = pieces.get(at).filter(|p| p.is_any(&["square", "sq", "cubic"]));
    at += usize::from(square.is_some());
    let word = pieces.get(at)?;
    // "5 m" and "300m" are metres.
    let &(name, factor) = if word.text == "m" { &("metre", 1.0) } else { UNITS.get(&*word.lower)? };
    match square {
        Some(power) if power.is("cubic") => Some(measured(&format!("cubic {name}"), factor.powi(3), at + 1)),
        Some(_) => Some(measured(&format!("square {name}"), factor.powi(2), at + 1)),
        None => Some(measured(name, factor, at + 1)),
    }
}

/// The noun of a compound: "12-member", "10-storey".
fn compound(pieces: &[Piece<'_>], number: &Numeral) -> Option<Unit> {
    const NO_NOUNS: [&str; 14] = [
        "way", "time", "fold", "sided", "off", "plus", "odd", "strong", "thirds", "quarters", "fifths",
        "man", "hand", "up",
    ];
    let at = number.end;
    pieces.get(at).filter(|p| p.is_hyphen() && p.glued)?;
    let noun = pieces.get(at + 1).filter(|p| p.is_word() && p.glued)?;
    let counted = noun.text.len() > 2
        && number.value >= 2.0
        && noun.text.starts_with(char::is_lowercase)
        && !noun.is_any(&NO_NOUNS)
        && !ENDS.contains(&*noun.lower);
    counted.then(|| Unit { name: singular(&noun.lower), factor: 1.0, end: at + 2, counted: true })
}

/// The noun that is counted: the first plural among the words up to the end of the noun phrase.
fn counted(pieces: &[Piece<'_>], number: &Numeral) -> Option<Unit> {
    const LONGEST: usize = 5;
    let phrase = pieces.get(number.end..)?;
    let length = phrase.iter().take(LONGEST).take_while(|p| belongs_to_phrase(p)).count();
    let noun = match number.value {
        value if value <= 1.0 && !number.scaled => phrase[..length].iter().position(is_one),
        _ => phrase[..length].iter().position(is_plural),
    }?;
    if number.form == NumeralForm::Article {
        return None;
    }
    let name = singular(&phrase[noun].lower);
    Some(Unit { name, factor: 1.0, end: number.end + noun + 1, counted: true })
}

fn belongs_to_phrase(piece: &Piece<'_>) -> bool {
    (piece.is_word() && !ENDS.contains(&*piece.lower)) || piece.is_hyphen() && piece.glued
}

/// Whether a word stands for one counted being: only these, because after "one" nothing tells a noun from a verb.
fn is_one(piece: &Piece<'_>) -> bool {
    const ONES: [&str; 18] = [
        "person",
        "man",
        "woman",
        "child",
        "boy",
        "girl",
        "civilian",
        "soldier",
        "officer",
        "worker",
        "passenger",
        "student",
        "suspect",
        "victim",
        "firefighter",
        "vote",
        "goal",
        "death",
    ];
    piece.is_any(&ONES)
}

fn is_plural(piece: &Piece<'_>) -> bool {
    const SINGULAR_ENDS: [&str; 4] = ["ss", "us", "is", "ous"];
    const SINGULARS: [&str; 6] = ["times", "news", "always", "perhaps", "besides", "overseas"];
    let word = &*piece.lower;
    let regular = word.len() > 3
        && word.ends_with('s')
        && !SINGULAR_ENDS.iter().any(|ending| word.ends_with(ending))
        && !SINGULARS.contains(&word);
    regular && !(piece.text.chars().all(char::is_uppercase)) || PLURALS.contains_key(word)
}

/// The singular of a plural noun, as far as spelling tells.
pub(crate) fn singular(plural: &str) -> String {
    if let Some(&noun) = PLURALS.get(plural) {
        return noun.to_owned();
    }
    match plural {
        "others" => "person".to_owned(),
        _ if plural.ends_with("ies") && plural.len() > 4 => format!("{}y", &plural[..plural.len() - 3]),
        _ if ["sses", "shes", "ches", "xes", "zes"].iter().any(|end| plural.ends_with(end)) => {
            plural[..plural.len() - 2].to_owned()
        }
        _ if plural.ends_with("ss") => plural.to_owned(),
        _ => plural.strip_suffix('s').unwrap_or(plural).to_owned(),
    }
}

fn measured(name: &str, factor: f64, end: usize) -> Unit {
    Unit { name: name.to_owned(), factor, end, counted: false }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn singulars() {
        for (plural, expected) in [
            ("countries", "country"),
            ("people", "person"),
            ("buses", "bus"),
            ("churches", "church"),
            ("drones", "drone"),
            ("houses", "house"),
            ("others", "person"),
        ] {
            assert_eq!(singular(plural), expected);
        }
    }
}
