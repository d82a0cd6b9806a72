//! The reader without a mouse: Tab and Enter alone reach and do everything, short cuts save key strokes, and what has the focus can be seen.

use crate::chromium::Tab;
use crate::served::Served;

/// Presses Tab until what has the focus fulfils a condition on `it`.
fn tab_to(tab: &mut Tab, condition: &str) {
    for _ in 0..400 {
        tab.press("Tab");
        let holds = format!("(() => {{ const it = document.activeElement; return {condition}; }})()");
        if tab.value(&holds) == true {
            let ring = tab.value("getComputedStyle(document.activeElement).outlineStyle");
            assert_ne!(ring, "none", "what has the focus cannot be seen: {condition}");
            return;
        }
    }
    panic!("Tab never reaches {condition}");
}

#[test]
fn a_story_is_found_and_read_to_its_source() {
    let Some((served, mut tab)) = Served::with_tab() else { return };
    tab.go(&served.at("/"));
    tab.press("Tab");
    assert_eq!(tab.value("document.activeElement.className"), "skip");
    tab.press("Enter");
    tab_to(&mut tab, "it.matches('.stories h2 a') && it.pathname === '/stories/s1'");
    tab.press("Enter");
    tab.wait_for("location.pathname === '/stories/s1'");
    tab_to(&mut tab, "it.matches('.saying a.chip')");
    tab.press("Enter");
    tab.wait_for("location.pathname.startsWith('/reports/') && document.querySelector(':target')");
    tab_to(&mut tab, "it.matches('.back.to-saying')");
    tab.press("Enter");
    tab.wait_for("location.pathname.startsWith('/stories/s1/sayings')");
}

#[test]
fn a_correction_is_made_and_undone_by_keys() {
    let Some((served, mut tab)) = Served::with_tab() else { return };
    tab.go(&served.at("/corrections"));
    tab_to(&mut tab, "it.matches('summary') && it.textContent === 'A story is two'");
    tab.press("Enter");
    for (field, words) in [("story", "s1"), ("reports", "lissund-review"), ("who", "Desk")] {
        tab_to(&mut tab, &format!("it.id === 'split-{field}'"));
        tab.write(words);
    }
    tab.press("Enter");
    tab.wait_for("document.querySelector('.lines > li')");
    tab_to(&mut tab, "it.matches('.lines button')");
    tab.press("Enter");
    tab.wait_for("document.querySelector('.undone')");
}

#[test]
fn a_search_answers_as_it_is_typed() {
    let Some((served, mut tab)) = Served::with_tab() else { return };
    tab.go(&served.at("/"));
    tab.press("/");
    assert_eq!(tab.value("document.activeElement.id"), "q");
    for letter in ["d", "a", "m"] {
        tab.press(letter);
    }
    tab.wait_for("document.querySelectorAll('.found a').length > 1");
    assert!(tab.text("[role=status]").ends_with("reports below the search"));
    tab.picture("search-as-typed");
    tab.press("ArrowDown");
    tab.press("ArrowDown");
    assert_eq!(tab.value("[...document.querySelectorAll('.found a')].indexOf(document.activeElement)"), 1);
    tab.press("ArrowUp");
    tab.press("Escape");
    assert_eq!(tab.value("document.activeElement.id + document.querySelector('.found').hidden"), "qtrue");
    tab.press("Enter");
    tab.wait_for("location.pathname === '/search' && document.querySelector('.hits mark')");
}

#[test]
fn short_cuts_walk_the_page_and_can_be_switched_off() {
    let Some((served, mut tab)) = Served::with_tab() else { return };
    tab.go(&served.at("/stories/s1"));
    tab.press("j");
    let first = tab.value("document.activeElement.outerHTML");
    tab.press("j");
    assert_ne!(tab.value("document.activeElement.outerHTML"), first);
    tab.press("k");
    assert_eq!(tab.value("document.activeElement.outerHTML"), first);
    tab.press("?");
    tab.wait_for("location.pathname === '/help'");
    tab.click("#short-cuts");
    tab.press("h");
    assert_eq!(tab.value("location.pathname"), "/help");
    tab.click("#short-cuts");
    tab.press("h");
    tab.wait_for("location.pathname === '/'");
}
