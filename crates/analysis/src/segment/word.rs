//! Words, numbers and marks.

use parallax_model::{Span, Token, TokenKind};

/// Words that keep "'s" because it stands for "is", "has" or "us"; after all others it is a genitive or as good as one.
const CONTRACTING: [&str; 13] =
    ["he", "here", "how", "it", "let", "she", "that", "there", "what", "when", "where", "who", "why"];

/// Adds the tokens of the stretch `span`.
pub(super) fn push_words(text: &str, span: Span, tokens: &mut Vec<Token>) {
    let words = span.of(text);
    let mut at = 0;
    while let Some(first) = words[at..].chars().next() {
        let rest = &words[at..];
        let end = at
            + match first {
                _ if first.is_whitespace() => {
                    at += first.len_utf8();
                    continue;
                }
                '0'..='9' => number(rest),
                _ if is_ideograph(first) => first.len_utf8(),
                _ if is_letter(first) => word(rest),
                _ => first.len_utf8(),
            };
        push(words, Span::new(at, end), first, span.start, tokens);
        at = end;
    }
}

/// Adds the token at `span` of `words`, which begin at `offset` of the text; a genitive ending becomes its own.
fn push(words: &str, span: Span, first: char, offset: usize, tokens: &mut Vec<Token>) {
    let mut add = |start: usize, end: usize, kind| {
        tokens.push(Token { span: Span::new(offset + start, offset + end), kind });
    };
    let word = span.of(words);
    if first.is_ascii_digit() && word.bytes().all(|b| b.is_ascii_digit() || matches!(b, b'.' | b',')) {
        add(span.start, span.end, TokenKind::Number);
    } else if !is_letter(first) && !first.is_ascii_digit() {
        add(span.start, span.end, TokenKind::Mark);
    } else if let Some(stem) = genitive_stem(word) {
        add(span.start, span.start + stem, TokenKind::Word);
        add(span.start + stem, span.end, TokenKind::Word);
    } else {
        add(span.start, span.end, TokenKind::Word);
    }
}

/// The length of the number that `rest` begins with; an ordinal's ending belongs to it ("20th").
fn number(rest: &str) -> usize {
    let bytes = rest.as_bytes();
    let digit = |i: usize| bytes.get(i).is_some_and(u8::is_ascii_digit);
    let mut end = 0;
    while digit(end) || matches!(bytes.get(end), Some(b'.' | b',')) && digit(end + 1) {
        end += 1;
    }
    let ordinal =
        bytes.get(end..end + 2).is_some_and(|ending| matches!(ending, b"st" | b"nd" | b"rd" | b"th"));
    let stands_alone = !bytes.get(end + 2).is_some_and(u8::is_ascii_alphanumeric);
    if ordinal && stands_alone { end + 2 } else { end }
}

/// The length of the word that `rest` begins with, with apostrophes, hyphens and points between letters or digits.
fn word(rest: &str) -> usize {
    let mut end = 0;
    let mut characters = rest.char_indices().peekable();
    while let Some((at, character)) = characters.next() {
        let after = characters.peek().map(|(_, c)| *c);
        let inner = is_joint(character) && after.is_some_and(|c| is_letter(c) || c.is_ascii_digit());
        if !inner && !is_letter(character) && !character.is_ascii_digit() || is_ideograph(character) {
            break;
        }
        end = at + character.len_utf8();
    }
    end
}

/// The length of what stands before a genitive ending, where the word has one.
fn genitive_stem(word: &str) -> Option<usize> {
    let stem = word.strip_suffix(['s', 'S'])?.strip_suffix(['\'', '’'])?;
    let contracts = CONTRACTING.iter().any(|host| stem.eq_ignore_ascii_case(host));
    (!contracts && !stem.is_empty()).then_some(stem.len())
}

/// Whether a word may run on over `mark`.
fn is_joint(mark: char) -> bool {
    matches!(mark, '\'' | '’' | '-' | '‐' | '‑' | '.')
}

/// Whether `character` belongs to words: letters, the marks that combine with them, and the joiners inside them.
fn is_letter(character: char) -> bool {
    character.is_ascii_alphabetic()
        || !character.is_ascii()
            && (character.is_alphanumeric()
                || matches!(character, '\u{300}'..='\u{36f}' | '\u{ad}' | '\u{200c}' | '\u{200d}'))
        || character == '_'
}

/// Whether `character` is of a script that puts no space between words; each is a token.
pub(crate) fn is_ideograph(character: char) -> bool {
    matches!(character, '\u{e00}'..='\u{eff}' | '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Checks the tokens of `text`, written with a space between them.
    fn check(text: &str, expected: &str) {
        let mut tokens = Vec::new();
        push_words(text, Span::new(0, text.len()), &mut tokens);
        let found: Vec<&str> = tokens.iter().map(|t| t.span.of(text)).collect();
        assert_eq!(found.join(" "), expected);
    }

    #[test]
    fn words_keep_what_is_inside() {
        check("It’s pre-2014, don't!", "It’s pre-2014 , don't !");
        check("Jean-Noel O’Hara’s half-built", "Jean-Noel O’Hara ’s half-built");
        check("The leaders’ plan", "The leaders ’ plan");
        check("the U.S. and www.example.org.", "the U.S . and www.example.org .");
        check("uphold—what", "uphold — what");
        check("cafe\u{301} 会议x @ada_osei", "cafe\u{301} 会 议 x @ ada_osei");
    }

    #[test]
    fn numbers_stand_alone() {
        check("£4.5bn, 1,000.", "£ 4.5 bn , 1,000 .");
        check("the 20th, 90-minute 1990s", "the 20th , 90 - minute 1990 s");
        check("G20 in 2017... 50%", "G20 in 2017 . . . 50 %");
    }

    #[test]
    fn kinds_are_told_apart() {
        let text = "Six of 1,200 left.";
        let mut tokens = Vec::new();
        push_words(text, Span::new(0, text.len()), &mut tokens);
        let kinds: Vec<TokenKind> = tokens.into_iter().map(|t| t.kind).collect();
        use TokenKind::{Mark, Number, Word};
        assert_eq!(kinds, [Word, Word, Number, Word, Mark]);
    }
}
