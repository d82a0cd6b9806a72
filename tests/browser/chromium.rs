//! One tab of a headless Chromium, driven by the DevTools protocol.
//!
//! The protocol goes over two pipes of the browser's own (`--remote-debugging-pipe`): no port, nothing to connect to, and the browser ends when the test does.

use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::thread;
use std::time::{Duration, Instant};

use base64::Engine;
use serde_json::{Value, json};
use tempfile::TempDir;

/// Nothing takes so long but a browser that hangs.
const PATIENCE: Duration = Duration::from_secs(30);

/// The browser is given its pipes as the file handles 3 and 4.
const START: &str = r#"exec chromium "$@" 3<&0 4>&1 0</dev/null 1>/dev/null 2>/dev/null"#;

const OPTIONS: [&str; 11] = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--hide-scrollbars",
    "--remote-debugging-pipe",
];

/// What a page is drawn on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Screen {
    Desk,
    Phone,
    /// As narrow as WCAG asks of a page that must not scroll sideways (1.4.10).
    Narrow,
}

/// A tab of a browser of its own.
pub(crate) struct Tab {
    browser: Child,
    to: ChildStdin,
    messages: Receiver<Value>,
    /// What the browser told without being asked.
    events: Vec<Value>,
    session: Option<String>,
    asked: u64,
    _profile: TempDir,
}

impl Tab {
    /// A tab, or `None` where there is no Chromium.
    pub(crate) fn open() -> Option<Self> {
        if !is_installed() {
            eprintln!("SKIPPED: chromium is not installed");
            return None;
        }
        let profile = tempfile::tempdir().unwrap();
        let mut browser = Command::new("sh")
            .args(["-c", START, "chromium"])
            .args(OPTIONS)
            .arg(format!("--user-data-dir={}", profile.path().display()))
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let (to, from) = (browser.stdin.take().unwrap(), browser.stdout.take().unwrap());
        let (sender, messages) = channel();
        thread::spawn(move || {
            for message in BufReader::new(from).split(0).map_while(Result::ok) {
                let Ok(message) = serde_json::from_slice(&message) else { break };
                if sender.send(message).is_err() {
                    break;
                }
            }
        });
        let mut tab =
            Self { browser, to, messages, events: Vec::new(), session: None, asked: 0, _profile: profile };
        tab.attach();
        Some(tab)
    }

    fn attach(&mut self) {
        let target = self.ask("Target.createTarget", json!({"url": "about:blank"}));
        let target = json!({"targetId": target["targetId"], "flatten": true});
        let attached = self.ask("Target.attachToTarget", target);
        self.session = Some(attached["sessionId"].as_str().unwrap().to_owned());
        for domain in ["Page", "Runtime", "Log", "Network"] {
            self.ask(&format!("{domain}.enable"), json!({}));
        }
        self.show_on(Screen::Desk);
    }

    /// Asks the browser for something and waits for the answer.
    pub(crate) fn ask(&mut self, method: &str, params: Value) -> Value {
        self.asked += 1;
        let mut message = json!({"id": self.asked, "method": method});
        message["params"] = params;
        if let Some(session) = &self.session {
            message["sessionId"] = json!(session);
        }
        self.to.write_all(format!("{message}\0").as_bytes()).unwrap();
        self.to.flush().unwrap();
        loop {
            let mut message =
                self.messages.recv_timeout(PATIENCE).unwrap_or_else(|error| panic!("{method}: {error}"));
            if message["id"] == self.asked {
                assert!(message.get("error").is_none(), "{method}: {message}");
                return message["result"].take();
            }
            self.events.push(message);
        }
    }

    /// The value of an expression on the page; a promise is waited for.
    pub(crate) fn value(&mut self, expression: &str) -> Value {
        let asked = json!({"expression": expression, "returnByValue": true, "awaitPromise": true});
        let mut answer = self.ask("Runtime.evaluate", asked);
        assert!(answer.get("exceptionDetails").is_none(), "{expression}: {answer}");
        answer["result"]["value"].take()
    }

    /// The text of an element.
    pub(crate) fn text(&mut self, selector: &str) -> String {
        let text = self.value(&format!("document.querySelector({})?.innerText", json!(selector)));
        text.as_str().unwrap_or_else(|| panic!("{selector} is not on the page")).to_owned()
    }

    /// Waits until an expression holds on a page that is loaded.
    pub(crate) fn wait_for(&mut self, expression: &str) {
        let began = Instant::now();
        let complete = format!("document.readyState === 'complete' && !!({expression})");
        // A page that is being left answers with an error, which is waited out too.
        while !self.holds(&complete) {
            if began.elapsed() > PATIENCE {
                let page = self.value("location.href + '\\n' + document.body.innerText");
                panic!("{expression} never holds on {page}");
            }
            thread::sleep(Duration::from_millis(20));
        }
    }

    fn holds(&mut self, expression: &str) -> bool {
        let answer = self.ask("Runtime.evaluate", json!({"expression": expression, "returnByValue": true}));
        answer["result"]["value"] == true
    }

    /// Goes to an address and waits until the page is there.
    pub(crate) fn go(&mut self, address: &str) {
        let answer = self.ask("Page.navigate", json!({"url": address}));
        assert!(answer.get("errorText").is_none(), "{address}: {answer}");
        self.wait_for("true");
    }

