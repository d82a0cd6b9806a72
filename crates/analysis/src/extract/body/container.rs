//! The element that holds the article.

use super::outline::Outline;
use super::prose::worth;

/// The part of the prose that the element with a container's name must hold to be taken before a larger one.
const ENOUGH: f64 = 0.65;

/// The part of the stated text that an element must hold to be its container.
const MOST_OF_STATED: f64 = 0.8;

/// The number of the element that holds the article.
pub(super) fn find(outline: &Outline, cut: &[bool], stated: Option<&str>) -> usize {
    let worths =
        running(outline.blocks.iter().zip(cut).map(|(block, cut)| if *cut { 0.0 } else { worth(block) }));
    let worth_of = |element: usize| {
        outline.elements.get(element).map_or(0.0, |element| between(&worths, element.first, element.end))
    };
    let best = best_of(outline, 0..outline.elements.len(), worth_of);
    let holder = stated.and_then(|stated| holder(outline, stated));
    if let Some(holder) = holder.filter(|holder| worth_of(*holder) > 0.5 * worth_of(best)) {
        return holder;
    }
    let named =
        outline.elements.iter().enumerate().filter(|(_, element)| element.is_body).map(|(index, _)| index);
    let named = best_of(outline, named, worth_of);
    if worth_of(named) >= ENOUGH * worth_of(best) { named } else { best }
}

/// The element of most worth; of equals the innermost.
fn best_of(
    outline: &Outline,
    elements: impl Iterator<Item = usize>,
    worth_of: impl Fn(usize) -> f64,
) -> usize {
    let mut best = (0, 0.0);
    for element in elements {
        let worth = worth_of(element);
        if worth > 0.0
            && worth >= best.1
            && outline.elements.get(element).is_some_and(|element| element.may_contain)
        {
            best = (element, worth);
        }
    }
    best.0
}

/// The innermost element that holds most of the paragraphs of the text as stated.
fn holder(outline: &Outline, stated: &str) -> Option<usize> {
    const SHORTEST: usize = 40;
    let stated = letters(stated);
    let held = running(outline.blocks.iter().map(|block| {
        let text = letters(&block.text);
        if text.len() >= SHORTEST && stated.contains(&text) { text.len() as f64 } else { 0.0 }
    }));
    let all = held.last().copied().unwrap_or_default();
    if all < MOST_OF_STATED * stated.len() as f64 {
        return None;
    }
    let holds = |element: &super::outline::Element| between(&held, element.first, element.end) >= 0.95 * all;
    outline.elements.iter().rposition(|element| element.may_contain && holds(element))
}

/// Letters and figures only, so that white space and marks make no difference.
fn letters(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).collect()
}

/// Sums up to each place, from nothing on.
fn running(values: impl Iterator<Item = f64>) -> Vec<f64> {
    let mut sum = 0.0;
    std::iter::once(0.0)
        .chain(values.map(|value| {
            sum += value;
            sum
        }))
        .collect()
}

fn between(sums: &[f64], first: usize, end: usize) -> f64 {
    sums.get(end).copied().unwrap_or_default() - sums.get(first).copied().unwrap_or_default()
}
