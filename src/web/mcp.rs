//! The archive for language models: a read-only server of the Model Context Protocol on standard input and output.
//!
//! Each tool is a question of the API. It takes the parameters that the description has, and gives what the API answers at that address.

use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::num::NonZeroU32;
use std::path::PathBuf;
use std::sync::Arc;

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{Request, header};
use rmcp::model::{
    CallToolRequestParams, CallToolResponse, CallToolResult, ContentBlock, Implementation, JsonObject,
    ListToolsResult, PaginatedRequestParams, ServerCapabilities, ServerConfig, Tool, ToolAnnotations,
};
use rmcp::service::RequestContext;
use rmcp::transport::stdio;
use rmcp::{ErrorData, RoleServer, ServerHandler, ServiceExt};
use serde_json::{Value, json};
use tower::ServiceExt as _;

use super::api::{QUESTIONS, Question};
use super::routes::router;
use super::settings::Settings;
use super::site::Site;
use super::witness;

/// The tools, each with the question that it asks.
const TOOLS: [(&str, &str); 4] =
    [("search", "search"), ("story", "story"), ("saying", "saying"), ("compare", "comparison")];

const INSTRUCTIONS: &str = "An archive of news reports. search finds reports and names their stories; story lists the reports of one; \
    compare gives who said what in which words, what agrees, what depends on what, and how many independent origins there are; \
    saying gives one saying in all its renditions. Offsets count Unicode scalar values. Nothing here says what is true.";

/// Serves an archive to a language model until standard input ends.
pub(crate) fn serve_models(archive: PathBuf) -> anyhow::Result<()> {
    let site = Site::open(Settings {
        archive,
        listen: SocketAddr::new(IpAddr::V4(Ipv4Addr::LOCALHOST), 0),
        hosts: Vec::new(),
        token: None,
        rate: NonZeroU32::MAX,
        is_read_only: true,
    })?;
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    runtime.block_on(async {
        witness::start(&site);
        let server = Models { router: router(&site) }.serve(stdio()).await?;
        server.waiting().await?;
        site.ending.send_replace(true);
        Ok(())
    })
}

struct Models {
    router: Router,
}

impl ServerHandler for Models {
    fn get_info(&self) -> ServerConfig {
        ServerConfig::new(ServerCapabilities::builder().enable_tools().build())
            .with_server_info(Implementation::new("parallax", env!("CARGO_PKG_VERSION")))
            .with_instructions(INSTRUCTIONS)
    }

    async fn list_tools(
        &self,
        _: Option<PaginatedRequestParams>,
        _: RequestContext<RoleServer>,
    ) -> Result<ListToolsResult, ErrorData> {
        let tools = TOOLS.iter().filter_map(|(name, question)| Some(tool(name, asks(question)?)));
        Ok(ListToolsResult::with_all_items(tools.collect()))
    }

    async fn call_tool(
        &self,
        request: CallToolRequestParams,
        _: RequestContext<RoleServer>,
    ) -> Result<CallToolResponse, ErrorData> {
        let called = TOOLS.iter().find(|(name, _)| *name == request.name);
        let question = called.and_then(|(_, question)| asks(question));
        let unknown = || ErrorData::invalid_params(format!("There is no tool {}.", request.name), None);
        let question = question.ok_or_else(unknown)?;
        // What was asked wrongly, or is not there, is told to the model, so that it can ask better.
        Ok(match address(question, &request.arguments.unwrap_or_default()) {
            Ok(address) => self.answer(&address).await?,
            Err(reason) => CallToolResult::error(vec![ContentBlock::text(reason)]),
        }
        .into())
    }
}

impl Models {
    /// What the API answers at an address.
    async fn answer(&self, address: &str) -> Result<CallToolResult, ErrorData> {
        let broken = |_| ErrorData::internal_error("The answer could not be made.", None);
        let request = Request::builder().uri(address).header(header::HOST, "localhost").body(Body::empty());
        let request =
            request.map_err(|_| ErrorData::internal_error("The question could not be asked.", None))?;
        let response = match self.router.clone().oneshot(request).await {
            Ok(response) => response,
            Err(never) => match never {},
        };
        let is_fine = response.status().is_success();
        let body = to_bytes(response.into_body(), usize::MAX).await.map_err(broken)?;
        let told = vec![ContentBlock::text(String::from_utf8_lossy(&body))];
        Ok(if is_fine { CallToolResult::success(told) } else { CallToolResult::error(told) })
    }
}

fn asks(question: &str) -> Option<&'static Question> {
    QUESTIONS.iter().find(|known| known.id == question)
}

fn tool(name: &'static str, question: &Question) -> Tool {
    let description = format!("{}. {}", question.title, question.more);
    let schema = Arc::new(input_schema(question));
    Tool::new(name, description, schema)
        .with_annotations(ToolAnnotations::new().read_only(true).open_world(false))
}

fn input_schema(question: &Question) -> JsonObject {
    let property = |parameter: &super::api::Parameter| {
        let kind = if parameter.is_number { "integer" } else { "string" };
        (parameter.name.clone(), json!({"type": kind, "description": parameter.words}))
    };
    let properties: JsonObject = question.parameters.iter().map(property).collect();
    let required = question.parameters.iter().filter(|parameter| parameter.is_required);
    let required: Vec<&str> = required.map(|parameter| parameter.name.as_str()).collect();
    let mut schema = JsonObject::new();
    schema.insert("type".into(), json!("object"));
    schema.insert("properties".into(), Value::Object(properties));
    schema.insert("required".into(), json!(required));
    schema.insert("additionalProperties".into(), json!(false));
    schema
}

/// The address of a question with these arguments, or why there is none.
fn address(question: &Question, arguments: &JsonObject) -> Result<String, String> {
    for parameter in question.parameters.iter().filter(|parameter| parameter.is_required) {
        if !arguments.contains_key(&parameter.name) {
            return Err(format!("{} is missing.", parameter.name));
        }
    }
    let mut asked = Vec::new();
    for (name, value) in arguments {
        if !question.parameters.iter().any(|parameter| parameter.name == *name) {
            return Err(format!("There is no argument {name}."));
        }
        match value {
            Value::Null => {}
            Value::String(text) => asked.push((name.as_str(), text.clone())),
            Value::Number(number) => asked.push((name.as_str(), number.to_string())),
            _ => return Err(format!("{name} is a string or a number.")),
        }
    }
    Ok(question.address(asked.iter().map(|(name, value)| (*name, value.as_str()))))
}
