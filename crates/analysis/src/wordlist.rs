//! Lists of words and wordings: files in `data`, compiled in.

/// The entries of a list: one a line, `#` before a comment.
pub(crate) fn entries(file: &str) -> impl Iterator<Item = &str> {
    file.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#'))
}
