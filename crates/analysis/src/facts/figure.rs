//! Figures of the same thing in several articles, and figures that only one article has.

use std::collections::BTreeMap;

use parallax_model::{Agreement, Document, Fact, FactKind, FactReport, Place, Quantity, Span};

use super::agreement::{of_figures, of_pair};
use super::clause::clauses_of;
use super::wording::{Context, Wording, likeness, wording};
use super::{fact, report, words_at};
use crate::embedding::{Lexicon, WordId};
use crate::quantity::casualty;

/// A figure with what it is about.
pub(super) struct Figure<'d> {
    pub(super) quantity: &'d Quantity,
    pub(super) place: Place,
    /// The clause around it.
    clause: Place,
    /// What the clause says beside the figure.
    about: Wording,
    /// The unit as a word, for nouns that mean the same.
    unit: Option<WordId>,
    /// The words between the number and the noun ("seven European countries").
    modifiers: Vec<WordId>,
    /// What became of the people counted, where the clause says so.
    casualty: Option<&'static str>,
    /// Whether it is the first count in its article of what became of people: the toll of the event itself.
    leads: bool,
    /// Which times its clause names, and for a toll when the article was published.
    pub(super) as_of: Vec<String>,
}

/// The surroundings of like figures must be this alike for them to be of the same thing.
const LEAST_LIKE_EQUAL: f32 = 0.34;
/// The surroundings of unlike figures must be this alike: otherwise any two figures would be at odds.
const LEAST_LIKE_UNLIKE: f32 = 0.62;
/// ... and this alike where both may be right and the one is more than [`MOST_RISEN`] times the other, more than another day explains.
const LEAST_LIKE_FAR_APART: f32 = 0.8;
/// The surroundings of equal tolls of the same kind.
const LEAST_LIKE_SAME_TOLL: f32 = 0.2;
/// The surroundings of unlike tolls of the same kind.
const LEAST_LIKE_TOLLS: f32 = 0.48;
/// The surroundings of tolls that are compatible, since one is a bound or of another day.
const LEAST_LIKE_RISING: f32 = 0.25;
/// Leading tolls are compatible where the higher is at most so many times the lower.
const MOST_RISEN: f64 = 3.0;
/// The surroundings of equal figures that few things are counted by.
const LEAST_LIKE_TELLING: f32 = 0.12;
/// The surroundings of equal figures whose nouns are modified by the same words: "seven European countries" is hardly said of two things.
const LEAST_LIKE_MODIFIED: f32 = 0.0;
/// Units that all count people.
const PEOPLE: [&str; 8] = ["person", "individual", "life", "death", "fatality", "victim", "body", "casualty"];
/// Counted nouns this alike may count the same ("countries", "nations").
const SAME_NOUN: f32 = 0.5;
/// A figure is compared with this many members of a group.
const MOST_COMPARED: usize = 4;

/// Facts of the figures that the articles give.
pub(super) fn figures(documents: &[Document], context: &Context, lexicon: &mut Lexicon) -> Vec<Fact> {
    let mut all = Vec::new();
    for (article, document) in documents.iter().enumerate().filter(|(_, d)| d.article.is_english()) {
        let mut counted = BTreeMap::new();
        for quantity in document.quantities.iter().filter(|q| !document.is_boilerplate(q.span)) {
            let figure = read(document, article, quantity, context, lexicon);
            all.extend(figure.map(|figure| leading(figure, &mut counted)));
        }
    }
    grouped(&all, lexicon).iter().filter_map(|group| compared(documents, group)).collect()
}

/// Notes whether the figure leads: `counted` holds the classes of tolls that its article has given before, with their values.
fn leading<'d>(mut figure: Figure<'d>, counted: &mut BTreeMap<&'static str, f64>) -> Figure<'d> {
    if let Some(class) = figure.casualty.filter(|_| counts_people(&figure)) {
        figure.leads = *counted.entry(class).or_insert(figure.quantity.value) == figure.quantity.value;
    }
    figure
}

