//! Reports that tell several stories: briefs, morning newsletters, the week in court, each story under its heading; and reports of one story that go
//! on to other news in a paragraph each.

use parallax_model::{Document, Form, Span};

use super::likeness::likeness;
use super::profile::Profile;
use crate::wordlist::entries;

/// A section with fewer words says too little to be placed.
const LEAST_WORDS: u32 = 20;
/// Sections of one story share its names; those of a roundup are less alike than this on average.
const UNLIKE: f32 = 0.08;
/// Two headings part a long report more often than a roundup, whose sections, and what stands before them, have nothing in common. By this none of
/// 7,832 news articles with two headings is a roundup; by the bound for more, 46 would be.
const UNLIKE_TWO: f32 = 0.03;
/// Where a line says that what follows is other news, it may share a place or a name with what stands before.
const UNLIKE_AS_SAID: f32 = 0.1;
/// A line of plain text with more bytes is no heading.
const LONGEST_HEADING: usize = 60;
/// A line with more words does not go on to other news, it tells some.
const LONGEST_LINE: usize = 12;

/// A part of a roundup with what it is about.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Section {
    pub(super) span: Span,
    pub(super) profile: Profile,
}

/// What a report is about, and the sections that tell of something else. A roundup is about nothing by itself; a report that is none has no sections.
pub(super) fn parts(document: &Document) -> (Span, Vec<Section>) {
    let whole = Span::new(0, document.text().len());
    if let Some((main, others)) = with_other_news(document) {
        return (main, others);
    }
    let sections = headed(document);
    if sections.is_empty() { (whole, sections) } else { (Span::new(0, 0), sections) }
}

/// What stands before the line that goes on to other news, and the paragraphs after it; `None` where there is no such line or what follows tells
/// of the same.
fn with_other_news(document: &Document) -> Option<(Span, Vec<Section>)> {
    let paragraphs = &document.segments.paragraphs;
    let text = document.text();
    let line = paragraphs.iter().position(|paragraph| goes_on(paragraph.of(text).trim()))?;
    let main = Span::new(0, paragraphs[line].start);
    let section = |paragraph: &Span| {
        let span = paragraph.trimmed(text);
        Section { span, profile: Profile::of_stretch(document, span, "") }
    };
    let others = paragraphs[line + 1..].iter().map(section);
    let others: Vec<Section> = others.filter(|section| section.profile.length >= LEAST_WORDS).collect();
    let told = Profile::of_stretch(document, main, "");
    let alike = mean_likeness(others.iter().map(|other| (&told, &other.profile)));
    (told.length >= LEAST_WORDS && !others.is_empty() && alike < UNLIKE_AS_SAID).then_some((main, others))
}

/// Whether a line goes on to other news.
fn goes_on(line: &str) -> bool {
    let is_open = line.ends_with(':') || line.ends_with(char::is_alphanumeric);
    if !is_open || line.split_whitespace().count() > LONGEST_LINE {
        return false;
    }
    let line = line.to_lowercase().replace('’', "'");
    let before = ["here is ", "here's ", "and "].into_iter().find_map(|opener| line.strip_prefix(opener));
    let words = before.unwrap_or(&line);
    entries(include_str!("../../data/other-news.txt")).any(|beginning| words.starts_with(beginning))
}

/// The sections of a roundup, each with its heading; none where they tell of one thing.
fn headed(document: &Document) -> Vec<Section> {
    let text = document.text();
    let headings = headings(document);
    let headings = match headings.as_slice() {
        [] | [_] => return Vec::new(),
        [headline, below @ ..] if is_headline(text, *headline, below) => below,
        all => all,
    };
    let ends = headings.iter().skip(1).map(|heading| heading.start).chain([text.len()]);
    let section = |(heading, end): (&Span, usize)| {
        let span = Span::new(heading.start, end);
        let profile = Profile::of_stretch(document, span, heading.of(text));
        Section { span: span.trimmed(text), profile }
    };
    let sections: Vec<Section> = headings.iter().zip(ends).map(section).collect();
    let before = sections.first().map_or(0, |first| first.span.start);
    let top = Profile::of_stretch(document, Span::new(0, before), "");
    if is_roundup(&top, &sections) { sections } else { Vec::new() }
}

/// Whether the first of three headings is the headline of a plain text, which the next follows at once. Of more it is not asked: this found five roundups
/// more among 7,832 news articles, none of them one.
fn is_headline(text: &str, headline: Span, below: &[Span]) -> bool {
    let [next, _] = below else { return false };
    text[..headline.start].trim().is_empty() && text[headline.end..next.start].trim().is_empty()
}

