//! An article as the rules see it: lines, their sentences, and what is marked so far.

use std::ops::Range;

use parallax_model::{Boilerplate, Segmentation, Sentence, Span};

/// One article with the marks set so far.
#[derive(Debug)]
pub(super) struct Page<'a> {
    /// The article's text.
    pub(super) text: &'a str,
    /// Its lines, one for each paragraph.
    pub(super) lines: Vec<Line>,
    /// Its sentences.
    pub(super) units: Vec<Unit>,
}

/// A paragraph.
#[derive(Debug, Clone)]
pub(super) struct Line {
    /// Its sentences.
    pub(super) units: Range<usize>,
    /// Without the white space around it.
    pub(super) span: Span,
    /// How many words it has.
    pub(super) words: usize,
    /// Whether it ends as a sentence does, marks that close included.
    pub(super) has_final_stop: bool,
    /// Whether a blank line follows.
    pub(super) gap_after: bool,
}

/// A sentence.
#[derive(Debug, Clone)]
pub(super) struct Unit {
    /// Where.
    pub(super) span: Span,
    /// Its words in small letters, marks straightened, without bullets before and stops after.
    pub(super) folded: String,
    /// How many words it has.
    pub(super) words: usize,
    /// Whether it stands in a quotation, at least in part.
    pub(super) quoted: bool,
    /// What it is, once a rule has decided.
    pub(super) mark: Option<Mark>,
}

/// What a rule decided.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Mark {
    /// The kind of furniture.
    pub(super) kind: &'static str,
    /// The rule.
    pub(super) rule: &'static str,
}

impl<'a> Page<'a> {
    /// Reads an article.
    pub(super) fn read(text: &'a str, segments: &Segmentation) -> Self {
        let mut units: Vec<Unit> = (0..segments.sentences.len())
            .map(|index| {
                let sentence = &segments.sentences[index];
                Unit {
                    span: sentence.span,
                    folded: fold(sentence.span.of(text)),
                    words: words(segments, index),
                    quoted: false,
                    mark: None,
                }
            })
            .collect();
        let mut lines = Vec::with_capacity(segments.paragraphs.len());
        for sentences in segments.sentences.chunk_by(|a, b| a.paragraph == b.paragraph) {
            let first = lines.last().map_or(0, |line: &Line| line.units.end);
            let range = first..first + sentences.len();
            mark_quoted(text, &mut units[range.clone()]);
            let count = units[range.clone()].iter().map(|u| u.words).sum();
            lines.push(read_line(text, sentences, range, count));
        }
        Self { text, lines, units }
    }

    /// Marks the sentence at `unit`, unless a rule was there before.
    pub(super) fn mark(&mut self, unit: usize, kind: &'static str, rule: &'static str) {
        self.units[unit].mark.get_or_insert(Mark { kind, rule });
    }

    /// Marks the line at `line`.
    pub(super) fn mark_line(&mut self, line: usize, kind: &'static str, rule: &'static str) {
        for unit in self.lines[line].units.clone() {
            self.mark(unit, kind, rule);
        }
    }

    /// The words of the line at `line`.
    pub(super) fn line_text(&self, line: usize) -> &'a str {
        self.lines[line].span.of(self.text)
    }

    /// Whether all of the line at `line` is marked.
    pub(super) fn is_marked(&self, line: usize) -> bool {
        self.lines[line].units.clone().all(|unit| self.units[unit].mark.is_some())
    }

    /// The kind that the whole line at `line` is marked as.
    pub(super) fn kind(&self, line: usize) -> Option<&'static str> {
        self.units[self.lines[line].units.start].mark.filter(|_| self.is_marked(line)).map(|mark| mark.kind)
    }

    /// The index of the first line that is a paragraph of running text; the number of lines where none is.
    pub(super) fn first_body_line(&self) -> usize {
        self.lines.iter().position(Line::is_running_text).unwrap_or(self.lines.len())
    }

    /// The index after the last line that is a paragraph of running text.
    pub(super) fn end_of_body(&self) -> usize {
        (0..self.lines.len())
            .rev()
            .find(|&line| self.lines[line].is_running_text() && !self.is_marked(line))
            .map_or(0, |line| line + 1)
    }

    /// What is marked, by position.
    pub(super) fn into_marked(self) -> Vec<Boilerplate> {
        let marked =
            |unit: Unit| unit.mark.map(|m| Boilerplate { span: unit.span, kind: m.kind, rule: m.rule });
        self.units.into_iter().filter_map(marked).collect()
    }
}

impl Line {
    /// Whether it has the length and the stop of a paragraph of a report.
    pub(super) fn is_running_text(&self) -> bool {
        self.words >= 10 && self.has_final_stop
    }

    /// Whether it could be a headline: a few words without a final stop.
    pub(super) fn is_headline_like(&self) -> bool {
        (2..=20).contains(&self.words) && !self.has_final_stop
    }
}

fn read_line(text: &str, sentences: &[Sentence], units: Range<usize>, words: usize) -> Line {
    let last = &sentences[sentences.len() - 1];
    let span = Span::new(sentences[0].span.start, last.span.end);
    let gap_after = Span::new(last.span.end, last.tile.end).of(text).matches('\n').count() > 1;
    Line { units, span, words, has_final_stop: ends_with_stop(span.of(text)), gap_after }
}

fn words(segments: &Segmentation, sentence: usize) -> usize {
    let tokens = segments.tokens_of(sentence);
    tokens.iter().filter(|t| t.kind != parallax_model::TokenKind::Mark).count()
}

/// Whether `line` ends with a full stop or an exclamation mark, not counting marks that close.
fn ends_with_stop(line: &str) -> bool {
    line.trim_end_matches(['"', '\'', '”', '’', ')', ']', '»']).ends_with(['.', '!', '…'])
}

/// Notes for the sentences of one paragraph which of them stand in a quotation, at least in part. A straight mark opens
/// where a word begins after it; counting them instead would let one mark too many spoil the rest of the paragraph.
fn mark_quoted(text: &str, units: &mut [Unit]) {
    let mut open = false;
    for unit in units {
        unit.quoted = open;
        let mut before = ' ';
        for mark in unit.span.of(text).chars() {
            match mark {
                '“' => open = true,
                '”' => open = false,
                '"' => open = before.is_whitespace() || matches!(before, '(' | '[' | '—' | '–'),
                _ => {}
            }
            unit.quoted |= matches!(mark, '“' | '”' | '"');
            before = mark;
        }
    }
}

/// Folds a sentence for comparison with known wording.
pub(super) fn fold(sentence: &str) -> String {
    let trimmed = sentence
        .trim_start_matches(|c: char| {
            c.is_whitespace() || matches!(c, '•' | '·' | '*' | '>' | '»' | '|' | '▶' | '►' | '-' | '–' | '—')
        })
        .trim_end_matches(|c: char| {
            c.is_whitespace() || matches!(c, '.' | ':' | '!' | '…' | '»' | '>' | '→')
        });
    let mut folded = String::with_capacity(trimmed.len());
    for word in trimmed.split_whitespace() {
        if !folded.is_empty() {
            folded.push(' ');
        }
        folded.extend(word.chars().flat_map(char::to_lowercase).map(straight));
    }
    folded
}

fn straight(mark: char) -> char {
    match mark {
        '’' | '‘' => '\'',
        '“' | '”' => '"',
        other => other,
    }
}
