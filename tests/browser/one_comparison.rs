//! The page that `parallax compare` writes.

use std::fs;
use std::path::PathBuf;
use std::process::Command;

use crate::chromium::{Screen, Tab, pictures};
use crate::{axe, chromium};

/// The page of the samples, in a tab.
fn opened() -> Option<(Tab, PathBuf)> {
    let mut tab = Tab::open()?;
    let page = pictures().join(format!("samples-{}.html", std::process::id()));
    let compare = Command::new(env!("CARGO_BIN_EXE_parallax"))
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .args(["compare", "samples", "--output"])
        .arg(&page)
        .status()
        .unwrap();
    assert!(compare.success());
    tab.go(&format!("file://{}", page.display()));
    Some((tab, page))
}

#[test]
fn the_browser_reads_what_was_written_and_has_nothing_to_complain_of() {
    let Some((mut tab, page)) = opened() else { return };
    let written = fs::read_to_string(page).unwrap();
    for tag in ["section", "article", "h2", "del", "ins", "svg", "table", "a"] {
        let read = tab.value(&format!("document.querySelectorAll('{tag}').length"));
        let wrote =
            written.matches(&format!("<{tag}>")).count() + written.matches(&format!("<{tag} ")).count();
        assert!(wrote > 0 && read == wrote, "{tag}: written {wrote} times, read {read} times");
    }
    assert_eq!(tab.complaints(), Vec::<serde_json::Value>::new());
    assert_eq!(tab.addresses_asked().len(), 1, "only the page itself is loaded");
}

#[test]
fn it_is_drawn_on_a_desk_a_phone_and_paper() {
    let Some((mut tab, _)) = opened() else { return };
    for (screen, name) in [(Screen::Desk, "desk"), (Screen::Phone, "phone"), (Screen::Narrow, "narrow")] {
        tab.show_on(screen);
        for is_dark in [false, true] {
            tab.set_dark(is_dark);
            let picture = tab.picture(&format!("comparison-{name}{}", if is_dark { "-dark" } else { "" }));
            // A blank sheet of this size packs into a few thousand bytes.
            assert!(picture.starts_with(b"\x89PNG") && picture.len() > 50_000, "{} bytes", picture.len());
            assert_eq!(axe::violations(&mut tab), Vec::<String>::new(), "on a {name}, dark: {is_dark}");
        }
        assert!(!chromium::scrolls_sideways(&mut tab), "on a {name}");
    }
    assert!(tab.paper("comparison").starts_with(b"%PDF"));
}
