//! Sentences.

use super::abbreviation::{Abbreviation, abbreviation, opens_sentence};
use super::mark::{is_closing, is_dash, is_opening, is_quotation_mark, is_stop, is_wide_stop};

/// How far a rule looks around a stop, in bytes. It bounds the work on text without any white space.
const REACH: usize = 80;

/// Verbs that follow a name directly after a quotation that ends in a stop (“Why now?” Osei asked.).
const REPORTING_VERBS: [&str; 22] = [
    "added",
    "asked",
    "asks",
    "chanted",
    "concluded",
    "continued",
    "cried",
    "declared",
    "demanded",
    "exclaimed",
    "insisted",
    "joked",
    "posted",
    "replied",
    "said",
    "says",
    "shouted",
    "tweeted",
    "warned",
    "wondered",
    "wrote",
    "yelled",
];

/// Where the sentences of a paragraph end, as offsets after the white space that follows each. The last is the
/// paragraph's end.
pub(super) fn sentence_ends(paragraph: &str) -> Vec<usize> {
    let mut ends = Vec::new();
    let (mut start, mut from) = (0, 0);
    while let Some(found) = paragraph[from..].find(is_stop) {
        let stop = Stop::read(paragraph, start, from + found);
        if stop.ends_sentence(paragraph, start) {
            start = stop.end + white_space(&paragraph[stop.end..]);
            ends.push(start);
        }
        from = stop.end;
    }
    if paragraph[start..].trim().is_empty() {
        ends.pop();
    }
    ends.push(paragraph.len());
    ends
}

/// A run of stops with the marks that they close.
#[derive(Debug, Clone, Copy)]
struct Stop {
    /// Where the first stop stands.
    at: usize,
    /// The offset after the last mark.
    end: usize,
    /// What kind of stops there are.
    kind: StopKind,
    /// Whether a quotation is closed.
    closes_quotation: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum StopKind {
    /// One full stop.
    Full,
    /// Several full stops, or one mark for them.
    Ellipsis,
    /// Anything with a question or exclamation mark: no abbreviation.
    Strong,
    /// A stop of a script that puts no space after it.
    Wide,
}

impl Stop {
    /// Reads the run that begins with the stop at `at` in the sentence that begins at `start`.
    fn read(text: &str, start: usize, at: usize) -> Self {
        let mut stop = Self { at, end: at, kind: StopKind::Full, closes_quotation: false };
        let mut full_stops = 0;
        while let Some(mark) = text[stop.end..].chars().next() {
            let after = text[stop.end + mark.len_utf8()..].chars().next();
            match mark {
                '.' if stop.closes_quotation => {}
                '.' => full_stops += 1,
                '…' => full_stops += 3,
                _ if is_wide_stop(mark) => stop.kind = StopKind::Wide,
                _ if is_stop(mark) => stop.kind = StopKind::Strong,
                _ if closes(text, start, &stop, mark, after) => {
                    stop.closes_quotation |= is_quotation_mark(mark);
                }
                _ => break,
            }
            stop.end += mark.len_utf8();
        }
        if stop.kind == StopKind::Full && full_stops > 1 {
            stop.kind = StopKind::Ellipsis;
        }
        stop.end += spaced_guillemet(&text[stop.end..]);
        stop
    }

    /// Whether the sentence that begins at `start` ends here.
    fn ends_sentence(self, text: &str, start: usize) -> bool {
        let rest = &text[self.end..];
        let space = white_space(rest);
        if rest.len() == space || self.kind == StopKind::Wide {
            return true;
        }
        if space == 0 {
            return self.is_glued(text);
        }
        let rest = &rest[space..];
        if self.closes_quotation && (rest.starts_with(is_dash) || begins_attribution(rest)) {
            return false;
        }
        let next = Next::read(rest);
        if next.continues() {
            return false;
        }
        match self.kind {
            StopKind::Strong | StopKind::Wide => true,
            StopKind::Ellipsis => !text[..self.at].ends_with(char::is_whitespace) && self.at > start,
            StopKind::Full => self.closes_quotation || full_stop_ends(&text[start..self.at], next),
        }
    }

