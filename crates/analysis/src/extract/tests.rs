use proptest::prelude::*;

use super::*;

fn report(body: Body) -> RawReport {
    RawReport { id: "r".into(), place: "r".into(), body, ..RawReport::default() }
}

fn from_text(text: &str) -> Article {
    extract(report(Body::Text(text.into())))
}

const PARAGRAPH: &str =
    "The river rose by two metres overnight and reached the old church, the mayor of Lindach said on Monday.";

/// A page with the given head, furniture around the article, and paragraphs.
fn page(head: &str) -> String {
    let paragraphs =
        format!("<p>{PARAGRAPH} Nobody was hurt, she added, but two bridges were closed.</p>").repeat(4);
    format!(
        "<html><head><title>Water | Lindach Post</title>{head}</head><body><nav><a href=/>Home</a> <a href=/w>World</a></nav>\
         <article><h1>Water reaches the church</h1>{paragraphs}<h2>What comes next</h2><ul><li>Sandbags, many of them</li>\
         <li>More rain in the valley</li></ul><blockquote>“We stay.”</blockquote>{paragraphs}</article>\
         <footer>All rights reserved</footer></body></html>"
    )
}

fn from_page(head: &str) -> Article {
    extract(report(Body::Html(page(head))))
}

#[test]
fn plain_text_is_never_altered() {
    for text in ["", " \r\n", "Rain.\r\n\r\n\tSnow. "] {
        assert_eq!(from_text(text).text, text);
    }
}

#[test]
fn the_headline_is_the_first_line_that_looks_like_one() {
    let check = |head: &str, expected: Option<&str>| {
        assert_eq!(from_text(&format!("{head}{PARAGRAPH}\n")).title.as_deref(), expected, "{head:?}");
    };
    check("Water reaches the church\n\n", Some("Water reaches the church"));
    check("World News\n\nWater reaches the church | Lindach Post\n\n\n", Some("Water reaches the church"));
    check("By Ada Osei and Tom Ruiz\n", None);
    check("", None);
    check("Nobody slept in the town last night.\n", None);
}

#[test]
fn bylines_name_the_authors() {
    let check = |text: String, expected: &[&str]| assert_eq!(from_text(&text).authors, expected, "{text}");
    check(
        format!("Water reaches the church\nBy Ada Osei and Tom Ruiz\n{PARAGRAPH}"),
        &["Ada Osei", "Tom Ruiz"],
    );
    check(format!("{PARAGRAPH}\nCompiled by Ada Osei"), &["Ada Osei"]);
    check(format!("{PARAGRAPH}\nBy Monday nobody slept"), &[]);
}

#[test]
fn a_dateline_or_a_date_line_tells_the_day() {
    let check = |text: &str, expected: Option<&str>| {
        assert_eq!(from_text(text).published.as_deref(), expected, "{text}");
    };
    let story = "The old bridge fell into the river before dawn, the council said.";
    check(&format!("PORT ELLERY, October 10, 2031 — {story}"), Some("2031-10-10"));
    check(&format!("MARLOW, Sarvo, 9 October 2031 (Wire) - {story}"), Some("2031-10-09"));
    check(&format!("A bridge falls\n\nOctober 11, 2031\n\n{story}"), Some("2031-10-11"));
    check(
        &format!("A bridge falls\nPublished Saturday 11 October 2031 at 10:15\n\n{story}"),
        Some("2031-10-11"),
    );
    check("A bridge falls\n\nOn October 11, 2031 a bridge fell - the first in years, people said.", None);
    check(&format!("The bridge of October 11, 2031\n\n{story}"), None);
    check(&format!("PORT ELLERY — {story}"), None);
}

#[test]
fn the_main_text_of_a_page_keeps_its_parts_apart() {
    let article = from_page("");
    assert!(article.problems.is_empty(), "{:?}", article.problems);
    assert!(article.text.contains(PARAGRAPH));
    for part in ["What comes next", "Sandbags, many of them", "More rain in the valley", "“We stay.”"] {
        assert!(article.text.lines().any(|line| line.trim().ends_with(part)), "{part}: {}", article.text);
    }
    assert!(!article.text.contains("All rights reserved") && !article.text.contains("Home"));
    assert_eq!(article.title.as_deref(), Some("Water reaches the church"));
    assert_eq!(article.language.as_deref(), Some("en"));
}

