//! The alignment table and the variant graph of a saying.

use std::collections::BTreeMap;
use std::ops::Range;

use parallax_model::{
    AlignmentTable, Comparison, Quotation, Rendition, Span, Utterance, VariantGraph, VariantNode,
    WitnessToken,
};

use crate::embedding::{Lexicon, WordId};

use super::difference::{Run, runs};
use super::spelling::Spelling;
use super::words::{Word, folded, words};

/// Sets the renditions of a saying side by side: each is aligned with the reference; words that the reference lacks stand in columns of
/// their own, which renditions that put in the same words share.
pub fn alignment_table(comparison: &Comparison, utterance: &Utterance) -> AlignmentTable {
    let mut lexicon = Lexicon::new();
    let renditions = utterance.renditions.iter();
    let rows: Vec<Row> = renditions.map(|rendition| Row::of(comparison, rendition, &mut lexicon)).collect();
    let Some(reference) = reference(utterance, &rows) else { return AlignmentTable::default() };
    let mut table = Growing::new(&rows[reference].ids);
    for row in &rows {
        table.place(&row.ids, &runs(&rows[reference].ids, &row.ids, &lexicon));
    }
    table.filled(&rows, utterance)
}

/// Joins the equal words of a table into nodes, and words that the same witnesses have in a row into one.
pub fn variant_graph(table: &AlignmentTable) -> VariantGraph {
    let mut nodes: Vec<VariantNode> = Vec::new();
    let mut last: Vec<Option<usize>> = vec![None; table.witnesses.len()];
    for column in &table.columns {
        for node in readings_of(column) {
            let before = node.readings.first().and_then(|(witness, _)| last[*witness]);
            let goes_on = |&index: &usize| follows(&node, index, &nodes[index], &last);
            let index = match before.filter(goes_on) {
                Some(index) => {
                    extend(&mut nodes[index], &node);
                    index
                }
                None => {
                    nodes.push(node.clone());
                    nodes.len() - 1
                }
            };
            node.readings.iter().for_each(|(witness, _)| last[*witness] = Some(index));
        }
    }
    VariantGraph { witnesses: table.witnesses.clone(), nodes }
}

/// The nodes of one column, in the order of their first witnesses.
fn readings_of(column: &[Option<WitnessToken>]) -> Vec<VariantNode> {
    let mut by_word: BTreeMap<&str, Vec<(usize, String)>> = BTreeMap::new();
    for (witness, token) in column.iter().enumerate() {
        if let Some(token) = token {
            by_word.entry(&token.normal).or_default().push((witness, token.text.clone()));
        }
    }
    let nodes =
        by_word.into_iter().map(|(word, readings)| VariantNode { readings, normal: vec![word.to_owned()] });
    let mut nodes: Vec<VariantNode> = nodes.collect();
    nodes.sort_by_key(|node| node.readings.first().map(|(witness, _)| *witness));
    nodes
}

/// Whether all witnesses of the node at `index`, and no others, go on from it to `next`.
fn follows(next: &VariantNode, index: usize, node: &VariantNode, last: &[Option<usize>]) -> bool {
    let witnesses = |node: &VariantNode| node.readings.iter().map(|(w, _)| *w).collect::<Vec<_>>();
    witnesses(next) == witnesses(node) && witnesses(next).iter().all(|&witness| last[witness] == Some(index))
}

fn extend(node: &mut VariantNode, next: &VariantNode) {
    node.normal.extend(next.normal.iter().cloned());
    for ((_, text), (_, more)) in node.readings.iter_mut().zip(&next.readings) {
        text.push_str(more);
    }
}

/// One witness with its words.
#[derive(Debug, Default)]
struct Row {
    ids: Vec<WordId>,
    tokens: Vec<WitnessToken>,
    /// What stands before the first word, of the parts of the rendition that hold none.
    opening: String,
}

impl Row {
    fn of(comparison: &Comparison, rendition: &Rendition, lexicon: &mut Lexicon) -> Self {
        let mut row = Self::default();
        let article = rendition.quotation.article;
        let Some(document) = comparison.documents.get(article) else { return row };
        let Some(quotation) = document.quotations.get(rendition.quotation.quotation) else { return row };
        let spelling = Spelling::of(article, document, &comparison.entities);
        for &span in spans(rendition, quotation) {
            let Some(part) = document.text().get(span.start..span.end) else { continue };
            let words = words(document.text(), span, &spelling, lexicon);
            row.separate();
            match words.is_empty() {
                true => row.add_marks(part),
                false => row.add(tokens(document.text(), span, &words, &spelling), &words),
            }
        }
        row
    }

