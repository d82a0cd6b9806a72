//! The facts found so far, each once, looked up by article.

use std::collections::{BTreeMap, BTreeSet};

use parallax_model::{Agreement, Fact, FactKind, FactReport, Span};

use super::{articles, reported_by};

/// Facts and where each article reports them, so that a new one meets only those at its own places.
pub(super) struct Account {
    pub(super) facts: Vec<Fact>,
    by_article: Vec<Vec<(Span, usize)>>,
}

impl Account {
    /// An empty account of so many articles.
    pub(super) fn new(articles: usize) -> Self {
        Self { facts: Vec::new(), by_article: vec![Vec::new(); articles] }
    }

    /// Adds a fact.
    pub(super) fn enter(&mut self, fact: Fact) {
        self.note(self.facts.len(), &fact.reports);
        self.facts.push(fact);
    }

    /// Adds a saying; renditions without marks may agree in all but a figure, whose verdict it then takes.
    pub(super) fn enter_saying(&mut self, saying: Fact) {
        let saying = if saying.agreement == Agreement::Agree { self.with_figures(saying) } else { saying };
        self.enter(saying);
    }

    /// Adds a statement: to the fact that accounts for it already, else on its own, with the verdict on its figures.
    pub(super) fn enter_statement(&mut self, statement: Fact) {
        match self.same(&statement) {
            Some(index) => self.absorb(index, statement),
            None => {
                let statement = self.with_figures(statement);
                self.enter(statement);
            }
        }
    }

    fn note(&mut self, index: usize, reports: &[FactReport]) {
        for report in reports {
            if let Some(places) = self.by_article.get_mut(report.place.article) {
                places.push((report.place.span, index));
            }
        }
    }

    /// The first fact, figures apart, that two or more articles report in the statement's own places.
    fn same(&self, statement: &Fact) -> Option<usize> {
        let mut met: BTreeMap<usize, BTreeSet<usize>> = BTreeMap::new();
        for report in &statement.reports {
            for index in self.at(report, is_same_stretch) {
                met.entry(index).or_default().insert(report.place.article);
            }
        }
        let is_met = |(index, articles): &(usize, BTreeSet<usize>)| {
            articles.len() > 1 && self.facts.get(*index).is_some_and(|fact| fact.kind != FactKind::Quantity)
        };
        met.into_iter().find(is_met).map(|(index, _)| index)
    }

    /// The facts that the report's article has at a place that `meets` the report's.
    fn at(&self, report: &FactReport, meets: fn(Span, Span) -> bool) -> impl Iterator<Item = usize> {
        let places = self.by_article.get(report.place.article).map_or(&[][..], Vec::as_slice);
        let span = report.place.span;
        places.iter().filter(move |(other, _)| meets(*other, span)).map(|&(_, index)| index)
    }

    /// Adds the reports of articles that the earlier fact lacks.
    fn absorb(&mut self, index: usize, statement: Fact) {
        let Some(earlier) = self.facts.get_mut(index) else { return };
        let known = articles(earlier);
        let new: Vec<FactReport> =
            statement.reports.into_iter().filter(|report| !known.contains(&report.place.article)).collect();
        earlier.reports.extend(new.iter().cloned());
        earlier.reports.sort_by_key(|report| report.place);
        if earlier.agreement == Agreement::Agree {
            earlier.explanation = reported_by(&earlier.reports);
        }
        self.note(index, &new);
    }

    /// A statement with the verdict on the figures in it, where these are unlike.
    fn with_figures(&self, mut statement: Fact) -> Fact {
        let mut held: BTreeMap<usize, usize> = BTreeMap::new();
        for report in &statement.reports {
            for index in self.at(report, |figure, statement| statement.contains(figure)) {
                *held.entry(index).or_default() += 1;
            }
        }
        let unlike = |fact: &&Fact| {
            let at_odds = matches!(fact.agreement, Agreement::Differ | Agreement::Conflict);
            fact.kind == FactKind::Quantity && at_odds
        };
        let figures = held.into_iter().filter(|&(_, reports)| reports > 1);
        if let Some(figure) = figures.filter_map(|(index, _)| self.facts.get(index)).find(unlike) {
            (statement.agreement, statement.explanation) = (figure.agreement, figure.explanation.clone());
        }
        statement
    }
}

/// Whether two stretches are nearly the same: the new one lies in the known one, or adds little more to it than who said it.
fn is_same_stretch(known: Span, new: Span) -> bool {
    let shared = known.overlap(new);
    let most_of = |span: Span| 10 * shared >= 7 * span.len();
    shared > 0 && (most_of(new) || most_of(known) && 2 * shared >= new.len())
}
