//! The folder of tables that a run makes, and goes on with when it is run again.

use std::collections::BTreeSet;
use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::time::Instant;

use anyhow::{Context, bail};
use parquet::file::reader::{FileReader, SerializedFileReader};

use crate::manifest::{DataFile, Manifest, Recipe, draft_of, write_whole};

const MANIFEST: &str = "manifest.json";
/// In a folder that is being filled: the key of what it is to hold.
const UNFINISHED: &str = "unfinished";

/// The folder of tables.
#[derive(Debug, Clone)]
pub struct Store {
    root: PathBuf,
}

/// A table: finished, or to be made.
#[derive(Debug)]
pub enum Table {
    /// It was made before by the same recipe.
    Finished(Manifest),
    /// It has to be made, or be gone on with.
    Open(Making),
}

/// A table in the making.
#[derive(Debug)]
pub struct Making {
    /// Its folder.
    pub folder: PathBuf,
    recipe: Recipe,
    key: String,
    begun: Instant,
}

/// What a table came to, besides its files.
#[derive(Debug, Default)]
pub struct Account {
    /// How many things could not be read.
    pub problems: u64,
    /// What there is to say of its making.
    pub notes: Vec<String>,
}

impl Account {
    /// So many problems among so many rows of the table `problems`.
    pub fn new(problems: u64, told: u64) -> Self {
        let remarks = told.saturating_sub(problems);
        let notes = (remarks > 0).then(|| format!("remarks in the table problems: {remarks}"));
        Self { problems, notes: notes.into_iter().collect() }
    }
}

impl Store {
    /// The folder at `root`, which is made where there is none.
    pub fn open(root: &Path) -> anyhow::Result<Self> {
        fs::create_dir_all(root).with_context(|| format!("{}: cannot be made", root.display()))?;
        let root = root.canonicalize().with_context(|| format!("{}: cannot be found", root.display()))?;
        Ok(Self { root })
    }

    /// The folder of a table.
    pub fn folder(&self, table: &str) -> PathBuf {
        self.root.join(table)
    }

    /// The file that tells of the problems of a stage.
    pub fn problems(&self, stage: &str) -> anyhow::Result<PathBuf> {
        let folder = self.folder("problems");
        fs::create_dir_all(&folder).with_context(|| format!("{}: cannot be made", folder.display()))?;
        Ok(folder.join(format!("{stage}.parquet")))
    }

    /// The table of a recipe: as it was finished before, or with what is there of it; made by another recipe, it is begun anew.
    pub fn table(&self, recipe: Recipe) -> anyhow::Result<Table> {
        let folder = self.folder(&recipe.table);
        let key = recipe.key()?;
        if let Some(manifest) = Manifest::read(&folder.join(MANIFEST))?
            && manifest.key == key
            && manifest.files.iter().all(|file| is_whole(&folder, file))
        {
            return Ok(Table::Finished(manifest));
        }
        let marker = folder.join(UNFINISHED);
        if fs::read_to_string(&marker).is_ok_and(|found| found == key) {
            remove(&folder.join(MANIFEST))?;
        } else {
            clear(&folder)?;
            fs::create_dir_all(&folder).with_context(|| format!("{}: cannot be made", folder.display()))?;
            write_whole(&marker, key.as_bytes())?;
        }
        Ok(Table::Open(Making { folder, recipe, key, begun: Instant::now() }))
    }
}

impl Making {
    /// A file of the table.
    pub fn file(&self, name: &str) -> PathBuf {
        self.folder.join(name)
    }

    /// How many rows a file of the table has, if it is there as a whole.
    pub fn rows_of(&self, name: &str) -> Option<u64> {
        data_file(&self.folder, name).ok().map(|file| file.rows)
    }

    /// Finishes the table with these files. Others are taken away.
    pub fn finish(self, files: &[String], engine: &str, account: Account) -> anyhow::Result<Manifest> {
        let files: Vec<DataFile> =
            files.iter().map(|name| data_file(&self.folder, name)).collect::<Result<_, _>>()?;
        let manifest = Manifest {
            recipe: self.recipe,
            key: self.key,
            program: env!("CARGO_PKG_VERSION").to_owned(),
            engine: engine.to_owned(),
            rows: files.iter().map(|file| file.rows).sum(),
            problems: account.problems,
            notes: account.notes,
            seconds: self.begun.elapsed().as_secs_f64(),
            files,
        };
        let known: BTreeSet<&str> = manifest.files.iter().map(|file| file.name.as_str()).collect();
        for name in parquet_names(&self.folder)?.iter().filter(|name| !known.contains(name.as_str())) {
            remove(&self.folder.join(name))?;
        }
        manifest.write(&self.folder.join(MANIFEST))?;
        remove(&self.folder.join(UNFINISHED))?;
        Ok(manifest)
    }
}

