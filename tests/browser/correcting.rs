//! Every correction, made on the page as a reader makes it, and undone.

use crate::chromium::Tab;
use crate::served::Served;

/// Opens the form of a correction, fills it in and sends it.
fn correct(tab: &mut Tab, served: &Served, kind: &str, fields: &[(&str, &str)]) {
    tab.go(&served.at("/corrections"));
    let made = tab.value("document.querySelectorAll('.lines > li').length").as_u64().unwrap();
    tab.click(&format!("details:has([value={kind}]) summary"));
    for (field, words) in fields.iter().chain(&[("who", "Desk")]) {
        tab.click(&format!("#{kind}-{field}"));
        tab.write(words);
    }
    tab.click(&format!("form:has([value={kind}]) button"));
    tab.wait_for(&format!("document.querySelectorAll('.lines > li').length === {}", made + 1));
}

fn undo_last(tab: &mut Tab, served: &Served) {
    tab.go(&served.at("/corrections"));
    let undone = tab.value("document.querySelectorAll('.undone').length").as_u64().unwrap();
    tab.click(".lines form button");
    tab.wait_for(&format!("document.querySelectorAll('.undone').length === {}", undone + 1));
}

/// How many reports a story has, by its page.
fn reports(tab: &mut Tab, served: &Served, story: &str) -> String {
    tab.go(&served.at(&format!("/stories/{story}")));
    tab.text(".tallies strong")
}

#[test]
fn stories_are_merged_split_and_reports_moved() {
    let Some((served, mut tab)) = Served::with_tab() else { return };
    for (kind, fields, told, s1_then) in [
        ("merge", &[("story", "s1"), ("other_story", "s2")][..], "s2 is part of s1", "6"),
        ("split", &[("story", "s1"), ("reports", "lissund-review")], "lissund-review left s1 for", "4"),
        ("move", &[("report", "organ"), ("story", "s3"), ("other_story", "s1")], "organ belongs to s1", "6"),
    ] {
        correct(&mut tab, &served, kind, fields);
        assert!(tab.text(".lines > li").contains(told), "{}", tab.text(".lines > li"));
        assert_eq!(reports(&mut tab, &served, "s1"), s1_then, "{kind}");
        undo_last(&mut tab, &served);
        assert_eq!(reports(&mut tab, &served, "s1"), "5", "{kind}, undone");
    }
    tab.go(&served.at("/corrections"));
    tab.picture("corrected");
}

#[test]
fn a_speaker_is_set_right() {
    let Some((served, mut tab)) = Served::with_tab() else { return };
    let words = "I counted ships for forty years";
    correct(&mut tab, &served, "speaker", &[("report", "lamp"), ("words", words), ("speaker", "Oda Lund")]);
    tab.go(&served.at("/stories/s2"));
    assert!(tab.text("#only").contains("Oda Lund"), "{}", tab.text("#only"));
    undo_last(&mut tab, &served);
    tab.go(&served.at("/stories/s2"));
    assert!(tab.text("#only").contains("Ada Merin") && !tab.text("#only").contains("Oda Lund"));
}

#[test]
fn sayings_are_parted_and_joined() {
    let Some((served, mut tab)) = Served::with_tab() else { return };
    let shared = sayings_shared(&mut tab, &served);
    let [(one, words), (other, other_words)] = pair(&mut tab, &served);
    let fields = [
        ("report", one.as_str()),
        ("words", &words),
        ("other_report", &other),
        ("other_words", &other_words),
    ];
    correct(&mut tab, &served, "another", &fields);
    assert_eq!(sayings_shared(&mut tab, &served), shared - 1, "{words:?} and {other_words:?} are parted");
    correct(&mut tab, &served, "same", &fields);
    assert_eq!(sayings_shared(&mut tab, &served), shared, "the later correction holds");
    undo_last(&mut tab, &served);
    assert_eq!(sayings_shared(&mut tab, &served), shared - 1, "the earlier one holds again");
}

/// How many sayings several reports carry, by the page of the story.
fn sayings_shared(tab: &mut Tab, served: &Served) -> i64 {
    tab.go(&served.at("/stories/s1"));
    tab.text(".tallies li:nth-child(3) strong").parse().unwrap()
}

/// The two renditions of a saying that has no others, by their reports and words, as the API has them.
fn pair(tab: &mut Tab, served: &Served) -> [(String, String); 2] {
    let found = tab.value(&format!(
        "fetch('{}').then((answer) => answer.json()).then((story) => {{
            const quotation = (rendition) => story.quotations.find((one) => one.id === rendition.quotation);
            const pairs = story.utterances.map((saying) => saying.renditions.map(quotation));
            const pair = pairs.find((pair) => pair.length === 2 && pair[0].article !== pair[1].article
                && pair.every((one) => one.spans.length === 1 && one.utterances.length === 1));
            return pair.map((one) => {{
                const {{text}} = story.articles.find((article) => article.id === one.article);
                return [one.article, [...text].slice(one.spans[0].start, one.spans[0].end).join('')];
            }});
        }})",
        served.at("/api/v1/stories/s1/comparison")
    ));
    serde_json::from_value(found).unwrap()
}

#[test]
fn what_cannot_be_corrected_is_told_on_a_page() {
    let Some((served, mut tab)) = Served::with_tab() else { return };
    tab.go(&served.at("/corrections"));
    tab.click("details:has([value=merge]) summary");
    for (field, words) in [("story", "s1"), ("other_story", "s77")] {
        tab.click(&format!("#merge-{field}"));
        tab.write(words);
    }
    tab.press("Enter");
    tab.wait_for("document.querySelector('.intro')");
    assert!(tab.text("main").contains("s77"), "{}", tab.text("main"));
    tab.picture("correction-refused");
}
