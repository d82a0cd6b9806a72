//! Stories over windows of time.
//!
//! What an article is about is found on the engine, article by article. Which story it joins depends on all before it, so articles are placed one
//! after the other, in this process, window by window: a window is a part of the table, whose articles follow each other in the input, and
//! whoever wants windows of time gives the oldest first. After each window only the stories that are still going on are kept, so that memory
//! does not grow, and a run that is stopped goes on with the next window. A later article may show that two stories are one or one is two;
//! therefore the windows are read once more, backwards, for the final story of each article.

use std::collections::{BTreeSet, HashMap};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::{Context, Result};
use arrow::array::{AsArray, Int64Array, StringArray};
use arrow::datatypes::{DataType, Field, Int64Type, Schema, SchemaRef};
use arrow::record_batch::RecordBatch;
use datafusion::prelude::col;
use parallax_analysis::story::{Placement, Profile, Stories, StoryEvent, StoryId, StoryRecord};
use serde::{Deserialize, Serialize};

use super::columns::{read_batches, write_batches};
use super::mapped::{ARTICLE, map};
use super::{Made, made};
use crate::engine::{Engine, call};
use crate::kernels::PROFILE;
use crate::manifest::{DataFile, Manifest, Recipe, write_whole};
use crate::progress::Progress;
use crate::store::{Account, Making, Store};

/// The story of each article: `stories`.
pub async fn stories(engine: &Engine, store: &Store, articles: &Manifest) -> Result<Made> {
    made(store, Recipe::new("stories", &[articles]), async |making: Making| {
        let profiles = profiles(engine, store, articles).await?;
        let (from, windows) = (store.folder("work/profiles"), store.clone());
        let engine = engine.name();
        tokio::task::spawn_blocking(move || {
            let placed = placed(&windows, &profiles, &from)?;
            let files = resolved(&placed, &windows.folder("work/placed"), &making)?;
            let notes = vec![format!("placed in {} windows", files.len())];
            making.finish(&files, engine, Account { notes, ..Account::default() })
        })
        .await?
    })
    .await
}

/// What each article is about: `work/profiles`.
async fn profiles(engine: &Engine, store: &Store, articles: &Manifest) -> Result<Manifest> {
    let recipe = Recipe::new("work/profiles", &[articles]);
    let (_, manifest) = made(store, recipe, async |making: Making| {
        let files = map(engine, store, articles, &making, |rows| {
            let profile = call(PROFILE, ARTICLE.map(col).to_vec()).alias("profile");
            Ok(rows.select(vec![col("nr"), col("id").alias("article"), profile])?)
        })
        .await?;
        making.finish(&files, engine.name(), Account::default())
    })
    .await?;
    Ok(manifest)
}

/// The story that each article joined at first, window by window: `work/placed`, with what happened to stories beside it.
fn placed(store: &Store, profiles: &Manifest, from: &Path) -> Result<Manifest> {
    let making = match store.table(Recipe::new("work/placed", &[profiles]))? {
        crate::store::Table::Finished(manifest) => return Ok(manifest),
        crate::store::Table::Open(making) => making,
    };
    let progress = Progress::new("stories", Some(profiles.rows));
    let is_placed = |file: &&DataFile| making.rows_of(&file.name).is_some();
    let there = profiles.files.iter().take_while(is_placed).count();
    let (before, left) = profiles.files.split_at(there);
    before.iter().for_each(|file| progress.add(file.rows));
    let mut kept = before.last().map(|file| beside(&making.file(&file.name), "kept"));
    let mut newsroom = kept.as_deref().map(Newsroom::resume).transpose()?.unwrap_or_default();
    for file in left {
        let (placed, next) = (making.file(&file.name), beside(&making.file(&file.name), "kept"));
        let window = newsroom.place(&from.join(&file.name))?;
        write_whole(&beside(&placed, "events"), &serde_json::to_vec(&window.events)?)?;
        newsroom.keep(&next)?;
        // Last, since a window whose articles are there is finished.
        write_rows(&placed, &window.rows)?;
        kept.replace(next).map_or(Ok(()), std::fs::remove_file)?;
        progress.add(file.rows);
    }
    progress.end();
    let files: Vec<String> = profiles.files.iter().map(|file| file.name.clone()).collect();
    making.finish(&files, "none", Account::default())
}

/// A file that belongs to a window.
fn beside(window: &Path, what: &str) -> PathBuf {
    window.with_extension(what)
}

/// The stories that are going on.
#[derive(Default)]
struct Newsroom {
    making: Stories,
    /// Those that may still be in memory.
    going_on: BTreeSet<StoryId>,
}

