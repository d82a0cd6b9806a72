//! Pages as news sites write them, each small and about places that do not exist.

use parallax_model::{Article, Body, Form, RawReport};

use super::extract;

const FIRST: &str = "The river Lind rose by two metres overnight and reached the old church, the mayor of Lindach said on Monday.";
const SECOND: &str =
    "Nobody was hurt, but two bridges were closed and the school stays shut until the water falls again.";
const THIRD: &str = "Helpers filled sandbags through the night, and farmers moved their cattle to higher ground in the hills.";

fn read(html: &str) -> Article {
    extract(RawReport {
        id: "page".into(),
        place: "page".into(),
        body: Body::Html(html.into()),
        ..RawReport::default()
    })
}

/// A page with the given body around its three paragraphs.
fn around(before: &str, between: &str, behind: &str) -> Article {
    read(&format!(
        "<html><head><title>Water reaches the church | Lindach Post</title></head><body><article><h1>Water reaches the church</h1>\
         {before}<p>{FIRST}</p>{between}<p>{SECOND}</p><p>{THIRD}</p></article>{behind}</body></html>"
    ))
}

#[test]
fn furniture_is_left_out() {
    let check = |before: &str, between: &str, behind: &str| {
        let article = around(before, between, behind);
        assert_eq!(
            article.text,
            format!("{FIRST}\n\n{SECOND}\n\n{THIRD}"),
            "{before:?} {between:?} {behind:?}"
        );
    };
    let long = "This is a long sentence that no reader of the article came for, and it ends like prose does.";
    check("", "", "");
    check("<p>By Ada Osei</p><p>4 May 2031</p>", "", "");
    check("", "<p>Advertisement</p>", "");
    check(
        "",
        "<figure><img src=a><figcaption>The church in the water on Monday morning, seen from the hill.</figcaption></figure>",
        "",
    );
    check("", &format!("<div class='newsletter-box'><p>{long}</p></div>"), "");
    check("", &format!("<div class='related-stories'><p>{long}</p></div>"), "");
    check("", &format!("<aside><p>{long}</p></aside>"), "");
    check("", &format!("<p style='display: none'>{long}</p>"), "");
    check("", &format!("<div hidden><p>{long}</p></div>"), "");
    check(
        "",
        "<ul><li><a href=a>Rain stops the fair in the valley</a></li><li><a href=b>Bridge sold for one mark</a></li></ul>",
        "",
    );
    check("", "", &format!("<div id=comments><p>{long}</p><p>{long}</p></div>"));
    check("", "", &format!("<div class='cookie-banner'><p>{long}</p></div>"));
    check("", "", &format!("<footer><p>{long}</p></footer>"));
    check("", "<script>document.write('<p>no</p>')</script><!-- <p>no</p> -->", "");
}

#[test]
fn furniture_between_paragraphs_is_left_out() {
    let check = |before: &str, between: &str, behind: &str| {
        let html = format!(
            "<html><head><meta name=author content='Ada Osei'></head><body><article><h1>Water reaches the church</h1>{before}\
             <p>{FIRST}</p>{between}<p>{SECOND}</p><p>{THIRD}</p>{behind}</article></body></html>"
        );
        let article = read(&html);
        let text = format!("{FIRST}\n\n{SECOND}\n\n{THIRD}");
        assert_eq!(article.text, text, "{before:?} {between:?} {behind:?}");
    };
    check("", "<p>Sept. 25, 2031</p>", "");
    check("", "<p>The church in the water on Monday morning. Photo: Tom Ruiz</p>", "");
    check("", &format!("<p>{FIRST}</p>"), "");
    check("", "", "<p>Ada Osei is a reporter who covers the valley and its rivers for the Lindach Post.</p>");
    check(
        "",
        "",
        "<p>A version of this article appears in print on May 4, 2031, on page 3 of the weekend edition.</p>",
    );
    check(
        "",
        "<p>This post contains affiliate links. We may earn a commission when you buy a boat through one of them.</p>",
        "",
    );
}

