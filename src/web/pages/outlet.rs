//! An outlet: how often others go back to it, how often it copies, rewrites and alters.

use std::collections::BTreeSet;
use std::sync::Arc;

use askama::Template;
use axum::extract::rejection::PathRejection;
use axum::extract::{Path, State};
use parallax_archive::{Archive, StoryId};
use parallax_model::{Comparison, LineageRelation};

use super::{Frame, Page, write};
use crate::report::html::in_address;
use crate::report::labels::{self, count, percent};
use crate::web::failure::Failure;
use crate::web::inquiry::Inquiry;
use crate::web::site::Site;

/// The latest reports that are looked at.
const REPORTS: usize = 60;

#[derive(Template)]
#[template(path = "outlet.html")]
struct OutletPage {
    frame: Frame,
    name: String,
    told: String,
    tallies: Vec<Tally>,
    reports: Vec<Line>,
}

/// A figure and what it counts.
struct Tally {
    number: usize,
    label: &'static str,
    share: Option<String>,
}

/// A report of the outlet.
struct Line {
    href: String,
    title: String,
    day: Option<String>,
    story: String,
    role: String,
    altered: usize,
}

/// What an outlet's reports were in their stories.
#[derive(Default)]
struct Record {
    reports: usize,
    with_others: usize,
    sources: usize,
    copies: usize,
    rewrites: usize,
    sharing: usize,
    altered: usize,
    misattributed: usize,
    quoted: usize,
}

/// Answers with the record of an outlet.
pub(crate) async fn outlet(State(site): State<Arc<Site>>, name: Result<Path<String>, PathRejection>) -> Page {
    let Path(name) = name?;
    let within = Arc::clone(&site);
    let page = site.archive.read(move |archive| find(&within, archive, name)).await?;
    write(&page)
}

fn find(site: &Site, archive: &Archive, name: String) -> Result<OutletPage, Failure> {
    let inquiry = Inquiry { outlet: name.clone(), ..Inquiry::default() };
    let none = || Failure::not_found(format!("There is no report of {name}."));
    let found = archive.search(&inquiry.query().map_err(|_| none())?, REPORTS, None)?;
    let hits: Vec<_> = found.hits.iter().filter(|hit| hit.report.outlet.as_deref() == Some(&name)).collect();
    if hits.is_empty() {
        return Err(none());
    }
    let mut record = Record::default();
    let mut reports = Vec::new();
    for hit in &hits {
        let Some(&story) = hit.stories.first() else { continue };
        let compared = site.compared(archive, story)?;
        let comparison = &compared.comparison;
        let article = comparison.documents.iter().position(|document| document.article.id == hit.report.name);
        let Some(article) = article else { continue };
        let (role, altered) = record.count(comparison, article);
        reports.push(line(&hit.report, story, role, altered));
    }
    let told = format!("{}, the latest, each in its story.", count(record.reports, "report", "reports"));
    Ok(OutletPage { frame: Frame::new(site, ""), name, told, tallies: record.tallies(), reports })
}

fn line(report: &parallax_archive::Report, story: StoryId, role: String, altered: usize) -> Line {
    Line {
        href: format!("/reports/{}?story={story}", in_address(&report.name)),
        title: report.title.clone().unwrap_or_else(|| report.name.clone()),
        day: report.published.as_deref().map(labels::date),
        story: format!("/stories/{story}"),
        role,
        altered,
    }
}

impl Record {
    /// Counts a report; gives its part in the story in words, and how many quotations it alters.
    fn count(&mut self, comparison: &Comparison, article: usize) -> (String, usize) {
        self.reports += 1;
        let renditions = comparison.utterances.iter().flat_map(|utterance| &utterance.renditions);
        let own: Vec<_> = renditions.filter(|rendition| rendition.quotation.article == article).collect();
        let altered = own.iter().filter(|rendition| rendition.relation.is_altered()).count();
        self.quoted += own.len();
        self.altered += altered;
        self.misattributed += own.iter().filter(|rendition| rendition.misattributed).count();
        (self.part(comparison, article), altered)
    }

    fn part(&mut self, comparison: &Comparison, article: usize) -> String {
        if comparison.documents.len() == 1 {
            return "the only report".into();
        }
        self.with_others += 1;
        let derived =
            |relation| comparison.lineage.iter().any(|link| link.to == article && link.relation == relation);
        let followers: BTreeSet<_> = comparison
            .lineage
            .iter()
            .filter(|link| link.from == article && link.relation != LineageRelation::SharesSource)
            .map(|link| link.to)
            .collect();
        let shares = comparison.lineage.iter().any(|link| {
            link.relation == LineageRelation::SharesSource && (link.to == article || link.from == article)
        });
        self.sources += usize::from(!followers.is_empty());
        if derived(LineageRelation::CopyOf) {
            self.copies += 1;
            "copy".into()
        } else if derived(LineageRelation::RewriteOf) {
            self.rewrites += 1;
            "rewrite".into()
        } else if !followers.is_empty() {
            format!("source of {}", followers.len())
        } else if shares {
            self.sharing += 1;
            "shares a source".into()
        } else {
            "on its own".into()
        }
    }

    fn tallies(&self) -> Vec<Tally> {
        let of = |number: usize, all: usize| (all > 0).then(|| percent(number as f32 / all as f32));
        let tally = |number, label, share| Tally { number, label, share };
        vec![
            tally(self.reports, "reports looked at", None),
            tally(self.with_others, "in stories with others", of(self.with_others, self.reports)),
            tally(self.sources, "others go back to", of(self.sources, self.with_others)),
            tally(self.copies, "copies", of(self.copies, self.with_others)),
            tally(self.rewrites, "rewrites", of(self.rewrites, self.with_others)),
            tally(self.sharing, "share a source", of(self.sharing, self.with_others)),
            tally(self.altered, "quotations altered", of(self.altered, self.quoted)),
            tally(self.misattributed, "misattributed", of(self.misattributed, self.quoted)),
        ]
    }
}
