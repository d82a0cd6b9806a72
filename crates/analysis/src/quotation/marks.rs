//! Which stretches of a text stand between quotation marks.
//!
//! Marks are paired within a paragraph: straight, curly, guillemets either way round, German, corner brackets, and single
//! marks told apart from apostrophes. A mark that opens again without having been closed ends the stretch before it; one
//! that never closes ends with its paragraph.

use parallax_model::{Segmentation, Span};

use super::lexicon::known;

/// A stretch between quotation marks, not itself inside another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Quoted {
    /// With its marks.
    pub(super) outer: Span,
    /// Without its marks and the white space inside them; never empty.
    pub(super) inner: Span,
    /// Between single marks.
    pub(super) single: bool,
    /// Closed by a mark of its own.
    pub(super) closed: bool,
}

/// The outermost stretches between quotation marks, in order.
pub(super) fn quoted(text: &str, segments: &Segmentation) -> Vec<Quoted> {
    let mut found = Vec::new();
    for &paragraph in &segments.paragraphs {
        pair(text, paragraph, &mut found);
    }
    found
}

/// The shapes of quotation marks that belong together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Family {
    Straight,
    Curly,
    Guillemet,
    Corner,
    Single,
}

/// What a mark does, as far as the mark alone tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Role {
    Opens,
    Closes,
    Either,
}

/// A mark where it stands.
#[derive(Debug, Clone, Copy)]
struct Mark {
    span: Span,
    family: Family,
    role: Role,
    /// The character before, or a blank at the paragraph's start.
    before: char,
    /// The character after, or a blank at the paragraph's end.
    after: char,
}

impl Mark {
    /// Whether it stands where a quotation can begin: before a word, and not after one.
    fn leans_right(self) -> bool {
        !self.after.is_whitespace() && !is_inside_word(self.before) && !is_final(self.before)
    }

    /// Whether it stands where a quotation can end: after something, and not inside a word.
    fn leans_left(self) -> bool {
        !self.before.is_whitespace() && !self.after.is_alphanumeric()
    }

    /// Whether an opening mark stands where only a closing one can: “as “here“ and here,“.
    fn can_only_close(self) -> bool {
        !self.before.is_whitespace() && (self.after.is_whitespace() || is_final(self.after))
    }
}

fn is_inside_word(c: char) -> bool {
    c.is_alphanumeric()
}

fn is_final(c: char) -> bool {
    matches!(c, '.' | ',' | '!' | '?' | '…' | ';')
}

fn shape(c: char) -> Option<(Family, Role)> {
    Some(match c {
        '"' | '\u{ff02}' => (Family::Straight, Role::Either),
        '“' | '‟' => (Family::Curly, Role::Opens),
        '”' => (Family::Curly, Role::Closes),
        '„' => (Family::Curly, Role::Opens),
        '«' | '»' | '‹' | '›' => (Family::Guillemet, Role::Either),
        '「' | '『' => (Family::Corner, Role::Opens),
        '」' | '』' => (Family::Corner, Role::Closes),
        '‘' | '‚' => (Family::Single, Role::Opens),
        '’' | '\'' => (Family::Single, Role::Either),
        _ => return None,
    })
}

/// A mark that waits for its close.
#[derive(Debug, Clone, Copy)]
struct Open {
    mark: Mark,
    /// Whether it was opened by a low mark, which the high opening mark closes.
    low: bool,
}

/// Pairs the marks of one paragraph.
fn pair(text: &str, paragraph: Span, found: &mut Vec<Quoted>) {
    let first = found.len();
    let mut open: Vec<Open> = Vec::new();
    let marks = marks(text, paragraph);
    let even = marks.iter().filter(|m| m.family == Family::Straight).count() % 2 == 0;
    let last_single_close = marks.iter().rposition(|&m| m.family == Family::Single && m.leans_left());
    for (index, &mark) in marks.iter().enumerate() {
        let top = open.last().copied();
        match action(text, mark, top, &open, even) {
            Action::Open if mark.family == Family::Single => {
                if last_single_close.is_some_and(|last| last > index) {
                    open.push(Open { mark, low: mark.span.of(text) == "‚" });
                }
            }
            Action::Open => open.push(Open { mark, low: mark.span.of(text) == "„" }),
            Action::Close => close(text, &mut open, mark, found),
            Action::Reopen => {
                reopen(text, &mut open, mark, found);
                open.push(Open { mark, low: false });
            }
            Action::Ignore => {}
        }
    }
    for unclosed in open.into_iter().filter(|o| o.mark.family != Family::Single) {
        push(text, unclosed.mark, Span::new(paragraph.end, paragraph.end), false, found);
    }
    keep_outermost(found, first);
}

