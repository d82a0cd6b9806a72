use parallax_model::Article;
use proptest::prelude::*;

use super::*;
use crate::segment::segment;

/// What of `text` is marked, as `kind: words`.
fn marked(text: &str) -> Vec<String> {
    marked_with(text, None).into_iter().map(|(kind, words)| format!("{kind}: {words}")).collect()
}

fn marked_with(text: &str, source: Option<&str>) -> Vec<(&'static str, String)> {
    let article = Article { text: text.into(), source: source.map(Into::into), ..Article::default() };
    let marks = boilerplate(&[(&article, &segment(text))]).remove(0);
    marks.iter().map(|b| (b.kind, b.span.of(text).to_owned())).collect()
}

/// A page with the given lines between two paragraphs of a report.
fn page(lines: &str) -> String {
    format!(
        "The river rose by two metres overnight, the mayor of Lindach said on Monday.\n\n{lines}\n\nNobody was hurt \
         when the old bridge gave way in the early hours."
    )
}

fn check(lines: &str, expected: &[&str]) {
    assert_eq!(marked(&page(lines)), expected, "{lines:?}");
}

#[test]
fn wording_gives_furniture_away() {
    check("Follow our channel for more", &["channel promotion: Follow our channel for more"]);
    check("Leave a Reply", &["comment form: Leave a Reply"]);
    check("ADVERTISEMENT", &["advertisement: ADVERTISEMENT"]);
    check(
        "© 2024 Lindach Post. All rights reserved.",
        &["copyright: © 2024 Lindach Post.", "copyright: All rights reserved."],
    );
    check("Copyright law was changed in spring, the minister said.", &[]);
    check("Sign up for our daily newsletter.", &["channel promotion: Sign up for our daily newsletter."]);
    check("“Sign up and help us,” she said.", &[]);
    check("“We need you. Sign up for the watch,” she said.", &[]);
    check("This story has been updated.", &["editor's note: This story has been updated."]);
}

#[test]
fn links_follow_their_header() {
    check(
        "Read more from the Post:\nDam needs new gates\nRuiz: No money for towns\nFarmers count their sheep",
        &[
            "related links header: Read more from the Post:",
            "related link: Dam needs new gates",
            "related link: Ruiz: No money for towns",
            "related link: Farmers count their sheep",
        ],
    );
    check(
        "Related articles\n\nDam needs new gates\n\nAnger in the valley",
        &["related links header: Related articles", "related link: Dam needs new gates"],
    );
    check("Anger in the valley", &[]);
}

#[test]
fn captions_are_known_by_labels_and_credits() {
    check(
        "FILE ... The bridge at Lindach, Friday, July 7, 2017. (AP Photo/Ada Osei, File)\nImage:\nThe bridge in better days. File pic: AP",
        &[
            "caption: FILE ... The bridge at Lindach, Friday, July 7, 2017.",
            "caption: (AP Photo/Ada Osei, File)",
            "caption label: Image:",
            "caption: The bridge in better days.",
            "caption: File pic: AP",
        ],
    );
    check(
        "Volunteers fill sandbags in Lindach. Tom Ruiz/Getty Images",
        &["caption: Volunteers fill sandbags in Lindach.", "caption: Tom Ruiz/Getty Images"],
    );
    check(
        "Mayor Ada Osei and her deputy\nMayor Ada Osei and her deputy",
        &["caption: Mayor Ada Osei and her deputy", "caption: Mayor Ada Osei and her deputy"],
    );
    check("She told Getty Images to stop selling the picture, her lawyer said.", &[]);
}

#[test]
fn films_have_notices_and_titles() {
    check(
        "Please use Chrome browser for a more accessible video player\n\nLindach flood: What do we know?",
        &[
            "player notice: Please use Chrome browser for a more accessible video player",
            "video title: Lindach flood: What do we know?",
        ],
    );
    check(
        "Media playback is unsupported on your device\n\nWho are the farmers?",
        &["player notice: Media playback is unsupported on your device"],
    );
}

#[test]
fn bylines_are_known_by_shape() {
    check(
        "A valley under water\n\nAda Osei - Diplomatic editor\n\nAda Osei\n\nInternational affairs editor\n\n@ada_osei",
        &[
            "box heading: A valley under water",
            "byline: Ada Osei - Diplomatic editor",
            "byline: Ada Osei",
            "byline: International affairs editor",
            "byline: @ada_osei",
        ],
    );
    check("By Ada Osei and Tom Ruiz", &["byline: By Ada Osei and Tom Ruiz"]);
    check("By Monday the water had reached the church", &[]);
    check("She became editor.", &[]);
    assert_eq!(
        marked(
            "Water reaches the church\n\nBy Ada Osei\n\nThe river rose by two metres overnight, the mayor said on Monday."
        ),
        ["byline: By Ada Osei"]
    );
}

#[test]
fn teasers_break_off_paragraphs() {
    let text = "The river rose by two metres overnight, the mayor of Lindach said on Monday. Meet the farmers who saved \
                their sheep. Lindach flood: Mayor calls for help. Nobody was hurt, she added.";
    assert_eq!(
        marked(text),
        [
            "related link: Meet the farmers who saved their sheep.",
            "related link: Lindach flood: Mayor calls for help."
        ]
    );
    check("She gave one reason for the war: Nobody had asked her town.", &[]);
    check("Meet the farmers: they saved their sheep from the water.", &[]);
}

#[test]
fn the_head_of_a_page_has_labels_and_suffixes() {
    let body = "The river rose by two metres overnight, the mayor of Lindach said on Monday.";
    assert_eq!(
        marked(&format!(
            "World News\n\nLindach flood: Bridge gives way in the night | Lindach Post\n\n{body}"
        )),
        ["section label: World News", "site name:  | Lindach Post"]
    );
    assert_eq!(
        marked(&format!("Lindach flood: Bridge gives way in the night\n\n{body}")),
        Vec::<String>::new()
    );
}

#[test]
fn what_articles_of_one_outlet_repeat_is_furniture() {
    let texts = [
        page("Your valley, your voice"),
        page("Your valley, your voice").replace("two metres", "three feet"),
    ];
    let outlets = ["Post", "Post", "Herald"];
    let texts = [texts[0].clone(), texts[1].clone(), texts[1].replace("overnight", "at night")];
    let articles: Vec<Article> = texts
        .iter()
        .zip(outlets)
        .map(|(text, source)| Article {
            text: text.clone(),
            source: Some(source.into()),
            ..Article::default()
        })
        .collect();
    let segments: Vec<_> = texts.iter().map(|text| segment(text)).collect();
    let units: Vec<_> = articles.iter().zip(&segments).collect();
    let counts: Vec<usize> = boilerplate(&units).iter().map(Vec::len).collect();
    assert_eq!(counts, [1, 1, 0]);
    let same: Vec<_> = [0, 0].iter().map(|&i| (&articles[i], &segments[i])).collect();
    assert!(boilerplate(&same).iter().all(Vec::is_empty), "the same article twice repeats all of its lines");
}

proptest! {
    #[test]
    fn marks_are_in_order_and_apart(text in "(Read more:|Image:|By Ada|\n|[a-zA-Z’ ]{0,12}|\\. |: |@|“|”|\\PC){0,40}") {
        let segments = segment(&text);
        let article = Article { text: text.clone(), ..Article::default() };
        let marks = boilerplate(&[(&article, &segments)]).remove(0);
        for mark in &marks {
            prop_assert!(!mark.span.of(&text).trim().is_empty());
        }
        for pair in marks.windows(2) {
            prop_assert!(pair[0].span.end <= pair[1].span.start);
        }
    }
}
