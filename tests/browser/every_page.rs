//! Every page of the reader: drawn, printed, held against WCAG 2.2 AA, and nothing on it that the browser complains of.

use crate::chromium::{Screen, Tab, scrolls_sideways};
use crate::served::Served;
use crate::{axe, importing};

/// Every kind of page, with the name of its pictures.
const PAGES: [(&str, &str); 22] = [
    ("front", "/"),
    ("front-filtered", "/?reports=2&min_origins=2"),
    ("front-nothing", "/?reports=20"),
    ("search", "/search?q=dam"),
    ("search-nothing", "/search?q=zzzz"),
    ("search-precise", "/search?q=dam&speaker=Venn&after=2020"),
    ("story", "/stories/s1"),
    ("story-alone", "/stories/s2"),
    ("sayings", "/stories/s1/sayings"),
    ("facts", "/stories/s1/facts"),
    ("timeline", "/stories/s1/timeline"),
    ("only", "/stories/s1/only"),
    ("reports", "/stories/s1/reports"),
    ("report", "/reports/continental-wire?story=s1"),
    ("report-page", "/reports/maldrun-courier?story=s1"),
    ("beside", "/beside?a=continental-wire&b=maldrun-courier&story=s1"),
    ("corrections", "/corrections?story=s1"),
    ("import", "/import"),
    ("importing", "/import/1"),
    ("help", "/help"),
    ("failure", "/stories/s999"),
    ("description", "/api/docs/"),
];

#[test]
fn every_page_is_sound_on_every_screen() {
    let Some((served, mut tab)) = Served::with_tab() else { return };
    importing::paste(&mut tab, &served, "The observatory of Quorn lost a mirror in the storm.");
    let mut faults = Vec::new();
    for (name, path) in PAGES {
        faults.extend(check(&mut tab, &served, name, path));
    }
    for (name, start) in
        [("saying", ".tags a"), ("person", ".saying h3 a"), ("outlet", "#reports a[href^='/outlets/']")]
    {
        tab.go(&served.at("/stories/s1"));
        let href = tab.value(&format!("document.querySelector(\"{start}\").getAttribute('href')"));
        faults.extend(check(&mut tab, &served, name, href.as_str().unwrap()));
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn the_page_to_sign_in_is_sound() {
    let Some(mut tab) = Tab::open() else { return };
    let folder = tempfile::tempdir().unwrap();
    let token = folder.path().join("token");
    std::fs::write(&token, "a token that is long").unwrap();
    let served = Served::start(&["--token-file", token.to_str().unwrap()]);
    let faults = check(&mut tab, &served, "sign-in", "/sign-in");
    assert!(faults.is_empty(), "{}", faults.join("\n"));
    tab.go(&served.at("/"));
    tab.click("#token");
    tab.write("a token that is not it");
    tab.press("Enter");
    tab.wait_for("document.querySelector('[role=alert]')");
    tab.click("#token");
    tab.write("a token that is long");
    tab.press("Enter");
    tab.wait_for("location.pathname === '/' && document.querySelector('.stories')");
}

/// A slow machine may draw a table before its last rows widen a column. Up to here Web Vitals calls a page steady.
const LARGEST_SHIFT: f64 = 0.1;

/// Draws a page on every screen; what is wrong with it, a line each.
fn check(tab: &mut Tab, served: &Served, name: &str, path: &str) -> Vec<String> {
    tab.show_on(Screen::Desk);
    tab.addresses_asked();
    tab.complaints();
    tab.go(&served.at(path));
    tab.wait_for("document.querySelector('h1')");
    let mut faults = Vec::new();
    if shifted(tab) > LARGEST_SHIFT {
        faults.push("what is read moves while the page is loaded".to_owned());
    }
    for (screen, of) in [(Screen::Desk, ""), (Screen::Phone, "-phone"), (Screen::Narrow, "-narrow")] {
        tab.show_on(screen);
        tab.picture(&format!("{name}{of}"));
        if scrolls_sideways(tab) {
            faults.push(format!("it scrolls sideways{of}"));
        }
    }
    faults.extend(axe::violations(tab));
    tab.show_on(Screen::Desk);
    faults.extend(axe::violations(tab));
    tab.set_dark(true);
    tab.picture(&format!("{name}-dark"));
    faults.extend(axe::violations(tab));
    tab.set_dark(false);
    tab.paper(name);
    // The status of a page that tells what went wrong is one that the browser names.
    let complaints = tab.complaints();
    faults.extend(complaints.iter().filter(|_| name != "failure").map(ToString::to_string));
    let is_ours = |address: &String| address.starts_with(&served.address) || address.starts_with("data:");
    let elsewhere = tab.addresses_asked().into_iter().filter(|address| !is_ours(address));
    faults.extend(elsewhere.map(|address| format!("it asks for {address}")));
    faults.sort();
    faults.dedup();
    faults.into_iter().map(|fault| format!("{name}: {fault}")).collect()
}

/// How far what is on the page has moved (Cumulative Layout Shift).
fn shifted(tab: &mut Tab) -> f64 {
    let moved = "new Promise((told) => new PerformanceObserver((list) => told(list.getEntries().reduce((sum, entry) => sum + entry.value, 0)))
        .observe({type: 'layout-shift', buffered: true}) || setTimeout(() => told(0), 50))";
    tab.value(moved).as_f64().unwrap()
}
