//! What people corrected, with the forms to correct and to undo.

use std::sync::Arc;

use askama::Template;
use axum::Form;
use axum::extract::rejection::{FormRejection, PathRejection, QueryRejection};
use axum::extract::{Path, Query, State};
use axum::response::Redirect;
use jiff::Timestamp;
use parallax_archive::{Anchor, Archive, Correction, CorrectionId, Right, StoryId};
use serde::Deserialize;

use super::{Frame, Page, write};
use crate::corrections::{meant, quoted};
use crate::ingest::Ingest;
use crate::web::failure::Failure;
use crate::web::moment::spoken;
use crate::web::site::Site;

/// What the forms are filled in with.
#[derive(Debug, Default, Deserialize)]
pub(crate) struct Asked {
    #[serde(default)]
    story: String,
    #[serde(default)]
    report: String,
    #[serde(default)]
    words: String,
    /// The kind of correction whose form is open.
    #[serde(default)]
    kind: String,
}

/// The form of a kind of correction.
struct CorrectionForm {
    kind: &'static str,
    title: &'static str,
    button: &'static str,
    /// The name of each field with its label.
    fields: &'static [(&'static str, &'static str)],
}

const FORMS: [CorrectionForm; 6] = [
    CorrectionForm {
        kind: "merge",
        title: "Two stories are one",
        button: "Make them one",
        fields: &[("story", "The story that goes on"), ("other_story", "The story that is part of it")],
    },
    CorrectionForm {
        kind: "split",
        title: "A story is two",
        button: "Split it",
        fields: &[("story", "The story"), ("reports", "Reports that tell another story, one name a line")],
    },
    CorrectionForm {
        kind: "move",
        title: "A report belongs to another story",
        button: "Move it",
        fields: &[("report", "The report"), ("story", "leaves the story"), ("other_story", "and belongs to")],
    },
    CorrectionForm {
        kind: "speaker",
        title: "Somebody else says it",
        button: "Set it right",
        fields: &[
            ("report", "The report"),
            ("words", "The words, as the report has them"),
            ("speaker", "Who says them"),
        ],
    },
    CorrectionForm {
        kind: "same",
        title: "Two renditions are of one saying",
        button: "They are one",
        fields: PAIR,
    },
    CorrectionForm {
        kind: "another",
        title: "Two renditions are of different sayings",
        button: "They are two",
        fields: PAIR,
    },
];

const PAIR: &[(&str, &str)] = &[
    ("report", "The report"),
    ("words", "The words there"),
    ("other_report", "The other report"),
    ("other_words", "The words there"),
];

impl CorrectionForm {
    fn has(&self, name: &str) -> bool {
        self.fields.iter().any(|(field, _)| *field == name)
    }
}

impl Asked {
    /// What a field is filled in with.
    fn value(&self, field: &str) -> &str {
        match field {
            "story" => &self.story,
            "report" => &self.report,
            "words" => &self.words,
            _ => "",
        }
    }

    /// Whether a form is open: the one that is asked for, or else those that words of a report are for.
    fn opens(&self, form: &CorrectionForm) -> bool {
        form.kind == self.kind || self.kind.is_empty() && !self.words.is_empty() && form.has("words")
    }
}

/// What is typed into one of the forms.
#[derive(Debug, Deserialize)]
pub(crate) struct Typed {
    seal: String,
    kind: String,
    #[serde(default)]
    who: String,
    #[serde(default)]
    story: String,
    #[serde(default)]
    other_story: String,
    #[serde(default)]
    reports: String,
    #[serde(default)]
    report: String,
    #[serde(default)]
    words: String,
    #[serde(default)]
    other_report: String,
    #[serde(default)]
    other_words: String,
    #[serde(default)]
    speaker: String,
}

/// What is typed to undo a correction.
#[derive(Debug, Deserialize)]
pub(crate) struct Undoing {
    seal: String,
    #[serde(default)]
    who: String,
}

#[derive(Template)]
#[template(path = "corrections.html")]
struct Corrections {
    frame: Frame,
    seal: String,
    asked: Asked,
    corrections: Vec<Line>,
}

/// A correction in the list.
struct Line {
    id: i64,
    story: String,
    what: String,
    who: String,
    when: String,
    undone: Option<String>,
}

/// Answers with what people corrected.
pub(crate) async fn corrections(
    State(site): State<Arc<Site>>,
    asked: Result<Query<Asked>, QueryRejection>,
) -> Page {
    let Query(asked) = asked?;
    let all = site.archive.read(|archive| Ok(archive.corrections(None)?)).await?;
    write(&Corrections {
        frame: Frame::new(&site, "/corrections"),
        seal: site.seal.of("form"),
        asked,
        corrections: all.iter().rev().map(line).collect(),
    })
}