fn counts_people(figure: &Figure<'_>) -> bool {
    figure.quantity.unit.as_deref().is_some_and(|unit| PEOPLE.contains(&unit))
}

fn read<'d>(
    document: &'d Document,
    article: usize,
    quantity: &'d Quantity,
    context: &Context,
    lexicon: &mut Lexicon,
) -> Option<Figure<'d>> {
    let sentence = document.segments.sentence_at(quantity.span.start)?;
    let whole = document.segments.sentences.get(sentence)?.span;
    let clauses = clauses_of(document, sentence);
    let clause =
        clauses.iter().find(|c| c.span.overlaps(quantity.span)).map_or(whole, |c| c.span.join(quantity.span));
    let text = document.text();
    let mut about = wording(document, article, clause, context, lexicon);
    let figure_words: Vec<WordId> =
        document.segments.tokens_in(quantity.span).iter().map(|t| lexicon.intern(t.span.of(text))).collect();
    about.words.retain(|word| !figure_words.contains(word) && !lexicon.is_figure(*word));
    let times = document.times.iter().filter(|time| clause.overlaps(time.span)).map(|time| time.date.clone());
    let casualty = nearest_casualty(document, clause, quantity.span);
    // A toll rises from day to day; a price or a length does not change because it is told again.
    let told = document.article.published.iter().filter(|_| casualty.is_some()).cloned();
    Some(Figure {
        quantity,
        place: Place::new(article, quantity.span),
        clause: Place::new(article, clause),
        casualty,
        unit: quantity.unit.as_deref().map(|unit| lexicon.intern(unit)),
        modifiers: modifiers(&figure_words),
        leads: false,
        as_of: told.chain(times).collect(),
        about,
    })
}

/// The words between the first and the last of a figure.
fn modifiers(words: &[WordId]) -> Vec<WordId> {
    words.get(1..words.len().saturating_sub(1)).unwrap_or_default().to_vec()
}

/// The casualty word of the clause that stands nearest to the figure.
fn nearest_casualty(document: &Document, clause: Span, figure: Span) -> Option<&'static str> {
    let distance = |span: Span| {
        if span.end <= figure.start { figure.start - span.end } else { span.start.saturating_sub(figure.end) }
    };
    let words = document.segments.tokens_in(clause).iter();
    let classes =
        words.filter_map(|t| Some((distance(t.span), casualty(&t.span.of(document.text()).to_lowercase())?)));
    classes.min_by_key(|&(distance, _)| distance).map(|(_, class)| class)
}

/// Gathers figures of the same thing: each joins the first group that it fits.
fn grouped<'f, 'd>(all: &'f [Figure<'d>], lexicon: &Lexicon) -> Vec<Vec<&'f Figure<'d>>> {
    let mut groups: Vec<Vec<&Figure<'_>>> = Vec::new();
    // Only groups with an equal unit or an equal value are looked at.
    let mut index: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for figure in all {
        let keys = [
            format!("u {}", figure.quantity.unit.as_deref().unwrap_or("")),
            format!("v {:.3}", figure.quantity.value),
        ];
        let near = keys.iter().flat_map(|key| index.get(key).into_iter().flatten().copied());
        let best = near
            .filter_map(|group| Some((group, fit(figure, &groups[group], lexicon)?)))
            .max_by(|x, y| x.1.total_cmp(&y.1).then(y.0.cmp(&x.0)));
        let group = best.map_or(groups.len(), |(group, _)| group);
        if group == groups.len() {
            groups.push(Vec::new());
        }
        groups[group].push(figure);
        for key in keys {
            let known = index.entry(key).or_default();
            if !known.contains(&group) {
                known.push(group);
            }
        }
    }
    groups
}

/// How well a figure fits a group, `None` where it does not.
fn fit(figure: &Figure<'_>, group: &[&Figure<'_>], lexicon: &Lexicon) -> Option<f32> {
    let own = group.iter().filter(|other| other.place.article == figure.place.article);
    if own.clone().any(|other| other.quantity.value != figure.quantity.value) {
        return None;
    }
    let fits = group.iter().take(MOST_COMPARED).filter_map(|other| same_thing(figure, other, lexicon));
    fits.max_by(f32::total_cmp)
}

