//! Blocks among the paragraphs of an article that are not the article: calls to read, share or sign up, captions, notices.

use std::sync::LazyLock;

use super::super::date;
use super::outline::{Block, Kind};
use super::prose::MOST_LINKED;
use crate::wordlist::entries;

/// How furniture lines begin.
static LINES: LazyLock<Vec<&str>> =
    LazyLock::new(|| entries(include_str!("../../../data/page_lines.txt")).collect());

/// How notices begin that may be as long as a paragraph.
static NOTICES: LazyLock<Vec<&str>> =
    LazyLock::new(|| entries(include_str!("../../../data/page_notices.txt")).collect());

/// How the headings begin behind which there is no more of the article.
static ENDINGS: LazyLock<Vec<&str>> =
    LazyLock::new(|| entries(include_str!("../../../data/page_endings.txt")).collect());

/// The longest furniture line, in bytes.
pub(super) const LONGEST_LINE: usize = 90;

/// The longest notice, in bytes; no furniture is longer.
const LONGEST_NOTICE: usize = 600;

/// Whether a block is furniture wherever in the text it stands.
pub(super) fn is_furniture(block: &Block) -> bool {
    let density = block.link_density();
    let is_linked = match block.kind {
        Kind::Subhead => density > 0.9 && block.text.len() > 20,
        // A paragraph with a long link in it.
        _ => density > MOST_LINKED && (density > 0.8 || block.text.len() < 120),
    };
    if is_linked || block.text.len() > LONGEST_NOTICE {
        return is_linked;
    }
    let lower = block.text.to_lowercase();
    is_line(&block.text, &lower) || is_notice(&lower) || is_caption(&lower) || is_contact(&lower)
}

/// Whether it says how to follow or reach who wrote the article: "Follow Ada Osei on Twitter @ada".
fn is_contact(lower: &str) -> bool {
    const LONGEST: usize = 220;
    const FOLLOW: [&str; 2] = ["follow ", "you can follow "];
    const PLACES: [&str; 8] =
        ["@", "twitter", "facebook", "instagram", "linkedin", "telegram", "whatsapp", "bluesky"];
    const ASK: [&str; 3] = ["got a ", "have a ", "do you have a "];
    const WRITE: [&str; 11] = [
        "contact ",
        "you can contact ",
        "email ",
        "e-mail ",
        "reach ",
        "you can reach ",
        "to reach the ",
        "write to ",
        "send tips ",
        "send us ",
        "tweet ",
    ];
    let opens = |openings: &[&str]| openings.iter().any(|opening| lower.starts_with(opening));
    let is_reached = || lower.contains("can be reached at") || lower.contains("can be contacted at");
    lower.len() <= LONGEST
        && (opens(&FOLLOW) && PLACES.iter().any(|place| lower.contains(place))
            || opens(&ASK) && lower.contains('?') && (lower.contains(" tip") || lower.contains(" story"))
            || lower.contains('@') && (opens(&WRITE) || is_reached()))
}

fn is_line(text: &str, lower: &str) -> bool {
    const LONGEST_CREDIT: usize = 160;
    if text.len() <= LONGEST_CREDIT && (text.contains('©') || lower.contains("getty images")) {
        return true;
    }
    if text.len() > LONGEST_LINE {
        return false;
    }
    let is_wordless = !lower.contains(char::is_alphanumeric);
    is_wordless || LINES.iter().any(|start| lower.starts_with(start))
}

fn is_notice(lower: &str) -> bool {
    NOTICES.iter().any(|start| lower.starts_with(start))
}

/// Whether a short text ends with who took the picture: "The church on Monday. Photo: Ada Osei", "(AP Photo/Tom Ruiz)".
fn is_caption(lower: &str) -> bool {
    const LONGEST_CAPTION: usize = 280;
    const LONGEST_CREDIT: usize = 60;
    const MARKS: [&str; 13] = [
        "photo:",
        "photos:",
        "photo by ",
        "photo/",
        "foto:",
        "fotos:",
        "(foto ",
        "photograph:",
        "picture:",
        "bild:",
        "image:",
        "credit:",
        "crédito:",
    ];
    if lower.len() > LONGEST_CAPTION || lower.contains('\n') {
        return false;
    }
    MARKS.iter().any(|mark| {
        lower.rfind(mark).is_some_and(|at| {
            let credit = lower.len() - at - mark.len();
            (2..=LONGEST_CREDIT).contains(&credit)
        })
    })
}

