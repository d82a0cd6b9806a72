//! What was built into the sample reports (see `samples/README.md`) is found in them, through the program.

#![allow(clippy::unwrap_used, reason = "a test may fail by panicking, in its helpers too")]

use std::collections::BTreeSet;
use std::path::Path;
use std::process::Command;
use std::sync::LazyLock;

use serde_json::Value;

static SAMPLES: LazyLock<Value> = LazyLock::new(|| {
    let run = Command::new(env!("CARGO_BIN_EXE_parallax"))
        .args(["compare", "--format", "json"])
        .arg(Path::new(env!("CARGO_MANIFEST_DIR")).join("samples"))
        .output()
        .unwrap();
    assert!(run.status.success(), "{}", String::from_utf8_lossy(&run.stderr));
    serde_json::from_slice(&run.stdout).unwrap()
});

fn rows(name: &str) -> impl Iterator<Item = &'static Value> {
    SAMPLES[name].as_array().unwrap().iter()
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap()
}

/// The words that a span of an article stands for.
fn words(article: &Value, span: &Value) -> String {
    let text = text(&rows("articles").find(|a| a["id"] == *article).unwrap()["text"]);
    let number = |field: &str| usize::try_from(span[field].as_u64().unwrap()).unwrap();
    text.chars().skip(number("start")).take(number("end") - number("start")).collect()
}

/// The words of a rendition: of the part of its quotation that renders the saying, where it is only a part.
fn rendered(rendition: &Value, quotation: &Value) -> String {
    let spans = rendition["spans"].as_array().or(quotation["spans"].as_array()).unwrap().iter();
    spans.map(|span| words(&quotation["article"], span)).collect::<Vec<_>>().join(" … ")
}

/// Every rendition with the article that has it and its words.
fn renditions() -> impl Iterator<Item = (&'static str, String, &'static Value)> {
    let all = rows("utterances").flat_map(|u| u["renditions"].as_array().unwrap());
    all.map(|r| {
        let quotation = rows("quotations").find(|q| q["id"] == r["quotation"]).unwrap();
        (text(&quotation["article"]), rendered(r, quotation), r)
    })
}

#[test]
fn the_wire_stands_behind_its_copy_and_its_rewrite() {
    let lineage: BTreeSet<_> =
        rows("lineage").map(|l| (text(&l["from"]), text(&l["to"]), text(&l["relation"]))).collect();
    assert!(lineage.contains(&("continental-wire", "maldrun-courier", "copy_of")), "{lineage:?}");
    assert!(lineage.contains(&("continental-wire", "quickbrief-daily", "rewrite_of")), "{lineage:?}");
    for independent in ["brennick-observer", "lissund-review"] {
        assert!(!lineage.iter().any(|(from, to, _)| [*from, *to].contains(&independent)), "{lineage:?}");
    }
}

#[test]
fn five_reports_are_three_origins() {
    let origins: Vec<_> = rows("origins").map(|o| o["articles"].as_array().unwrap().len()).collect();
    assert_eq!(origins.iter().sum::<usize>(), 5);
    assert_eq!(origins.len(), 3, "{origins:?}");
}

#[test]
fn only_the_rewrite_alters_and_the_town_paper_slips() {
    let altered: BTreeSet<_> = renditions()
        .filter(|(_, _, r)| ["reworded", "typo"].contains(&text(&r["relation"])))
        .map(|(article, words, _)| (article, words))
        .collect();
    let by = |article: &str| altered.iter().filter(|(a, _)| *a == article).count();
    assert!(by("quickbrief-daily") >= 7, "{altered:#?}");
    assert_eq!(by("continental-wire") + by("maldrun-courier") + by("lissund-review"), 0, "{altered:#?}");
    assert_eq!(by("brennick-observer"), 1, "{altered:#?}");
}

#[test]
fn the_roundup_credits_the_wrong_person() {
    let wrong: Vec<_> = renditions().filter(|(_, _, r)| r["misattributed"] == true).collect();
    assert!(wrong.iter().any(
        |(article, words, _)| *article == "lissund-review" && words.starts_with("We asked for the money")
    ));
    assert!(wrong.iter().all(|(article, _, _)| *article == "lissund-review"), "{wrong:#?}");
}

#[test]
fn the_cost_of_the_repair_is_in_conflict() {
    let conflicts: Vec<_> = rows("facts").filter(|f| f["agreement"] == "conflict").collect();
    let values = |fact: &Value| -> BTreeSet<u64> {
        let reports = fact["reports"].as_array().unwrap().iter();
        reports.filter_map(|r| r["value"].as_f64()).map(|v| v.round() as u64).collect()
    };
    assert!(conflicts.iter().any(|f| values(f) == BTreeSet::from([2_400_000, 4_200_000])), "{conflicts:#?}");
}

#[test]
fn the_toll_that_rose_is_one_fact() {
    let values = |fact: &Value| -> BTreeSet<u64> {
        let reports = fact["reports"].as_array().unwrap().iter();
        reports.filter_map(|r| r["value"].as_f64()).map(|v| v.round() as u64).collect()
    };
    let tolls: Vec<_> = rows("facts").filter(|f| values(f).contains(&14)).collect();
    assert!(tolls.iter().all(|f| values(f) == BTreeSet::from([14, 19])), "{tolls:#?}");
    assert_eq!(tolls.iter().map(|f| text(&f["agreement"])).collect::<Vec<_>>(), ["differ"]);
}

#[test]
fn what_happened_when() {
    let dates: BTreeSet<_> = rows("timeline").map(|e| text(&e["date"])).collect();
    for date in ["1962", "2025-10-09", "2025-10-10", "2025-10-13"] {
        assert!(dates.contains(date), "{date} is not in {dates:?}");
    }
}

#[test]
fn furniture_is_marked() {
    let marked: Vec<_> = rows("articles")
        .flat_map(|a| a["boilerplate"].as_array().unwrap().iter().map(|b| words(&a["id"], b)))
        .collect();
    for furniture in
        ["Please use a modern browser", "Source link", "Follow the Review", "Pic: Continental Wire"]
    {
        assert!(marked.iter().any(|m| m.contains(furniture)), "{furniture} is not in {marked:#?}");
    }
    assert!(!marked.iter().any(|m| m.contains("Nineteen people were dead")));
}

#[test]
fn speakers_are_people_not_pronouns() {
    let names: BTreeSet<_> = rows("quotations").filter_map(|q| q["speaker"]["name"].as_str()).collect();
    for name in [
        "Oda Venn",
        "Ilena Marrow",
        "Tomas Reyle",
        "Pavel Dorst",
        "Jorun Tallis",
        "Aron Veit",
        "Lotte Brandauer",
    ] {
        assert!(names.contains(name), "{name} is not in {names:?}");
    }
    assert!(
        !names.iter().any(|name| ["he", "she", "they"].contains(&name.to_lowercase().as_str())),
        "{names:?}"
    );
}
