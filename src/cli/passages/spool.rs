//! Reports that wait on the disk until they are compared.

use std::borrow::Cow;
use std::fs::File;
use std::io::{BufRead, BufReader, BufWriter, Read, Seek, SeekFrom, Write};

use anyhow::Context;
use parallax_analysis::Outline;
use parallax_analysis::reuse::Sketch;
use parallax_model::Article;
use serde::{Deserialize, Serialize};

/// Articles and their sketches, in two temporary files without names, which are gone when the program ends, however it ends.
pub(super) struct Spool {
    articles: BufWriter<File>,
    sketches: BufWriter<File>,
    /// Where each article begins, and where the last one ends.
    starts: Vec<u64>,
}

/// The same when all are there.
pub(super) struct Spooled {
    articles: BufReader<File>,
    sketches: BufReader<File>,
    starts: Vec<u64>,
}

/// As much of an article as comparing it needs.
#[derive(Serialize, Deserialize)]
struct Kept<'a> {
    id: Cow<'a, str>,
    source: Option<Cow<'a, str>>,
    language: Option<Cow<'a, str>>,
    text: Cow<'a, str>,
}

impl Spool {
    pub(super) fn new() -> anyhow::Result<Self> {
        let file = || tempfile::tempfile().map(BufWriter::new).with_context(cannot("be made"));
        Ok(Self { articles: file()?, sketches: file()?, starts: vec![0] })
    }

    pub(super) fn keep(&mut self, outline: &Outline) -> anyhow::Result<()> {
        let article = kept(&outline.article)?;
        let sketch = outline.sketch.to_bytes();
        let mut write = || {
            self.articles.write_all(&article)?;
            self.sketches.write_all(&(sketch.len() as u64).to_le_bytes())?;
            self.sketches.write_all(&sketch)
        };
        write().with_context(cannot("be written"))?;
        self.starts.push(self.starts.last().copied().unwrap_or_default() + article.len() as u64);
        Ok(())
    }

    pub(super) fn read(self) -> anyhow::Result<Spooled> {
        let from_its_start = |file: BufWriter<File>| -> anyhow::Result<BufReader<File>> {
            let mut file = file
                .into_inner()
                .map_err(std::io::IntoInnerError::into_error)
                .with_context(cannot("be written"))?;
            file.rewind().with_context(cannot("be read"))?;
            Ok(BufReader::new(file))
        };
        Ok(Spooled {
            articles: from_its_start(self.articles)?,
            sketches: from_its_start(self.sketches)?,
            starts: self.starts,
        })
    }
}

impl Spooled {
    pub(super) fn len(&self) -> usize {
        self.starts.len() - 1
    }

    /// The sketch of the next article, from the first on.
    pub(super) fn next_sketch(&mut self) -> anyhow::Result<Sketch> {
        let mut length = [0; 8];
        self.sketches.read_exact(&mut length).with_context(cannot("be read"))?;
        let mut bytes = Vec::new();
        let mut sketch = (&mut self.sketches).take(u64::from_le_bytes(length));
        sketch.read_to_end(&mut bytes).with_context(cannot("be read"))?;
        Sketch::from_bytes(&bytes).with_context(cannot("be understood"))
    }

    pub(super) fn article(&mut self, number: usize) -> anyhow::Result<Article> {
        let mut line = Vec::new();
        self.articles.seek(SeekFrom::Start(self.starts[number])).with_context(cannot("be read"))?;
        self.articles.read_until(b'\n', &mut line).with_context(cannot("be read"))?;
        let kept: Kept<'_> = serde_json::from_slice(&line).with_context(cannot("be understood"))?;
        Ok(Article {
            id: kept.id.into_owned(),
            source: kept.source.map(Cow::into_owned),
            language: kept.language.map(Cow::into_owned),
            text: kept.text.into_owned(),
            ..Article::default()
        })
    }
}

/// A line of JSON.
fn kept(article: &Article) -> anyhow::Result<Vec<u8>> {
    let mut line = serde_json::to_vec(&Kept {
        id: Cow::Borrowed(&article.id),
        source: article.source.as_deref().map(Cow::Borrowed),
        language: article.language.as_deref().map(Cow::Borrowed),
        text: Cow::Borrowed(&article.text),
    })?;
    line.push(b'\n');
    Ok(line)
}

fn cannot(what: &str) -> impl Fn() -> String {
    move || format!("a temporary file in {} cannot {what}", std::env::temp_dir().display())
}
