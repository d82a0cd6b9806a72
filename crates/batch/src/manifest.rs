//! What a table was made of, and what it holds.
//!
//! A table is a folder of Parquet files with a `manifest.json`, which is written last: a folder without one is not finished. A table whose
//! [`Recipe`] has not changed is not made again, so that a run which was stopped goes on where it was.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::Context;
use serde::{Deserialize, Serialize};
use xxhash_rust::xxh3::xxh3_128;

use crate::kernels;

/// All that decides what is in a table.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Recipe {
    /// The table.
    pub table: String,
    /// The version of the kernels.
    pub kernels: u32,
    /// The version of the analysis.
    pub stages: u32,
    /// What was asked for, as far as it bears on the rows.
    pub settings: BTreeMap<String, String>,
    /// The tables that it is made of, by the keys of their recipes.
    pub from: BTreeMap<String, String>,
}

/// What is known of a table that is finished.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Manifest {
    /// What it was made of.
    pub recipe: Recipe,
    /// The recipe's key.
    pub key: String,
    /// The version of the program.
    pub program: String,
    /// What the kernels ran on.
    pub engine: String,
    /// How many rows it has.
    pub rows: u64,
    /// How many things could not be read; the table `problems` has each with its place and reason.
    pub problems: u64,
    /// What there is to say of its making, in sentences.
    pub notes: Vec<String>,
    /// How long its making took, without what was there from an earlier run.
    pub seconds: f64,
    /// Its files, in order.
    pub files: Vec<DataFile>,
}

/// One file of a table.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DataFile {
    /// Its name in the folder.
    pub name: String,
    /// How many rows it has.
    pub rows: u64,
    /// How large it is.
    pub bytes: u64,
}

impl Recipe {
    /// The recipe of a table that is made from the given ones.
    pub fn new(table: &str, from: &[&Manifest]) -> Self {
        Self {
            table: table.to_owned(),
            kernels: kernels::VERSION,
            stages: parallax_analysis::STAGES,
            settings: BTreeMap::new(),
            from: from.iter().map(|other| (other.recipe.table.clone(), other.key.clone())).collect(),
        }
    }

    /// The same with a setting.
    pub fn with(mut self, setting: &str, value: &impl ToString) -> Self {
        self.settings.insert(setting.to_owned(), value.to_string());
        self
    }

    /// Equal for recipes that are equal, down to the inputs.
    pub fn key(&self) -> anyhow::Result<String> {
        Ok(format!("{:032x}", xxh3_128(&serde_json::to_vec(self)?)))
    }
}

impl Manifest {
    /// The manifest at `path`; none where there is none.
    pub fn read(path: &Path) -> anyhow::Result<Option<Self>> {
        if !path.exists() {
            return Ok(None);
        }
        let bytes = fs::read(path).with_context(|| format!("{}: cannot be read", path.display()))?;
        let manifest = serde_json::from_slice(&bytes);
        manifest.map(Some).with_context(|| format!("{}: is no manifest of this version", path.display()))
    }

    /// Writes it, as a whole or not at all.
    pub fn write(&self, path: &Path) -> anyhow::Result<()> {
        write_whole(path, &serde_json::to_vec_pretty(self)?)
    }
}

/// Writes a file so that it is there as a whole or not at all, whatever happens.
pub fn write_whole(path: &Path, bytes: &[u8]) -> anyhow::Result<()> {
    let draft = draft_of(path);
    let written = fs::write(&draft, bytes)
        .and_then(|()| fs::File::open(&draft)?.sync_all())
        .and_then(|()| fs::rename(&draft, path));
    written.with_context(|| format!("{}: cannot be written", path.display()))
}

/// Where a file is written before it is there as a whole.
pub(crate) fn draft_of(path: &Path) -> PathBuf {
    path.with_extension("draft")
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may fail by panicking")]

    use super::*;

    #[test]
    fn keys_follow_from_all_of_a_recipe() {
        let plain = Recipe::new("duplicates", &[]);
        let check = |other: Recipe, same: bool| {
            assert_eq!(plain.key().unwrap() == other.key().unwrap(), same, "{other:?}");
        };
        check(Recipe::new("duplicates", &[]), true);
        check(Recipe::new("stories", &[]), false);
        check(plain.clone().with("threshold", &0.5), false);
        check(Recipe { stages: plain.stages + 1, ..plain.clone() }, false);
        let from = BTreeMap::from([("reports".to_owned(), "1".to_owned())]);
        check(Recipe { from, ..plain.clone() }, false);
    }
}
