//! The words of a text, found faster than by segmentation, for what needs no sentences.

use super::word_hash;
use crate::segment::is_ideograph;

/// A line of so many bytes reads on even if it ends without a mark.
const LONG_LINE: usize = 100;

/// The hashes of the words of a text's running lines, in order; of all its lines if none reads on. Short lines without an end are
/// mostly the furniture of a page: headings, links, credits.
pub(super) fn running_words(text: &str) -> Vec<u64> {
    // Measured on news text: a word with the blank after it has six bytes.
    let mut words = Vec::with_capacity(text.len() / 6);
    text.split('\n').filter(|line| reads_on(line)).for_each(|line| push_words(line, &mut words));
    if words.is_empty() {
        push_words(text, &mut words);
    }
    words
}

/// Does the line hold a sentence?
fn reads_on(line: &str) -> bool {
    let end = line.trim_end().trim_end_matches(['"', '\'', '”', '’', '»', ')']);
    end.len() >= LONG_LINE || end.ends_with(['.', '!', '?', '…', '。'])
}

/// Adds the hash of each run of letters and digits; an ideograph is a word.
fn push_words(text: &str, words: &mut Vec<u64>) {
    let mut begun = None;
    for (at, character) in text.char_indices() {
        let ideograph = is_ideograph(character);
        if character.is_alphanumeric() && !ideograph {
            begun.get_or_insert(at);
            continue;
        }
        words.extend(begun.take().map(|start| word_hash(&text[start..at])));
        if ideograph {
            words.push(word_hash(&text[at..at + character.len_utf8()]));
        }
    }
    words.extend(begun.map(|start| word_hash(&text[start..])));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_running_lines_count() {
        let check = |text: &str, expected: &[&str]| {
            let expected: Vec<u64> = expected.iter().map(|word| word_hash(word)).collect();
            assert_eq!(running_words(text), expected, "{text:?}");
        };
        check("", &[]);
        check(" –\n…", &[]);
        check("The ferry left.", &["the", "ferry", "left"]);
        check("FERRY ÉTÉ!", &["ferry", "été"]);
        check("It wasn’t 3.5 m.", &["it", "wasn", "t", "3", "5", "m"]);
        check("船は3隻。", &["船", "は", "3", "隻"]);
        check("Share this\n“The ferry left.”\r\nRead more", &["the", "ferry", "left"]);
        check("Read more", &["read", "more"]);
    }

    #[test]
    fn a_long_line_reads_on_without_an_end() {
        let long = "ferry ".repeat(LONG_LINE);
        assert_eq!(running_words(&format!("Menu\n{long}")).len(), LONG_LINE);
    }
}
