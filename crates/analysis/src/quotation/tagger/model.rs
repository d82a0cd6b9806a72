//! The trained network: what it makes of a sentence, and of the items around one cue.

use std::ops::Range;

use super::calibration::Curve;
use super::crf::{Scores, Steps};
use super::network::{Convolution, Linear, Seen};
use super::place::{ASPECTS, Place};
use super::weights::{Lexicon, Reader, Table};
use super::{CUE_LABELS, SPAN_LABELS, cue_step, span_step};

/// Numbers for each item of a sentence.
const WIDTH: usize = 64;
/// Numbers for each item around a cue.
const SPAN_WIDTH: usize = 48;

/// The layers and tables of the weights file, in its order.
#[derive(Debug, Clone)]
pub(super) struct Model {
    /// Of an item's word, last letters, class, form and kind of cue.
    keys: [Lexicon<WIDTH>; 5],
    layers: Vec<Convolution<WIDTH, { 3 * WIDTH }>>,
    cue: Linear<WIDTH, CUE_LABELS>,
    pub(super) cue_steps: Steps<CUE_LABELS>,
    here: Linear<WIDTH, SPAN_WIDTH>,
    cue_first: Linear<WIDTH, SPAN_WIDTH>,
    cue_last: Linear<WIDTH, SPAN_WIDTH>,
    opinion: Lexicon<SPAN_WIDTH>,
    places: [Table<SPAN_WIDTH>; ASPECTS],
    span_layers: Vec<Convolution<SPAN_WIDTH, { 3 * SPAN_WIDTH }>>,
    span: Linear<SPAN_WIDTH, SPAN_LABELS>,
    pub(super) span_steps: Steps<SPAN_LABELS>,
    pub(super) calibration: [Curve; 3],
}

/// What the network makes of a sentence.
#[derive(Debug, Clone)]
pub(super) struct Sense {
    /// Scores of each item for the labels of a cue.
    pub(super) cues: Vec<Scores<CUE_LABELS>>,
    /// What each item means as itself, as the first of a cue and as the last of a cue, to the second part.
    parts: [Vec<[f32; SPAN_WIDTH]>; 3],
}

impl Model {
    pub(super) fn read(bytes: &[u8]) -> Option<Self> {
        let reader = &mut Reader(bytes);
        Some(Self {
            keys: all(|| Lexicon::read(reader))?,
            layers: (0..reader.number()?.min(8)).map(|_| Convolution::read(reader)).collect::<Option<_>>()?,
            cue: Linear::read_with_bias(reader)?,
            cue_steps: Steps::new(Table::read(reader)?.into_rows(), cue_step),
            here: Linear::read(reader)?,
            cue_first: Linear::read(reader)?,
            cue_last: Linear::read(reader)?,
            opinion: Lexicon::read(reader)?,
            places: all(|| Table::read(reader))?,
            span_layers: (0..reader.number()?.min(8))
                .map(|_| Convolution::read(reader))
                .collect::<Option<_>>()?,
            span: Linear::read_with_bias(reader)?,
            span_steps: Steps::new(Table::read(reader)?.into_rows(), span_step),
            calibration: all(|| Curve::read(reader))?,
        })
    }

    /// Reads a sentence.
    pub(super) fn sense(&self, keys: &[[u32; 5]]) -> Sense {
        let mut rows = vec![[0.0; WIDTH]; keys.len()];
        for (row, keys) in rows.iter_mut().zip(keys) {
            self.keys.iter().zip(keys).for_each(|(lexicon, &key)| lexicon.add(key, row));
        }
        self.layers.iter().for_each(|layer| layer.apply(&mut rows));
        let seen = Seen::of(&rows);
        let parts = [&self.here, &self.cue_first, &self.cue_last].map(|part| part.of_rows(&seen));
        Sense { cues: self.cue.of_rows(&seen), parts }
    }

    /// Scores of the items around a cue for the labels of speaker and content.
    pub(super) fn spans(&self, around: &Around<'_>) -> Vec<Scores<SPAN_LABELS>> {
        let mut shared = [0.0; SPAN_WIDTH];
        self.opinion.add(around.opinion, &mut shared);
        add(&mut shared, around.part(1, around.cue.start));
        add(&mut shared, around.part(2, around.cue.end - 1));
        let mut rows = vec![shared; around.places.len()];
        for ((row, place), index) in rows.iter_mut().zip(around.places).zip(around.start..) {
            add(row, around.part(0, index));
            self.places.iter().zip(place).for_each(|(table, &value)| table.add(usize::from(value), row));
            row.iter_mut().for_each(|value| *value = value.max(0.0));
        }
        self.span_layers.iter().for_each(|layer| layer.apply(&mut rows));
        self.span.of_rows(&Seen::of(&rows))
    }
}

/// The items around a cue, of sentences whose sense is known.
pub(super) struct Around<'a> {
    /// Each sentence with the index of its first item, in order.
    pub(super) senses: &'a [(usize, &'a Sense)],
    pub(super) cue: Range<usize>,
    /// Index of the first item.
    pub(super) start: usize,
    pub(super) places: &'a [Place],
    pub(super) opinion: u32,
}

impl Around<'_> {
    fn part(&self, part: usize, index: usize) -> Option<&[f32; SPAN_WIDTH]> {
        let home = self.senses.partition_point(|(start, _)| *start <= index).checked_sub(1)?;
        let (start, sense) = self.senses.get(home)?;
        sense.parts[part].get(index - start)
    }
}

fn add(sum: &mut [f32; SPAN_WIDTH], row: Option<&[f32; SPAN_WIDTH]>) {
    row.into_iter().for_each(|row| sum.iter_mut().zip(row).for_each(|(total, value)| *total += value));
}

/// As many as the array has, or nothing where one is missing.
fn all<T, const N: usize>(mut read: impl FnMut() -> Option<T>) -> Option<[T; N]> {
    let read: Vec<T> = (0..N).map(|_| read()).collect::<Option<_>>()?;
    read.try_into().ok()
}