/// What is known of a file of a table, from its footer.
fn data_file(folder: &Path, name: &str) -> anyhow::Result<DataFile> {
    let path = folder.join(name);
    let read = || -> anyhow::Result<DataFile> {
        let file = File::open(&path)?;
        let bytes = file.metadata()?.len();
        let footer = SerializedFileReader::new(file)?;
        let rows = footer.metadata().file_metadata().num_rows().unsigned_abs();
        Ok(DataFile { name: name.to_owned(), rows, bytes })
    };
    read().with_context(|| format!("{}: cannot be read", path.display()))
}

fn is_whole(folder: &Path, file: &DataFile) -> bool {
    fs::metadata(folder.join(&file.name)).is_ok_and(|found| found.len() == file.bytes)
}

fn parquet_names(folder: &Path) -> anyhow::Result<Vec<String>> {
    let entries = fs::read_dir(folder).with_context(|| format!("{}: cannot be read", folder.display()))?;
    let names = entries.flatten().map(|entry| entry.file_name().to_string_lossy().into_owned());
    Ok(names.filter(|name| name.ends_with(".parquet")).collect())
}

/// Takes the table at `folder` away. What a run of ours did not make is left alone.
fn clear(folder: &Path) -> anyhow::Result<()> {
    if !folder.exists() {
        return Ok(());
    }
    // A run that was killed as it began the table left but the draft of its key.
    let names = [Path::new(MANIFEST).to_owned(), UNFINISHED.into(), draft_of(Path::new(UNFINISHED))];
    let is_ours = names.iter().any(|name| folder.join(name).exists());
    let is_empty = fs::read_dir(folder).is_ok_and(|mut entries| entries.next().is_none());
    if !is_ours && !is_empty {
        bail!("{}: is in the way; it is no table of an earlier run", folder.display());
    }
    fs::remove_dir_all(folder).with_context(|| format!("{}: cannot be taken away", folder.display()))
}

fn remove(path: &Path) -> anyhow::Result<()> {
    if path.exists() {
        fs::remove_file(path).with_context(|| format!("{}: cannot be taken away", path.display()))?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may fail by panicking")]

    use super::*;

    fn open(store: &Store, recipe: Recipe) -> Making {
        match store.table(recipe).unwrap() {
            Table::Open(making) => making,
            Table::Finished(manifest) => panic!("finished: {manifest:?}"),
        }
    }

    #[test]
    fn a_table_is_made_once_for_each_recipe() {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open(folder.path()).unwrap();
        let recipe = Recipe::new("stories", &[]);
        open(&store, recipe.clone()).finish(&[], "none", Account::default()).unwrap();
        assert!(matches!(store.table(recipe.clone()).unwrap(), Table::Finished(_)));
        open(&store, recipe.with("threshold", &1));
    }

    #[test]
    fn a_table_of_which_there_is_but_the_draft_of_its_key_is_begun_anew() {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open(folder.path()).unwrap();
        let begun = store.folder("stories");
        fs::create_dir_all(&begun).unwrap();
        fs::write(begun.join("unfinished.draft"), "ha").unwrap();
        open(&store, Recipe::new("stories", &[]));
        fs::create_dir_all(store.folder("mine")).unwrap();
        fs::write(store.folder("mine").join("letter.txt"), "Dear Ada").unwrap();
        assert!(store.table(Recipe::new("mine", &[])).is_err());
    }

    #[test]
    fn what_is_there_of_an_unfinished_table_stays() {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open(folder.path()).unwrap();
        let recipe = Recipe::new("stories", &[]);
        let part = open(&store, recipe.clone()).file("part-00000.parquet");
        fs::write(&part, "half").unwrap();
        let again = open(&store, recipe.clone());
        assert!(part.exists() && again.rows_of("part-00000.parquet").is_none());
        open(&store, recipe.with("threshold", &1));
        assert!(!part.exists());
    }

    #[test]
    fn what_is_not_ours_stays() {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open(folder.path()).unwrap();
        fs::create_dir(folder.path().join("stories")).unwrap();
        fs::write(folder.path().join("stories/novel.txt"), "It was a dark night.").unwrap();
        let refusal = store.table(Recipe::new("stories", &[])).unwrap_err().to_string();
        assert!(refusal.contains("in the way"), "{refusal}");
        assert!(folder.path().join("stories/novel.txt").exists());
    }
}