/// Where the articles of a window were placed.
#[derive(Default)]
struct Window {
    rows: Vec<Row>,
    events: Vec<Event>,
}

#[derive(Debug, Clone, PartialEq)]
struct Row {
    nr: i64,
    article: String,
    story: u64,
}

/// Something that sent articles to other stories, after the article at `row` of the window was placed.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
struct Event {
    row: usize,
    to: u64,
    who: Who,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
enum Who {
    /// All of a story.
    Story(u64),
    /// Some, by their ids.
    Articles(Vec<String>),
}

impl Newsroom {
    fn place(&mut self, profiles: &Path) -> Result<Window> {
        let mut window = Window::default();
        for batch in read_batches(profiles)? {
            let batch = batch?;
            let (nrs, articles) =
                (batch.column(0).as_primitive::<Int64Type>(), batch.column(1).as_string::<i32>());
            let profiles = batch.column(2).as_binary::<i32>();
            for ((nr, article), profile) in nrs.values().iter().zip(articles).zip(profiles) {
                let article = article.unwrap_or_default().to_owned();
                let profile = Profile::from_bytes(profile.unwrap_or_default());
                let profile = profile.with_context(|| format!("the profile of {article} is damaged"))?;
                let placement = self.making.place(&profile);
                self.note(&placement);
                window.add(*nr, article, &placement);
            }
        }
        Ok(window)
    }

    fn note(&mut self, placement: &Placement) {
        for story in placement.changed() {
            if self.making.record(story).is_some() {
                self.going_on.insert(story);
            } else {
                self.going_on.remove(&story);
            }
        }
    }

    /// Writes what the next window needs: the number of the next story, then record by record its length and its bytes, low bytes first.
    fn keep(&mut self, path: &Path) -> Result<()> {
        let making = &self.making;
        self.going_on.retain(|story| making.record(*story).is_some());
        let mut bytes = making.next().0.to_le_bytes().to_vec();
        for record in self.going_on.iter().filter_map(|story| making.record(*story)) {
            let record = record.to_bytes();
            bytes.extend((record.len() as u64).to_le_bytes());
            bytes.extend(record);
        }
        write_whole(path, &bytes)
    }

    fn resume(path: &Path) -> Result<Self> {
        let bytes = std::fs::read(path).with_context(|| format!("{}: cannot be read", path.display()))?;
        let kept = kept(&bytes).with_context(|| format!("{}: is damaged", path.display()))?;
        let going_on = kept.1.iter().map(StoryRecord::id).collect();
        Ok(Self { making: Stories::restore(kept.0, kept.1), going_on })
    }
}

/// What [`Newsroom::keep`] wrote.
fn kept(bytes: &[u8]) -> Option<(StoryId, Vec<StoryRecord>)> {
    let (next, mut rest) = bytes.split_first_chunk()?;
    let mut records = Vec::new();
    while let Some((length, after)) = rest.split_first_chunk() {
        let (record, after) = after.split_at_checked(usize::try_from(u64::from_le_bytes(*length)).ok()?)?;
        records.push(StoryRecord::from_bytes(record)?);
        rest = after;
    }
    rest.is_empty().then_some((StoryId(u64::from_le_bytes(*next)), records))
}

impl Window {
    fn add(&mut self, nr: i64, article: String, placement: &Placement) {
        // A split may already send the article itself elsewhere, so it first stands where its first event put it.
        let first = placement.events.iter().find_map(|event| match *event {
            StoryEvent::Began { story } | StoryEvent::Joined { story } => Some(story),
            _ => None,
        });
        let row = self.rows.len();
        self.rows.push(Row { nr, article, story: first.unwrap_or_else(|| placement.story()).0 });
        self.events.extend(placement.events.iter().filter_map(|event| {
            let (to, who) = match event {
                StoryEvent::Merged { kept, ended, .. } => (kept.0, Who::Story(ended.0)),
                StoryEvent::Split { new, reports, .. } => (new.0, Who::Articles(reports.clone())),
                _ => return None,
            };
            Some(Event { row, to, who })
        }));
    }
}

/// The final story of each article, from the last window to the first.
fn resolved(placed: &Manifest, folder: &Path, making: &Making) -> Result<Vec<String>> {
    let mut later = Later::default();
    for DataFile { name, .. } in placed.files.iter().rev() {
        let window = folder.join(name);
        let events = beside(&window, "events");
        let events =
            std::fs::read(&events).with_context(|| format!("{}: cannot be read", events.display()))?;
        let rows = later.resolve(read_rows(&window)?, &serde_json::from_slice::<Vec<Event>>(&events)?);
        write_stories(&making.file(name), &rows)?;
    }
    Ok(placed.files.iter().map(|file| file.name.clone()).collect())
}

/// What will have happened to stories and articles after the moment that is looked at.
#[derive(Default)]
struct Later {
    stories: HashMap<u64, u64>,
    articles: HashMap<String, u64>,
}

impl Later {
    /// Gives each row its final story. Rows and events are those of one window; the windows come last first.
    fn resolve(&mut self, mut rows: Vec<Row>, events: &[Event]) -> Vec<Row> {
        let mut events = events.iter().rev().peekable();
        for (index, row) in rows.iter_mut().enumerate().rev() {
            while let Some(event) = events.next_if(|event| event.row >= index) {
                self.learn(event);
            }
            let own = self.articles.remove(&row.article);
            row.story = own.unwrap_or_else(|| self.end_of(row.story));
        }
        rows
    }

