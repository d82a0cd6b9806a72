//! Taking in reports: by upload, paste or address, with signs of life.

use std::convert::Infallible;
use std::path::{Path as FilePath, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use askama::Template;
use axum::extract::multipart::{Field, MultipartError, MultipartRejection};
use axum::extract::rejection::PathRejection;
use axum::extract::{Multipart, Path, State};
use axum::response::Redirect;
use axum::response::sse::{Event, KeepAlive, Sse};
use futures_util::stream::unfold;
use futures_util::{Stream, StreamExt};
use parallax_archive::{Archive, StoryId};
use parallax_model::{Body, RawReport};
use sha2::{Digest, Sha256};

use super::{Frame, Page, write};
use crate::web::failure::Failure;
use crate::web::imports::{Folder, Progress, Source, begin};
use crate::web::server::ended;
use crate::web::site::Site;

/// Bytes that may be sent at a time.
pub(crate) const LARGEST: usize = 64 << 20;

#[derive(Template)]
#[template(path = "import.html")]
struct Import {
    frame: Frame,
    seal: String,
}

#[derive(Template)]
#[template(path = "importing.html")]
struct Importing {
    frame: Frame,
    number: u64,
    progress: Progress,
    /// The stories that the reports belong to, with their headlines.
    stories: Vec<(String, String)>,
}

/// What is sent.
#[derive(Default)]
struct Sent {
    seal: String,
    text: String,
    title: String,
    outlet: String,
    published: String,
    address: String,
    files: Vec<PathBuf>,
    folder: Option<Folder>,
}

/// Answers with the forms.
pub(crate) async fn import(State(site): State<Arc<Site>>) -> Page {
    write(&Import { frame: Frame::new(&site, "/import"), seal: site.seal.of("form") })
}

/// Begins to take in what is sent.
pub(crate) async fn take_in(
    State(site): State<Arc<Site>>,
    sent: Result<Multipart, MultipartRejection>,
) -> Result<Redirect, Failure> {
    let sent = sent.map_err(|rejection| Failure::new(rejection.status(), rejection.body_text()))?;
    let sent = read(&site, sent).await?;
    let number = begin(&site, source(sent)?);
    Ok(Redirect::to(&format!("/import/{number}")))
}

async fn read(site: &Site, mut parts: Multipart) -> Result<Sent, Failure> {
    let mut sent = Sent::default();
    while let Some(field) = parts.next_field().await.map_err(|error| refused(&error))? {
        let name = field.name().unwrap_or_default().to_owned();
        // The seal comes first: nothing is kept for a form that does not carry it.
        if name != "seal" {
            site.seal.check_form(&sent.seal)?;
        }
        if name == "files" {
            keep_file(&mut sent, field).await?;
            continue;
        }
        let text = field.text().await.map_err(|error| refused(&error))?;
        match name.as_str() {
            "seal" => sent.seal = text,
            "text" => sent.text = text,
            "title" => sent.title = text,
            "outlet" => sent.outlet = text,
            "published" => sent.published = text,
            "address" => sent.address = text,
            _ => {}
        }
    }
    site.seal.check_form(&sent.seal)?;
    Ok(sent)
}

fn refused(error: &MultipartError) -> Failure {
    Failure::new(error.status(), error.body_text())
}

/// Writes a file that is sent into a folder of the import, under the last part of its name.
async fn keep_file(sent: &mut Sent, field: Field<'_>) -> Result<(), Failure> {
    let name = FilePath::new(field.file_name().unwrap_or_default()).file_name().map(FilePath::new);
    let name: String = name.map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let name: String =
        name.chars().filter(|c| c.is_alphanumeric() || "-_. ".contains(*c)).take(120).collect();
    let bytes = field.bytes().await.map_err(|error| refused(&error))?;
    let name = name.trim_start_matches('.').trim();
    if bytes.is_empty() || name.is_empty() {
        return Ok(());
    }
    let folder = match &sent.folder {
        Some(folder) => folder.0.clone(),
        None => sent.folder.insert(new_folder(&bytes)?).0.clone(),
    };
    let path = folder.join(name);
    tokio::task::spawn_blocking({
        let path = path.clone();
        move || std::fs::write(path, bytes)
    })
    .await
    .map_err(|_| Failure::broken())?
    .map_err(|error| unwritten(&error))?;
    sent.files.push(path);
    Ok(())
}

/// A folder of its own among the system's temporary files.
fn new_folder(bytes: &[u8]) -> Result<Folder, Failure> {
    let digest = digest(bytes);
    for number in 0..1000 {
        let path =
            std::env::temp_dir().join(format!("parallax-import-{}-{digest}-{number}", std::process::id()));
        match std::fs::create_dir(&path) {
            Ok(()) => return Ok(Folder(path)),
            Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => {}
            Err(error) => return Err(unwritten(&error)),
        }
    }
    Err(Failure::broken())
}

fn unwritten(error: &std::io::Error) -> Failure {
    tracing::error!(error = %error, "a file that was sent could not be kept");
    Failure::broken()
}

fn digest(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().take(5).map(|byte| format!("{byte:02x}")).collect()
}

fn source(sent: Sent) -> Result<Source, Failure> {
    let filled = |text: &str| Some(text.trim().to_owned()).filter(|text| !text.is_empty());
    if !sent.files.is_empty() {
        return Ok(Source::Inputs(sent.files, sent.folder));
    }
    if let Some(address) = filled(&sent.address) {
        if !address.starts_with("http://") && !address.starts_with("https://") {
            return Err(Failure::bad_request("An address begins with http:// or https://."));
        }
        return Ok(Source::Inputs(vec![address.into()], None));
    }
    if sent.text.trim().is_empty() {
        return Err(Failure::bad_request(
            "There is nothing to take in: choose files, paste a text or give an address.",
        ));
    }
    let id = format!("pasted-{}", digest(sent.text.as_bytes()));
    Ok(Source::Typed(Box::new(RawReport {
        place: id.clone(),
        id,
        source: filled(&sent.outlet),
        title: filled(&sent.title),
        published: filled(&sent.published),
        url: None,
        language: None,
        body: Body::Text(sent.text),
        fetched: None,
        authors: Vec::new(),
        credit: None,
    })))
}

/// Answers with how far an import is.
pub(crate) async fn importing(
    State(site): State<Arc<Site>>,
    number: Result<Path<u64>, PathRejection>,
) -> Page {
    let Path(number) = number?;
    let progress = site.imports.watch(number).map(|progress| progress.borrow().clone());
    let progress = progress.ok_or_else(|| Failure::not_found("There is no such import."))?;
    let named = progress.stories.clone();
    let titled = move |archive: &Archive| {
        let title = |id: String| {
            let title = id.parse::<StoryId>().ok().map(|id| archive.story(id)).transpose()?;
            Ok((id, title.map(|story| story.title).unwrap_or_default()))
        };
        named.into_iter().map(title).collect::<Result<Vec<_>, Failure>>()
    };
    let stories = site.archive.read(titled).await?;
    write(&Importing { frame: Frame::new(&site, "/import"), number, progress, stories })
}

/// Tells how far an import is, as it goes on, until it is done or the server ends.
pub(crate) async fn progress(
    State(site): State<Arc<Site>>,
    number: Result<Path<u64>, PathRejection>,
) -> Result<Sse<impl Stream<Item = Result<Event, Infallible>>>, Failure> {
    let Path(number) = number?;
    let progress =
        site.imports.watch(number).ok_or_else(|| Failure::not_found("There is no such import."))?;
    let steps = unfold((progress, None), |(mut progress, last)| async move {
        if last == Some(true) || last.is_some() && progress.changed().await.is_err() {
            return None;
        }
        let now = progress.borrow_and_update().clone();
        let is_done = now.is_done;
        Some((now, (progress, Some(is_done))))
    });
    let told = steps.map(|progress| Ok(Event::default().json_data(&progress).unwrap_or_default()));
    let ending = site.ending.subscribe();
    let until_end = told.take_until(Box::pin(ended(ending)));
    Ok(Sse::new(until_end).keep_alive(KeepAlive::new().interval(Duration::from_secs(15))))
}