#[test]
fn what_parts_no_line_parts_no_paragraph() {
    let check = |first: &str, expected: &str| {
        let article = read(&format!("<article><p>{first}</p><p>{SECOND}</p><p>{THIRD}</p></article>"));
        assert_eq!(article.text, format!("{expected}\n\n{SECOND}\n\n{THIRD}"), "{first}");
    };
    check(FIRST, FIRST);
    check(
        &FIRST.replace("Lindach", "<span itemscope><meta itemprop=name content=Lindach>Lindach</span>"),
        FIRST,
    );
    check(&FIRST.replace("church", "chu&shy;rch"), FIRST);
    check(&FIRST.replace("church", "\u{200b}church"), FIRST);
    check(&FIRST.replace("church", "<ruby>church<rp>(</rp><rt>kirk</rt><rp>)</rp></ruby>"), FIRST);
    check(&FIRST.replace("church", "<wbr>church"), FIRST);
}

#[test]
fn an_element_around_the_article_is_no_furniture_whatever_its_class() {
    let cookies = format!(
        "<div class=cookie-settings><p>{}</p></div>",
        "We store what you read, and for how long. ".repeat(90)
    );
    let article = format!(
        "<h1>Water reaches the church</h1><p>{FIRST}</p><p>{}</p><p>{}</p>",
        SECOND.repeat(3),
        THIRD.repeat(3)
    );
    let html = format!(
        "<head><title>Water reaches the church</title></head><body><div class=page--with-sidebar>{article}</div>{cookies}</body>"
    );
    let found = read(&html);
    assert!(found.text.starts_with(FIRST) && !found.text.contains("We store"), "{}", found.text);
}

#[test]
fn the_text_for_browsers_without_scripts_is_read_where_it_is_the_article() {
    let article = format!("<p>{FIRST}</p><p>{SECOND}</p><p>{THIRD}</p>").repeat(3);
    let found = read(&format!("<body><h1>Water</h1><div><noscript>{article}</noscript></div></body>"));
    assert_eq!(found.text, format!("{FIRST}\n\n{SECOND}\n\n{THIRD}"));
}

#[test]
fn commentaries_are_no_comments() {
    let comments = format!("<div class=comment-list><p>{THIRD}</p></div>");
    let html = format!(
        "<body class=commentary><div class=commentary><h1>Water</h1><p>{FIRST}</p><p>{SECOND}</p></div>{comments}</body>"
    );
    assert_eq!(read(&html).text, format!("{FIRST}\n\n{SECOND}"));
}

#[test]
fn what_an_article_is_about_is_no_furniture() {
    let teasers = format!("<div class=more><p>{SECOND}</p><p>{THIRD} {SECOND}</p></div>");
    let html =
        format!("<div class='post-7 type-post category-social-media tag-sponsor'><p>{FIRST}</p></div>");
    let article = read(&format!("<body>{html}{teasers}</body>"));
    assert!(article.text.contains(FIRST), "{}", article.text);
}

#[test]
fn tables_of_results_do_not_cost_the_article() {
    let rows = "<tr><td>Lindach</td><td>3</td><td>1</td></tr>".repeat(60);
    let article =
        around(&format!("<table>{rows}</table>"), "", &format!("<div><p>{SECOND} And it is over.</p></div>"));
    assert!(article.text.contains(FIRST) && article.text.contains(THIRD), "{}", article.text);
}

#[test]
fn parts_keep_their_forms() {
    let article = around(
        "",
        "<h2>What comes next</h2><ul><li>More rain in the valley on Tuesday.</li></ul>\
         <blockquote><p>“We stay,” said <b>Tom Ruiz</b>.</p><blockquote><p>“We all stay.”</p></blockquote></blockquote>",
        "",
    );
    let parts: Vec<(Form, &str)> =
        article.parts.iter().map(|part| (part.form, part.span.of(&article.text))).collect();
    assert_eq!(
        parts,
        [
            (Form::Paragraph, FIRST),
            (Form::Subhead, "What comes next"),
            (Form::ListItem, "More rain in the valley on Tuesday."),
            (Form::Blockquote, "“We stay,” said Tom Ruiz."),
            (Form::Blockquote, "“We all stay.”"),
            (Form::Paragraph, SECOND),
            (Form::Paragraph, THIRD),
        ]
    );
}

