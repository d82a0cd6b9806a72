//! A report in full, with what was found in it in the margin.

use std::sync::Arc;

use askama::Template;
use axum::extract::rejection::{PathRejection, QueryRejection};
use axum::extract::{Path, Query, State};
use parallax_archive::{Archive, ChangeOp, Report, StoryId, Version};
use serde::Deserialize;

use super::{Frame, Page, write};
use crate::report::html::{FullReport, Links, Marks, full_report, in_address};
use crate::report::labels::count;
use crate::report::reading::Reading;
use crate::web::failure::Failure;
use crate::web::moment::spoken;
use crate::web::site::Site;

/// Changes of a version that are shown.
const CHANGES: usize = 40;

/// The story by whose light the report is read.
#[derive(Debug, Default, Deserialize)]
pub(crate) struct Asked {
    story: Option<String>,
}

#[derive(Template)]
#[template(path = "report.html")]
struct ReportPage<'a> {
    frame: Frame,
    report: FullReport<'a>,
    stories: Vec<(StoryId, String)>,
    outlet_href: Option<String>,
    /// Its address, where a browser can go there.
    link: Option<&'a str>,
    seen: String,
    versions: Vec<VersionRow>,
}

/// What changed in a version.
struct VersionRow {
    title: String,
    changes: Vec<ChangeRow>,
    more: usize,
}

struct ChangeRow {
    before: String,
    after: String,
    op: ChangeOp,
}

/// Answers with a report.
pub(crate) async fn report(
    State(site): State<Arc<Site>>,
    name: Result<Path<String>, PathRejection>,
    asked: Result<Query<Asked>, QueryRejection>,
) -> Page {
    let (Path(name), Query(asked)) = (name?, asked?);
    let within = Arc::clone(&site);
    site.archive.read(move |archive| show(&within, archive, &name, &asked)).await
}

fn show(site: &Site, archive: &Archive, name: &str, asked: &Asked) -> Page {
    let report = archive.report(name)?;
    let stories = archive.stories_of(report.id)?;
    let wanted = asked.story.as_deref().and_then(|story| story.parse::<StoryId>().ok());
    let story =
        stories.iter().map(|(story, _)| *story).find(|story| wanted.is_none_or(|wanted| wanted == *story));
    let story = story.or(stories.first().map(|(story, _)| *story));
    let story = story.ok_or_else(|| Failure::not_found(format!("{name} belongs to no story yet.")))?;
    let compared = site.compared(archive, story)?;
    let reading = Reading::new(&compared.comparison);
    let links = Links::Pages { story: story.to_string(), can_correct: !site.settings.is_read_only };
    let marks = Marks::new(&reading, &links);
    let index = compared.comparison.documents.iter().position(|document| document.article.id == name);
    let index = index.ok_or_else(|| {
        Failure::not_found(format!(
            "{name} is one of the earlier reports of story {story}, which has too many to be compared."
        ))
    })?;
    let article = &compared.comparison.documents[index].article;
    let titled = |(story, _): &(StoryId, _)| Ok((*story, archive.story(*story)?.title));
    write(&ReportPage {
        frame: Frame::new(site, ""),
        report: full_report(&reading, index, &marks, &links),
        stories: stories.iter().map(titled).collect::<Result<_, Failure>>()?,
        outlet_href: article.source.as_deref().map(|outlet| format!("/outlets/{}", in_address(outlet))),
        link: article.url.as_deref().filter(|url| url.starts_with("https://") || url.starts_with("http://")),
        seen: spoken(report.first_seen),
        versions: versions(archive, &report)?,
    })
}

fn versions(archive: &Archive, report: &Report) -> Result<Vec<VersionRow>, Failure> {
    if report.versions < 2 {
        return Ok(Vec::new());
    }
    let versions = archive.versions(report.id)?;
    Ok(versions.iter().rev().filter_map(version).collect())
}

fn version(version: &Version) -> Option<VersionRow> {
    let changes = version.changes.as_deref()?;
    let row = |change: &parallax_archive::Change| ChangeRow {
        before: change.before.clone(),
        after: change.after.clone(),
        op: change.op,
    };
    Some(VersionRow {
        title: format!(
            "Version {}, {}: {}",
            version.number,
            spoken(version.acquired),
            count(changes.len(), "change", "changes")
        ),
        changes: changes.iter().take(CHANGES).map(row).collect(),
        more: changes.len().saturating_sub(CHANGES),
    })
}
