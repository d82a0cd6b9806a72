//! How crowded it is around a report.
//!
//! In a war or a campaign every report is like many others, and only what is more alike than that tells the same story; elsewhere a few
//! shared names do. So likeness is measured against that of a report's nearest others: cross-domain similarity local scaling (CSLS;
//! Conneau et al., "Word translation without parallel data", 2018), with the crowd that was there so far.

use super::profile::{kept_weight, stepped};

/// So many nearest reports are the crowd.
const NEAREST: usize = 20;

/// The likenesses of the nearest reports, in steps that two bytes keep, most alike first.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct Crowd {
    pub(super) nearest: Vec<f32>,
}

impl Crowd {
    /// The crowd of reports that are so alike.
    pub(super) fn of(mut likenesses: Vec<f32>) -> Self {
        likenesses.iter_mut().for_each(|likeness| *likeness = stepped(likeness.clamp(0.0, 1.0)));
        likenesses.sort_by_key(|likeness| std::cmp::Reverse(kept_weight(*likeness)));
        likenesses.truncate(NEAREST);
        Self { nearest: likenesses }
    }

    /// Takes in that another report came, which is so alike.
    pub(super) fn take_in(&mut self, likeness: f32) {
        let likeness = stepped(likeness.clamp(0.0, 1.0));
        let place = self.nearest.partition_point(|known| *known >= likeness);
        self.nearest.insert(place, likeness);
        self.nearest.truncate(NEAREST);
    }

    /// How alike the nearest are on average, 0 to 1. What is missing to a whole crowd counts as not alike at all.
    pub(super) fn density(&self) -> f32 {
        self.nearest.iter().sum::<f32>() / NEAREST as f32
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_crowd_holds_its_nearest() {
        let mut crowd = Crowd::of(vec![0.2, 0.6]);
        crowd.take_in(0.4);
        assert!((crowd.density() - 1.2 / NEAREST as f32).abs() < 1e-4);
        (0..NEAREST).for_each(|_| crowd.take_in(1.0));
        assert_eq!(crowd.density(), 1.0);
    }
}
