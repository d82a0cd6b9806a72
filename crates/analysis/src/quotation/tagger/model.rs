//! The trained network: what it makes of a sentence, and of the items around one cue.

use std::cell::OnceCell;
use std::ops::Range;

use super::calibration::Curve;
use super::crf::{Scores, Steps};
use super::lanes::{Lanes, Work, widest};
use super::network::{Convolution, Linear, Seen};
use super::place::{ASPECTS, Place};
use super::weights::{Lexicon, Reader, Table};
use super::{CUE_LABELS, SPAN_LABELS, cue_step, span_step};

/// Numbers for each item of a sentence.
const WIDTH: usize = 64;
const HALF: usize = WIDTH / 2;
/// Numbers for each item around a cue.
const SPAN_WIDTH: usize = 48;
const SPAN_HALF: usize = SPAN_WIDTH / 2;

/// The layers and tables of the weights file, in its order.
#[derive(Debug, Clone)]
pub(super) struct Model {
    /// Of an item's word, last letters, class, form and kind of cue.
    keys: [Lexicon<WIDTH>; 5],
    layers: Vec<Convolution<HALF, WIDTH>>,
    cue: Linear<HALF, CUE_LABELS>,
    pub(super) cue_steps: Steps<CUE_LABELS>,
    here: Linear<HALF, SPAN_WIDTH>,
    cue_first: Linear<HALF, SPAN_WIDTH>,
    cue_last: Linear<HALF, SPAN_WIDTH>,
    opinion: Lexicon<SPAN_WIDTH>,
    places: [Table<SPAN_WIDTH>; ASPECTS],
    span_layers: Vec<Convolution<SPAN_HALF, SPAN_WIDTH>>,
    span: Linear<SPAN_HALF, SPAN_LABELS>,
    pub(super) span_steps: Steps<SPAN_LABELS>,
    pub(super) calibration: [Curve; 3],
}

/// What the network makes of a sentence.
#[derive(Debug, Clone)]
pub(super) struct Sense {
    /// Scores of each item for the labels of a cue.
    pub(super) cues: Vec<Scores<CUE_LABELS>>,
    /// The items as the second part looks at them.
    seen: Seen<HALF>,
    /// What each item means to the second part; most sentences are never asked.
    here: OnceCell<Vec<[f32; SPAN_WIDTH]>>,
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
        widest(Sensing { model: self, keys })
    }

    /// Scores of the items around a cue for the labels of speaker and content.
    pub(super) fn spans(&self, around: &Around<'_>) -> Vec<Scores<SPAN_LABELS>> {
        widest(Spanning { model: self, around })
    }
}

struct Sensing<'a> {
    model: &'a Model,
    keys: &'a [[u32; 5]],
}

impl Work for Sensing<'_> {
    type Output = Sense;

    #[inline(always)]
    fn with<L: Lanes>(self, lanes: L) -> Sense {
        let Self { model, keys } = self;
        let mut rows = vec![[0.0; WIDTH]; keys.len()];
        for (which, lexicon) in model.keys.iter().enumerate() {
            lexicon.add_to_all(keys, which, &mut rows);
        }
        let mut seen = Seen::with_room_for(rows.len());
        for layer in &model.layers {
            layer.apply(lanes, &mut rows, &mut seen);
        }
        seen.look_at(&rows);
        Sense { cues: model.cue.of_rows(lanes, &seen, rows.len()), seen, here: OnceCell::new() }
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
    /// The sentence of an item, with the item's place in it.
    fn home(&self, index: usize) -> Option<(&Sense, usize)> {
        let home = self.senses.partition_point(|(start, _)| *start <= index).checked_sub(1)?;
        let (start, sense) = self.senses.get(home)?;
        (index - start < sense.cues.len()).then_some((*sense, index - start))
    }
}

struct Spanning<'a> {
    model: &'a Model,
    around: &'a Around<'a>,
}

impl Work for Spanning<'_> {
    type Output = Vec<Scores<SPAN_LABELS>>;

    #[inline(always)]
    fn with<L: Lanes>(self, lanes: L) -> Self::Output {
        let Self { model, around } = self;
        let mut rows = vec![self.shared(lanes); around.places.len()];
        self.add_items(lanes, &mut rows);
        for (row, place) in rows.iter_mut().zip(around.places) {
            for (table, &value) in model.places.iter().zip(place) {
                table.add(usize::from(value), row);
            }
            row.iter_mut().for_each(|value| *value = value.max(0.0));
        }
        let mut seen = Seen::with_room_for(rows.len());
        for layer in &model.span_layers {
            layer.apply(lanes, &mut rows, &mut seen);
        }
        seen.look_at(&rows);
        model.span.of_rows(lanes, &seen, rows.len())
    }
}

impl Spanning<'_> {
    /// What all items around the cue know of it.
    #[inline(always)]
    fn shared<L: Lanes>(&self, lanes: L) -> [f32; SPAN_WIDTH] {
        let Self { model, around } = self;
        let mut shared = [0.0; SPAN_WIDTH];
        model.opinion.add(around.opinion, &mut shared);
        for (map, index) in [(&model.cue_first, around.cue.start), (&model.cue_last, around.cue.end - 1)] {
            if let Some((sense, at)) = around.home(index) {
                add(&mut shared, &map.of_row(lanes, &sense.seen, at));
            }
        }
        shared
    }

    /// Adds to each row what its item means.
    #[inline(always)]
    fn add_items<L: Lanes>(&self, lanes: L, rows: &mut [[f32; SPAN_WIDTH]]) {
        let mut rest = rows;
        let mut index = self.around.start;
        while let Some((sense, at)) = self.around.home(index).filter(|_| !rest.is_empty()) {
            if sense.here.get().is_none() {
                // Not by `get_or_init`: what it is given would be compiled without the wide instructions.
                let here = self.model.here.of_rows(lanes, &sense.seen, sense.cues.len());
                sense.here.set(here).unwrap_or_default();
            }
            let items = sense.here.get().and_then(|items| items.get(at..)).unwrap_or_default();
            let count = items.len().min(rest.len());
            let (now, later) = rest.split_at_mut(count);
            for (row, item) in now.iter_mut().zip(items) {
                add(row, item);
            }
            index += count;
            rest = later;
        }
    }
}

#[inline(always)]
fn add(sum: &mut [f32; SPAN_WIDTH], row: &[f32; SPAN_WIDTH]) {
    sum.iter_mut().zip(row).for_each(|(total, value)| *total += value);
}

/// As many as the array has, or nothing where one is missing.
fn all<T, const N: usize>(mut read: impl FnMut() -> Option<T>) -> Option<[T; N]> {
    let read: Vec<T> = (0..N).map(|_| read()).collect::<Option<_>>()?;
    read.try_into().ok()
}
