//! The front page: stories by what changed last.

use std::sync::Arc;

use askama::Template;
use axum::extract::rejection::QueryRejection;
use axum::extract::{Query, State};
use parallax_archive::{Archive, EventKind, Story};
use serde::Deserialize;

use super::{Frame, Page, write};
use crate::changes;
use crate::report::labels;
use crate::web::failure::Failure;
use crate::web::moment::{iso, spoken};
use crate::web::site::Site;
use crate::web::story_cursor::{Wanted, read_cursor, wanted_stories, write_cursor};

/// Stories on a page.
const A_PAGE: usize = 40;

/// Which stories are asked for.
#[derive(Debug, Default, Deserialize)]
pub(crate) struct Asked {
    #[serde(default)]
    reports: u32,
    #[serde(default)]
    min_origins: u32,
    after: Option<String>,
}

#[derive(Template)]
#[template(path = "front.html")]
struct Front {
    frame: Frame,
    counted: String,
    least_reports: u32,
    least_origins: u32,
    stories: Vec<Listed>,
    next: Option<String>,
}

/// A story in the list.
struct Listed {
    href: String,
    title: String,
    reports: u32,
    origins: Option<u32>,
    changed: String,
    changed_iso: String,
    began: String,
    /// What happened last, in a sentence.
    news: Option<String>,
}

impl Front {
    const LEAST_REPORTS: &'static [u32] = &[1, 2, 3, 5, 10, 20];
    const LEAST_ORIGINS: &'static [u32] = &[0, 2, 3, 5];

    fn reports_or_more(least: &u32) -> String {
        labels::count(*least as usize, "report", "reports")
    }

    fn origins_or_more(least: &u32) -> String {
        match least {
            0 => "any number of origins".into(),
            least => format!("{least} origins or more"),
        }
    }
}

/// Answers with the front page.
pub(crate) async fn front(
    State(site): State<Arc<Site>>,
    asked: Result<Query<Asked>, QueryRejection>,
) -> Page {
    let Query(asked) = asked?;
    let frame = Frame::new(&site, "/");
    let page = site.archive.read(move |archive| read(archive, &asked, frame)).await?;
    write(&page)
}

fn read(archive: &Archive, asked: &Asked, frame: Frame) -> Result<Front, Failure> {
    let after = asked.after.as_deref().map(|cursor| read_cursor(archive, cursor)).transpose()?;
    let wanted = Wanted { reports: asked.reports, origins: asked.min_origins };
    let (found, has_more) = wanted_stories(archive, wanted, A_PAGE, after)?;
    let next = found.last().filter(|_| has_more).map(|story| {
        let (reports, origins) = (asked.reports.max(1), asked.min_origins);
        format!("/?reports={reports}&min_origins={origins}&after={}", write_cursor(story))
    });
    let stories = labels::count(archive.story_count()? as usize, "story", "stories");
    Ok(Front {
        frame,
        counted: format!(
            "{stories} of {}, by what changed last",
            labels::count(archive.reports()? as usize, "report", "reports")
        ),
        least_reports: asked.reports.max(1),
        least_origins: asked.min_origins,
        stories: found.iter().map(|story| listed(archive, story)).collect::<Result<_, _>>()?,
        next,
    })
}

fn listed(archive: &Archive, story: &Story) -> Result<Listed, Failure> {
    Ok(Listed {
        href: format!("/stories/{}", story.id),
        title: if story.title.trim().is_empty() {
            format!("Story {}", story.id)
        } else {
            story.title.clone()
        },
        reports: story.reports,
        origins: story.origins,
        changed: spoken(story.changed),
        changed_iso: iso(story.changed),
        began: spoken(story.began),
        news: news(archive, story)?,
    })
}

/// What happened to a story last; that it began is told by its headline.
fn news(archive: &Archive, story: &Story) -> Result<Option<String>, Failure> {
    let last = archive.last_events(story.id, 1)?;
    let told = last.iter().filter(|event| event.kind != EventKind::StoryBegan);
    Ok(told.map(|event| changes::told(archive, event)).next().transpose()?.map(|news| news.sentence))
}
