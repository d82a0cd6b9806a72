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
use crate::report::html::in_address;
use crate::web::api::openapi;
use crate::web::failure::Failure;
use crate::web::site::Site;

#[derive(Template)]
#[template(path = "description.html")]
struct Description {
    frame: Frame,
    described: &'static Described,
}

/// What the API answers.
struct Described {
    questions: Vec<Question>,
    shapes: Vec<Shape>,
}

/// Something that can be asked.
struct Question {
    id: String,
    path: String,
    title: String,
    more: String,
    parameters: Vec<Parameter>,
    /// The shape of the answer.
    answer: String,
}

/// A part of a question.
struct Parameter {
    name: String,
    words: String,
    is_required: bool,
    is_number: bool,
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

static DESCRIBED: LazyLock<Described> = LazyLock::new(|| {
    let api = openapi();
    let paths = api["paths"].as_object().into_iter().flatten();
    let shapes = api["components"]["schemas"].as_object().into_iter().flatten();
    Described {
        questions: paths.map(|(path, asked)| question(path, &asked["get"])).collect(),
        shapes: shapes.map(|(name, schema)| shape(name, schema)).collect(),
    }
});

/// Answers with the page.
pub(crate) async fn description(State(site): State<Arc<Site>>) -> Page {
    write(&Description { frame: Frame::new(&site, "/api/docs/"), described: &DESCRIBED })
}

/// Leads to the answer of a question that was filled in: names become parts of the path, the rest its query.
pub(crate) async fn try_it(
    asked: Result<Query<Vec<(String, String)>>, QueryRejection>,
) -> Result<Redirect, Failure> {
    let Query(asked) = asked?;
    let missing = || Failure::bad_request("There is no such question.");
    let wanted = asked.iter().find(|(name, _)| name == "question").map(|(_, value)| value.as_str());
    let question = DESCRIBED.questions.iter().find(|question| Some(question.id.as_str()) == wanted);
    let question = question.ok_or_else(missing)?;
    let mut path = question.path.clone();
    let mut query = Vec::new();
    for (name, value) in asked.iter().filter(|(name, value)| name != "question" && !value.is_empty()) {
        let place = format!("{{{name}}}");
        match path.contains(&place) {
            true => path = path.replace(&place, &in_address(value)),
            false => query.push(format!("{}={}", in_address(name), in_address(value))),
        }
    }
    let sign = if query.is_empty() { "" } else { "?" };
    Ok(Redirect::to(&format!("{path}{sign}{}", query.join("&"))))
}

fn question(path: &str, asked: &Value) -> Question {
    let parameters = asked["parameters"].as_array().into_iter().flatten();
    let answer = &asked["responses"]["200"]["content"]["application/json"]["schema"];
    Question {
        id: text(&asked["operationId"]),
        path: path.to_owned(),
        title: plain(&asked["summary"]),
        more: plain(&asked["description"]),
        parameters: parameters.map(parameter).collect(),
        answer: named(answer).unwrap_or_default(),
    }
}

fn parameter(parameter: &Value) -> Parameter {
    let types = &parameter["schema"]["type"];
    Parameter {
        name: text(&parameter["name"]),
        words: plain(&parameter["description"]),
        is_required: parameter["required"] == true,
        is_number: types == "integer"
            || types.as_array().is_some_and(|types| types.contains(&"integer".into())),
    }
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
        Value::Array(several) => several.iter().map(text).collect::<Vec<_>>().join(" or "),
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

fn text(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}

/// Words of the description without the signs of its markup.
fn plain(value: &Value) -> String {
    text(value).replace('`', "")
}
