//! Records of stories and profiles of reports as bytes, and back without loss.
//!
//! Little-endian, one byte of version first; of a story `id, changed, reports, settled, whole, members, apart`, of a profile `member, words,
//! sections`. A list begins with the number of its items.

use parallax_model::Span;

use super::crowd::Crowd;
use super::event::StoryId;
use super::profile::{Profile, Term, TermKind, kept_weight, weight_kept};
use super::record::StoryRecord;
use super::roundup::Section;
use super::weekday::Weekdays;

/// The form of the bytes. Bytes of another form are refused; the stories can be made anew from the reports.
const VERSION: u8 = 3;
/// The bit of a word that stands in the headline; its kind is in the bits below.
const TITLED: u8 = 4;
/// What stands for no day of the week.
const NO_DAY: u8 = 7;

impl StoryRecord {
    /// The record as bytes: about a kilobyte, and one more for each report that is kept one by one.
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut out = vec![VERSION];
        out.extend(self.id.0.to_le_bytes());
        out.extend(self.changed.to_le_bytes());
        out.extend(self.reports.to_le_bytes());
        out.push(u8::from(self.is_settled));
        put_list(&mut out, &self.whole, |out, (hash, weight)| {
            out.extend(hash.to_le_bytes());
            out.extend(weight.to_le_bytes());
        });
        put_list(&mut out, &self.members, put_member);
        put_list(&mut out, &self.apart, |out, story| out.extend(story.0.to_le_bytes()));
        out
    }

    /// The record that [`StoryRecord::to_bytes`] gave the bytes of; `None` where they are damaged or of another version.
    pub fn from_bytes(bytes: &[u8]) -> Option<Self> {
        let mut bytes = bytes;
        let input = &mut bytes;
        (u8::from_le_bytes(take(input)?) == VERSION).then_some(())?;
        let record = Self {
            id: StoryId(u64::from_le_bytes(take(input)?)),
            changed: u64::from_le_bytes(take(input)?),
            reports: u32::from_le_bytes(take(input)?),
            is_settled: u8::from_le_bytes(take(input)?) == 1,
            whole: take_list(input, |input| {
                Some((u32::from_le_bytes(take(input)?), f32::from_le_bytes(take(input)?)))
            })?,
            members: take_list(input, take_member)?,
            apart: take_list(input, |input| Some(StoryId(u64::from_le_bytes(take(input)?))))?,
        };
        bytes.is_empty().then_some(record)
    }
}

impl Profile {
    /// The profile as bytes, so that it can be made on one machine and placed on another: about two kilobytes.
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut out = vec![VERSION];
        put_profile(&mut out, self);
        out
    }

    /// The profile that [`Profile::to_bytes`] gave the bytes of; `None` where they are damaged or of another version.
    pub fn from_bytes(bytes: &[u8]) -> Option<Self> {
        let mut bytes = bytes;
        let input = &mut bytes;
        (u8::from_le_bytes(take(input)?) == VERSION).then_some(())?;
        let profile = take_profile(input, true)?;
        bytes.is_empty().then_some(profile)
    }
}

fn put_profile(out: &mut Vec<u8>, profile: &Profile) {
    put_member(out, profile);
    put_list(out, &profile.words, |out, word| put_text(out, word));
    put_list(out, &profile.sections, |out, section| {
        out.extend((section.span.start as u64).to_le_bytes());
        out.extend((section.span.end as u64).to_le_bytes());
        put_profile(out, &section.profile);
    });
}

/// Only a whole report has sections, so damaged bytes cannot lead ever deeper.
fn take_profile(input: &mut &[u8], is_whole: bool) -> Option<Profile> {
    let member = take_member(input)?;
    let words = take_list(input, take_text)?;
    let sections = take_list(input, |input| {
        is_whole.then_some(())?;
        let start = u64::from_le_bytes(take(input)?) as usize;
        let end = u64::from_le_bytes(take(input)?) as usize;
        Some(Section { span: Span::new(start, end), profile: take_profile(input, false)? })
    })?;
    Some(Profile { words, sections, ..member })
}

fn put_text(out: &mut Vec<u8>, text: &str) {
    put_list(out, text.as_bytes(), |out, byte| out.push(*byte));
}

fn take_text(input: &mut &[u8]) -> Option<String> {
    String::from_utf8(take_list(input, |input| Some(u8::from_le_bytes(take(input)?)))?).ok()
}

fn put_member(out: &mut Vec<u8>, member: &Profile) {
    put_text(out, &member.report);
    out.push(u8::from(member.day.is_some()));
    out.extend(member.day.unwrap_or_default().to_le_bytes());
    out.extend(member.length.to_le_bytes());
    let Weekdays { body, lead, first } = member.weekdays;
    out.extend([body, lead, first.unwrap_or(NO_DAY)]);
    put_list(out, &member.terms, |out, term| {
        out.extend(term.hash.to_le_bytes());
        put_weight(out, &term.weight);
        put_weight(out, &term.lead);
        out.push(term.kind as u8 | if term.is_titled { TITLED } else { 0 });
    });
    put_list(out, &member.crowd.nearest, put_weight);
}

fn take_member(input: &mut &[u8]) -> Option<Profile> {
    let report = take_text(input)?;
    let is_dated = u8::from_le_bytes(take(input)?) == 1;
    let day = i32::from_le_bytes(take(input)?);
    Some(Profile {
        report,
        day: is_dated.then_some(day),
        length: u32::from_le_bytes(take(input)?),
        weekdays: take_weekdays(input)?,
        terms: take_list(input, take_term)?,
        words: Vec::new(),
        sections: Vec::new(),
        crowd: Crowd { nearest: take_list(input, take_weight)? },
    })
}

fn take_weekdays(input: &mut &[u8]) -> Option<Weekdays> {
    let [body, lead, first] = take(input)?;
    Some(Weekdays { body, lead, first: (first != NO_DAY).then_some(first.min(NO_DAY - 1)) })
}

fn take_term(input: &mut &[u8]) -> Option<Term> {
    let (hash, weight, lead) = (u32::from_le_bytes(take(input)?), take_weight(input)?, take_weight(input)?);
    let form = u8::from_le_bytes(take(input)?);
    let kind = match form & !TITLED {
        0 => TermKind::Other,
        1 => TermKind::Name,
        2 => TermKind::Number,
        _ => return None,
    };
    Some(Term { hash, weight, lead, kind, is_titled: form & TITLED != 0 })
}

fn put_weight(out: &mut Vec<u8>, weight: &f32) {
    out.extend(kept_weight(*weight).to_le_bytes());
}

fn take_weight(input: &mut &[u8]) -> Option<f32> {
    Some(weight_kept(u16::from_le_bytes(take(input)?)))
}

fn put_list<T>(out: &mut Vec<u8>, items: &[T], put: impl Fn(&mut Vec<u8>, &T)) {
    out.extend((items.len() as u32).to_le_bytes());
    items.iter().for_each(|item| put(out, item));
}

fn take_list<T>(input: &mut &[u8], item: impl Fn(&mut &[u8]) -> Option<T>) -> Option<Vec<T>> {
    let many = u32::from_le_bytes(take(input)?);
    (0..many).map(|_| item(input)).collect()
}

fn take<const N: usize>(input: &mut &[u8]) -> Option<[u8; N]> {
    let (taken, rest) = input.split_first_chunk::<N>()?;
    *input = rest;
    Some(*taken)
}