/// How surely two figures are of the same thing, `None` where nothing says so.
fn same_thing(a: &Figure<'_>, b: &Figure<'_>, lexicon: &Lexicon) -> Option<f32> {
    let same_unit = a.quantity.unit == b.quantity.unit
        || counts_people(a) && counts_people(b)
        || a.unit.zip(b.unit).is_some_and(|(a, b)| lexicon.similarity(a, b) >= SAME_NOUN);
    if !same_unit || a.casualty.zip(b.casualty).is_some_and(|(a, b)| a != b) {
        return None;
    }
    let likeness = likeness(&a.about, &b.about, lexicon);
    let equal = a.quantity.value == b.quantity.value;
    let casualties = a.casualty.is_some() && a.casualty == b.casualty && !is_measure(a.quantity);
    let shares_entity = a.about.entities.iter().any(|entity| b.about.entities.contains(entity));
    if !equal && a.quantity.unit.as_deref() == Some("year of age") && !shares_entity {
        return None;
    }
    let least = match of_pair(a, b) {
        _ if equal && casualties && a.leads && b.leads => 0.0,
        Agreement::Differ if casualties && may_have_risen(a, b) => 0.0,
        _ if equal && casualties => LEAST_LIKE_SAME_TOLL,
        _ if equal && !a.modifiers.is_empty() && a.modifiers == b.modifiers => LEAST_LIKE_MODIFIED,
        _ if equal && is_telling(a.quantity) => LEAST_LIKE_TELLING,
        _ if equal => LEAST_LIKE_EQUAL,
        // Tolls are told in few words, and what became of whom is already the same.
        Agreement::Conflict if casualties => LEAST_LIKE_TOLLS,
        _ if casualties => LEAST_LIKE_RISING,
        Agreement::Differ if is_far_apart(a, b) => LEAST_LIKE_FAR_APART,
        _ => LEAST_LIKE_UNLIKE,
    };
    (likeness >= least).then_some(likeness + if equal { 1.0 } else { 0.0 })
}

/// Whether two leading tolls may be of the same event at different times.
fn may_have_risen(a: &Figure<'_>, b: &Figure<'_>) -> bool {
    a.leads && b.leads && a.quantity.value.min(b.quantity.value) > 0.0 && !is_far_apart(a, b)
}

fn is_far_apart(a: &Figure<'_>, b: &Figure<'_>) -> bool {
    let (low, high) = (a.quantity.value.min(b.quantity.value), a.quantity.value.max(b.quantity.value));
    high > MOST_RISEN * low
}

/// Whether an equal count of the same thing is hardly chance: some tens or more of a counted noun.
fn is_telling(quantity: &Quantity) -> bool {
    const FEW: f64 = 20.0;
    quantity.value >= FEW && quantity.unit.is_some() && !is_measure(quantity)
}

/// Whether the figure measures instead of counting.
fn is_measure(quantity: &Quantity) -> bool {
    const MEASURES: [&str; 10] =
        ["%", "minute", "hour", "day", "metre", "second", "gram", "year of age", "USD", "percentage point"];
    quantity.unit.as_deref().is_some_and(|unit| MEASURES.contains(&unit))
}

fn compared(documents: &[Document], group: &[&Figure<'_>]) -> Option<Fact> {
    let first = group.first()?;
    let reports: Vec<FactReport> = group.iter().map(|figure| of_figure(figure)).collect();
    let verdict = of_figures(documents, group);
    Some(fact(FactKind::Quantity, words_at(documents, first.clause), reports, verdict))
}

/// The report of a figure: the figure's own words.
fn of_figure(figure: &Figure<'_>) -> FactReport {
    FactReport {
        value: Some(figure.quantity.value),
        unit: figure.quantity.unit.clone(),
        approximate: figure.quantity.approximate || figure.quantity.bound.is_some(),
        ..report(figure.place)
    }
}
