//! What of an article is not the report.
//!
//! Pages carry furniture between the paragraphs of a report: notices of a video player, captions and credits, links to
//! other reports, the form for comments. It is marked and never cut. Four kinds of evidence count: wording that the furniture of many
//! sites has in common, the shape of a line, its place among others, and repetition. Subheads, standfirsts and
//! inserted comment are left alone: they are somebody's report.

mod byline;
mod caption;
mod links;
mod page;
mod repetition;
mod teaser;
mod title;
mod wording;

use parallax_model::{Article, Boilerplate, Segmentation};

use page::Page;
use repetition::{PlacedLine, repeatable_lines};

pub use repetition::{RepeatableLine, Repetitions};

/// Marks the furniture of each article, in order and without overlap; lines that several articles of one outlet repeat
/// count as evidence.
///
/// ```
/// use parallax_analysis::{boilerplate::boilerplate, segment::segment};
/// use parallax_model::Article;
/// let text = "The river rose by two metres overnight, the mayor said.\n\nPlease use Chrome browser for a more accessible \
///             video player\n\nNobody was hurt when the bridge gave way.";
/// let article = Article { text: text.into(), ..Article::default() };
/// let marked = boilerplate(&[(&article, &segment(text))]);
/// assert_eq!(marked[0][0].kind, "player notice");
/// assert!(marked[0][0].span.of(text).starts_with("Please use"));
/// ```
pub fn boilerplate(articles: &[(&Article, &Segmentation)]) -> Vec<Vec<Boilerplate>> {
    let pages = articles.iter().map(|(article, segments)| read(article, segments));
    let pages: Vec<(Page, Vec<PlacedLine>)> = pages.collect();
    let mut repetitions = Repetitions::default();
    pages.iter().flat_map(|(_, lines)| lines).for_each(|line| repetitions.note(line.line));
    let marked = pages.into_iter().map(|(mut page, lines)| {
        repetitions.mark(&lines, &mut page);
        mark(page)
    });
    marked.collect()
}

/// Marks the furniture of one article as far as it alone tells.
pub fn boilerplate_alone(article: &Article, segments: &Segmentation) -> Vec<Boilerplate> {
    mark(Page::read(&article.text, segments))
}

/// The same, with the lines that are furniture where other articles of its outlet have them too.
pub fn boilerplate_and_lines(
    article: &Article,
    segments: &Segmentation,
) -> (Vec<Boilerplate>, Vec<RepeatableLine>) {
    let (page, lines) = read(article, segments);
    (mark(page), lines.into_iter().map(|line| line.line).collect())
}

/// Marks the furniture of one article, of whose outlet it is known which lines its articles repeat.
pub fn boilerplate_among(
    article: &Article,
    segments: &Segmentation,
    repetitions: &Repetitions,
) -> Vec<Boilerplate> {
    let (mut page, lines) = read(article, segments);
    repetitions.mark(&lines, &mut page);
    mark(page)
}

fn read<'a>(article: &'a Article, segments: &Segmentation) -> (Page<'a>, Vec<PlacedLine>) {
    let page = Page::read(&article.text, segments);
    let lines = repeatable_lines(article.source.as_deref(), &page);
    (page, lines)
}

/// Marks one page. The order counts: later rules look at what earlier ones have marked.
fn mark(mut page: Page<'_>) -> Vec<Boilerplate> {
    wording::mark(&mut page);
    byline::mark(&mut page);
    caption::mark(&mut page);
    links::mark(&mut page);
    teaser::mark(&mut page);
    let suffix = title::suffix(&page);
    let mut marked = page.into_marked();
    marked.extend(suffix);
    marked.sort_by_key(|b| b.span);
    marked
}

#[cfg(test)]
mod tests;
