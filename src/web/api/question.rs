//! What can be asked, as the description has it: for the page of the API and for the tools of language models.

use std::sync::LazyLock;

use serde_json::Value;

use super::description::openapi;
use crate::report::html::in_address;

/// Something that can be asked.
pub(in crate::web) struct Question {
    /// Its name, as `search`.
    pub(in crate::web) id: String,
    /// Its address, with the names of what is to be filled in, as `/api/v1/stories/{story}`.
    pub(in crate::web) path: String,
    pub(in crate::web) title: String,
    pub(in crate::web) more: String,
    pub(in crate::web) parameters: Vec<Parameter>,
    /// The shape of the answer.
    pub(in crate::web) answer: String,
}

/// A part of a question.
pub(in crate::web) struct Parameter {
    pub(in crate::web) name: String,
    pub(in crate::web) words: String,
    pub(in crate::web) is_required: bool,
    pub(in crate::web) is_number: bool,
}

/// All questions.
pub(in crate::web) static QUESTIONS: LazyLock<Vec<Question>> = LazyLock::new(|| {
    let paths = openapi()["paths"].as_object().cloned().unwrap_or_default();
    paths.iter().map(|(path, asked)| Question::new(path, &asked["get"])).collect()
});

impl Question {
    fn new(path: &str, asked: &Value) -> Self {
        let parameters = asked["parameters"].as_array().into_iter().flatten();
        let shape = &asked["responses"]["200"]["content"]["application/json"]["schema"]["$ref"];
        Self {
            id: text(&asked["operationId"]),
            path: path.to_owned(),
            title: plain(&asked["summary"]),
            more: plain(&asked["description"]),
            parameters: parameters.map(Parameter::new).collect(),
            answer: text(shape).rsplit('/').next().unwrap_or_default().to_owned(),
        }
    }

    /// The address of the question when it is filled in: names become parts of the path, the rest its query.
    pub(in crate::web) fn address<'a>(&self, asked: impl IntoIterator<Item = (&'a str, &'a str)>) -> String {
        let mut path = self.path.clone();
        let mut query = String::new();
        for (name, value) in asked {
            let place = format!("{{{name}}}");
            if path.contains(&place) {
                path = path.replace(&place, &in_address(value));
            } else {
                let sign = if query.is_empty() { '?' } else { '&' };
                query.push_str(&format!("{sign}{}={}", in_address(name), in_address(value)));
            }
        }
        path + &query
    }
}

impl Parameter {
    fn new(parameter: &Value) -> Self {
        let types = &parameter["schema"]["type"];
        let is_integer = |kind: &Value| kind == "integer";
        Self {
            name: text(&parameter["name"]),
            words: plain(&parameter["description"]),
            is_required: parameter["required"] == true,
            is_number: is_integer(types)
                || types.as_array().is_some_and(|types| types.iter().any(is_integer)),
        }
    }
}

fn text(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}

/// Words of the description without the signs of its markup.
pub(in crate::web) fn plain(value: &Value) -> String {
    text(value).replace('`', "")
}