#[test]
fn embedded_posts_stay_as_blockquotes() {
    let article = around(
        "",
        "<blockquote class='twitter-tweet'><p>The water is in my kitchen, and it keeps on coming.</p>&mdash; Ada Osei (@ada) \
         <a href=a>May 4, 2031</a></blockquote>",
        "",
    );
    let post = article.parts.iter().find(|part| part.form == Form::Blockquote).expect("the post is kept");
    assert!(post.span.of(&article.text).starts_with("The water is in my kitchen"));
}

#[test]
fn live_blogs_and_roundups_keep_the_heads_of_their_entries() {
    let entries = ["10.15: Bridge closed", "09.40: School stays shut", "08.00: River over its banks"];
    let blog: String = entries
        .iter()
        .map(|head| format!("<section><h2>{head}</h2><p>{FIRST}</p><p>{SECOND}</p></section>"))
        .collect();
    let article =
        read(&format!("<body><main class='live-blog'><h1>Flood in Lindach: live</h1>{blog}</main></body>"));
    let heads: Vec<&str> = article
        .parts
        .iter()
        .filter(|part| part.form == Form::Subhead)
        .map(|part| part.span.of(&article.text))
        .collect();
    assert_eq!(heads, entries);
}

#[test]
fn pages_without_body_or_paragraphs_are_read() {
    assert_eq!(
        read(&format!("<p>{FIRST}<p>{SECOND}<p>{THIRD}")).text,
        format!("{FIRST}\n\n{SECOND}\n\n{THIRD}")
    );
    let breaks = read(&format!("<div>{FIRST}<br><br>{SECOND}<br>{THIRD}</div>"));
    assert_eq!(breaks.text, format!("{FIRST}\n\n{SECOND}\n{THIRD}"));
    let amp = read(&format!(
        "<html amp><body><amp-sidebar><p>Menu</p></amp-sidebar><main><p>{FIRST}</p><p>{SECOND}</p><p>{THIRD}</p></main>"
    ));
    assert!(amp.text.contains(FIRST) && amp.text.contains(THIRD));
    assert_eq!(read("<html></html>").problems[0].reason, "no text was found on the page");
}

#[test]
fn the_text_of_the_statements_stands_in_where_the_page_shows_less() {
    let stated = format!("{FIRST} {SECOND} {THIRD} {FIRST} {SECOND}");
    let article = read(&format!(
        "<script type='application/ld+json'>{{\"@type\": \"NewsArticle\", \"articleBody\": \"{stated}\"}}</script><p>{FIRST}</p>"
    ));
    assert_eq!(article.text, stated);
    // Markup that was written as text, twice, and the pictures of a content system.
    let marked = format!(
        "&lt;p&gt;{FIRST}&lt;/p&gt;&lt;p&gt;{SECOND}&lt;/p&gt;\\n\\n[#image: /photos/1]|||The church|||\\n{SECOND}\\n### {THIRD}\\n{FIRST}"
    );
    let article = read(&format!(
        "<script type='application/ld+json'>{{\"@type\": \"NewsArticle\", \"articleBody\": \"{marked}\"}}</script><p>{FIRST}</p>"
    ));
    assert_eq!(article.text, [FIRST, SECOND, SECOND, THIRD, FIRST].join("\n\n"));
}