    /// Between the parts of a rendition that something interrupts stands a space.
    fn separate(&mut self) {
        if !self.tokens.is_empty() || !self.opening.is_empty() {
            self.add_marks(" ");
        }
    }

    fn add_marks(&mut self, marks: &str) {
        self.tokens.last_mut().map_or(&mut self.opening, |last| &mut last.text).push_str(marks);
    }

    fn add(&mut self, mut tokens: Vec<WitnessToken>, words: &[Word]) {
        if let Some(first) = tokens.first_mut() {
            first.text.insert_str(0, &std::mem::take(&mut self.opening));
        }
        self.tokens.append(&mut tokens);
        self.ids.extend(words.iter().map(|word| word.id));
    }
}

/// Where a rendition stands.
fn spans<'a>(rendition: &'a Rendition, quotation: &'a Quotation) -> &'a [Span] {
    rendition.spans.as_ref().unwrap_or(&quotation.spans)
}

/// The words with everything between them, so that together they are the text of `span`. A stretch without any word has no token.
fn tokens(text: &str, span: Span, words: &[Word], spelling: &Spelling) -> Vec<WitnessToken> {
    let token = |(index, word): (usize, &Word)| {
        let start = if index == 0 { span.start } else { word.span.start };
        let end = words.get(index + 1).map_or(span.end, |next| next.span.start);
        let common = spelling.common(word.span).map(str::to_owned);
        WitnessToken {
            text: text.get(start..end).unwrap_or_default().to_owned(),
            normal: common.unwrap_or_else(|| folded(word.span.of(text))).to_lowercase(),
        }
    };
    words.iter().enumerate().map(token).collect()
}

/// The index of the row of the reference; that of the first where there is none.
fn reference(utterance: &Utterance, rows: &[Row]) -> Option<usize> {
    let place = utterance.renditions.iter().position(|r| Some(r.quotation) == utterance.reference);
    (!rows.is_empty()).then(|| place.unwrap_or(0))
}

/// A table while rows are put in. The reference's words have a column each; before each, and after the last, there may be columns of words
/// that it lacks.
struct Growing {
    of_reference: Vec<Column>,
    /// One more than the reference has words.
    between: Vec<Vec<Column>>,
    rows: usize,
}

/// For each row that has a word in a column, its index.
#[derive(Debug, Clone, Default)]
struct Column {
    cells: Vec<(usize, usize)>,
    words: Vec<WordId>,
}

impl Growing {
    fn new(reference: &[WordId]) -> Self {
        let columns = vec![Column::default(); reference.len()];
        Self { of_reference: columns, between: vec![Vec::new(); reference.len() + 1], rows: 0 }
    }

    /// Puts a row in, of which `runs` tells how it goes with the reference.
    fn place(&mut self, ids: &[WordId], runs: &[Run]) {
        let row = self.rows;
        for run in runs {
            let paired = run.reference.clone().zip(run.rendition.clone());
            for (column, word) in paired {
                self.of_reference[column].put(row, word, ids[word]);
            }
            let pairs = run.reference.len().min(run.rendition.len());
            let (gap, first) = (run.reference.start + pairs, run.rendition.start + pairs);
            self.insert(gap, first..run.rendition.end, ids);
        }
        self.rows += 1;
    }

    /// Puts words in between two columns of the reference: with the same words of earlier rows where there are any, in order.
    fn insert(&mut self, gap: usize, words: Range<usize>, ids: &[WordId]) {
        let columns = &mut self.between[gap];
        let mut next = 0;
        for word in words {
            let known = columns[next..].iter().position(|column| column.words.contains(&ids[word]));
            let place = known.map_or(next, |steps| next + steps);
            if known.is_none() {
                columns.insert(place, Column::default());
            }
            columns[place].put(self.rows, word, ids[word]);
            next = place + 1;
        }
    }

    fn filled(mut self, rows: &[Row], utterance: &Utterance) -> AlignmentTable {
        let mut columns = Vec::new();
        for (index, gap) in self.between.iter_mut().enumerate() {
            columns.append(gap);
            columns.extend(self.of_reference.get(index).cloned());
        }
        let witnesses = utterance.renditions.iter().map(|rendition| rendition.quotation).collect();
        AlignmentTable { witnesses, columns: columns.iter().map(|column| column.filled(rows)).collect() }
    }
}

impl Column {
    fn put(&mut self, row: usize, index: usize, word: WordId) {
        self.cells.push((row, index));
        self.words.push(word);
    }

