//! Trained weights: a small integer for each hashed feature and label.

use super::crf::{Scores, Steps};

/// Weights of one field, quantised to bytes.
#[derive(Debug, Clone)]
pub struct Weights<const L: usize> {
    /// Rows of `L` weights; a power of two of them.
    rows: Vec<i8>,
    mask: u32,
    /// What one step of a byte is worth.
    unit: f32,
    steps: Steps<L>,
}

impl<const L: usize> Weights<L> {
    /// Weights from rows of `L` numbers each, and steps that are added to those forbidden.
    pub fn quantised(rows: &[f32], steps: Steps<L>) -> Self {
        let largest = rows.iter().fold(1e-6_f32, |top, w| top.max(w.abs()));
        let unit = largest.min(4.0) / 127.0;
        let bytes = rows.iter().map(|w| (w / unit).round().clamp(-127.0, 127.0) as i8).collect();
        Self { rows: bytes, mask: (rows.len() / L) as u32 - 1, unit, steps }
    }

    /// The sum of the weights of some features.
    pub fn sum(&self, features: &[u32]) -> [i32; L] {
        let mut sum = [0; L];
        for feature in features {
            let at = (feature & self.mask) as usize * L;
            for (total, &weight) in sum.iter_mut().zip(&self.rows[at..at + L]) {
                *total += i32::from(weight);
            }
        }
        sum
    }

    /// A position's scores from the sum of its weights.
    pub fn scores(&self, sum: [i32; L]) -> Scores<L> {
        sum.map(|s| s as f32 * self.unit)
    }

    /// The weights of the steps.
    pub fn steps(&self) -> &Steps<L> {
        &self.steps
    }

    /// Appends the weights to a file's bytes.
    pub fn write(&self, out: &mut Vec<u8>) {
        out.extend(self.mask.to_le_bytes());
        out.extend(self.unit.to_le_bytes());
        out.extend(self.steps.iter().flatten().flat_map(|s| s.to_le_bytes()));
        out.extend(self.rows.iter().map(|&w| w as u8));
    }

    /// Reads what [`Self::write`] wrote, and moves on past it.
    pub fn read(bytes: &mut &[u8]) -> Option<Self> {
        let mask = u32::from_le_bytes(take(bytes)?);
        let unit = f32::from_le_bytes(take(bytes)?);
        let mut steps = vec![[0.0; L]; L + 1];
        for step in steps.iter_mut().flatten() {
            *step = f32::from_le_bytes(take(bytes)?);
        }
        let (rows, rest) = bytes.split_at_checked((mask as usize + 1) * L)?;
        *bytes = rest;
        Some(Self { rows: rows.iter().map(|&w| w as i8).collect(), mask, unit, steps })
    }
}

fn take(bytes: &mut &[u8]) -> Option<[u8; 4]> {
    let (head, rest) = bytes.split_first_chunk()?;
    *bytes = rest;
    Some(*head)
}
