//! The page held against WCAG 2.2 AA by axe-core.

use std::sync::LazyLock;

use serde_json::{Value, json};

use crate::chromium::Tab;

/// The script, where `PARALLAX_AXE` names it.
static SCRIPT: LazyLock<Option<String>> = LazyLock::new(|| {
    let Some(path) = std::env::var_os("PARALLAX_AXE") else {
        eprintln!("SKIPPED: axe-core; fetch it with PARALLAX_AXE=$(scripts/fetch-axe.sh)");
        return None;
    };
    Some(std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display())))
});

const RULES: [&str; 6] = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

/// What keeps people from using the page, a line each: the rule, the element, and why.
pub(crate) fn violations(tab: &mut Tab) -> Vec<String> {
    let Some(script) = SCRIPT.as_deref() else { return Vec::new() };
    // An expression of the protocol is not held to the policy of the page.
    tab.value(&format!("{script}\n;0"));
    let rules = json!({"runOnly": {"type": "tag", "values": RULES}, "resultTypes": ["violations"]});
    let found = tab.value(&format!("axe.run(document, {rules}).then((found) => found.violations)"));
    let lines = |violation: &Value| -> Vec<String> {
        let nodes = violation["nodes"].as_array().unwrap();
        nodes
            .iter()
            .map(|node| format!("{}: {} {}", violation["id"], node["html"], node["failureSummary"]))
            .collect()
    };
    found.as_array().unwrap().iter().flat_map(lines).collect()
}
