//! The variants of a saying, as a drawing and as a table.

use std::collections::BTreeMap;

use parallax_model::{Utterance, VariantGraph, VariantNode};

use crate::report::html::{Chip, Links, report_chip};
use crate::report::reading::Reading;

/// What a letter of a box takes, in the units of the drawing.
const LETTER: usize = 8;
const ROW: usize = 44;
const GAP: usize = 34;
/// Letters of a box; the table has all of them.
const LONGEST: usize = 34;

/// A graph of variants, drawn from left to right.
pub(crate) struct VariantDrawing {
    pub(crate) width: usize,
    pub(crate) height: usize,
    pub(crate) nodes: Vec<Boxed>,
    pub(crate) edges: Vec<Line>,
}

/// Words that some renditions have at one place.
pub(crate) struct Boxed {
    pub(crate) x: usize,
    pub(crate) y: usize,
    pub(crate) width: usize,
    pub(crate) text_x: usize,
    pub(crate) text_y: usize,
    pub(crate) text: String,
    pub(crate) is_shared: bool,
}

/// The way of some renditions from words to words.
pub(crate) struct Line {
    pub(crate) path: String,
    pub(crate) weight: usize,
}

impl VariantDrawing {
    pub(crate) fn new(graph: &VariantGraph) -> Self {
        let steps = steps(graph);
        let ranks = ranks(graph.nodes.len(), &steps);
        let lefts = lefts(&graph.nodes, &ranks);
        let nodes: Vec<_> =
            graph.nodes.iter().zip(&ranks).map(|(node, &rank)| box_of(node, lefts[rank])).collect();
        let edges =
            steps.iter().map(|(&(from, to), &weight)| line(&nodes[from], &nodes[to], weight)).collect();
        let width = nodes.iter().map(|node| node.x + node.width).max().unwrap_or(0) + 8;
        let height = nodes.iter().map(|node| node.y + ROW).max().unwrap_or(0);
        Self { width, height, nodes, edges }
    }
}

/// How many renditions go from each node to each other.
fn steps(graph: &VariantGraph) -> BTreeMap<(usize, usize), usize> {
    let mut steps = BTreeMap::new();
    for witness in 0..graph.witnesses.len() {
        let path: Vec<_> = graph.path(witness).collect();
        for pair in path.windows(2) {
            *steps.entry((pair[0], pair[1])).or_insert(0) += 1;
        }
    }
    steps
}

/// How many boxes stand to the left of each at most. The nodes come in an order in which every path only goes forward.
fn ranks(nodes: usize, steps: &BTreeMap<(usize, usize), usize>) -> Vec<usize> {
    let mut ranks = vec![0; nodes];
    for &(from, to) in steps.keys() {
        ranks[to] = ranks[to].max(ranks[from] + 1);
    }
    ranks
}

/// Where the boxes of each rank begin.
fn lefts(nodes: &[VariantNode], ranks: &[usize]) -> Vec<usize> {
    let mut widths = vec![0; ranks.iter().max().map_or(0, |last| last + 1)];
    for (node, &rank) in nodes.iter().zip(ranks) {
        widths[rank] = widths[rank].max(width(&words(node)));
    }
    let mut left = 6;
    let place = |width: &usize| {
        let here = left;
        left += width + GAP;
        here
    };
    widths.iter().map(place).collect()
}

fn box_of(node: &VariantNode, left: usize) -> Boxed {
    let text = words(node);
    let lane = node.readings.iter().map(|(witness, _)| *witness).min().unwrap_or(0);
    let (y, width) = (lane * ROW + 8, width(&text));
    Boxed {
        x: left,
        y,
        width,
        text_x: left + width / 2,
        text_y: y + 19,
        text,
        is_shared: node.readings.len() > 1,
    }
}

