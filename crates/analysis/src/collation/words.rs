//! The words of a saying, folded so that house style makes no difference.

use parallax_model::Span;

use crate::embedding::{Lexicon, WordId};

use super::spelling::Spelling;

/// Marks that texts have for an apostrophe, some by mistake.
const APOSTROPHES: [char; 8] = ['\'', '’', '‘', 'ʼ', '`', '´', '′', '›'];

/// One word of a saying.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Word {
    /// Its number in the lexicon, after folding.
    pub(super) id: WordId,
    /// Where it stands in the article.
    pub(super) span: Span,
    /// Whether it belongs to a name.
    pub(super) is_name: bool,
    /// Whether an editor put it in, in square brackets.
    pub(super) is_editorial: bool,
}

/// Reads the words of `span`: marks and white space gone, hyphens and contractions parted, names in their common spelling.
pub(super) fn words(text: &str, span: Span, spelling: &Spelling, lexicon: &mut Lexicon) -> Vec<Word> {
    let pieces = pieces(span.of(text)).into_iter();
    let words = pieces.map(|piece| {
        let span = Span::new(span.start + piece.start, span.start + piece.end);
        let id = match spelling.common(span) {
            Some(name) => lexicon.intern(name),
            None => lexicon.intern(&folded(span.of(text))),
        };
        Word { id, span, is_name: spelling.is_name(span), is_editorial: false }
    });
    let mut words: Vec<Word> = words.collect();
    for bracket in brackets(span.of(text)) {
        let bracket = Span::new(span.start + bracket.start, span.start + bracket.end);
        let first = words.partition_point(|word| word.span.start < bracket.start);
        let inside = words[first..].iter_mut().take_while(|word| word.span.end <= bracket.end);
        inside.for_each(|word| word.is_editorial = true);
    }
    words
}

/// A word without marks inside: typographic apostrophes straightened, points of initials, thousands' commas and brackets dropped. Case and
/// accents are the lexicon's to fold. Titles before names are spelled out.
pub(super) fn folded(word: &str) -> String {
    let plain = without_marks(word);
    match TITLES.iter().find(|(short, _)| plain.eq_ignore_ascii_case(short)) {
        Some((_, title)) => (*title).to_owned(),
        None => plain,
    }
}

/// Titles that some papers shorten before a name and others do not.
const TITLES: [(&str, &str); 12] = [
    ("Sen", "Senator"),
    ("Gov", "Governor"),
    ("Rep", "Representative"),
    ("Gen", "General"),
    ("Lt", "Lieutenant"),
    ("Col", "Colonel"),
    ("Capt", "Captain"),
    ("Sgt", "Sergeant"),
    ("Prof", "Professor"),
    ("Supt", "Superintendent"),
    ("Sec", "Secretary"),
    ("Pres", "President"),
];

fn without_marks(word: &str) -> String {
    let is_spelt = word.chars().any(char::is_alphabetic);
    word.chars()
        .filter_map(|c| match c {
            '.' if is_spelt => None,
            ',' | '[' | ']' => None,
            c if APOSTROPHES.contains(&c) => Some('\''),
            c => Some(c),
        })
        .collect()
}

/// The stretches of `text` that are words.
pub(super) fn pieces(text: &str) -> Vec<Span> {
    let mut found = Vec::new();
    let mut start = None;
    let mut end = 0;
    let mut chars = text.char_indices().peekable();
    let mut before = ' ';
    while let Some((at, c)) = chars.next() {
        let after = chars.peek().map_or(' ', |&(_, c)| c);
        if c.is_alphanumeric() || is_unit(c) || joins(before, c, after) {
            start.get_or_insert(at);
            end = at + c.len_utf8();
        } else {
            close(text, &mut start, end, &mut found);
        }
        before = c;
    }
    close(text, &mut start, end, &mut found);
    found
}

/// The stretches that stand in square brackets for themselves. A bracket inside a word ("[t]here", "end[ed]") only changes its letters.
fn brackets(text: &str) -> Vec<Span> {
    let mut found = Vec::new();
    let mut open = None;
    for (at, mark) in text.match_indices(['[', ']']) {
        let stands_alone = |c: Option<char>| !c.is_some_and(char::is_alphanumeric);
        match (mark, open.take()) {
            ("[", _) => open = stands_alone(text[..at].chars().next_back()).then_some(at),
            (_, Some(start)) if stands_alone(text[at + 1..].chars().next()) => {
                found.push(Span::new(start, at + 1));
            }
            _ => {}
        }
    }
    found
}

/// Ends the word that is open, where one is.
fn close(text: &str, start: &mut Option<usize>, end: usize, found: &mut Vec<Span>) {
    if let Some(start) = start.take() {
        part(text, Span::new(start, end), found);
    }
}

/// Whether a mark belongs to the word around it: an apostrophe, the points of initials, the marks inside a figure, a bracket in a word.
fn joins(before: char, mark: char, after: char) -> bool {
    let is_inside = before.is_alphanumeric() && after.is_alphanumeric();
    match mark {
        '.' => is_inside && (before.is_numeric() || before.is_uppercase()),
        ',' => before.is_numeric() && after.is_numeric(),
        '[' | ']' => is_inside,
        mark => is_inside && APOSTROPHES.contains(&mark),
    }
}

fn is_unit(c: char) -> bool {
    matches!(c, '%' | '$' | '£' | '€' | '¥')
}

/// Parts a contraction or genitive: "we’re" is "we" and "’re", "don’t" is "do" and "n’t".
fn part(text: &str, span: Span, found: &mut Vec<Span>) {
    let word = span.of(text);
    let mark = word.rfind(APOSTROPHES).filter(|&at| at > 0);
    let Some(mut at) = mark else {
        found.push(span);
        return;
    };
    let ending = word[at..].chars().skip(1).collect::<String>().to_lowercase();
    match ending.as_str() {
        "t" if word[..at].ends_with(['n', 'N']) && at > 2 => at -= 1,
        "s" | "re" | "ve" | "ll" | "d" | "m" => {}
        _ => {
            found.push(span);
            return;
        }
    }
    found.extend([Span::new(span.start, span.start + at), Span::new(span.start + at, span.end)]);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn house_style_is_folded() {
        check("It is time", &["It", "is", "time"]);
        check("massive, and TOTALLY unnecessary —", &["massive", "and", "TOTALLY", "unnecessary"]);
        check("the pre-2014 borders", &["the", "pre", "2014", "borders"]);
        check("he [Ms Arvel], like us", &["he", "Ms", "Arvel", "like", "us"]);
        check("[t]here’s no en[d]ed race", &["there", "'s", "no", "ended", "race"]);
        check("why aren›t they", &["why", "are", "n't", "they"]);
        check("Mr. Orban of the U.S. left", &["Mr", "Orban", "of", "the", "US", "left"]);
        check("we’re here and don't care", &["we", "'re", "here", "and", "do", "n't", "care"]);
        check("1,200 at 3.5% for £4", &["1200", "at", "3.5%", "for", "£4"]);
        check("rock 'n' roll o’clock", &["rock", "n", "roll", "o'clock"]);
        check("an open [bracket", &["an", "open", "bracket"]);
        check("Sen. Arvel, Gov. Finch", &["Senator", "Arvel", "Governor", "Finch"]);
        check("", &[]);
        check("“…” — !", &[]);
        check("他说 نعم 🙂", &["他说", "نعم"]);
    }

    fn check(text: &str, expected: &[&str]) {
        let found: Vec<_> = pieces(text).into_iter().map(|piece| folded(piece.of(text))).collect();
        assert_eq!(found, expected, "{text}");
    }
}
