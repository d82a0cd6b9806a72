//! What an article quotes, for the terminal: in its order, or by who says it.

use parallax_model::{Document, Quotation, QuotationKind};

use super::super::labels::{self, count};
use super::super::wire::{QuotedInRow, QuotingRow};
use super::Setting;
use super::sheet::{Ink, Sheet, Words, ink};

/// The wanted quotations of an article in its order; nothing where there are none.
pub(crate) fn in_order(
    document: &Document,
    is_wanted: impl Fn(&Quotation) -> bool,
    setting: Setting,
) -> String {
    let rows = QuotedInRow::all(document, is_wanted);
    let mut sheet = Sheet::new(setting.width, setting.color);
    if rows.is_empty() {
        return String::new();
    }
    heading(document, rows.len(), &mut sheet);
    for QuotedInRow { quoted, .. } in &rows {
        let cue = quoted.cue_text.map(|cue| format!("  {cue}")).unwrap_or_default();
        let doubt = format!("  {} {:.2}", quoted.quotation.kind, quoted.quotation.confidence);
        let speaker = ink(Ink::Strong, quoted.speaker().unwrap_or(labels::NO_SPEAKER));
        sheet.wrapped("  ", 4, &[speaker, ink(Ink::Plain, cue), ink(Ink::Faint, doubt)]);
        sheet.wrapped("    ", 4, &words(&quoted.texts, quoted.quotation.kind));
    }
    sheet.gap();
    sheet.into_text()
}

/// The wanted quotations of an article, gathered under who says them.
pub(crate) fn by_speaker(
    document: &Document,
    is_wanted: impl Fn(&Quotation) -> bool,
    setting: Setting,
) -> String {
    let row = QuotingRow::new(document, is_wanted);
    let kind_of =
        |id: &str| row.quotations.iter().find(|q| q.quotation.id == id).map_or("", |q| q.quotation.kind);
    let mut sheet = Sheet::new(setting.width, setting.color);
    heading(document, row.quotations.len(), &mut sheet);
    for speaker in &row.speakers {
        let said = format!("  {}", count(speaker.said.len(), "quotation", "quotations"));
        sheet.wrapped(
            "  ",
            4,
            &[ink(Ink::Strong, speaker.name.unwrap_or(labels::NO_SPEAKER)), ink(Ink::Faint, said)],
        );
        for saying in &speaker.said {
            sheet.wrapped("    ", 4, &words(&saying.texts, kind_of(&saying.quotation)));
        }
    }
    sheet.gap();
    sheet.into_text()
}

fn heading(document: &Document, quotations: usize, sheet: &mut Sheet) {
    let article = &document.article;
    let known = [article.source.as_deref(), article.published.as_deref()];
    let known: String = known.into_iter().flatten().map(|known| format!(" · {known}")).collect();
    let counted = format!("{known} · {}", count(quotations, "quotation", "quotations"));
    let title = article.title.as_deref().unwrap_or(&article.id);
    sheet.wrapped("", 2, &[ink(Ink::Letter, title), ink(Ink::Faint, counted)]);
}

/// The words of a saying, in marks where the report gives them so.
fn words<'a>(texts: &[&'a str], kind: &str) -> Vec<Words<'a>> {
    let is_quoted = kind != QuotationKind::Indirect.word();
    let (open, close) = if is_quoted { ("“", "”") } else { ("", "") };
    let mut words = vec![ink(Ink::Plain, open)];
    for (index, text) in texts.iter().enumerate() {
        words.push(ink(Ink::Plain, if index > 0 { " … " } else { "" }));
        words.push(ink(Ink::Plain, *text));
    }
    words.push(ink(Ink::Plain, close));
    words
}
