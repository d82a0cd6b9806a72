//! What happened to stories, for the terminal.

use parallax_archive::Event;

use super::Setting;
use super::sheet::{Ink, Sheet, ink};
use crate::changes::News;

/// The events, each with its moment, its story and its kind.
pub(crate) fn events(events: &[(Event, News)], setting: Setting) -> String {
    let mut sheet = Sheet::new(setting.width, setting.color);
    for (event, news) in events {
        let known = format!(
            " · {} · {} · {}",
            event.story,
            event.kind.word(),
            event.at.strftime("%Y-%m-%d %H:%M UTC")
        );
        sheet.wrapped("", 2, &[ink(Ink::Plain, news.sentence.as_str()), ink(Ink::Faint, known)]);
    }
    sheet.into_text()
}
