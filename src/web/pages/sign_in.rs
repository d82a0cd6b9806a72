//! The page on which a person shows the token.

use std::sync::Arc;

use askama::Template;
use axum::extract::State;

use super::{Frame, Page, write};
use crate::web::site::Site;

#[derive(Template)]
#[template(path = "sign_in.html")]
struct SignIn {
    frame: Frame,
    seal: String,
    was_wrong: bool,
}

/// Answers with the page.
pub(crate) async fn sign_in(State(site): State<Arc<Site>>) -> Page {
    sign_in_page(&site, false)
}

/// The page, after a wrong token where one was typed.
pub(crate) fn sign_in_page(site: &Site, was_wrong: bool) -> Page {
    write(&SignIn { frame: Frame::closed(), seal: site.seal.of("form"), was_wrong })
}