fn is_roundup(top: &Profile, sections: &[Section]) -> bool {
    let pairs = sections
        .iter()
        .enumerate()
        .flat_map(|(place, a)| sections.iter().skip(place + 1).map(move |b| (&a.profile, &b.profile)));
    let alike = mean_likeness(pairs);
    let with_top = mean_likeness(sections.iter().map(|section| (top, &section.profile)));
    let least = sections.iter().map(|section| section.profile.length).min().unwrap_or_default();
    match sections.len() {
        0 | 1 => false,
        2 => least >= 2 * LEAST_WORDS && alike < UNLIKE_TWO && with_top < UNLIKE_TWO,
        _ => least >= LEAST_WORDS && alike < UNLIKE,
    }
}

fn mean_likeness<'a>(pairs: impl Iterator<Item = (&'a Profile, &'a Profile)>) -> f32 {
    let alike: Vec<f32> = pairs.map(|(a, b)| likeness(a, b).all).collect();
    alike.iter().sum::<f32>() / alike.len().max(1) as f32
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

#[cfg(test)]
mod tests {
    use parallax_model::{Body, RawReport};

    use super::*;
    use crate::read_words;

    const DAM: &str = "The Harlow dam broke on Monday night and drowned the lower town. Mayor Ines Vidal ordered Harlow evacuated, \
        and engineers said that the spillway had been cracked for years.";
    const DAM_AGAIN: &str = "In Harlow the engineers had warned Mayor Ines Vidal of the cracked spillway twice. The dam at Harlow was \
        built in 1962, and the lower town of Harlow was never told of the cracks.";
    const BEET: &str = "Farmers on the Osk plain expect the sugar beet harvest three weeks late. Their union counts on 1.1 million \
        tonnes, and its chairwoman Lotte Brand said that fields were too wet for machines. The sugar works will open in November and close before the snow.";
    const TRAM: &str = "Councillors in Norrhaven closed the tram line to the harbour by 23 votes to 19. Opponents go to court; the \
        line carried 4,000 passengers a day, and its last tram will leave in December. Drivers are offered places on buses.";

    fn parts_of(text: &str) -> (String, Vec<String>) {
        let report = RawReport { id: "1".into(), body: Body::Text(text.into()), ..RawReport::default() };
        let document = read_words(report);
        let (main, sections) = parts(&document);
        let of = |span: Span| span.of(document.text()).trim().to_owned();
        (of(main), sections.iter().map(|section| of(section.span)).collect())
    }

    #[test]
    fn a_report_may_go_on_to_other_news() {
        let check = |line: &str, expected: &[&str]| {
            let (main, others) = parts_of(&[DAM, DAM_AGAIN, line, BEET, TRAM].join("\n\n"));
            assert_eq!(others, expected, "{line}");
            assert_eq!(main.contains("tram"), expected.is_empty(), "{line}: {main}");
        };
        check("Here is what else happened this week:", &[BEET, TRAM]);
        check("In other news", &[BEET, TRAM]);
        check("In other news, nobody was hurt.", &[]);
        check("And here is what happened:", &[]);
        check("What else happened in Harlow?", &[]);
        check("Similarly, in other news reports of the week:", &[]);
        check("The week:", &[]);
    }

    #[test]
    fn what_goes_on_about_the_same_is_no_other_news() {
        let (main, others) = parts_of(&[DAM, "What else happened today:", DAM_AGAIN].join("\n\n"));
        assert!(main.contains("1962") && others.is_empty(), "{main}: {others:?}");
    }

    #[test]
    fn a_roundup_has_headings_over_unlike_sections() {
        let check = |stretches: &[(&str, &str)], expected: usize| {
            let text: Vec<String> =
                stretches.iter().map(|(heading, text)| format!("{heading}\n\n{text}")).collect();
            let (main, sections) = parts_of(&text.join("\n\n"));
            assert_eq!(sections.len(), expected, "{sections:?}");
            assert_eq!(main.is_empty(), expected > 0, "{main}");
        };
        check(&[("Sugar beet", BEET), ("Trams", TRAM)], 2);
        check(&[("Sugar beet", BEET), ("Trams", TRAM), ("A broken dam", DAM)], 3);
        check(&[("The week in short", ""), ("Sugar beet", BEET), ("Trams", TRAM)], 2);
        check(&[("A broken dam", DAM)], 0);
        check(&[("A broken dam", DAM), ("The spillway", DAM_AGAIN)], 0);
        check(&[("Sugar beet", BEET), ("Trams", "The line is closed")], 0);
    }
}