/// The words of a node as its first rendition prints them, cut where they are many.
fn words(node: &VariantNode) -> String {
    let text = node.readings.first().map_or("", |(_, text)| text.as_str());
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if text.chars().count() <= LONGEST {
        return text;
    }
    let beginning = whole_words(text.split(' '));
    let end = whole_words(text.rsplit(' '));
    format!("{} … {}", beginning.join(" "), end.into_iter().rev().collect::<Vec<_>>().join(" "))
}

/// As many words as half a box holds; a word that is longer than that is cut.
fn whole_words<'a>(words: impl Iterator<Item = &'a str>) -> Vec<String> {
    let mut room = LONGEST / 2;
    let mut kept = Vec::new();
    for word in words {
        let letters = word.chars().count();
        if letters > room && !kept.is_empty() {
            break;
        }
        kept.push(word.chars().take(room).collect());
        room = room.saturating_sub(letters + 1);
    }
    kept
}

fn width(text: &str) -> usize {
    text.chars().count() * LETTER + 18
}

fn line(from: &Boxed, to: &Boxed, weight: usize) -> Line {
    let (x1, y1, x2, y2) = (from.x + from.width, from.y + 14, to.x, to.y + 14);
    let middle = x2.saturating_sub(GAP / 2);
    Line { path: format!("M{x1} {y1}C{middle} {y1} {middle} {y2} {x2} {y2}"), weight: weight.min(6) + 1 }
}

/// The renditions of a saying, a row each.
pub(crate) struct VariantTable {
    pub(crate) rows: Vec<Row>,
}

/// A rendition.
pub(crate) struct Row {
    pub(crate) chip: Chip,
    pub(crate) outlet: String,
    pub(crate) is_reference: bool,
    pub(crate) cells: Vec<Cell>,
}

/// What a rendition has at one place.
pub(crate) struct Cell {
    pub(crate) text: String,
    pub(crate) differs: bool,
}

impl VariantTable {
    pub(crate) fn new(
        reading: &Reading<'_>,
        links: &Links,
        utterance: &Utterance,
        graph: &VariantGraph,
    ) -> Self {
        let reference = graph.witnesses.iter().position(|&witness| Some(witness) == utterance.reference);
        let columns = columns(graph);
        let row = |(index, witness): (usize, &parallax_model::QuotationRef)| Row {
            chip: Chip {
                href: links.quotation(reading, *witness),
                ..report_chip(reading, witness.article, links)
            },
            outlet: reading.reports[witness.article].name.to_owned(),
            is_reference: Some(index) == reference,
            cells: columns.iter().map(|column| cell(graph, column, index, reference)).collect(),
        };
        let mut rows: Vec<_> = graph.witnesses.iter().enumerate().map(row).collect();
        rows.sort_by_key(|row| !row.is_reference);
        Self { rows }
    }
}

/// The nodes that stand at the same place: nodes that follow each other and that no rendition has two of.
fn columns(graph: &VariantGraph) -> Vec<Vec<usize>> {
    let mut columns: Vec<Vec<usize>> = Vec::new();
    for (index, node) in graph.nodes.iter().enumerate() {
        let is_apart = |column: &Vec<usize>| {
            let mut others = column.iter().flat_map(|&other| &graph.nodes[other].readings);
            !others.any(|(witness, _)| node.readings.iter().any(|(own, _)| own == witness))
        };
        match columns.last_mut().filter(|column| is_apart(column)) {
            Some(column) => column.push(index),
            None => columns.push(vec![index]),
        }
    }
    columns
}

fn cell(graph: &VariantGraph, column: &[usize], witness: usize, reference: Option<usize>) -> Cell {
    let reading = |index: &&usize| graph.nodes[**index].readings.iter().find(|(own, _)| *own == witness);
    let node = column.iter().find(|index| reading(index).is_some());
    let text = node.as_ref().and_then(reading).map(|(_, text)| text.trim().to_owned()).unwrap_or_default();
    let has_reference = node.is_some_and(|&node| {
        reference.is_some_and(|reference| graph.nodes[node].readings.iter().any(|(own, _)| *own == reference))
    });
    Cell { text, differs: !has_reference }
}
