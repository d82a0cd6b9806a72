//! A sheet of terminal text: words in inks, wrapped to a width.

use std::borrow::Cow;

use anstyle::{AnsiColor, Style};
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// How words are set.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Ink {
    Plain,
    Strong,
    Faint,
    /// The letter of a report.
    Letter,
    /// A fixed label that asks for attention.
    Alert,
    /// A fixed label that reassures.
    Calm,
    /// Words of the reference that a rendition lacks.
    Deleted,
    /// Words of a rendition that the reference lacks.
    Inserted,
}

impl Ink {
    fn style(self) -> Style {
        let colour = |colour: AnsiColor| Style::new().fg_color(Some(colour.into()));
        match self {
            Self::Plain => Style::new(),
            Self::Strong => Style::new().bold(),
            Self::Faint => Style::new().dimmed(),
            Self::Letter => colour(AnsiColor::Cyan).bold(),
            Self::Alert => colour(AnsiColor::Yellow).bold(),
            Self::Calm => colour(AnsiColor::Green),
            Self::Deleted => colour(AnsiColor::Red).strikethrough(),
            Self::Inserted => colour(AnsiColor::Green).bold().underline(),
        }
    }

    /// The marks that stand in for colour.
    const fn marks(self) -> (&'static str, &'static str) {
        match self {
            Self::Deleted => ("[-", "-]"),
            Self::Inserted => ("{+", "+}"),
            _ => ("", ""),
        }
    }
}

/// Words in one ink.
pub(super) type Words<'a> = (Ink, Cow<'a, str>);

/// Words in an ink, from anything that reads as text.
pub(super) fn ink<'a>(ink: Ink, words: impl Into<Cow<'a, str>>) -> Words<'a> {
    (ink, words.into())
}

/// Text that grows downwards.
#[derive(Debug)]
pub(super) struct Sheet {
    text: String,
    width: usize,
    color: bool,
}

impl Sheet {
    pub(super) fn new(width: usize, color: bool) -> Self {
        Self { text: String::new(), width: width.max(20), color }
    }

    /// The text so far.
    pub(super) fn into_text(self) -> String {
        self.text
    }

    /// An empty line, unless the last one is empty.
    pub(super) fn gap(&mut self) {
        if !self.text.is_empty() && !self.text.ends_with("\n\n") {
            self.text.push('\n');
        }
    }

    /// The heading of a section, with what it counts beside it.
    pub(super) fn heading(&mut self, title: &str, counted: &str) {
        self.gap();
        self.text.push('\n');
        self.wrapped(
            "",
            0,
            &[ink(Ink::Strong, title.to_uppercase()), ink(Ink::Faint, format!("  {counted}"))],
        );
        self.text.push('\n');
    }

