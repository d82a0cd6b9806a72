//! What all answers of the API have in common.

use axum::extract::rejection::{PathRejection, QueryRejection};
use axum::extract::{FromRequestParts, Query};
use axum::http::header;
use axum::http::request::Parts;
use axum::response::{IntoResponse, Response};
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::web::failure::Failure;

/// JSON, or why there is none.
pub(in crate::web) type Answer = Result<Response, Failure>;

/// What is asked in the query part of an address.
pub(in crate::web) struct Asked<T>(pub(super) T);

impl<T: DeserializeOwned, S: Send + Sync> FromRequestParts<S> for Asked<T> {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Failure> {
        let asked: Result<Query<T>, QueryRejection> = Query::from_request_parts(parts, state).await;
        Ok(Self(asked?.0))
    }
}

/// A name in the path of an address.
pub(in crate::web) struct Named(pub(super) String);

impl<S: Send + Sync> FromRequestParts<S> for Named {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Failure> {
        let named: Result<axum::extract::Path<String>, PathRejection> =
            axum::extract::Path::from_request_parts(parts, state).await;
        Ok(Self(named?.0))
    }
}

/// An answer as JSON.
pub(super) fn json(value: &impl Serialize) -> Answer {
    let text = serde_json::to_string(value).map_err(|error| {
        tracing::error!(error = %error, "an answer could not be written");
        Failure::broken()
    })?;
    Ok(([(header::CONTENT_TYPE, "application/json")], text).into_response())
}

/// How many items an answer has: 20, or as many as are asked for, up to 100.
pub(super) fn limited(limit: Option<u32>) -> Result<u32, Failure> {
    match limit.unwrap_or(20) {
        limit @ 1..=100 => Ok(limit),
        _ => Err(Failure::bad_request("limit is a number from 1 to 100.")),
    }
}