/// Whether a text says nothing but when: "Sept. 25, 2018", "4 May 2031, 10:15 a.m. GMT".
pub(super) fn is_date_line(text: &str) -> bool {
    const LONGEST: usize = 80;
    // Of words that are no part of the date there are few: "Updated", "Uhr", "GMT".
    const MOST_WORDS: usize = 4;
    let is_labelled = || {
        let lower = text.to_lowercase();
        ["posted", "published", "updated", "last updated"].iter().any(|label| lower.starts_with(label))
    };
    text.len() <= LONGEST
        && (!text.ends_with(['.', '!', '?', ':', '”', '"']) || is_labelled())
        && date::day_in(text, true).is_some()
        && text
            .split(|c: char| !c.is_alphanumeric())
            .filter(|word| word.chars().count() > 2 && word.chars().all(char::is_alphabetic))
            .count()
            <= MOST_WORDS
}

/// Whether it is the heading of what stands behind articles: other stories, comments, contacts.
pub(super) fn is_ending(text: &str) -> bool {
    let lower = text.to_lowercase();
    ENDINGS.iter().any(|start| lower.starts_with(start))
}

/// Whether it tells who the author is: "Ada Osei is a reporter in Lindach."
pub(super) fn is_note_on(author: &str, text: &str) -> bool {
    const LONGEST: usize = 500;
    const VERBS: [&str; 15] = [
        "is a ",
        "is an ",
        "is the ",
        "is our ",
        "covers ",
        "writes ",
        "reports ",
        "has been ",
        "has covered ",
        "joined ",
        "ist ",
        "schreibt ",
        "arbeitet ",
        "est ",
        "es ",
    ];
    let author = author.trim();
    if text.len() > LONGEST || !author.contains(' ') {
        return false;
    }
    let Some(head) = text.get(..author.len()).filter(|head| head.to_lowercase() == author.to_lowercase())
    else {
        return false;
    };
    let rest = text.get(head.len()..).unwrap_or_default().trim_start_matches([',', ' ']);
    VERBS.iter().any(|verb| rest.starts_with(verb))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn captions_end_with_their_photographer() {
        let check =
            |text: &str, expected: bool| assert_eq!(is_caption(&text.to_lowercase()), expected, "{text}");
        check("The church in the water on Monday. Photo: Ada Osei", true);
        check("The church in the water on Monday. (AP Photo/Tom Ruiz)", true);
        check("Die Kirche am Montag. Foto: Lindach Post", true);
        check(
            "She held up the photo: it showed the church, the river and the men who had built the dam that broke that night.",
            false,
        );
        check("She kept the photo.", false);
        check("", false);
    }

    #[test]
    fn ways_to_reach_the_author_are_no_paragraph() {
        let check =
            |text: &str, expected: bool| assert_eq!(is_contact(&text.to_lowercase()), expected, "{text}");
        check("Follow Ada Osei on Twitter: @ada", true);
        check("Ada Osei can be reached at ada@post.example or 555 0100.", true);
        check("Got a tip? Email our desk.", true);
        check("Follow the river to the old church and you will see how high it stood.", false);
        check("She wrote on Facebook that the water was in her kitchen.", false);
        check("Email is slow when the water is high, said the man who sells it.", false);
        check("Have a look at what Facebook did to the old church.", false);
        check("", false);
    }

    #[test]
    fn a_line_that_only_dates_is_no_paragraph() {
        let check = |text: &str, expected: bool| assert_eq!(is_date_line(text), expected, "{text}");
        check("Sept. 25, 2018", true);
        check("4 May 2031, 10:15 a.m. GMT", true);
        check("04.05.2031 - 10:15 Uhr", true);
        check("Posted: Monday, May 4, 2031. 10:11 pm CST.", true);
        check("On 4 May 2031 the river reached the church", false);
        check("The dam broke on 4 May 2031.", false);
        check("May the best team win", false);
        check("", false);
    }

    #[test]
    fn notes_on_the_author_open_with_the_name() {
        let check = |text: &str, expected: bool| assert_eq!(is_note_on("Ada Osei", text), expected, "{text}");
        check("Ada Osei is a reporter in Lindach.", true);
        check("Ada Osei covers the valley and its rivers.", true);
        check("Ada Osei said the dam would hold.", false);
        check("Ada", false);
        assert!(!is_note_on("Ada", "Ada is a reporter."), "a single name may be anyone's in the story");
    }
}
