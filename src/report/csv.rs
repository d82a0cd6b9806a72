//! A comparison as a folder of tables, one CSV file each (RFC 4180, with a header row).
//!
//! The tables hold the rows of the comparison document: spans and short extracts, not whole texts. Each row that
//! belongs to a report names its outlet in the column `source`.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::BufWriter;
use std::path::Path;

use anyhow::Context;
use parallax_model::Comparison;

use super::wire::{ArticleRow, ComparisonDocument, PlaceRow, QuotationRow, Span, VerdictRow};

/// Longest extract, in characters.
const EXTRACT: usize = 280;

/// Writes the tables into `folder`.
pub(crate) fn write(comparison: &Comparison, folder: &Path) -> anyhow::Result<()> {
    let document = ComparisonDocument::new(comparison);
    let tables = Tables {
        folder,
        articles: document.articles.iter().map(|row| (row.id, row)).collect(),
        quotations: document.quotations.iter().map(|row| (row.id.as_str(), row)).collect(),
    };
    tables.articles(&document)?;
    tables.quotations(&document)?;
    tables.renditions(&document)?;
    tables.entities(&document)?;
    tables.facts(&document)?;
    tables.passages(&document)?;
    tables.lineage(&document)?;
    tables.origins(&document)?;
    tables.timeline(&document)
}

/// Where the tables go, and what their rows look up.
struct Tables<'a> {
    folder: &'a Path,
    articles: BTreeMap<&'a str, &'a ArticleRow<'a>>,
    quotations: BTreeMap<&'a str, &'a QuotationRow<'a>>,
}

