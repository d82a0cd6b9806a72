//! Whether a report names the other's outlet as where it has something from.

use parallax_model::{Document, Span, Token, TokenKind};

/// Agencies that reports name by their initials.
const INITIALS: [(&str, &str); 6] = [
    ("associated press", "AP"),
    ("agence france-presse", "AFP"),
    ("press association", "PA"),
    ("press trust of india", "PTI"),
    ("deutsche presse-agentur", "DPA"),
    ("australian associated press", "AAP"),
];
/// What an outlet does that is named as a source.
const TELLS: [&str; 8] = ["reports", "reported", "said", "says", "wrote", "writes", "found", "learned"];
/// What stands before an outlet that is named as a source.
const TOLD: [&str; 6] = ["told", "by", "per", "via", "with", "from"];
/// What may stand between an outlet and what it does: "the AP first reported".
const FARTHEST: usize = 2;

/// The words by which a report names an outlet as its source: "Reuters reported", "told the AP".
pub(super) fn citation(document: &Document, outlet: &str) -> Option<Span> {
    let names = names(outlet);
    let text = document.text();
    let tokens: Vec<&Token> =
        document.segments.tokens.iter().filter(|token| token.kind != TokenKind::Mark).collect();
    let word = |at: usize| tokens.get(at).map_or("", |token| token.span.of(text));
    let ends = |at: usize| {
        let named =
            names.iter().find(|name| name.iter().enumerate().all(|(i, part)| is_word(word(at + i), part)));
        named.map(|name| at + name.len())
    };
    (0..tokens.len()).find_map(|at| {
        let end = ends(at)?;
        let before = if word(at.wrapping_sub(1)).eq_ignore_ascii_case("the") {
            at.wrapping_sub(2)
        } else {
            at.wrapping_sub(1)
        };
        let told = TOLD.contains(&word(before)).then_some(before);
        let tells = || (end..=end + FARTHEST).find(|&next| TELLS.contains(&word(next)));
        let (first, last) = told.map(|first| (first, end - 1)).or_else(|| Some((at, tells()?)))?;
        let span = tokens.get(first)?.span.join(tokens.get(last)?.span);
        (!span.of(text).contains(['.', '!', '?', ';', '\n'])).then_some(span)
    })
}

/// Whether a line names an outlet, as the credit of an agency in its own report does.
pub(super) fn is_named_in(line: &str, outlet: &str) -> bool {
    let words: Vec<&str> =
        line.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let stands = |name: &Vec<String>| {
        words
            .windows(name.len().max(1))
            .any(|stretch| stretch.iter().zip(name).all(|(word, part)| is_word(word, part)))
    };
    names(outlet).iter().any(stands)
}

/// The names of an outlet, each as its words: as it is given, without what stands in brackets, and its initials.
fn names(outlet: &str) -> Vec<Vec<String>> {
    let plain = outlet.split('(').next().unwrap_or(outlet).trim();
    let plain = plain.strip_prefix("The ").unwrap_or(plain);
    let words: Vec<String> = plain
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_owned)
        .collect();
    let lower = plain.to_lowercase();
    let initials = INITIALS.iter().find(|(name, _)| lower == *name);
    let initials = initials.map(|(_, initials)| vec![(*initials).to_owned()]);
    [Some(words), initials].into_iter().flatten().filter(|name| !name.is_empty()).collect()
}

/// Whether a word is that of a name: with a capital as any name, initials to the letter.
fn is_word(word: &str, part: &str) -> bool {
    let is_initials = part.chars().all(char::is_uppercase);
    if is_initials {
        word == part
    } else {
        word.starts_with(char::is_uppercase) && word.eq_ignore_ascii_case(part)
    }
}

#[cfg(test)]
mod tests {
    use parallax_model::Article;

    use super::*;
    use crate::segment::segment;

    #[test]
    fn a_source_is_named_with_what_it_does() {
        let check = |text: &str, outlet: &str, expected: Option<&str>| {
            let article = Article { text: text.to_owned(), ..Article::default() };
            let document = Document { article, segments: segment(text), ..Document::default() };
            assert_eq!(citation(&document, outlet).map(|span| span.of(text)), expected, "{text}");
        };
        check("The dam broke, the AP reports, at dawn.", "Associated Press", Some("AP reports"));
        check(
            "The dam broke, the Maldrun Courier first reported.",
            "Maldrun Courier",
            Some("Maldrun Courier first reported"),
        );
        check(
            "“It broke,” she told the Maldrun Courier.",
            "The Maldrun Courier",
            Some("told the Maldrun Courier"),
        );
        check(
            "“It broke,” she told the Maldrun Courier.",
            "Maldrun Courier (Online)",
            Some("told the Maldrun Courier"),
        );
        check("She reads the Maldrun Courier at home.", "Maldrun Courier", None);
        check("Tap water reports were mixed.", "Associated Press", None);
        check("", "Associated Press", None);
    }
}