    fn learn(&mut self, event: &Event) {
        let to = self.end_of(event.to);
        match &event.who {
            Who::Story(ended) => {
                self.stories.insert(*ended, to);
            }
            // What happens to an article later overrides this.
            Who::Articles(articles) => {
                for article in articles {
                    self.articles.entry(article.clone()).or_insert(to);
                }
            }
        }
    }

    fn end_of(&self, story: u64) -> u64 {
        self.stories.get(&story).copied().unwrap_or(story)
    }
}

fn write_rows(path: &Path, rows: &[Row]) -> Result<()> {
    write_table(path, rows, |story| story.0.to_string())
}

/// Stories by the names under which they are shown everywhere.
fn write_stories(path: &Path, rows: &[Row]) -> Result<()> {
    write_table(path, rows, |story| story.to_string())
}

fn write_table(path: &Path, rows: &[Row], shown: impl Fn(StoryId) -> String) -> Result<()> {
    let column = |name: &str, kind| Field::new(name, kind, false);
    let text = DataType::Utf8;
    let schema: SchemaRef = Arc::new(Schema::new(vec![
        column("nr", DataType::Int64),
        column("article", text.clone()),
        column("story", text),
    ]));
    let nr = rows.iter().map(|row| row.nr).collect::<Int64Array>();
    let article = rows.iter().map(|row| Some(&row.article)).collect::<StringArray>();
    let story = rows.iter().map(|row| Some(shown(StoryId(row.story)))).collect::<StringArray>();
    let batch =
        RecordBatch::try_new(Arc::clone(&schema), vec![Arc::new(nr), Arc::new(article), Arc::new(story)])?;
    write_batches(path, &schema, [Ok(batch)])
}

fn read_rows(path: &Path) -> Result<Vec<Row>> {
    let mut rows = Vec::new();
    for batch in read_batches(path)? {
        let batch = batch?;
        let (nrs, articles) =
            (batch.column(0).as_primitive::<Int64Type>(), batch.column(1).as_string::<i32>());
        let stories = batch.column(2).as_string::<i32>();
        for ((nr, article), story) in nrs.values().iter().zip(articles).zip(stories) {
            let story = story.unwrap_or_default().parse()?;
            rows.push(Row { nr: *nr, article: article.unwrap_or_default().to_owned(), story });
        }
    }
    Ok(rows)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(nr: i64, story: u64) -> Row {
        Row { nr, article: format!("r{nr}"), story }
    }

    fn event(row: usize, to: u64, who: Who) -> Event {
        Event { row, to, who }
    }

    #[test]
    fn what_happens_later_decides() {
        let articles = |ids: &[&str]| Who::Articles(ids.iter().map(|id| (*id).to_owned()).collect());
        // Stories 0 and 1 begin; 2 splits off story 0 with r0; then 1 goes into 0, and 2 into 3.
        let first = ([row(0, 0), row(1, 1), row(2, 0)], [event(2, 2, articles(&["r0"]))]);
        let second = ([row(3, 3), row(4, 0)], [event(0, 0, Who::Story(1)), event(1, 3, Who::Story(2))]);
        let mut later = Later::default();
        let stories = |rows: Vec<Row>| rows.into_iter().map(|row| row.story).collect::<Vec<_>>();
        assert_eq!(stories(later.resolve(second.0.to_vec(), &second.1)), [3, 0]);
        assert_eq!(stories(later.resolve(first.0.to_vec(), &first.1)), [3, 0, 0]);
        assert!(later.articles.is_empty());
    }

    #[test]
    fn an_article_may_be_sent_on_at_once() {
        let rows = vec![row(0, 0), row(1, 0)];
        let events = [event(1, 1, Who::Articles(vec!["r1".into()])), event(1, 2, Who::Story(1))];
        let resolved = Later::default().resolve(rows, &events);
        assert_eq!(resolved.iter().map(|row| row.story).collect::<Vec<_>>(), [0, 2]);
    }
}