#[test]
fn titles_lose_the_name_of_the_site() {
    let short = read(&format!("<title>Dam breaks | Lindach Post</title><h1>Dam breaks</h1><p>{FIRST}</p>"));
    assert_eq!(short.title.as_deref(), Some("Dam breaks"));
    let check = |head: &str, expected: &str| {
        let article = read(&format!("<html><head>{head}</head><body><p>{FIRST}</p></body></html>"));
        assert_eq!(article.title.as_deref(), Some(expected), "{head}");
    };
    check("<title>Water reaches the old church | Lindach Post</title>", "Water reaches the old church");
    check(
        "<title>Water reaches the old church - News - Lindach Post</title>",
        "Water reaches the old church - News",
    );
    check("<title>Water – and mud – in town</title>", "Water – and mud");
    check("<title>Water</title>", "Water");
    check(
        "<meta property=og:title content='Water everywhere | Post'><meta property=og:site_name content=Post>",
        "Water everywhere",
    );
    check(
        "<meta property=og:title content='Water – and mud'><meta property=og:site_name content=Post>",
        "Water – and mud",
    );
    check("<meta property='dc:title og:title' content='Two names, one title'>", "Two names, one title");
}

#[test]
fn a_page_has_a_title_as_stated_and_a_headline() {
    let check = |head: &str, heading: &str, stated: &str, headline: &str| {
        let article = read(&format!("<html><head>{head}</head><body>{heading}<p>{FIRST}</p></body></html>"));
        let found = [article.stated_title.as_deref(), article.title.as_deref()];
        assert_eq!(found, [Some(stated), Some(headline)], "{head} {heading}");
    };
    let title = "<title>Water reaches the old church | Lindach Post</title>";
    let heading = "<h1>Water reaches the old church</h1>";
    let stated = "<meta property=og:title content='Water reaches the old church | Lindach Post'>";
    check(title, "", "Water reaches the old church", "Water reaches the old church");
    check(stated, "", "Water reaches the old church | Lindach Post", "Water reaches the old church");
    check(stated, heading, "Water reaches the old church | Lindach Post", "Water reaches the old church");
    check("<title>Water | Lindach Post</title>", "", "Water | Lindach Post", "Water | Lindach Post");
    // The heading is what readers see, where it says what the title says or is the only one.
    let longer = "<h1>Water reaches the old church of Lindach</h1>";
    check(title, longer, "Water reaches the old church", "Water reaches the old church of Lindach");
    check("<title>News</title>", heading, "News", "Water reaches the old church");
    check(
        title,
        "<h1>Lindach Post</h1><h1>Other news</h1>",
        "Water reaches the old church",
        "Water reaches the old church",
    );
    let labelled = "<h1><span>Floods</span> Water reaches the old church</h1>";
    check(title, labelled, "Water reaches the old church", "Water reaches the old church");
    check("", heading, "Water reaches the old church", "Water reaches the old church");
}