fn marks(text: &str, paragraph: Span) -> Vec<Mark> {
    let words = paragraph.of(text);
    let mut marks = Vec::new();
    let mut before = ' ';
    let mut characters = words.char_indices().peekable();
    while let Some((offset, c)) = characters.next() {
        if let Some((family, role)) = shape(c) {
            let start = paragraph.start + offset;
            let doubled = c == '\'' && characters.next_if(|&(_, next)| next == '\'').is_some();
            let (family, role) = if doubled { (Family::Straight, Role::Either) } else { (family, role) };
            let end = start + c.len_utf8() * (1 + usize::from(doubled));
            let after = characters.peek().map_or(' ', |&(_, c)| c);
            marks.push(Mark { span: Span::new(start, end), family, role, before, after });
        }
        before = c;
    }
    marks
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Action {
    Open,
    Close,
    /// Ends the stretch that is open, and opens another.
    Reopen,
    Ignore,
}

/// An even number of straight marks lets one that opens inside a stretch be nested; in an odd number, a close is missing.
fn action(text: &str, mark: Mark, top: Option<Open>, open: &[Open], even: bool) -> Action {
    if mark.family == Family::Single {
        return single_action(text, mark, top);
    }
    let same = closed_by(mark, open).and_then(|index| open.get(index));
    match (mark.role, same) {
        (Role::Opens, None) => Action::Open,
        (Role::Opens, Some(o)) if o.low || mark.can_only_close() => Action::Close,
        (Role::Opens, Some(_)) if ends_sentence(text, mark) => Action::Reopen,
        (Role::Opens, Some(_)) => Action::Open,
        (Role::Closes, Some(_)) => Action::Close,
        (Role::Closes, None) if mark.leans_right() && mark.before.is_whitespace() => Action::Open,
        (Role::Closes, None) => Action::Ignore,
        (Role::Either, None) if is_inch(mark) => Action::Ignore,
        (Role::Either, None) if mark.after.is_whitespace() && !opens_spaced(text, mark) => Action::Ignore,
        (Role::Either, None) => Action::Open,
        (Role::Either, Some(o)) if points_back(text, o.mark, mark) => Action::Close,
        (Role::Either, Some(_)) if mark.leans_right() && mark.before.is_whitespace() => {
            if even && !ends_sentence(text, mark) { Action::Open } else { Action::Reopen }
        }
        (Role::Either, Some(_)) => Action::Close,
    }
}

/// "« Partons »": French spacing inside the marks.
fn opens_spaced(text: &str, mark: Mark) -> bool {
    matches!(mark.span.of(text), "«" | "‹") && mark.before.is_whitespace()
}

/// "« Partons », dit-elle": whatever stands beside it, a guillemet closes the one that points the other way before it.
fn points_back(text: &str, opened: Mark, mark: Mark) -> bool {
    matches!((opened.span.of(text), mark.span.of(text)), ("«", "»") | ("‹", "›"))
}

/// Straight or curly, a single mark is an apostrophe unless it stands at a word's edge the right way round.
fn single_action(text: &str, mark: Mark, top: Option<Open>) -> Action {
    let open = top.is_some_and(|o| o.mark.family == Family::Single);
    if open && mark.leans_left() && !is_possessive(text, mark) {
        return Action::Close;
    }
    let opens = mark.role == Role::Opens || mark.span.of(text) == "'";
    let inside_word = is_inside_word(mark.before) || !(mark.after.is_alphanumeric() || mark.after == '[');
    if !open && opens && !inside_word && !is_elision(text, mark) { Action::Open } else { Action::Ignore }
}

/// Whether the words before the mark end a sentence, or at least a clause.
fn ends_sentence(text: &str, mark: Mark) -> bool {
    text[..mark.span.start].trim_end().ends_with(|c: char| is_final(c) || c == ':')
}

/// "6'2"": a straight mark after a figure with nothing open.
fn is_inch(mark: Mark) -> bool {
    mark.before.is_ascii_digit()
}

/// "Was it the farmers’?’": the mark behind the end of the sentence is the one that closes, and the first an apostrophe.
fn closes_behind(rest: &str) -> bool {
    let mut behind = rest.trim_start_matches(is_final).chars();
    let closes = behind.next().is_some_and(|c| matches!(c, '’' | '\''));
    closes && behind.next().is_none_or(|c| !c.is_alphanumeric())
}

/// "the leaders' summit": an apostrophe after s, with the sentence going on in small letters.
fn is_possessive(text: &str, mark: Mark) -> bool {
    let rest = &text[mark.span.end..];
    if !matches!(mark.before, 's' | 'S' | 'z' | 'x') || mark.after != ' ' {
        return is_final(mark.after) && closes_behind(rest);
    }
    let line = &rest[..rest.find('\n').unwrap_or(rest.len()).min(char_floor(rest, 200))];
    let next: &str = line.split_whitespace().next().unwrap_or_default();
    next.starts_with(char::is_lowercase) && !is_joint(next) && later_close(line)
}

/// Whether a word cannot follow a possessive: "‘worthless’ | and the rest".
fn is_joint(word: &str) -> bool {
    let classes = known(word).classes;
    classes.is_auxiliary() || classes.is_preposition() || classes.is_conjunction()
}

/// The largest character boundary at or before `offset`.
fn char_floor(text: &str, offset: usize) -> usize {
    (0..=offset.min(text.len())).rev().find(|&i| text.is_char_boundary(i)).unwrap_or(0)
}

/// Whether a single mark that can close stands in the line before any that can open.
fn later_close(line: &str) -> bool {
    let mut before = ' ';
    let mut characters = line.chars().peekable();
    while let Some(c) = characters.next() {
        let after = characters.peek().copied().unwrap_or(' ');
        if matches!(c, '’' | '\'') && !before.is_whitespace() && !after.is_alphanumeric() {
            return is_final(before) || is_final(after) || after.is_whitespace();
        }
        if c == '‘' || (c == '\'' && before.is_whitespace()) {
            return false;
        }
        before = c;
    }
    false
}

/// "'90s", "'em", "'til": letters left out, nothing quoted.
fn is_elision(text: &str, mark: Mark) -> bool {
    const ELISIONS: [&str; 10] = ["em", "til", "tis", "twas", "cause", "round", "bout", "n", "s", "t"];
    let rest = &text[mark.span.end..];
    let end = rest.find(|c: char| !c.is_alphanumeric()).unwrap_or(rest.len());
    let word = &rest[..end];
    let decade = word.len() <= 3 && word.starts_with(|c: char| c.is_ascii_digit()) && word.ends_with('s');
    decade || ELISIONS.iter().any(|e| word.eq_ignore_ascii_case(e))
}

/// The index of the open mark that a mark can close: one of its family, else another double one where it stands behind words,
/// as in “mixed marks".
fn closed_by(mark: Mark, open: &[Open]) -> Option<usize> {
    let other = mark.role != Role::Opens && mark.leans_left();
    let mixed = |o: &Open| other && o.mark.family != Family::Single;
    let own = open.iter().rposition(|o| o.mark.family == mark.family);
    own.or_else(|| open.iter().rposition(mixed).filter(|_| mark.family != Family::Single))
}

/// Closes the innermost mark that it can; single marks opened since then were apostrophes.
fn close(text: &str, open: &mut Vec<Open>, mark: Mark, found: &mut Vec<Quoted>) {
    let Some(index) = closed_by(mark, open) else { return };
    let opened = open[index].mark;
    open.truncate(index);
    push(text, opened, mark.span, true, found);
}

/// Ends what is open where a new stretch begins.
fn reopen(text: &str, open: &mut Vec<Open>, mark: Mark, found: &mut Vec<Quoted>) {
    let Some(index) = open.iter().rposition(|o| o.mark.family == mark.family) else { return };
    let opened = open[index].mark;
    open.truncate(index);
    push(text, opened, Span::new(mark.span.start, mark.span.start), false, found);
}

fn push(text: &str, opened: Mark, closing: Span, closed: bool, found: &mut Vec<Quoted>) {
    let inner = Span::new(opened.span.end, closing.start).trimmed(text);
    if inner.of(text).chars().any(char::is_alphanumeric) {
        let end = if closed { closing.end } else { inner.end };
        let outer = Span::new(opened.span.start, end);
        found.push(Quoted { outer, inner, single: opened.family == Family::Single, closed });
    }
}

/// Drops the stretches inside others, of those found from `first` on.
fn keep_outermost(found: &mut Vec<Quoted>, first: usize) {
    found[first..].sort_by_key(|q| (q.outer.start, std::cmp::Reverse(q.outer.end)));
    let mut end = 0;
    let mut index = 0;
    found.retain(|q| {
        index += 1;
        let keep = index <= first || q.outer.start >= end;
        if index > first && keep {
            end = q.outer.end;
        }
        keep
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    fn in_marks(text: &str) -> Vec<&str> {
        let segments = Segmentation { paragraphs: vec![Span::new(0, text.len())], ..Default::default() };
        quoted(text, &segments).into_iter().map(|q| q.inner.of(text)).collect()
    }

    fn check(text: &str, expected: &[&str]) {
        assert_eq!(in_marks(text), expected, "{text}");
    }

    #[test]
    fn marks_of_every_shape_pair() {
        check("\"Go,\" she said. \"Now.\"", &["Go,", "Now."]);
        check("“Go,” she said. “Now.”", &["Go,", "Now."]);
        check("«Partons», dit-elle. »Gut«, sagte er.", &["Partons", "Gut"]);
        check("« Partons », dit-elle. « Vite »", &["Partons", "Vite"]);
        check("„Gut“, sagte er.", &["Gut"]);
        check("He said ‘no’ and ‘never.’", &["no", "never."]);
        check("Promises were ‘worthless’ and the inspectors’ report ‘a joke’.", &["worthless", "a joke"]);
        check("Promises were 'worthless' and the inspectors' report 'a joke'.", &["worthless", "a joke"]);
        check("「行こう」と言った。", &["行こう"]);
        check("She wrote ”stay” twice.", &["stay"]);
        check("''Go,'' she said. ''We don't.''", &["Go,", "We don't."]);
    }

    #[test]
    fn apostrophes_are_no_marks() {
        check("It's the Smiths' dog, isn't it?", &[]);
        check("‘It’s the unions’ last offer,’ she said.", &["It’s the unions’ last offer,"]);
        check("'We're done,' he said of the '90s 'em all.", &["We're done,"]);
        check("rock ’n’ roll and the ’80s", &[]);
        check(
            "‘Was it the farmers’?’ she asked. ‘Or the drivers’.’",
            &["Was it the farmers’?", "Or the drivers’."],
        );
        check("‘That was Voss’s verdict?’ he asked.", &["That was Voss’s verdict?"]);
    }

    #[test]
    fn nested_marks_belong_to_the_outer_stretch() {
        check("“My motto of ‘COMMON GOOD.’ We hold it.”", &["My motto of ‘COMMON GOOD.’ We hold it."]);
        check("‘He told me “no” twice,’ she said.", &["He told me “no” twice,"]);
        check("\"Call it a \"win\" for all,\" she said.", &["Call it a \"win\" for all,"]);
    }

    #[test]
    fn odd_marks_end_where_the_next_opens_or_the_paragraph_ends() {
        check("\"We wait. \"We hope,\" they said.", &["We wait.", "We hope,"]);
        check("“We wait. “We hope,” they said.", &["We wait.", "We hope,"]);
        check("He said: “We never closed this.\n", &["We never closed this."]);
        check("He is 6'2\" tall.", &[]);
        check("” and ’ and \" alone", &[]);
        check("“rats“ and “mice,“ she said", &["rats", "mice,"]);
        check("“We wait,\" she said. \"We hope.”", &["We wait,", "We hope."]);
    }
}
