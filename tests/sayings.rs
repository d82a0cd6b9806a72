//! The editions of the sayings of the samples: every witness can be read out of them as its report prints it.

#![allow(clippy::unwrap_used, reason = "a test may fail by panicking, in its helpers too")]

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::process::Command;

use serde_json::Value;

fn compare(format: &str) -> String {
    let run = Command::new(env!("CARGO_BIN_EXE_parallax"))
        .args(["compare", "--format", format])
        .arg(Path::new(env!("CARGO_MANIFEST_DIR")).join("samples"))
        .output()
        .unwrap();
    assert!(run.status.success(), "{}", String::from_utf8_lossy(&run.stderr));
    String::from_utf8(run.stdout).unwrap()
}

fn rows<'a>(value: &'a Value, field: &str) -> impl Iterator<Item = &'a Value> {
    value[field].as_array().unwrap().iter()
}

/// The texts of the renditions of each saying that has more than one, from the comparison document.
fn sayings() -> BTreeMap<String, Vec<String>> {
    let document: Value = serde_json::from_str(&compare("json")).unwrap();
    let words = |article: &Value, span: &Value| -> String {
        let text =
            rows(&document, "articles").find(|a| a["id"] == *article).unwrap()["text"].as_str().unwrap();
        let number = |field: &str| usize::try_from(span[field].as_u64().unwrap()).unwrap();
        text.chars().skip(number("start")).take(number("end") - number("start")).collect()
    };
    let rendered = |rendition: &Value| -> String {
        let quotation = rows(&document, "quotations").find(|q| q["id"] == rendition["quotation"]).unwrap();
        let spans = rendition["spans"].as_array().or(quotation["spans"].as_array()).unwrap().iter();
        spans.map(|span| words(&quotation["article"], span)).collect::<Vec<_>>().join(" ")
    };
    let several = rows(&document, "utterances").filter(|u| u["renditions"].as_array().unwrap().len() > 1);
    several
        .map(|u| (u["id"].as_str().unwrap().to_owned(), rows(u, "renditions").map(rendered).collect()))
        .collect()
}

#[test]
fn the_rows_of_a_table_spell_its_witnesses() {
    let tables: Value = serde_json::from_str(&compare("collatex")).unwrap();
    let spelt = |row: &Value| -> String {
        let tokens = row.as_array().unwrap().iter().filter_map(Value::as_array).flatten();
        tokens.map(|token| token["t"].as_str().unwrap()).collect()
    };
    let found: BTreeMap<String, Vec<String>> = rows(&tables, "sayings")
        .map(|s| (s["id"].as_str().unwrap().to_owned(), rows(s, "table").map(spelt).collect()))
        .collect();
    assert!(found.len() > 5);
    assert_eq!(found, sayings());
    for saying in rows(&tables, "sayings") {
        let columns: BTreeSet<usize> =
            rows(saying, "table").map(|row| row.as_array().unwrap().len()).collect();
        assert_eq!(columns.len(), 1, "every row has a cell for each column");
        assert_eq!(rows(saying, "witnesses").count(), rows(saying, "table").count());
    }
}

#[test]
fn the_edition_spells_its_witnesses() {
    let edition = compare("tei");
    let declared: BTreeSet<&str> =
        edition.split("<witness xml:id=\"").skip(1).map(|w| w.split('"').next().unwrap()).collect();
    let mut found: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for division in edition.split("<div xml:id=\"").skip(1) {
        let id = division.split('"').next().unwrap();
        let text = division.split("<ab>").nth(1).unwrap().split("</ab>").next().unwrap();
        let sigla: BTreeSet<&str> = sigla(text).collect();
        assert!(sigla.is_subset(&declared), "{sigla:?}");
        let mut texts: Vec<String> = sigla.iter().map(|siglum| spelt(text, siglum)).collect();
        texts.sort();
        found.insert(id.to_owned(), texts);
    }
    let mut expected = sayings();
    for (id, texts) in &mut expected {
        texts.sort();
        // Where all witnesses are alike there is no apparatus, so that the text stands once.
        if texts.windows(2).all(|pair| pair[0] == pair[1]) {
            found.insert(id.clone(), texts.clone());
        }
    }
    assert_eq!(found, expected);
}

/// The sigla that the readings of a text name.
fn sigla(text: &str) -> impl Iterator<Item = &str> {
    let named = text.split("wit=\"").skip(1).map(|rest| rest.split('"').next().unwrap());
    named.flat_map(str::split_whitespace).map(|siglum| siglum.trim_start_matches('#'))
}

/// What a text reads for one witness.
fn spelt(text: &str, siglum: &str) -> String {
    let mut spelt = String::new();
    for part in text.split("<app ") {
        let (apparatus, agreed) = part.split_once("</app>").unwrap_or(("", part));
        let reading = apparatus.split("<rdg ").find(|reading| sigla(reading).any(|other| other == siglum));
        let words = reading.and_then(|reading| reading.split_once('>')).map_or("", |(_, words)| words);
        spelt.push_str(words.split("</rdg>").next().unwrap());
        spelt.push_str(agreed);
    }
    spelt.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
}