#[test]
fn bylines_are_read_in_all_their_forms() {
    let check =
        |markup: &str, expected: &[&str]| assert_eq!(around(markup, "", "").authors, expected, "{markup}");
    check("<a rel=author href=a>Ada Osei</a>", &["Ada Osei"]);
    check("<span itemprop=author><span itemprop=name>Ada Osei</span></span>", &["Ada Osei"]);
    check(
        "<p class=byline>By <a href=a>Ada Osei</a> and <a href=b>Tom Ruiz</a></p>",
        &["Ada Osei", "Tom Ruiz"],
    );
    check("<div class=author>Von Ada Osei, 4. Mai 2031</div>", &["Ada Osei"]);
    check("<p>By Ada Osei and Tom Ruiz</p>", &["Ada Osei", "Tom Ruiz"]);
    check("<meta name=author content='https://post.example/ada'>", &[]);
    check("<meta name=author content='Christoph von Lind'>", &["Christoph von Lind"]);
    check(
        "<meta name=author content='Lindach Post'><meta property=og:site_name content='Lindach Post'><p class=byline>By Ada Osei</p>",
        &["Ada Osei"],
    );
    // Where nobody else signed, the outlet did.
    check(
        "<meta name=author content='Hill & Post'><meta property=og:site_name content='Hill & Post'>",
        &["Hill & Post"],
    );
    check(
        "<meta name='DC.creator' content='Ada Osei'><meta property='dc:creator' content='Tom Ruiz'>",
        &["Tom Ruiz"],
    );
    check("<div class=author>Ada Osei am 4. Mai 2031</div>", &["Ada Osei"]);
    check("<div class=author>Ada Osei (mit Tom Ruiz)</div>", &["Ada Osei"]);
    check("<div class=author>osei94</div>", &["osei94"]);
    check("", &[]);
    // The name may stand in an element of its own, or in none that says what it is.
    check("<p>By <a href=a>Ada Osei</a></p>", &["Ada Osei"]);
    check("<p>By <a href=a>the old church</a></p>", &[]);
    check("<p>By<span>the river</span></p>", &[]);
    check("<a href='https://post.example/author/ada'>Ada Osei</a>", &["Ada Osei"]);
    check("<div class=story__author-line><img>Ada Osei</div>", &["Ada Osei"]);
    check("<div class=author-bio>Lives By Rivers</div>", &[]);
    check("<div data-testid=byline>ByAda Osei</div>", &["Ada Osei"]);
    check("<div class=byline><span class=sr-only>Author</span><b>Ada Osei</b></div>", &["Ada Osei"]);
    check(
        "<meta name=twitter:label1 content='Written by'><meta name=twitter:data1 content='Ada Osei'>",
        &["Ada Osei"],
    );
    check(
        "<meta name=twitter:label1 content='Reading time'><meta name=twitter:data1 content='Two Minutes'>",
        &[],
    );
    check("<meta name=citation_author content='Osei, Ada'>", &["Ada Osei"]);
    check("<meta name=author content='Ada Osei, Tom Ruiz'>", &["Ada Osei", "Tom Ruiz"]);
    // A first name or a user's name is given in full where the page shows it.
    check("<meta name=author content=Ada><p class=byline>By Ada Osei</p>", &["Ada Osei"]);
    check("<meta name=author content=adaosei><p class=byline>By Ada Osei</p>", &["Ada Osei"]);
    check("<meta name=author content=Ada><p class=byline>By Tom Ruiz</p>", &["Ada"]);
}

#[test]
fn the_byline_near_the_headline_goes_before_those_of_other_stories() {
    let other = "<div class=teaser><span class=byline>By Tom Ruiz</span></div>";
    let far = "<i>The river.</i>".repeat(200);
    let html = format!(
        "<body>{other}{far}<article><h1>Water reaches the church</h1><span class=author>Ada Osei</span><p>{FIRST}</p></article></body>"
    );
    assert_eq!(read(&html).authors, ["Ada Osei"]);
}

#[test]
fn what_the_input_says_of_authors_and_credit_reaches_the_article() {
    let check = |html: &str, authors: &[&str], credit: Option<&str>, expected: (&[&str], Option<&str>)| {
        let article = extract(RawReport {
            id: "page".into(),
            authors: authors.iter().map(|author| (*author).to_owned()).collect(),
            credit: credit.map(str::to_owned),
            body: Body::Html(format!(
                "<body><article>{html}<p>{FIRST}</p><p>{SECOND}</p><p>{THIRD}</p></article></body>"
            )),
            ..RawReport::default()
        });
        assert_eq!(
            (
                article.authors.iter().map(String::as_str).collect::<Vec<_>>().as_slice(),
                article.credit.as_deref()
            ),
            expected,
            "{html}"
        );
    };
    check(
        "",
        &["By Ada Osei and Tom Ruiz"],
        Some("Harlow Wire"),
        (&["Ada Osei", "Tom Ruiz"], Some("Harlow Wire")),
    );
    check("<p class=byline>By Lea Horn</p>", &["Ada Osei"], None, (&["Lea Horn"], None));
    check("", &["Reuters"], None, (&["Reuters"], Some("Reuters")));
    let stated = "<script type='application/ld+json'>{\"@type\": \"NewsArticle\", \"sourceOrganization\": {\"name\": \"AFP\"}}</script>";
    check(stated, &[], None, (&[], Some("AFP")));
    check(
        "<p class=byline>By Lea Horn</p><p>LINDACH (AP) — The river rose on Monday, and it went on rising.</p>",
        &[],
        None,
        (&["Lea Horn"], Some("AP")),
    );
}

