//! What stands between quotation marks and is nobody's words: titles of works, nicknames and terms.

use super::Place;
use crate::quotation::line::Item;

impl Place<'_> {
    /// Titles of works, nicknames and terms: in marks, but nobody's words.
    pub(super) fn is_no_saying(&self) -> bool {
        self.is_nickname() || self.is_term() || self.is_defined() || self.is_title() || self.is_program()
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
        let skip = self.before().is_some_and(|i| i.is_mark(",") || matches!(i.lower(), "as" | "the"));
        let lead = self.at.checked_sub(1 + usize::from(skip)).and_then(|i| self.line.items.get(i));
        lead.is_some_and(|i| LEADS.contains(&i.lower()))
    }

    /// "a “keeper” means any person who".
    fn is_defined(&self) -> bool {
        let defines = |i: &Item| matches!(i.lower(), "means" | "denotes" | "refers");
        self.words().split_whitespace().count() <= 3 && !self.ends_open() && self.after().is_some_and(defines)
    }

    /// "Sund FM’s “Morning Light”": what a name owns, every word of weight with a capital.
    fn is_program(&self) -> bool {
        let items = &self.line.items;
        let owner = self.at.checked_sub(2).and_then(|i| items.get(i)).is_some_and(|i| i.capital);
        let owned = self.before().is_some_and(|i| matches!(i.lower(), "’s" | "'s"));
        let words: Vec<&str> = self.words().split_whitespace().collect();
        owner && owned && words.len() <= 5 && words.iter().all(|w| is_title_word(w)) && !self.ends_open()
    }

    /// "“The Long Way Home” opens": every word of weight begins with a capital.
    fn is_title(&self) -> bool {
        self.is_capitalised() && !self.is_introduced() && !self.ends_open()
    }

    /// Whether every word of weight of a few begins with a capital, and not all are shouted.
    pub(super) fn is_capitalised(&self) -> bool {
        let words: Vec<&str> = self.words().split_whitespace().collect();
        let heavy = |w: &&&str| w.chars().filter(|c| c.is_alphabetic()).count() > 3;
        let capitals = words.iter().filter(heavy).all(|w| w.starts_with(|c: char| !c.is_lowercase()));
        let shouted = self.words().chars().all(|c| !c.is_lowercase());
        let some = words.iter().any(|w| w.starts_with(char::is_uppercase));
        capitals && some && !shouted && words.len() > 1 && words.len() < 9
    }
}

/// Whether a word may stand in a title: with a capital, or a small word.
fn is_title_word(word: &str) -> bool {
    word.starts_with(|c: char| !c.is_lowercase())
        || matches!(word, "the" | "of" | "and" | "a" | "an" | "in" | "on" | "for" | "to" | "with" | "at")
}
