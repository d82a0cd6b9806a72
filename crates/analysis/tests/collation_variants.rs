//! Collation on quotations that two outlets of the same days share, and on quotations of one outlet and day that are different sayings.

#![expect(
    clippy::unwrap_used,
    reason = "the data are known to be whole; where they are not, the test must fail"
)]

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use parallax_analysis::collation::collate;
use parallax_analysis::segment::segment;
use parallax_model::{
    Article, Chain, Document, Entity, EntityKind, Names, Quotation, QuotationKind, RenditionRelation, Span,
    Speaker, Utterance,
};
use serde_json::Value;

/// How many of the pairs are looked at: every one of so many.
const STRIDE: usize = 4;

#[test]
fn shared_quotations_meet_and_others_do_not() {
    let Some(rows) = rows() else { return };
    let (mut verbatim, mut truncated, mut overlap, mut others) = <(Share, Share, Share, Share)>::default();
    for row in rows.iter().step_by(STRIDE) {
        let relations = relations(text(&row["a"]), text(&row["b"]));
        let is = |wanted: &[RenditionRelation]| {
            !relations.is_empty() && relations.iter().all(|r| wanted.contains(r))
        };
        match row["kind_auto"].as_str().unwrap() {
            "verbatim" => verbatim.count(is(&[RenditionRelation::Verbatim]), row, &relations),
            "truncated" => {
                let wanted = [RenditionRelation::Verbatim, RenditionRelation::Truncated];
                truncated.count(is(&wanted), row, &relations);
            }
            _ => overlap.count(!relations.is_empty(), row, &relations),
        }
    }
    for (a, b) in strangers(&rows) {
        let relations = relations(text(&a["a"]), text(&b["a"]));
        others.count(relations.is_empty(), &serde_json::json!({"a": a["a"], "b": b["a"]}), &relations);
    }
    eprintln!("verbatim {verbatim}, truncated {truncated}, overlap {overlap}, apart {others}");
    // Half of the strangers that meet turn out to be the same saying, or a speaker repeating himself, when read.
    assert!(verbatim.value() >= 0.99 && truncated.value() >= 0.99 && others.value() >= 0.955);
}

#[derive(Debug, Default)]
struct Share {
    right: usize,
    all: usize,
    shown: usize,
}

impl Share {
    fn count(&mut self, is_right: bool, row: &Value, relations: &[RenditionRelation]) {
        self.all += 1;
        self.right += usize::from(is_right);
        if !is_right && self.shown < 12 {
            self.shown += 1;
            eprintln!(
                "missed {} {relations:?}\n  {:?}\n  {:?}",
                row["kind_auto"],
                text(&row["a"]),
                text(&row["b"])
            );
        }
    }

    fn value(&self) -> f64 {
        self.right as f64 / self.all.max(1) as f64
    }
}

impl std::fmt::Display for Share {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:.3} ({}/{})", self.value(), self.right, self.all)
    }
}

fn rows() -> Option<Vec<Value>> {
    let here = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared");
    let root = std::env::var_os("PARALLAX_SHARED").map_or(here, PathBuf::from);
    let file = root.join("data/variants/shared-quotes-dev.jsonl.gz");
    let Ok(packed) = std::process::Command::new("gzip").arg("-dc").arg(&file).output() else {
        eprintln!("SKIPPED: no gzip to unpack {}", file.display());
        return None;
    };
    if !file.is_file() {
        eprintln!("SKIPPED: {} is absent", file.display());
        return None;
    }
    let lines = String::from_utf8(packed.stdout).unwrap();
    Some(lines.lines().map(|line| serde_json::from_str(line).unwrap()).collect())
}

/// Pairs of quotations that one outlet published on one day, and that are not known to be the same.
fn strangers(rows: &[Value]) -> Vec<(&Value, &Value)> {
    let mut by_day: BTreeMap<(&str, &str), Vec<&Value>> = BTreeMap::new();
    for row in rows {
        let part = |field: &str| row["a"][field].as_str().unwrap_or_default();
        by_day.entry((part("source"), part("date"))).or_default().push(row);
    }
    let share_words = |a: &str, b: &str| a.contains(b) || b.contains(a);
    let pairs = by_day.values().flat_map(|day| day.iter().zip(day.iter().skip(1)));
    let pairs = pairs.filter(|(a, b)| !share_words(text(&a["a"]), text(&b["a"]))).map(|(a, b)| (*a, *b));
    pairs.step_by(STRIDE).collect()
}

fn text(side: &Value) -> &str {
    side["text"].as_str().unwrap()
}

/// How the renditions relate in the utterances that both quotations are part of.
fn relations(a: &str, b: &str) -> Vec<RenditionRelation> {
    let documents = [document("a", a), document("b", b)];
    let speaker = Entity {
        name: "Mira Arvel".to_owned(),
        kind: EntityKind::Person,
        roles: Vec::new(),
        mentions: Vec::new(),
        chains: vec![(0, 0), (1, 0)],
    };
    let utterances = collate(&documents, &[speaker], &[0, 1]);
    let is_shared = |u: &&Utterance| (0..2).all(|i| u.renditions.iter().any(|r| r.quotation.article == i));
    utterances.iter().filter(is_shared).flat_map(|u| &u.renditions).map(|r| r.relation).collect()
}

fn document(id: &str, text: &str) -> Document {
    let chain = Chain {
        kind: EntityKind::Person,
        name: "Mira Arvel".to_owned(),
        named: true,
        roles: Vec::new(),
        gender: None,
    };
    let quotation = Quotation {
        kind: QuotationKind::Direct,
        spans: vec![Span::new(0, text.len())],
        cue: None,
        speaker: Speaker { mention: None, chain: Some(0), name: None },
        speech: true,
        rule: "given",
        confidence: 1.0,
    };
    Document {
        article: Article { id: id.to_owned(), text: text.to_owned(), ..Article::default() },
        segments: segment(text),
        names: Names { chains: vec![chain], mentions: Vec::new() },
        quotations: vec![quotation],
        ..Document::default()
    }
}