#[test]
fn no_page_is_from_after_it_was_fetched() {
    let check = |fetched: Option<&str>, expected: Option<&str>| {
        let article = extract(RawReport {
            id: "page".into(),
            fetched: fetched.map(str::to_owned),
            body: Body::Html(format!(
                "<meta property=article:published_time content=2031-05-04T10:00:00Z><h1>Water</h1><time datetime=2031-05-02>2 May</time><p>{FIRST}</p>"
            )),
            ..RawReport::default()
        });
        assert_eq!(article.published.as_deref(), expected, "{fetched:?}");
    };
    check(None, Some("2031-05-04"));
    check(Some("2031-05-04T02:00:00Z"), Some("2031-05-04"));
    check(Some("2031-05-03T23:00:00Z"), Some("2031-05-04"));
    check(Some("2031-05-02T23:00:00Z"), Some("2031-05-02"));
    check(Some("2031-04-01T00:00:00Z"), None);
}

#[test]
fn statements_refer_repair_and_date() {
    let graph = r##"{"@graph": [{"@type": "Person", "@id": "#ada", "name": "Ada Osei"},
        {"@type": "NewsArticle", "headline": "Water in town", "author": {"@id": "#ada"}, "articleSection": "Weather",
         "datePublished": "2031-05-04T23:30:00-0500", "dateModified": "2031-05-05T08:00:00Z",},]"##;
    let article = around(&format!("<script type='application/ld+json'>{graph}</script>"), "", "");
    assert_eq!(article.stated_title.as_deref(), Some("Water in town"));
    assert_eq!(article.authors, ["Ada Osei"]);
    assert_eq!(article.published.as_deref(), Some("2031-05-04"));
    assert_eq!(article.published_at.as_deref(), Some("2031-05-04T23:30:00-05:00"));
    assert_eq!(article.updated.as_deref(), Some("2031-05-05T08:00:00+00:00"));
    assert_eq!(article.section.as_deref(), Some("Weather"));
}

#[test]
fn the_day_is_found_where_no_mark_gives_it() {
    let check = |head: &str, before: &str, expected: Option<&str>| {
        let html = format!(
            "<html lang=de><head>{head}</head><body><h1>Water in town</h1>{before}<p>{FIRST}</p></body></html>"
        );
        assert_eq!(read(&html).published.as_deref(), expected, "{head} {before}");
    };
    check("<link rel=canonical href='https://post.example/2031/05/04/water'>", "", Some("2031-05-04"));
    check("<link rel=canonical href='https://post.example/water-20310504.html'>", "", Some("2031-05-04"));
    check("<link rel=canonical href='https://post.example/a/12345678'>", "", None);
    check("", "<p class=date>Stand: 4. März 2031, 10:00 Uhr</p>", Some("2031-03-04"));
    check("", "<span class=entry-date>le 4 août 2031</span>", Some("2031-08-04"));
    check("", "<p>Lindach, 04.05.2031</p>", Some("2031-05-04"));
    check("", "<time datetime='2031-05-04T10:00'>yesterday</time>", Some("2031-05-04"));
    check("<meta name=date content=soon>", "", None);
}

#[test]
fn depth_and_unclosed_markup_cost_no_stack() {
    let deep = format!("{}<p>{FIRST}</p>{}", "<div>".repeat(100_000), "</div>".repeat(100_000));
    let unclosed = "<script ".repeat(20_000) + &"<!-- ".repeat(20_000) + &"<b><a>".repeat(20_000) + FIRST;
    let spans = format!("<p>{}{FIRST}", "<span>".repeat(100_000));
    let attributes: String = (0..100_000).map(|number| format!(" a{number}=1")).collect();
    let attributes = format!("<p{attributes}>{FIRST}");
    for html in [deep, unclosed, spans, attributes] {
        let article = read(&html);
        assert!(article.text.contains("The river Lind"), "{html:.80}");
    }
}
