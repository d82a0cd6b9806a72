//! A comparison as a digest for the terminal, to be read in a minute.

mod events;
mod evidence;
mod hits;
pub(crate) mod quotations;
mod sayings;
mod sheet;
mod story;

use std::io::Write;

use parallax_model::Comparison;

pub(crate) use self::events::events;
pub(crate) use self::hits::{hits, story_line};
use self::sheet::{Ink, Sheet, ink};
use super::reading::Reading;

/// How the digest is set.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Setting {
    /// Columns of a line.
    pub(crate) width: usize,
    /// Whether words are set in colour; marks stand in for it where not.
    pub(crate) color: bool,
}

/// Writes the digest.
pub(crate) fn write(comparison: &Comparison, setting: Setting, out: &mut dyn Write) -> anyhow::Result<()> {
    out.write_all(digest(&Reading::new(comparison), setting).as_bytes())?;
    Ok(())
}

fn digest(reading: &Reading<'_>, setting: Setting) -> String {
    let mut sheet = Sheet::new(setting.width, setting.color);
    story::what(reading, &mut sheet);
    story::origins(reading, &mut sheet);
    sayings::sayings(reading, &mut sheet);
    evidence::facts(reading, &mut sheet);
    evidence::timeline(reading, &mut sheet);
    evidence::only(reading, &mut sheet);
    story::reports(reading, &mut sheet);
    sheet.into_text()
}

/// Says how many more things a section holds than it shows.
fn and_more(sheet: &mut Sheet, shown: usize, all: usize) {
    if all > shown {
        let more = format!("… and {} more (use --format html)", all - shown);
        sheet.wrapped("  ", 4, &[ink(Ink::Faint, more)]);
    }
}