fn line(correction: &Correction) -> Line {
    Line {
        id: correction.id.0,
        story: correction.story.to_string(),
        what: told(&correction.what),
        who: correction.who.clone(),
        when: spoken(correction.at),
        undone: correction.undone.as_ref().map(|(who, at)| format!("undone by {who}, {}", spoken(*at))),
    }
}

/// A correction in words.
fn told(what: &Right) -> String {
    let words = |anchor: &Anchor| format!("“{}” in {}", anchor.text, anchor.report);
    match what {
        Right::MergeStories { kept, ended, .. } => format!("{ended} is part of {kept}"),
        Right::SplitStory { from, new, reports } => format!("{} left {from} for {new}", reports.join(", ")),
        Right::MoveReport { report, from, to } => format!("{report} belongs to {to}, not to {from}"),
        Right::Speaker { saying, speaker } => format!("{speaker} says {}", words(saying)),
        Right::SameSaying { one, other } => format!("{} and {} are one saying", words(one), words(other)),
        Right::AnotherSaying { one, other } => format!("{} and {} are two sayings", words(one), words(other)),
        _ => "another correction".into(),
    }
}

/// Takes in a correction.
pub(crate) async fn correct(
    State(site): State<Arc<Site>>,
    typed: Result<Form<Typed>, FormRejection>,
) -> Result<Redirect, Failure> {
    let Form(typed) = typed?;
    site.seal.check_form(&typed.seal)?;
    site.write(move |ingest| carry_out(ingest, &typed)).await?;
    Ok(Redirect::to("/corrections"))
}

fn carry_out(ingest: &mut Ingest, typed: &Typed) -> Result<(), Failure> {
    let (who, at) = (signed(&typed.who), Timestamp::now());
    match typed.kind.as_str() {
        "merge" => ingest.merge(story(&typed.story)?, story(&typed.other_story)?, &who, at).map(|_| ())?,
        "split" => {
            let reports: Vec<String> = typed
                .reports
                .lines()
                .map(str::trim)
                .filter(|name| !name.is_empty())
                .map(str::to_owned)
                .collect();
            ingest.split(story(&typed.story)?, &reports, &who, at)?;
        }
        "move" => {
            let (from, to) = (story(&typed.story)?, story(&typed.other_story)?);
            ingest.move_report(typed.report.trim(), from, to, &who, at)?;
        }
        _ => {
            let (of, what) = right(ingest.archive(), typed)?;
            ingest.set_right(of, &who, &what, at)?;
        }
    }
    Ok(())
}

fn signed(who: &str) -> String {
    let who: String = who.trim().chars().filter(|c| !c.is_control()).take(80).collect();
    if who.is_empty() { "a reader".into() } else { who }
}

fn story(id: &str) -> Result<StoryId, Failure> {
    id.trim().parse().map_err(Failure::bad_request)
}

/// What is right about sayings, and the story that it is about.
fn right(archive: &Archive, typed: &Typed) -> Result<(StoryId, Right), Failure> {
    let one = anchor(archive, &typed.report, &typed.words)?;
    let report = archive.report(&one.report)?;
    let of = archive.stories_of(report.id)?.first().map(|(story, _)| *story);
    let of = of.ok_or_else(|| Failure::bad_request("The report belongs to no story."))?;
    let other = || anchor(archive, &typed.other_report, &typed.other_words);
    let what = match typed.kind.as_str() {
        "speaker" if !typed.speaker.trim().is_empty() => {
            Right::Speaker { saying: one, speaker: typed.speaker.trim().to_owned() }
        }
        "speaker" => return Err(Failure::bad_request("Say who the speaker is.")),
        "same" => Right::SameSaying { one, other: other()? },
        "another" => Right::AnotherSaying { one, other: other()? },
        _ => return Err(Failure::bad_request("There is no such correction.")),
    };
    Ok((of, what))
}

/// Words of a report, by which they are found again.
fn anchor(archive: &Archive, report: &str, words: &str) -> Result<Anchor, Failure> {
    let report = archive.report(report.trim())?;
    let text = archive.article(report.id)?.article.text;
    let anchor = meant(&report, &text, &quoted(archive, &report)?, words.trim());
    anchor.map_err(|reason| Failure::bad_request(format!("{reason}.")))
}

/// Undoes a correction.
pub(crate) async fn undo(
    State(site): State<Arc<Site>>,
    id: Result<Path<i64>, PathRejection>,
    typed: Result<Form<Undoing>, FormRejection>,
) -> Result<Redirect, Failure> {
    let (Path(id), Form(typed)) = (id?, typed?);
    site.seal.check_form(&typed.seal)?;
    let who = signed(&typed.who);
    site.write(move |ingest| Ok(ingest.undo(CorrectionId(id), &who, Timestamp::now())?)).await?;
    Ok(Redirect::to("/corrections"))
}