#[test]
fn json_ld_is_read_in_all_its_forms() {
    let statement = r#"{"@type": "NewsArticle", "headline": "Water &amp; mud", "datePublished": "2021-05-04T10:00:00Z",
        "author": [{"@type": "Person", "name": "Ada Osei"}, "Tom Ruiz"], "publisher": {"name": "Lindach Post"},
        "inLanguage": "en-GB", "mainEntityOfPage": {"@id": "https://post.example/water"}}"#;
    let forms = [
        statement.to_owned(),
        format!("[{{\"@type\": \"WebSite\", \"name\": \"Post\"}}, {statement}]"),
        format!("{{\"@graph\": [{statement}]}}"),
        statement.replace("Water &amp; mud", "Water &amp;\n mud"),
        format!("<!-- {statement} -->"),
        statement.replace("\"NewsArticle\"", "[\"Thing\", \"ReportageNewsArticle\"]"),
    ];
    for form in forms {
        let article = from_page(&format!("<script type=\"application/ld+json\">{form}</script>"));
        assert_eq!(article.stated_title.as_deref(), Some("Water & mud"), "{form}");
        assert_eq!(article.title.as_deref(), Some("Water reaches the church"), "what readers see");
        assert_eq!(article.published.as_deref(), Some("2021-05-04"));
        assert_eq!(article.authors, ["Ada Osei", "Tom Ruiz"]);
        assert_eq!(article.source.as_deref(), Some("Lindach Post"));
        assert_eq!(article.language.as_deref(), Some("en"));
        assert_eq!(article.url.as_deref(), Some("https://post.example/water"));
    }
    let broken = from_page("<script type=\"application/ld+json\">{\"@type\": </script>");
    assert_eq!(broken.title.as_deref(), Some("Water reaches the church"));
}

#[test]
fn other_marks_stand_in() {
    let article = from_page(
        "<meta property=og:title content='Water everywhere - Lindach Post'><meta property=og:site_name content='Lindach Post'>\
         <meta name=author content='By Ada Osei'><meta property=article:published_time content='2021-05-04'>\
         <link rel=canonical href='https://post.example/water'>",
    );
    assert_eq!(article.stated_title.as_deref(), Some("Water everywhere - Lindach Post"));
    assert_eq!(article.source.as_deref(), Some("Lindach Post"));
    assert_eq!(article.authors, ["Ada Osei"]);
    assert_eq!(article.published.as_deref(), Some("2021-05-04"));
    assert_eq!(article.url.as_deref(), Some("https://post.example/water"));
    assert_eq!(from_page("<time datetime='2021-05-04'>").published.as_deref(), Some("2021-05-04"));
}

#[test]
fn other_languages_are_told_and_noted() {
    let article = from_text(
        "Der Fluss ist in der Nacht um zwei Meter gestiegen, sagte die Bürgermeisterin am Montag. Niemand wurde verletzt, aber \
         zwei Brücken mussten gesperrt werden, und die Schule bleibt bis auf Weiteres geschlossen.",
    );
    assert_eq!(article.language.as_deref(), Some("de"));
    assert_eq!(
        article.problems[0].reason,
        "the language is German: quotations are found by their marks only"
    );
    assert_eq!(from_text("Non.").language, None);
    assert_eq!(from_text(&PARAGRAPH.repeat(2)).language.as_deref(), Some("en"));
}

#[test]
fn a_date_without_a_day_is_a_problem() {
    let mut raw = report(Body::Text(PARAGRAPH.into()));
    raw.published = Some("last spring".into());
    let article = extract(raw);
    assert_eq!(article.published, None);
    assert_eq!(article.problems[0].reason, "the date of publication “last spring” names no day");
}

#[test]
fn broken_pages_give_what_text_they_have() {
    for html in ["<", "<p>Rain.", "<html></html>", "&#0;&bogus;", "<!-- <p>Rain."] {
        let _ = extract(report(Body::Html(html.into())));
    }
    assert_eq!(extract(report(Body::Html("<p>Rain.".into()))).text, "Rain.");
    let deep = format!("{}Rain.{}", "<div>".repeat(100_000), "</div>".repeat(100_000));
    assert_eq!(extract(report(Body::Html(deep))).text.trim(), "Rain.");
    let unclosed = "<p><b><i>Rain.".repeat(3000);
    assert!(extract(report(Body::Html(unclosed))).text.contains("Rain."));
}

proptest! {
    #[test]
    fn pages_of_any_kind_are_read(html in "(<(p|div|b|script|table|td|li|/p|/div|a href='x'|meta charset=x)>|[a-z .&;<]{0,9}|\\PC){0,60}") {
        let _ = extract(report(Body::Html(html)));
    }

    #[test]
    fn days_are_never_read_with_a_panic(worded in "[0-9a-zA-Z/.:, Té-]{0,20}") {
        if let Some(day) = date::day(&worded) {
            prop_assert_eq!(day.len(), 10);
        }
    }
}