    /// Whether a sentence ends though no space follows: "... was over.The next day", "... peace.”He left".
    fn is_glued(self, text: &str) -> bool {
        let (before, rest) = (&text[..self.at], &text[self.end..]);
        let mut next = rest.chars().skip_while(|c| is_opening(*c) || is_quotation_mark(*c));
        let capitalised =
            next.next().is_some_and(char::is_uppercase) && next.next().is_some_and(char::is_lowercase);
        let ends_lower = before.chars().rev().take(2).filter(|c| c.is_lowercase()).count() == 2;
        capitalised && (ends_lower || self.closes_quotation) && !is_address(text, self.at)
    }
}

/// Whether `mark`, after the stops so far, closes something and is no part of what follows.
fn closes(text: &str, start: usize, stop: &Stop, mark: char, after: Option<char>) -> bool {
    if is_closing(mark) {
        return true;
    }
    if !is_quotation_mark(mark) {
        return false;
    }
    match after {
        None => true,
        Some(after) if after.is_whitespace() || is_stop(after) || is_closing(after) => true,
        Some(',' | ';' | ':') => true,
        // No space on either side: an odd number of marks says that a quotation is open.
        Some(_) => mark == '"' && text[start..stop.at].matches('"').count() % 2 == 1,
    }
}

/// The length of a closing guillemet with the space that French puts before it.
fn spaced_guillemet(rest: &str) -> usize {
    let space =
        rest.chars().next().filter(|c| matches!(c, ' ' | '\u{a0}' | '\u{202f}')).map_or(0, char::len_utf8);
    if space > 0 && rest[space..].starts_with('»') { space + '»'.len_utf8() } else { 0 }
}

/// What stands after a stop and its white space.
#[derive(Debug, Clone, Copy)]
struct Next<'a> {
    /// The first word, or the first mark where no word comes.
    word: &'a str,
}

impl<'a> Next<'a> {
    fn read(rest: &'a str) -> Self {
        let rest = rest.trim_start_matches(|c: char| {
            is_opening(c)
                || is_quotation_mark(c)
                || is_dash(c)
                || c.is_whitespace()
                || matches!(c, '•' | '*' | '·')
        });
        let end = rest.char_indices().find(|(_, c)| !c.is_alphanumeric()).map_or(rest.len(), |(i, _)| i);
        Self { word: &rest[..end] }
    }

    /// Whether the sentence goes on with a small letter; names like "iPhone" do not count.
    fn continues(self) -> bool {
        let mut letters = self.word.chars();
        letters.next().is_some_and(char::is_lowercase) && !letters.next().is_some_and(char::is_uppercase)
    }

    fn is_number(self) -> bool {
        self.word.starts_with(|c: char| c.is_ascii_digit())
    }
}

/// Whether the full stop after `sentence`, with a space and `next` behind it, ends it.
fn full_stop_ends(sentence: &str, next: Next<'_>) -> bool {
    let word = last_word(sentence);
    if is_enumerator(sentence) {
        return false;
    }
    match abbreviation(word) {
        None => true,
        Some(Abbreviation::BeforeName) => false,
        Some(Abbreviation::BeforeNumber) => !next.is_number(),
        Some(Abbreviation::Anywhere) => opens_sentence(next.word),
    }
}

/// The word that a sentence so far ends with, with its inner stops.
fn last_word(sentence: &str) -> &str {
    let tail = tail(sentence, REACH);
    let start = tail
        .char_indices()
        .rev()
        .find(|(_, c)| !c.is_alphanumeric() && *c != '.')
        .map_or(0, |(i, c)| i + c.len_utf8());
    &tail[start..]
}

/// Whether the sentence so far is only the number of a list item: "1".
fn is_enumerator(sentence: &str) -> bool {
    let number = sentence.trim_start();
    !number.is_empty() && number.len() <= 3 && number.bytes().all(|b| b.is_ascii_digit())
}

/// Whether `rest` is the attribution of the quotation before it: up to five words of a name, a verb, a mark.
fn begins_attribution(rest: &str) -> bool {
    for (count, word) in head(rest, REACH).split_whitespace().take(6).enumerate() {
        let verb = word.trim_end_matches(['.', ',', ';', ':']);
        if count > 0 && REPORTING_VERBS.contains(&verb) {
            return verb.len() < word.len();
        }
        if !word.starts_with(char::is_uppercase) || verb.len() < word.len() {
            return false;
        }
    }
    false
}

