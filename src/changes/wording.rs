//! Words of reports inside sentences of ours.

/// Longer words are cut in a sentence; the stretches that it rests on have them whole.
const LONGEST: usize = 160;

/// Words between quotation marks, on one line, not too long, and without the comma or point that they end with, since our sentence goes on.
pub(super) fn quoted(words: &str) -> String {
    let line = words.split_whitespace().collect::<Vec<_>>().join(" ");
    let line = line.trim_end_matches([',', '.']);
    let line = line.replace('“', "‘").replace('”', "’").replace('"', "'");
    if line.chars().count() <= LONGEST {
        return format!("“{line}”");
    }
    let mut cut: String = line.chars().take(LONGEST).collect();
    if let Some(space) = cut.rfind(' ') {
        cut.truncate(space);
    }
    format!("“{}…”", cut.trim_end())
}

/// "3 reports", "1 report".
pub(super) fn counted(amount: usize, one: &str, many: &str) -> String {
    format!("{amount} {}", if amount == 1 { one } else { many })
}

/// "A", "A and B", "A, B and C".
pub(super) fn listed(names: &[&str]) -> String {
    match names {
        [] => String::new(),
        [only] => (*only).to_owned(),
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_quoted_on_one_line() {
        assert_eq!(quoted("  no\n way, "), "“no way”");
        assert_eq!(quoted("he said \"no\""), "“he said 'no'”");
        let long = "water ".repeat(40);
        let cut = quoted(&long);
        assert!(cut.ends_with("water…”") && cut.chars().count() <= LONGEST + 3, "{cut}");
        assert_eq!(quoted(&"水".repeat(200)).chars().count(), LONGEST + 3);
    }

    #[test]
    fn names_are_listed_as_in_a_sentence() {
        assert_eq!(listed(&[]), "");
        assert_eq!(listed(&["A"]), "A");
        assert_eq!(listed(&["A", "B", "C"]), "A, B and C");
    }
}
