//! What is wanted, and the stages that lead there.

use std::fmt;

use anyhow::Context;

use crate::engine::Engine;
use crate::manifest::Manifest;
use crate::progress::Done;
use crate::stage::{self, Input, Settings};
use crate::store::Store;

/// A table that is wanted, or all.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum Plan {
    /// The article in each report
    Extract,
    /// Who said what in each article
    Quotations,
    /// A fingerprint of each article
    Fingerprints,
    /// Which articles are near-copies
    Duplicates,
    /// What articles share, copied, reworded or told alike
    Passages,
    /// Which articles tell the same story
    Stories,
    /// All of these
    All,
}

/// A step on the way to a table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stage {
    /// The reports of the input, as they come, in tables of ours.
    Reports,
    /// The article in each.
    Extract,
    /// Who said what.
    Quotations,
    /// A fingerprint of each.
    Fingerprints,
    /// Which are near-copies.
    Duplicates,
    /// What they share.
    Passages,
    /// Which tell the same story.
    Stories,
}

impl Plan {
    /// The stages that lead there, in their order.
    pub fn stages(self) -> &'static [Stage] {
        match self {
            Self::Extract => &[Stage::Reports, Stage::Extract],
            Self::Quotations => &[Stage::Reports, Stage::Extract, Stage::Quotations],
            Self::Fingerprints => &[Stage::Reports, Stage::Extract, Stage::Fingerprints],
            Self::Duplicates => &[Stage::Reports, Stage::Extract, Stage::Fingerprints, Stage::Duplicates],
            Self::Passages => &[Stage::Reports, Stage::Extract, Stage::Passages],
            Self::Stories => &[Stage::Reports, Stage::Extract, Stage::Stories],
            Self::All => &[
                Stage::Reports,
                Stage::Extract,
                Stage::Quotations,
                Stage::Fingerprints,
                Stage::Duplicates,
                Stage::Passages,
                Stage::Stories,
            ],
        }
    }

    /// Makes the table, stage by stage; tells `each` of every stage that is finished. Stages that an earlier run finished are passed over.
    pub async fn run(
        self,
        engine: &Engine,
        store: &Store,
        input: &Input,
        settings: &Settings,
        mut each: impl FnMut(Done, &Manifest),
    ) -> anyhow::Result<()> {
        let mut made: Vec<(Stage, Manifest)> = Vec::new();
        for &stage in self.stages() {
            let of =
                |wanted: Stage| made.iter().find(|(stage, _)| *stage == wanted).map(|(_, manifest)| manifest);
            let earlier = |wanted: Stage| of(wanted).with_context(|| format!("{stage}: needs {wanted}"));
            let (done, manifest) = match stage {
                Stage::Reports => stage::reports(store, input, settings).await,
                Stage::Extract => stage::extract(engine, store, earlier(Stage::Reports)?).await,
                Stage::Quotations => stage::quotations(engine, store, earlier(Stage::Extract)?).await,
                Stage::Fingerprints => stage::fingerprints(engine, store, earlier(Stage::Extract)?).await,
                Stage::Duplicates => {
                    stage::duplicates(engine, store, earlier(Stage::Fingerprints)?, settings).await
                }
                Stage::Passages => stage::passages(engine, store, earlier(Stage::Extract)?).await,
                Stage::Stories => stage::stories(engine, store, earlier(Stage::Extract)?).await,
            }
            .with_context(|| stage.to_string())?;
            each(done, &manifest);
            made.push((stage, manifest));
        }
        Ok(())
    }
}

impl fmt::Display for Stage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Reports => "reports",
            Self::Extract => "extract",
            Self::Quotations => "quotations",
            Self::Fingerprints => "fingerprints",
            Self::Duplicates => "duplicates",
            Self::Passages => "passages",
            Self::Stories => "stories",
        })
    }
}