/// Whether the word around `at` is an address on the web or of a mailbox.
fn is_address(text: &str, at: usize) -> bool {
    let before = tail(&text[..at], REACH).rsplit(char::is_whitespace).next().unwrap_or_default();
    let after = head(&text[at..], REACH).split(char::is_whitespace).next().unwrap_or_default();
    before.starts_with("www.") || [before, after].iter().any(|part| part.contains(['/', '@', '=', '#']))
}

/// The last bytes of `text`, at most `reach`, from a character boundary on.
fn tail(text: &str, reach: usize) -> &str {
    let mut start = text.len().saturating_sub(reach);
    while !text.is_char_boundary(start) {
        start += 1;
    }
    &text[start..]
}

/// The first bytes of `text`, at most `reach`, up to a character boundary.
fn head(text: &str, reach: usize) -> &str {
    let mut end = text.len().min(reach);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    &text[..end]
}

/// The length of the white space that `text` begins with.
fn white_space(text: &str) -> usize {
    text.len() - text.trim_start().len()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Checks that a text written with `|` between its sentences is cut there and nowhere else.
    fn check(marked: &str) {
        let text = marked.replace('|', "");
        let mut cut = String::new();
        let mut start = 0;
        for end in sentence_ends(&text) {
            if start > 0 {
                cut.push('|');
            }
            cut.push_str(&text[start..end]);
            start = end;
        }
        assert_eq!(cut, marked);
    }

    #[test]
    fn stops_end_sentences() {
        check("The dam held. |Nobody slept! |Why? |Nobody knows.");
        check("The dam held.  |The town slept. ");
        check("Really?! |Yes.");
        check("He left in 2017. |She stayed.");
        check("One line without a stop");
        check("She has an iPhone. |eBay sells it.");
    }

    #[test]
    fn quotations_keep_their_marks() {
        check("“No one slept. |We heard the water rise,” she said.");
        check("\"No one slept. |We heard the water rise,\" she said. |He left.");
        check("He said: “We stay. |God help us!” |He later left.");
        check("“Go home!” he said.");
        check("“Go home!” the mayor said. |“Now.”");
        check("“Why now?” Osei asked. |Nobody knew.");
        check("“Why now?” |Osei asked the council to wait.");
        check("“We won!” – Ada Osei, voter");
        check("\"It is a condition for peace.\". |Then he left.");
        check("She wrote of ‘COMMON SENSE.’ |We believe in it.");
        check("„Wir bleiben.“ |Dann ging er.");
        check("« Nous restons. » |Il est parti.");
        check("It was calm in the north. |\"A bridge fell.");
        check("(The mayor declined.) |The council met.");
    }

    #[test]
    fn abbreviations_do_not_end_sentences() {
        check("Mr. Osei met Dr. Ruiz and Gen. J. K. Smith in St. Ives.");
        check("The U.S. President came. |He left the U.S. |The talks went on.");
        check("At 5 a.m. Monday it rained. |By 6 a.m. |The rain had stopped.");
        check("Brandt Inc. Chief Executive Lee left Brandt Inc. |He gave no reason.");
        check("On Jan. 5 and Feb. 12, No. 5 won. |He said no. |She said No. |They left.");
        check("Ruiz v. Brandt was heard. |Smith et al. disagreed.");
        check("George W. Osei came with Plan B. |It failed.");
        check("1. First they came. |2. Then they left.");
        check("Sen. Ruiz (D-Calif.) said so.");
    }

    #[test]
    fn points_inside_words_do_not_end_sentences() {
        check("It cost 4.5 million, see www.example.org/News.html or Example.com today.");
        check("The flood came ... Then it went. |Well... |He left. |Well... he left.");
        check("FILE ... Then-Mayor Osei waves.");
        check("Write to a.B@example.Org now.");
    }

    #[test]
    fn a_missing_space_is_no_hindrance_where_all_is_clear() {
        check("The war was over.|The next day it rained.");
        check("They wanted peace.”|He left.");
        check("They wanted peace.|“He left.");
        check("He said \"peace now.\"|He left.");
        check("The site was Node.JS and Booking.com.");
    }

    #[test]
    fn other_scripts_end_sentences_too() {
        check("会议结束了。|没有人睡觉！|为什么？");
        check("انتهى الاجتماع. |من؟ |لا أحد.");
    }
}
