//! The lineage of the reports as a graph: reports and origins as nodes, dependence and shared passages as edges.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::io::Write;

use parallax_model::{Comparison, Passage, PassageRelation};

use super::reading::Reading;
use super::wire::words::lineage_word;
use super::xml::escaped;

/// Every attribute: its key, what it belongs to, and its type.
const KEYS: [(&str, &str, &str); 17] = [
    ("label", "node", "string"),
    ("kind", "node", "string"),
    ("source", "node", "string"),
    ("title", "node", "string"),
    ("published", "node", "string"),
    ("origin", "node", "string"),
    ("words", "node", "int"),
    ("sayings", "node", "int"),
    ("reason", "node", "string"),
    ("relation", "edge", "string"),
    ("weight", "edge", "double"),
    ("share", "edge", "double"),
    ("direction_confidence", "edge", "double"),
    ("copied_passages", "edge", "int"),
    ("rewritten_passages", "edge", "int"),
    ("same_fact_passages", "edge", "int"),
    ("evidence", "edge", "string"),
];

/// Writes GraphML as Gephi, yEd and Cytoscape read it.
pub(crate) fn write(comparison: &Comparison, out: &mut dyn Write) -> anyhow::Result<()> {
    let mut xml = String::from(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<graphml xmlns=\"http://graphml.graphdrawing.org/xmlns\">\n",
    );
    for (name, of, kind) in KEYS {
        let _ =
            writeln!(xml, "  <key id=\"{name}\" for=\"{of}\" attr.name=\"{name}\" attr.type=\"{kind}\"/>");
    }
    xml.push_str("  <graph id=\"lineage\" edgedefault=\"directed\">\n");
    let reading = Reading::new(comparison);
    reports(&reading, &mut xml);
    origins(&reading, &mut xml);
    lineage(comparison, &mut xml);
    xml.push_str("  </graph>\n</graphml>\n");
    out.write_all(xml.as_bytes())?;
    Ok(())
}

fn reports(reading: &Reading<'_>, xml: &mut String) {
    for (index, report) in reading.reports.iter().enumerate() {
        let document = &reading.comparison.documents[index];
        node(
            xml,
            &format!("a{}", index + 1),
            &[
                ("label", &document.article.id),
                ("kind", "report"),
                ("source", report.name),
                ("title", report.title),
                ("published", report.published.unwrap_or_default()),
                ("origin", &format!("o{}", report.origin + 1)),
                ("words", &report.words.to_string()),
                ("sayings", &document.quotations.len().to_string()),
            ],
        );
    }
}

fn origins(reading: &Reading<'_>, xml: &mut String) {
    for (index, origin) in reading.comparison.origins.iter().enumerate() {
        let id = format!("o{}", index + 1);
        node(xml, &id, &[("label", &id), ("kind", "origin"), ("reason", &origin.reason)]);
        for article in &origin.articles {
            edge(xml, &id, &format!("a{}", article + 1), &[("relation", "origin_of"), ("weight", "1")]);
        }
    }
}

fn lineage(comparison: &Comparison, xml: &mut String) {
    let passages = passage_counts(comparison);
    for link in &comparison.lineage {
        let pair = (link.from.min(link.to), link.from.max(link.to));
        let [copied, rewritten, same_fact] = passages.get(&pair).copied().unwrap_or_default();
        let share = link.share.to_string();
        edge(
            xml,
            &format!("a{}", link.from + 1),
            &format!("a{}", link.to + 1),
            &[
                ("relation", lineage_word(link.relation)),
                ("weight", &share),
                ("share", &share),
                ("direction_confidence", &link.direction_confidence.to_string()),
                ("copied_passages", &copied.to_string()),
                ("rewritten_passages", &rewritten.to_string()),
                ("same_fact_passages", &same_fact.to_string()),
                ("evidence", &link.evidence.join("; ")),
            ],
        );
    }
}

/// How many passages each pair of articles shares, by relation.
fn passage_counts(comparison: &Comparison) -> BTreeMap<(usize, usize), [usize; 3]> {
    let mut counts: BTreeMap<_, [usize; 3]> = BTreeMap::new();
    for Passage { a, b, relation, .. } in &comparison.passages {
        let pair = (a.article.min(b.article), a.article.max(b.article));
        let slot = match relation {
            PassageRelation::Copy => 0,
            PassageRelation::Rewrite => 1,
            PassageRelation::SameFact => 2,
        };
        counts.entry(pair).or_default()[slot] += 1;
    }
    counts
}

fn node(xml: &mut String, id: &str, data: &[(&str, &str)]) {
    let _ = writeln!(xml, "    <node id=\"{id}\">");
    attributes(xml, data);
    xml.push_str("    </node>\n");
}

fn edge(xml: &mut String, source: &str, target: &str, data: &[(&str, &str)]) {
    let _ = writeln!(xml, "    <edge source=\"{source}\" target=\"{target}\">");
    attributes(xml, data);
    xml.push_str("    </edge>\n");
}

fn attributes(xml: &mut String, data: &[(&str, &str)]) {
    for (key, value) in data.iter().filter(|(_, value)| !value.is_empty()) {
        let _ = writeln!(xml, "      <data key=\"{key}\">{}</data>", escaped(value));
    }
}