    fn filled(&self, rows: &[Row]) -> Vec<Option<WitnessToken>> {
        let mut cells = vec![None; rows.len()];
        for &(row, index) in &self.cells {
            cells[row] = rows[row].tokens.get(index).cloned();
        }
        cells
    }
}

#[cfg(test)]
mod tests {
    use parallax_model::{Article, Document, QuotationKind, QuotationRef, RenditionRelation, Speaker};
    use proptest::prelude::*;

    use super::*;

    const SAYINGS: [&str; 4] = [
        "“The dam will hold, I think.”",
        "\"The dam will certainly hold\"",
        "the dyke will hold",
        "Nobody doubts that the dam will certainly hold!",
    ];

    #[test]
    fn words_stand_in_columns() {
        let table = table(&SAYINGS);
        let row = |witness: usize| {
            let cells = table.columns.iter().map(|column| column[witness].as_ref());
            cells.map(|cell| cell.map_or("-", |token| token.normal.as_str())).collect::<Vec<_>>().join(" ")
        };
        assert_eq!(row(0), "- - - the dam will - hold i think");
        assert_eq!(row(1), "- - - the dam will certainly hold - -");
        assert_eq!(row(2), "- - - the dyke will - hold - -");
        assert_eq!(row(3), "nobody doubts that the dam will certainly hold - -");
    }

    #[test]
    fn witnesses_share_the_nodes_of_their_words() {
        let graph = variant_graph(&table(&SAYINGS));
        let shown = |node: &VariantNode| {
            let sigla = node.readings.iter().map(|(witness, _)| witness.to_string()).collect::<String>();
            format!("{sigla} {}", node.normal.join(" "))
        };
        let expected = [
            "3 nobody doubts that",
            "0123 the",
            "013 dam",
            "2 dyke",
            "0123 will",
            "13 certainly",
            "0123 hold",
            "0 i think",
        ];
        assert_eq!(graph.nodes.iter().map(shown).collect::<Vec<_>>(), expected);
        assert_eq!(graph.path(2).collect::<Vec<_>>(), [1, 3, 4, 6]);
    }

    #[test]
    fn a_saying_without_a_word_is_no_trouble() {
        for sayings in [&[][..], &[""], &["…", "yes"], &["yes", "!"]] {
            let table = table(sayings);
            assert!(variant_graph(&table).witnesses.len() == sayings.len());
        }
    }

    proptest! {
        #[test]
        fn every_path_spells_its_witness(
            sayings in prop::collection::vec("([“(]?(the|dam|will|don’t|hold|[a-e]|é)[,.!… ]{1,2}){1,9}", 1..5),
            reference in 0_usize..5,
        ) {
            let sayings: Vec<&str> = sayings.iter().map(String::as_str).collect();
            let table = table_with(&sayings, reference % sayings.len());
            let graph = variant_graph(&table);
            for (witness, saying) in sayings.iter().enumerate() {
                prop_assert_eq!(&table.text(witness), saying);
                prop_assert_eq!(&graph.text(witness), saying);
            }
            for column in &table.columns {
                prop_assert!(column.iter().any(Option::is_some));
            }
        }
    }

    fn table(sayings: &[&str]) -> AlignmentTable {
        table_with(sayings, 0)
    }

    /// The table of sayings of which each is all of an article.
    fn table_with(sayings: &[&str], reference: usize) -> AlignmentTable {
        let at = |article| QuotationRef { article, quotation: 0 };
        let rendition = |article| Rendition {
            quotation: at(article),
            spans: None,
            relation: RenditionRelation::Reworded,
            misattributed: false,
            differences: Vec::new(),
            score: 1.0,
            rule: "given",
        };
        let utterance = Utterance {
            speaker: None,
            reference: Some(at(reference)),
            reference_reason: String::new(),
            renditions: (0..sayings.len()).map(rendition).collect(),
        };
        let documents = sayings.iter().map(|text| document(text)).collect();
        alignment_table(&Comparison { documents, ..Comparison::default() }, &utterance)
    }

    fn document(text: &str) -> Document {
        let quotation = Quotation {
            kind: QuotationKind::Direct,
            spans: vec![Span::new(0, text.len())],
            cue: None,
            speaker: Speaker::default(),
            rule: "given",
            confidence: 1.0,
            speech: true,
        };
        let article = Article { text: text.to_owned(), ..Article::default() };
        Document { article, quotations: vec![quotation], ..Document::default() }
    }
}