impl Tables<'_> {
    fn articles(&self, document: &ComparisonDocument<'_>) -> anyhow::Result<()> {
        let header = [
            "article",
            "source",
            "title",
            "published",
            "url",
            "language",
            "authors",
            "characters",
            "sentences",
        ];
        let rows = document.articles.iter().map(|row| {
            [
                row.id.to_owned(),
                self.source(row.id),
                owned(row.title),
                owned(row.published),
                owned(row.url),
                owned(row.language),
                row.authors.join("; "),
                row.text.chars().count().to_string(),
                row.sentences.len().to_string(),
            ]
        });
        self.table("articles", header, rows)
    }

    fn quotations(&self, document: &ComparisonDocument<'_>) -> anyhow::Result<()> {
        let header = [
            "quotation",
            "article",
            "source",
            "kind",
            "speaker",
            "entity",
            "start",
            "end",
            "words",
            "utterances",
            "rule",
            "confidence",
        ];
        let rows = document.quotations.iter().map(|row| {
            let (start, end) = bounds(row);
            [
                row.id.clone(),
                row.article.to_owned(),
                self.source(row.article),
                row.kind.to_owned(),
                owned(row.speaker.name),
                row.speaker.entity.clone().unwrap_or_default(),
                start.to_string(),
                end.to_string(),
                self.quoted(row.article, &row.spans),
                row.utterances.join("; "),
                row.rule.to_owned(),
                row.confidence.to_string(),
            ]
        });
        self.table("quotations", header, rows)
    }

    fn renditions(&self, document: &ComparisonDocument<'_>) -> anyhow::Result<()> {
        let header = [
            "utterance",
            "quotation",
            "article",
            "source",
            "reference",
            "relation",
            "misattributed",
            "speaker",
            "words",
            "differences",
            "effects",
            "rule",
            "score",
        ];
        let rows =
            document.utterances.iter().flat_map(|saying| saying.renditions.iter().map(move |r| (saying, r)));
        let rows = rows.filter_map(|(saying, r)| {
            let quotation = *self.quotations.get(r.quotation.as_str())?;
            let differences =
                r.differences.iter().map(|d| format!("{} [{}] [{}]", d.op, d.reference, d.rendition));
            let effects: Vec<_> = r.differences.iter().filter_map(|d| d.effect).collect();
            Some([
                saying.id.clone(),
                r.quotation.clone(),
                quotation.article.to_owned(),
                self.source(quotation.article),
                (saying.reference.as_ref() == Some(&r.quotation)).to_string(),
                r.relation.to_owned(),
                r.misattributed.to_string(),
                owned(quotation.speaker.name),
                self.quoted(quotation.article, r.spans.as_deref().unwrap_or(&quotation.spans)),
                differences.collect::<Vec<_>>().join("; "),
                effects.join("; "),
                r.rule.to_owned(),
                r.score.to_string(),
            ])
        });
        self.table("renditions", header, rows)
    }

    fn entities(&self, document: &ComparisonDocument<'_>) -> anyhow::Result<()> {
        let header = ["entity", "name", "kind", "roles", "article", "source", "start", "end", "words"];
        let rows = document.entities.iter().flat_map(|row| {
            row.mentions.iter().map(|place| {
                let [article, source, start, end, words] = self.place(place);
                let (name, kind) = (row.name.to_owned(), row.kind.to_owned());
                [row.id.clone(), name, kind, row.roles.join("; "), article, source, start, end, words]
            })
        });
        self.table("entities", header, rows)
    }

    fn facts(&self, document: &ComparisonDocument<'_>) -> anyhow::Result<()> {
        let header = [
            "fact",
            "kind",
            "agreement",
            "origins",
            "article",
            "source",
            "start",
            "end",
            "words",
            "value",
            "unit",
            "approximate",
        ];
        let rows = document.facts.iter().flat_map(|row| {
            row.reports.iter().map(|r| {
                let place = PlaceRow { article: r.article, start: r.start, end: r.end };
                let [article, source, start, end, words] = self.place(&place);
                let value = r.value.map(|v| v.to_string()).unwrap_or_default();
                let (kind, agreement) = (row.kind.to_owned(), row.agreement.to_owned());
                let (origins, approximate) = (row.origins.to_string(), r.approximate.to_string());
                let id = row.id.clone();
                [
                    id,
                    kind,
                    agreement,
                    origins,
                    article,
                    source,
                    start,
                    end,
                    words,
                    value,
                    owned(r.unit),
                    approximate,
                ]
            })
        });
        self.table("facts", header, rows)
    }

    fn passages(&self, document: &ComparisonDocument<'_>) -> anyhow::Result<()> {
        let header = [
            "article_a",
            "source_a",
            "start_a",
            "end_a",
            "words_a",
            "article_b",
            "source_b",
            "start_b",
            "end_b",
            "words_b",
            "relation",
            "score",
            "shared_quotation",
            "rule",
            "same",
            "conflicts",
            "features",
        ];
        let rows = document.passages.iter().map(|row| {
            let [a, source_a, start_a, end_a, words_a] = self.place(&row.a);
            let [b, source_b, start_b, end_b, words_b] = self.place(&row.b);
            let (relation, score) = (row.relation.to_owned(), row.score.to_string());
            let (shared, rule) = (row.shared_quotation.to_string(), row.rule.to_owned());
            let [same, conflicts, features] = row.verdict.as_ref().map(verdict).unwrap_or_default();
            [
                a, source_a, start_a, end_a, words_a, b, source_b, start_b, end_b, words_b, relation, score,
                shared, rule, same, conflicts, features,
            ]
        });
        self.table("passages", header, rows)
    }

    fn lineage(&self, document: &ComparisonDocument<'_>) -> anyhow::Result<()> {
        let header = [
            "from",
            "source_from",
            "to",
            "source_to",
            "relation",
            "share",
            "direction_confidence",
            "evidence",
        ];
        let rows = document.lineage.iter().map(|row| {
            [
                row.from.to_owned(),
                self.source(row.from),
                row.to.to_owned(),
                self.source(row.to),
                row.relation.to_owned(),
                row.share.to_string(),
                row.direction_confidence.to_string(),
                row.evidence.join("; "),
            ]
        });
        self.table("lineage", header, rows)
    }

    fn origins(&self, document: &ComparisonDocument<'_>) -> anyhow::Result<()> {
        let rows = document.origins.iter().flat_map(|row| {
            row.articles.iter().map(|article| {
                [row.id.clone(), (*article).to_owned(), self.source(article), row.reason.to_owned()]
            })
        });
        self.table("origins", ["origin", "article", "source", "reason"], rows)
    }

    fn timeline(&self, document: &ComparisonDocument<'_>) -> anyhow::Result<()> {
        let rows = document.timeline.iter().flat_map(|row| {
            row.reports.iter().map(|place| {
                let [article, source, start, end, words] = self.place(place);
                [row.date.to_owned(), extract(row.statement), article, source, start, end, words]
            })
        });
        self.table("timeline", ["date", "statement", "article", "source", "start", "end", "words"], rows)
    }

    /// Writes one table.
    fn table<const N: usize>(
        &self,
        name: &str,
        header: [&str; N],
        rows: impl Iterator<Item = [String; N]>,
    ) -> anyhow::Result<()> {
        let path = self.folder.join(format!("{name}.csv"));
        let write = || -> anyhow::Result<()> {
            let terminator = csv::Terminator::CRLF;
            let file = BufWriter::new(File::create(&path)?);
            let mut writer = csv::WriterBuilder::new().terminator(terminator).from_writer(file);
            writer.write_record(header)?;
            for row in rows {
                writer.write_record(row.map(guarded))?;
            }
            Ok(writer.flush()?)
        };
        write().with_context(|| path.display().to_string())
    }

    fn source(&self, article: &str) -> String {
        owned(self.articles.get(article).and_then(|row| row.source))
    }

    /// Article, source, start, end and the words there.
    fn place(&self, place: &PlaceRow<'_>) -> [String; 5] {
        let words = self.words(place.article, place.start, place.end);
        let source = self.source(place.article);
        [place.article.to_owned(), source, place.start.to_string(), place.end.to_string(), extract(&words)]
    }

    fn quoted(&self, article: &str, spans: &[Span]) -> String {
        let parts = spans.iter().map(|span| self.words(article, span.start, span.end));
        extract(&parts.collect::<Vec<_>>().join(" "))
    }

    fn words(&self, article: &str, start: usize, end: usize) -> String {
        let text = self.articles.get(article).map_or("", |row| row.text);
        text.chars().skip(start).take(end.saturating_sub(start)).collect()
    }
}

