//! The API described for people, with a form for each question to try it.
//!
//! What stands here is read from the description for programs, so the two say the same.

use std::sync::{Arc, LazyLock};

use askama::Template;
use axum::extract::rejection::QueryRejection;
use axum::extract::{Query, State};
use axum::response::Redirect;
use serde_json::Value;

use super::{Frame, Page, write};
use crate::web::api::{QUESTIONS, Question, openapi, plain};
use crate::web::failure::Failure;
use crate::web::site::Site;

#[derive(Template)]
#[template(path = "description.html")]
struct Description {
    frame: Frame,
    questions: &'static [Question],
    shapes: &'static [Shape],
}

/// A shape of an answer or of a part of one.
struct Shape {
    name: String,
    words: String,
    fields: Vec<Field>,
}

struct Field {
    name: String,
    /// The names of the shapes that it can have, with whether there are many of them.
    kind: String,
    shape: Option<String>,
    words: String,
}

static SHAPES: LazyLock<Vec<Shape>> = LazyLock::new(|| {
    let schemas = openapi()["components"]["schemas"].as_object().cloned().unwrap_or_default();
    schemas.iter().map(|(name, schema)| shape(name, schema)).collect()
});

/// Answers with the page.
pub(crate) async fn description(State(site): State<Arc<Site>>) -> Page {
    write(&Description { frame: Frame::new(&site, "/api/docs/"), questions: &QUESTIONS, shapes: &SHAPES })
}

/// Leads to the answer of a question that was filled in.
pub(crate) async fn try_it(
    asked: Result<Query<Vec<(String, String)>>, QueryRejection>,
) -> Result<Redirect, Failure> {
    let Query(asked) = asked?;
    let asked = asked.iter().map(|(name, value)| (name.as_str(), value.as_str()));
    let (wanted, asked): (Vec<_>, Vec<_>) = asked.partition(|(name, _)| *name == "question");
    let question = QUESTIONS.iter().find(|question| wanted.iter().any(|(_, id)| *id == question.id));
    let question = question.ok_or_else(|| Failure::bad_request("There is no such question."))?;
    // What was left empty is not asked.
    Ok(Redirect::to(&question.address(asked.into_iter().filter(|(_, value)| !value.is_empty()))))
}

fn shape(name: &str, schema: &Value) -> Shape {
    // What is laid flat into a shape stands beside its own fields.
    let parts = schema["allOf"].as_array().map_or(std::slice::from_ref(schema), Vec::as_slice);
    let fields = parts.iter().flat_map(|part| part["properties"].as_object().into_iter().flatten());
    let flat = parts.iter().filter_map(named).map(|shape| Field {
        name: "and what it has".into(),
        kind: String::new(),
        shape: Some(shape),
        words: String::new(),
    });
    Shape {
        name: name.to_owned(),
        words: plain(&schema["description"]),
        fields: flat.chain(fields.map(|(name, schema)| field(name, schema))).collect(),
    }
}

fn field(name: &str, schema: &Value) -> Field {
    let choices = schema["oneOf"].as_array().map_or(std::slice::from_ref(schema), Vec::as_slice);
    let items =
        choices.iter().map(|choice| if choice["items"].is_object() { &choice["items"] } else { choice });
    Field {
        name: name.to_owned(),
        kind: choices.iter().map(kind).filter(|kind| !kind.is_empty()).collect::<Vec<_>>().join(" or "),
        shape: items.filter_map(named).next(),
        words: plain(&schema["description"]),
    }
}

/// What a value is: `string`, `integer or null`, `list of`.
fn kind(schema: &Value) -> String {
    let types = match &schema["type"] {
        Value::String(one) => one.clone(),
        Value::Array(several) => several.iter().filter_map(Value::as_str).collect::<Vec<_>>().join(" or "),
        _ => String::new(),
    };
    let of =
        if schema["items"].is_object() { format!(" of {}", kind(&schema["items"])) } else { String::new() };
    types.replace("array", "list") + of.trim_end_matches(' ')
}

/// The shape that a schema refers to.
fn named(schema: &Value) -> Option<String> {
    Some(schema["$ref"].as_str()?.rsplit('/').next()?.to_owned())
}