    /// Words wrapped to the width. The first line starts with `lead`; the others are indented to `hang` columns.
    pub(super) fn wrapped(&mut self, lead: &str, hang: usize, words: &[Words<'_>]) {
        let hang = hang.min(self.width / 2);
        self.text.push_str(lead);
        let mut column = lead.width();
        let mut fresh = true;
        for atom in atoms(words, self.color) {
            let gap = if fresh { 0 } else { atom.gap };
            if !fresh && column + gap + atom.width > self.width {
                self.text.push('\n');
                self.text.push_str(&" ".repeat(hang));
                column = hang;
            } else {
                self.text.push_str(&" ".repeat(gap));
                column += gap;
            }
            column = self.set(&atom, column, hang);
            fresh = false;
        }
        self.text.push('\n');
    }

    /// Sets one atom, broken inside where no line could hold it; returns the column after it.
    fn set(&mut self, atom: &Atom, mut column: usize, hang: usize) -> usize {
        for (ink, text) in &atom.parts {
            let mut line = String::new();
            for c in text.chars() {
                let width = c.width().unwrap_or(0);
                if column + width > self.width && column > hang {
                    self.paint(*ink, &line);
                    line.clear();
                    self.text.push('\n');
                    self.text.push_str(&" ".repeat(hang));
                    column = hang;
                }
                line.push(c);
                column += width;
            }
            self.paint(*ink, &line);
        }
        column
    }

    fn paint(&mut self, ink: Ink, text: &str) {
        use std::fmt::Write;
        if !self.color || ink == Ink::Plain || text.is_empty() {
            self.text.push_str(text);
        } else {
            let style = ink.style();
            // Writing to a string cannot fail.
            let _ = write!(self.text, "{style}{text}{style:#}");
        }
    }
}

/// Something no line is broken in, if a line can hold it.
#[derive(Debug, Default)]
struct Atom {
    /// Spaces before it where it does not start a line.
    gap: usize,
    parts: Vec<(Ink, String)>,
    width: usize,
}

/// Words split at white space; marks of one ink cling to the words of the next.
fn atoms(words: &[Words<'_>], color: bool) -> Vec<Atom> {
    let mut atoms: Vec<Atom> = Vec::new();
    let mut gap = 0;
    let mut open = false;
    for (ink, text) in words {
        let (before, after) = if color { ("", "") } else { ink.marks() };
        let text = format!("{before}{}{after}", safe(text));
        for piece in text.split_inclusive(' ') {
            let word = piece.trim_end_matches(' ');
            if !word.is_empty() {
                if !open {
                    atoms.push(Atom { gap, ..Atom::default() });
                }
                if let Some(atom) = atoms.last_mut() {
                    atom.width += word.width();
                    atom.parts.push((*ink, word.to_owned()));
                }
                (open, gap) = (true, 0);
            }
            if piece.len() > word.len() {
                (open, gap) = (false, gap + piece.len() - word.len());
            }
        }
    }
    atoms
}

/// Text that cannot steer the terminal or reorder what stands around it.
fn safe(text: &str) -> String {
    let replace = |c: char| match c {
        '\n' | '\t' | '\r' => ' ',
        c if c.is_control() || is_bidi_control(c) => char::REPLACEMENT_CHARACTER,
        c => c,
    };
    text.chars().map(replace).collect()
}

/// Whether a character changes the direction of the text after it.
const fn is_bidi_control(c: char) -> bool {
    matches!(c, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn check(width: usize, hang: usize, words: &[Words<'_>], expected: &str) {
        let mut sheet = Sheet { text: String::new(), width, color: false };
        sheet.wrapped("", hang, words);
        assert_eq!(sheet.into_text(), expected);
    }

    #[test]
    fn wraps_at_spaces_and_indents_what_follows() {
        check(
            20,
            2,
            &[ink(Ink::Plain, "the river has fallen by two metres")],
            "the river has fallen\n  by two metres\n",
        );
        check(
            20,
            0,
            &[ink(Ink::Plain, "“"), ink(Ink::Deleted, "three"), ink(Ink::Plain, "”")],
            "“[-three-]”\n",
        );
    }

    #[test]
    fn counts_columns_and_breaks_what_no_line_can_hold() {
        check(8, 2, &[ink(Ink::Plain, "洪水が町を襲う")], "洪水が町\n  を襲う\n");
    }

    #[test]
    fn colour_stands_for_the_marks() {
        let mut sheet = Sheet::new(40, true);
        sheet.wrapped("", 0, &[ink(Ink::Inserted, "two")]);
        let text = sheet.into_text();
        assert!(text.contains("two\u{1b}[0m") && !text.contains("{+"), "{text:?}");
    }

    #[test]
    fn words_cannot_steer_the_terminal() {
        check(40, 0, &[ink(Ink::Plain, "a\u{1b}[2Jb\u{202e}c")], "a\u{fffd}[2Jb\u{fffd}c\n");
    }

    proptest! {
        #[test]
        fn no_line_is_wider_than_the_sheet(text in "[a-zé 洪水]{0,80}", width in 20usize..60, hang in 0usize..8) {
            let mut sheet = Sheet::new(width, false);
            sheet.wrapped("", hang, &[ink(Ink::Plain, text)]);
            for line in sheet.into_text().lines() {
                prop_assert!(line.width() <= width, "{line:?}");
            }
        }
    }
}