/// From the start of the first span to the end of the last.
fn bounds(row: &QuotationRow<'_>) -> (usize, usize) {
    let start = row.spans.first().map_or(0, |span| span.start);
    (start, row.spans.last().map_or(start, |span| span.end))
}

/// The first words of a text, on one line.
fn extract(text: &str) -> String {
    let words = text.split_whitespace().collect::<Vec<_>>().join(" ");
    match words.char_indices().nth(EXTRACT) {
        Some((end, _)) => format!("{}…", &words[..end]),
        None => words,
    }
}

/// A cell that a spreadsheet does not take for a formula. "When a spreadsheet program such as Microsoft Excel or LibreOffice Calc is used
/// to open a CSV, any cells starting with `=` will be interpreted by the software as a formula" (OWASP, CSV Injection): the words of a
/// report are not ours, and a leading apostrophe makes them text. Figures stay figures.
pub(crate) fn guarded(cell: String) -> String {
    let is_formula = cell.starts_with(['=', '+', '-', '@', '\t', '\r']) && cell.parse::<f64>().is_err();
    if is_formula { format!("'{cell}") } else { cell }
}

fn owned(text: Option<&str>) -> String {
    text.unwrap_or_default().to_owned()
}

/// What the judge of sentence pairs says, as cells: how surely they say the same, what conflicts, and what decided.
fn verdict(verdict: &VerdictRow) -> [String; 3] {
    let features = verdict.features.iter().map(|f| format!("{} {:+.2}", f.feature, f.weight));
    [verdict.same.to_string(), verdict.conflicts.join(" "), features.collect::<Vec<_>>().join("; ")]
}

#[cfg(test)]
mod tests {
    use super::guarded;

    #[test]
    fn no_cell_is_a_formula() {
        for (cell, expected) in [
            ("=1+1", "'=1+1"),
            ("+SUM(A1)", "'+SUM(A1)"),
            ("-2+3", "'-2+3"),
            ("@dam", "'@dam"),
            ("\t=1", "'\t=1"),
            ("-2.5", "-2.5"),
            ("the gate = shut", "the gate = shut"),
            ("", ""),
        ] {
            assert_eq!(guarded(cell.to_owned()), expected);
        }
    }
}
