//! Reports that tell several stories, each under its heading: briefs, morning newsletters, the week in court.

use parallax_model::{Document, Form, Span};

use super::likeness::likeness;
use super::profile::Profile;

/// Two headings part a long report more often than a roundup.
const LEAST_SECTIONS: usize = 3;
/// A section with fewer words says too little to be placed.
const LEAST_WORDS: u32 = 20;
/// Sections of one story share its names; those of a roundup are less alike than this on average.
const UNLIKE: f32 = 0.08;
/// A line of plain text with more bytes is no heading.
const LONGEST_HEADING: usize = 60;

/// A part of a roundup with what it is about.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Section {
    pub(super) span: Span,
    pub(super) profile: Profile,
}

/// The sections of a roundup; none of a report that is no roundup.
pub(super) fn sections(document: &Document) -> Vec<Section> {
    let headings = headings(document);
    if headings.len() < LEAST_SECTIONS {
        return Vec::new();
    }
    let ends = headings.iter().skip(1).map(|heading| heading.start).chain([document.text().len()]);
    let section = |(heading, end): (&Span, usize)| {
        let span = Span::new(heading.start, end);
        let profile = Profile::of_stretch(document, span, heading.of(document.text()));
        Section { span: span.trimmed(document.text()), profile }
    };
    let sections: Vec<Section> = headings.iter().zip(ends).map(section).collect();
    if is_roundup(&sections) { sections } else { Vec::new() }
}

fn is_roundup(sections: &[Section]) -> bool {
    let pairs = sections
        .iter()
        .enumerate()
        .flat_map(|(place, a)| sections.iter().skip(place + 1).map(move |b| (a, b)));
    let alike: Vec<f32> = pairs.map(|(a, b)| likeness(&a.profile, &b.profile).all).collect();
    sections.iter().all(|section| section.profile.length >= LEAST_WORDS)
        && alike.iter().sum::<f32>() < UNLIKE * alike.len() as f32
}

/// The headings that a page marks so; in plain text the short lines without an end.
fn headings(document: &Document) -> Vec<Span> {
    let text = document.text();
    if !document.article.parts.is_empty() {
        let subheads = document.article.parts.iter().filter(|part| part.form == Form::Subhead);
        return subheads.map(|part| part.span).collect();
    }
    let lines = document.segments.paragraphs.iter().map(|paragraph| paragraph.trimmed(text));
    let is_heading = |line: &Span| {
        let words = line.of(text);
        line.len() <= LONGEST_HEADING && !words.contains('\n') && words.ends_with(char::is_alphanumeric)
    };
    lines.filter(is_heading).collect()
}
