//! A report in the list of a story's reports.

use crate::report::html::{Chip, Links, in_address, report_chip};
use crate::report::labels::{self, count};
use crate::report::reading::Reading;

/// A report in a list.
pub(crate) struct ReportLine<'a> {
    pub(crate) anchor: String,
    pub(crate) chip: Chip,
    pub(crate) title: &'a str,
    pub(crate) outlet: &'a str,
    /// The page of the outlet, where that is known.
    pub(crate) outlet_href: Option<String>,
    pub(crate) facts: String,
    pub(crate) origin: usize,
    /// How it depends on others, each with the two laid side by side.
    pub(crate) depends: Vec<Dependence>,
    pub(crate) problems: Vec<&'a str>,
    /// The name by which two reports are chosen to lie side by side.
    pub(crate) id: &'a str,
}

/// How a report depends on another.
pub(crate) struct Dependence {
    pub(crate) how: String,
    pub(crate) letter: String,
    pub(crate) beside: String,
}

/// The reports of a comparison as lines of a list.
pub(crate) fn report_lines<'a>(reading: &'a Reading<'_>, links: &Links) -> Vec<ReportLine<'a>> {
    (0..reading.reports.len()).map(|index| line(reading, index, links)).collect()
}

fn line<'a>(reading: &'a Reading<'_>, index: usize, links: &Links) -> ReportLine<'a> {
    let report = &reading.reports[index];
    let article = &reading.comparison.documents[index].article;
    let mut facts: Vec<_> = report.published.map(labels::date).into_iter().collect();
    facts.push(count(report.words, "word", "words"));
    let depends = reading.comparison.lineage.iter().filter(|link| link.to == index);
    ReportLine {
        anchor: format!("r-{}", report.letter),
        chip: report_chip(reading, index, links),
        title: report.title,
        outlet: report.name,
        outlet_href: article.source.as_deref().map(|outlet| format!("/outlets/{}", in_address(outlet))),
        facts: facts.join(" · "),
        origin: report.origin + 1,
        depends: depends
            .map(|link| Dependence {
                how: labels::dependence(link),
                letter: reading.reports[link.from].letter.clone(),
                beside: links.beside(reading, link.from, index),
            })
            .collect(),
        problems: article.problems.iter().map(|problem| problem.reason.as_str()).collect(),
        id: &article.id,
    }
}
