//! `parallax mcp`, driven as a language model's program does: JSON-RPC, a line a message, on standard input and output.

#![cfg(feature = "mcp")]
#![allow(clippy::unwrap_used, reason = "a test may fail by panicking, in its helpers too")]

use std::io::{BufRead, BufReader, Write};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};

use serde_json::{Value, json};
use tempfile::TempDir;

/// A server over the samples, greeted.
struct Model {
    server: Child,
    to: ChildStdin,
    from: BufReader<ChildStdout>,
    asked: u64,
    _folder: TempDir,
}

impl Model {
    fn greeted() -> (Self, Value) {
        let folder = tempfile::tempdir().unwrap();
        let archive = folder.path().join("news.db");
        let parallax = || Command::new(env!("CARGO_BIN_EXE_parallax"));
        let mut add = parallax();
        let add =
            add.current_dir(env!("CARGO_MANIFEST_DIR")).args(["add", "samples", "--quiet", "--archive"]);
        assert!(add.arg(&archive).status().unwrap().success());
        let mut server = parallax();
        let server = server.arg("mcp").arg(&archive).env("PARALLAX_LOG", "error");
        let mut server = server.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
        let (to, from) = (server.stdin.take().unwrap(), BufReader::new(server.stdout.take().unwrap()));
        let mut model = Self { server, to, from, asked: 0, _folder: folder };
        let greeting = model.ask(
            "initialize",
            json!({"protocolVersion": "2025-06-18", "capabilities": {}, "clientInfo": {"name": "test", "version": "1"}}),
        );
        model.send(&json!({"jsonrpc": "2.0", "method": "notifications/initialized"}));
        (model, greeting)
    }

    fn send(&mut self, message: &Value) {
        writeln!(self.to, "{message}").unwrap();
    }

    fn ask(&mut self, method: &str, params: Value) -> Value {
        self.asked += 1;
        let mut message = json!({"jsonrpc": "2.0", "id": self.asked, "method": method});
        message["params"] = params;
        self.send(&message);
        let mut line = String::new();
        self.from.read_line(&mut line).unwrap();
        let answer: Value = serde_json::from_str(&line).unwrap();
        assert_eq!(answer["id"], self.asked, "{answer}");
        answer
    }

    /// Calls a tool; whether it failed, and what it said.
    fn call(&mut self, tool: &str, arguments: Value) -> (bool, String) {
        let mut params = json!({"name": tool});
        params["arguments"] = arguments;
        let answer = self.ask("tools/call", params);
        let result = &answer["result"];
        (result["isError"] == true, result["content"][0]["text"].as_str().unwrap().to_owned())
    }
}

impl Drop for Model {
    fn drop(&mut self) {
        let _ = self.server.kill();
        let _ = self.server.wait();
    }
}

#[test]
fn it_says_what_it_is_and_what_can_be_asked() {
    let (mut model, greeting) = Model::greeted();
    assert_eq!(greeting["result"]["serverInfo"]["name"], "parallax");
    assert!(greeting["result"]["capabilities"]["tools"].is_object());
    let tools = model.ask("tools/list", json!({}));
    let tools = tools["result"]["tools"].as_array().unwrap().clone();
    let names: Vec<_> = tools.iter().map(|tool| tool["name"].as_str().unwrap()).collect();
    assert_eq!(names, ["search", "story", "saying", "compare"]);
    for tool in &tools {
        assert_eq!(tool["annotations"]["readOnlyHint"], true, "{tool}");
        assert!(!tool["description"].as_str().unwrap().is_empty(), "{tool}");
        assert_eq!(tool["inputSchema"]["type"], "object", "{tool}");
    }
    assert_eq!(tools[2]["inputSchema"]["required"], json!(["story", "saying"]));
    assert_eq!(tools[0]["inputSchema"]["properties"]["min_origins"]["type"], "integer");
}

#[test]
fn the_tools_give_the_shapes_of_the_api() {
    let (mut model, _) = Model::greeted();
    for (tool, arguments, field) in [
        ("search", json!({"q": "dam", "limit": 2}), "/hits/1/report"),
        ("story", json!({"story": "s1"}), "/members/4/report"),
        ("saying", json!({"story": "s1", "saying": "u1"}), "/quotations/0/words/0"),
        ("compare", json!({"story": "s1"}), "/origins/2/reason"),
    ] {
        let (failed, text) = model.call(tool, arguments);
        let answer: Value = serde_json::from_str(&text).unwrap();
        assert!(!failed && answer.pointer(field).is_some_and(Value::is_string), "{tool}: {text}");
    }
}

#[test]
fn what_is_asked_wrongly_is_told() {
    let (mut model, _) = Model::greeted();
    for (tool, arguments, told) in [
        ("story", json!({}), "story is missing"),
        ("story", json!({"story": "s999"}), "no story s999"),
        ("story", json!({"story": "../../etc/passwd"}), "There is no story"),
        ("saying", json!({"story": "s1", "saying": "u999"}), "no saying u999"),
        ("search", json!({"q": "dam", "limit": 1000}), "limit is a number from 1 to 100"),
        ("search", json!({"question": "dam"}), "There is no argument question"),
        ("search", json!({"q": ["dam"]}), "q is a string or a number"),
    ] {
        let (failed, text) = model.call(tool, arguments.clone());
        assert!(failed && text.contains(told), "{tool} {arguments}: {text}");
    }
    let unknown = model.ask("tools/call", json!({"name": "delete", "arguments": {}}));
    assert_eq!(unknown["error"]["code"], -32602, "{unknown}");
    assert!(!model.call("search", json!({"q": "dam"})).0, "it goes on after that");
}
