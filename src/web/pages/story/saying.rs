//! A saying, word by word: its renditions as cards, as a graph of variants and as a table.

use std::sync::Arc;

use askama::Template;
use axum::extract::rejection::PathRejection;
use axum::extract::{Path, State};
use parallax_analysis::collation::{alignment_table, variant_graph};
use parallax_archive::{Archive, StoryId};

use crate::report::html::{Links, SayingCard, saying_card};
use crate::report::reading::{PieceKind, Reading};
use crate::web::failure::Failure;
use crate::web::pages::{Frame, Page, write};
use crate::web::site::Site;
use crate::web::story_name::story_id;
use crate::web::variants::{VariantDrawing, VariantTable};

#[derive(Template)]
#[template(path = "saying.html")]
struct SayingPage<'a> {
    frame: Frame,
    id: StoryId,
    headline: &'a str,
    speaker: String,
    sayings: [SayingCard<'a>; 1],
    /// The renditions held against each other, where there are several.
    variants: Option<(VariantDrawing, VariantTable)>,
}

/// Answers with the page of a saying.
pub(crate) async fn saying(
    State(site): State<Arc<Site>>,
    path: Result<Path<(String, String)>, PathRejection>,
) -> Page {
    let Path((id, name)) = path?;
    let id = story_id(&id)?;
    let number = name.strip_prefix('u').and_then(|number| number.parse::<usize>().ok());
    let missing = || Failure::not_found(format!("Story {id} has no saying {name}."));
    let index = number.and_then(|number| number.checked_sub(1)).ok_or_else(missing)?;
    let within = Arc::clone(&site);
    site.archive.read(move |archive| show(&within, archive, id, index)).await
}

fn show(site: &Site, archive: &Archive, id: StoryId, index: usize) -> Page {
    let compared = site.compared(archive, id)?;
    let reading = Reading::new(&compared.comparison);
    let links = Links::Pages { story: id.to_string(), can_correct: !site.settings.is_read_only };
    let missing = || Failure::not_found(format!("Story {id} has no saying u{}.", index + 1));
    let saying = reading.saying(index).ok_or_else(missing)?;
    let utterance = compared.comparison.utterances.get(index).ok_or_else(missing)?;
    let variants = (utterance.renditions.len() > 1).then(|| {
        let table = alignment_table(&compared.comparison, utterance);
        let graph = variant_graph(&table);
        (VariantDrawing::new(&graph), VariantTable::new(&reading, &links, utterance, &graph))
    });
    let mut card = saying_card(&reading, &saying, &links);
    // The page is this one.
    card.page = None;
    let speaker = card.speaker.to_owned();
    write(&SayingPage {
        frame: Frame::new(site, ""),
        id,
        headline: reading.headline,
        speaker,
        sayings: [card],
        variants,
    })
}
