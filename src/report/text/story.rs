//! What the story is, how many origins stand behind it, and the reports in brief.

use super::super::labels::{self, count, date};
use super::super::reading::{Branch, OriginTree, Reading, cut};
use super::and_more;
use super::sheet::{Ink, Sheet, ink};

const MOST_REPORTS: usize = 40;

/// The headline, and how many reports, outlets and days.
pub(super) fn what(reading: &Reading<'_>, sheet: &mut Sheet) {
    sheet.wrapped("", 0, &[ink(Ink::Strong, reading.headline)]);
    let mut counted = vec![count(reading.reports.len(), "report", "reports")];
    counted.extend(reading.outlets().map(|outlets| count(outlets, "outlet", "outlets")));
    counted.push(count(reading.origins.len(), "independent origin", "independent origins"));
    counted.extend(reading.dates.map(labels::days));
    sheet.wrapped("", 0, &[ink(Ink::Faint, counted.join(" · "))]);
    for headline in reading.other_headlines.iter().take(5) {
        sheet.wrapped("", 2, &[ink(Ink::Faint, "also told here: "), ink(Ink::Plain, *headline)]);
    }
}

/// The origins as trees of reports, each with the reason why its reports count as one.
pub(super) fn origins(reading: &Reading<'_>, sheet: &mut Sheet) {
    let reports = count(reading.reports.len(), "report", "reports");
    let behind = count(reading.origins.len(), "origin behind", "origins behind");
    sheet.heading("Independent origins", &format!("{behind} {reports}"));
    for (index, origin) in reading.origins.iter().take(MOST_REPORTS).enumerate() {
        tree(reading, index, origin, sheet);
    }
    and_more(sheet, MOST_REPORTS, reading.origins.len());
}

fn tree(reading: &Reading<'_>, index: usize, origin: &OriginTree<'_>, sheet: &mut Sheet) {
    if origin.outside_source {
        sheet.wrapped(&format!("  {:>2}  ", index + 1), 6, &[ink(Ink::Faint, labels::OUTSIDE_SOURCE)]);
    }
    let mut rails: Vec<bool> = Vec::new();
    for branch in &origin.branches {
        let lead = match branch.depth {
            0 => format!("  {:>2}  ", index + 1),
            depth => {
                rails.truncate(depth - 1);
                let rails: String = rails.iter().map(|&more| if more { "│  " } else { "   " }).collect();
                format!("      {rails}{}", if branch.last { "└─ " } else { "├─ " })
            }
        };
        if branch.depth > 0 {
            rails.push(!branch.last);
        }
        let hang = lead.chars().count() + 3;
        sheet.wrapped(&lead, hang, &named(reading, branch));
    }
    if origin.branches.len() > 1 && !origin.reason.is_empty() {
        sheet.wrapped("      ", 6, &[ink(Ink::Faint, format!("because {}", cut(origin.reason, 300)))]);
    }
}

fn named<'a>(reading: &'a Reading<'_>, branch: &Branch<'_>) -> [super::sheet::Words<'a>; 3] {
    let report = &reading.reports[branch.article];
    let via = branch.via.map(|link| format!("  {}", labels::dependence(link))).unwrap_or_default();
    [
        ink(Ink::Letter, report.letter.as_str()),
        ink(Ink::Strong, format!("  {}", report.name)),
        ink(Ink::Faint, via),
    ]
}

/// Each report in two lines.
pub(super) fn reports(reading: &Reading<'_>, sheet: &mut Sheet) {
    sheet.heading("The reports", &count(reading.reports.len(), "report", "reports"));
    for (index, report) in reading.reports.iter().take(MOST_REPORTS).enumerate() {
        let document = &reading.comparison.documents[index];
        let title = ink(Ink::Plain, format!("  {}", cut(report.title, 120)));
        let lead = format!("  {:<2} ", report.letter);
        sheet.wrapped(&lead, 5, &[ink(Ink::Strong, report.name), title]);
        let mut brief = vec![
            count(report.words, "word", "words"),
            count(document.quotations.len(), "saying", "sayings"),
            count(report.furniture, "stretch of furniture", "stretches of furniture"),
        ];
        brief.splice(0..0, report.published.map(date));
        if !document.article.authors.is_empty() {
            brief.push(format!("by {}", document.article.authors.join(", ")));
        }
        sheet.wrapped("     ", 5, &[ink(Ink::Faint, brief.join(" · "))]);
        for problem in &document.article.problems {
            sheet.wrapped(
                "     ",
                5,
                &[ink(Ink::Alert, "problem: "), ink(Ink::Plain, problem.reason.as_str())],
            );
        }
    }
    and_more(sheet, MOST_REPORTS, reading.reports.len());
}