    /// Clicks into the middle of an element.
    pub(crate) fn click(&mut self, selector: &str) {
        let place = self.value(&format!(
            "(() => {{ const one = document.querySelector({}); one.scrollIntoView({{block: 'center', behavior: 'instant'}});
            const box = one.getBoundingClientRect(); return [box.x + box.width / 2, box.y + box.height / 2]; }})()",
            json!(selector)
        ));
        for kind in ["mousePressed", "mouseReleased"] {
            let event =
                json!({"type": kind, "x": place[0], "y": place[1], "button": "left", "clickCount": 1});
            self.ask("Input.dispatchMouseEvent", event);
        }
    }

    /// Presses a key and lets it go.
    pub(crate) fn press(&mut self, key: &str) {
        let (code, text) = match key {
            "Tab" => (9, ""),
            "Enter" => (13, "\r"),
            "Escape" => (27, ""),
            "ArrowUp" => (38, ""),
            "ArrowDown" => (40, ""),
            " " => (32, " "),
            letter => (0, letter),
        };
        for kind in ["keyDown", "keyUp"] {
            let text = if kind == "keyDown" { text } else { "" };
            let event = json!({"type": kind, "key": key, "windowsVirtualKeyCode": code, "text": text});
            self.ask("Input.dispatchKeyEvent", event);
        }
    }

    /// Types into what has the focus.
    pub(crate) fn write(&mut self, text: &str) {
        self.ask("Input.insertText", json!({"text": text}));
    }

    /// Chooses files as a person does in the dialogue of the browser.
    pub(crate) fn choose_files(&mut self, selector: &str, files: &[&Path]) {
        let found = json!({"expression": format!("document.querySelector({})", json!(selector))});
        let found = self.ask("Runtime.evaluate", found);
        let chosen = json!({"files": files, "objectId": found["result"]["objectId"]});
        self.ask("DOM.setFileInputFiles", chosen);
    }

    pub(crate) fn show_on(&mut self, screen: Screen) {
        let (width, height) = match screen {
            Screen::Desk => (1280, 900),
            Screen::Phone => (390, 844),
            Screen::Narrow => (320, 640),
        };
        let metrics = json!({"width": width, "height": height, "deviceScaleFactor": 1, "mobile": screen != Screen::Desk});
        self.ask("Emulation.setDeviceMetricsOverride", metrics);
    }

    pub(crate) fn set_dark(&mut self, is_dark: bool) {
        let value = if is_dark { "dark" } else { "light" };
        let features = json!([{"name": "prefers-color-scheme", "value": value}]);
        self.ask("Emulation.setEmulatedMedia", json!({"features": features}));
    }

    pub(crate) fn set_script(&mut self, runs: bool) {
        self.ask("Emulation.setScriptExecutionDisabled", json!({"value": !runs}));
    }

    /// Leaves a picture of the whole page, and gives its bytes.
    pub(crate) fn picture(&mut self, name: &str) -> Vec<u8> {
        let asked = json!({"format": "png", "captureBeyondViewport": true});
        let taken = self.ask("Page.captureScreenshot", asked);
        leave(&format!("{name}.png"), &taken["data"])
    }

    /// Leaves the page as it is printed, and gives its bytes.
    pub(crate) fn paper(&mut self, name: &str) -> Vec<u8> {
        let printed = self.ask("Page.printToPDF", json!({"preferCSSPageSize": true}));
        leave(&format!("{name}.pdf"), &printed["data"])
    }

    /// What the browser found fault with since this was asked last: errors, warnings, refusals by the policy of the page.
    pub(crate) fn complaints(&mut self) -> Vec<Value> {
        let is_complaint = |event: &Value| match event["method"].as_str() {
            Some("Log.entryAdded") => event["params"]["entry"]["level"] != "verbose",
            Some("Runtime.exceptionThrown") => true,
            Some("Runtime.consoleAPICalled") => event["params"]["type"] != "log",
            _ => false,
        };
        let told = self.events.iter().filter(|event| is_complaint(event));
        let told = told.map(|event| event["params"].clone()).collect();
        self.events.retain(|event| !is_complaint(event));
        told
    }

    /// Where the browser asked for something since this was asked last.
    pub(crate) fn addresses_asked(&mut self) -> Vec<String> {
        let sent = self.events.iter().filter(|event| event["method"] == "Network.requestWillBeSent");
        let sent = sent.map(|event| event["params"]["request"]["url"].as_str().unwrap().to_owned()).collect();
        self.events.retain(|event| event["method"] != "Network.requestWillBeSent");
        sent
    }
}

impl Drop for Tab {
    fn drop(&mut self) {
        let _ = self.browser.kill();
        let _ = self.browser.wait();
    }
}

fn is_installed() -> bool {
    let path = std::env::var_os("PATH").unwrap_or_default();
    std::env::split_paths(&path).any(|folder| folder.join("chromium").is_file())
}

/// The folder of what is left for people to look at.
pub(crate) fn pictures() -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("browser");
    fs::create_dir_all(&folder).unwrap();
    folder
}

fn leave(name: &str, data: &Value) -> Vec<u8> {
    let bytes = base64::engine::general_purpose::STANDARD.decode(data.as_str().unwrap()).unwrap();
    fs::write(pictures().join(name), &bytes).unwrap();
    bytes
}

/// Whether a page is wider than the screen.
pub(crate) fn scrolls_sideways(tab: &mut Tab) -> bool {
    tab.value("document.documentElement.scrollWidth > document.documentElement.clientWidth") == true
}
