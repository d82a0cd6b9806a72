//! The renditions of a saying side by side, word by word.

use crate::QuotationRef;

/// The renditions of a saying as a table: a row for each witness, a column for each place where their words can be held against each other.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct AlignmentTable {
    /// The rendition that each row spells, in the order of the utterance.
    pub witnesses: Vec<QuotationRef>,
    /// Each column has a cell for each row, empty where the witness has no word there.
    pub columns: Vec<Vec<Option<WitnessToken>>>,
}

/// One word of a witness with the marks and spaces up to its next word; the first also has what stands before it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct WitnessToken {
    /// As the report prints it. The texts of a row, put together, are its rendition.
    pub text: String,
    /// The word in small letters, house style folded and names in their common spelling: equal where the words are taken for the same.
    pub normal: String,
}

/// The renditions of a saying as a graph, in the sense of Schmidt and Colomb ("A data structure for representing multi-version texts
/// online", 2009) and CollateX: each witness is a path through nodes, and where witnesses have the same words they share a node.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct VariantGraph {
    /// The rendition that each path spells, in the order of the utterance.
    pub witnesses: Vec<QuotationRef>,
    /// In an order in which every path only goes forward. The nodes that hold a witness are, in this order, its path.
    pub nodes: Vec<VariantNode>,
}

/// Words that the same witnesses have one after the other.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VariantNode {
    /// The witnesses that have these words, by index, each with its own text of them.
    pub readings: Vec<(usize, String)>,
    /// The words in their normal form.
    pub normal: Vec<String>,
}

impl AlignmentTable {
    /// The words of a row, put together.
    pub fn text(&self, row: usize) -> String {
        let cells = self.columns.iter().filter_map(|column| column.get(row)?.as_ref());
        cells.map(|token| token.text.as_str()).collect()
    }
}

impl VariantGraph {
    /// The nodes that a witness passes, in order.
    pub fn path(&self, witness: usize) -> impl Iterator<Item = usize> {
        let passes = move |node: &VariantNode| node.readings.iter().any(|(other, _)| *other == witness);
        (0..self.nodes.len()).filter(move |&index| passes(&self.nodes[index]))
    }

    /// The text that the path of a witness spells.
    pub fn text(&self, witness: usize) -> String {
        let readings = self.nodes.iter().flat_map(|node| &node.readings);
        readings.filter(|(other, _)| *other == witness).map(|(_, text)| text.as_str()).collect()
    }
}
