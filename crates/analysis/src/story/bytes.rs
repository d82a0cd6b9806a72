//! Records of stories as bytes, and back without loss.
//!
//! Little-endian, one byte of version first: `id, changed, reports, days?, terms, members, apart`. A list begins with the number of
//! its items.

use super::event::StoryId;
use super::profile::{Profile, Term, kept_weight, weight_kept};
use super::record::StoryRecord;

/// The form of the bytes. Bytes of another form are refused; the stories can be made anew from the reports.
const VERSION: u8 = 1;

impl StoryRecord {
    /// The record as bytes, some kilobytes at most.
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut out = vec![VERSION];
        out.extend(self.id.0.to_le_bytes());
        out.extend(self.changed.to_le_bytes());
        out.extend(self.reports.to_le_bytes());
        put_option(
            &mut out,
            self.days.map(|(first, last)| [first.to_le_bytes(), last.to_le_bytes()].concat()),
        );
        put_list(&mut out, &self.terms, |out, term| {
            out.extend(term.hash.to_le_bytes());
            out.extend(term.weight.to_le_bytes());
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
            days: take_option(input, |input| {
                Some((i32::from_le_bytes(take(input)?), i32::from_le_bytes(take(input)?)))
            })?,
            terms: take_list(input, |input| {
                Some(Term {
                    hash: u32::from_le_bytes(take(input)?),
                    weight: f32::from_le_bytes(take(input)?),
                })
            })?,
            members: take_list(input, take_member)?,
            apart: take_list(input, |input| Some(StoryId(u64::from_le_bytes(take(input)?))))?,
        };
        bytes.is_empty().then_some(record)
    }
}

fn put_member(out: &mut Vec<u8>, member: &Profile) {
    put_list(out, member.report.as_bytes(), |out, byte| out.push(*byte));
    put_option(out, member.day.map(|day| day.to_le_bytes().to_vec()));
    put_list(out, &member.terms, |out, term| {
        out.extend(term.hash.to_le_bytes());
        out.extend(kept_weight(term.weight).to_le_bytes());
    });
}

fn take_member(input: &mut &[u8]) -> Option<Profile> {
    Some(Profile {
        report: String::from_utf8(take_list(input, |input| Some(u8::from_le_bytes(take(input)?)))?).ok()?,
        day: take_option(input, |input| Some(i32::from_le_bytes(take(input)?)))?,
        terms: take_list(input, |input| {
            let hash = u32::from_le_bytes(take(input)?);
            Some(Term { hash, weight: weight_kept(u16::from_le_bytes(take(input)?)) })
        })?,
        words: Vec::new(),
    })
}

fn put_list<T>(out: &mut Vec<u8>, items: &[T], put: impl Fn(&mut Vec<u8>, &T)) {
    out.extend((items.len() as u32).to_le_bytes());
    items.iter().for_each(|item| put(out, item));
}

fn take_list<T>(input: &mut &[u8], item: impl Fn(&mut &[u8]) -> Option<T>) -> Option<Vec<T>> {
    let many = u32::from_le_bytes(take(input)?);
    (0..many).map(|_| item(input)).collect()
}

fn put_option(out: &mut Vec<u8>, bytes: Option<Vec<u8>>) {
    out.push(u8::from(bytes.is_some()));
    out.extend(bytes.into_iter().flatten());
}

fn take_option<T>(input: &mut &[u8], item: impl Fn(&mut &[u8]) -> Option<T>) -> Option<Option<T>> {
    match u8::from_le_bytes(take(input)?) {
        0 => Some(None),
        1 => item(input).map(Some),
        _ => None,
    }
}

fn take<const N: usize>(input: &mut &[u8]) -> Option<[u8; N]> {
    let (taken, rest) = input.split_first_chunk::<N>()?;
    *input = rest;
    Some(*taken)
}
