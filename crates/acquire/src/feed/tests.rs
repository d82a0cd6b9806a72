use proptest::prelude::*;

use super::*;

/// An item as one line: title | url | outlet | published | language | content, which is marked as HTML.
fn line(item: &Item) -> String {
    let content = match &item.content {
        Some(Body::Html(html)) => format!("html:{html}"),
        Some(Body::Text(text)) => text.clone(),
        None => String::new(),
    };
    let field = |field: &Option<String>| field.clone().unwrap_or_default();
    let [title, url, outlet, published, language] =
        [&item.title, &item.url, &item.outlet, &item.published, &item.language].map(field);
    [title, url, outlet, published, language, content].join(" | ")
}

fn check(text: &str, expected: &[&str]) {
    let listing =
        read(text, Some(&"https://a.example/feeds/all".parse().expect("a URL"))).expect("a listing");
    assert_eq!(listing.items.iter().map(line).collect::<Vec<_>>(), expected, "{text}");
    assert_eq!(listing.faults, [], "{text}");
}

fn faults(text: &str, items: &[&str], expected: &[(usize, usize, &str)]) {
    let listing = read(text, None).expect("a listing");
    let titles: Vec<_> = listing.items.iter().map(|item| item.title.as_deref().unwrap_or_default()).collect();
    assert_eq!(titles, items, "{text}");
    let told: Vec<_> = listing.faults.iter().map(|f| (f.line, f.column, f.reason.as_str())).collect();
    assert_eq!(told, expected, "{text}");
}

#[test]
fn rss_of_every_version() {
    check(
        "<rss version='2.0' xmlns:dc='http://purl.org/dc/elements/1.1/' xmlns:c='http://purl.org/rss/1.0/modules/content/'><channel>
           <title>All</title><item><title>Osei&amp;#8217;s <![CDATA[<b>plan</b> & more]]></title><link> https://b.example/1 </link>
           <description>Short.</description><c:encoded><![CDATA[<p>Long.</p>]]></c:encoded><dc:language>en</dc:language>
           <source url='https://b.example/feed'>Lissund Review</source><pubDate>Tue, 03 Nov 2026 10:00:00 +0100</pubDate></item></channel></rss>",
        &["Osei’s plan & more | https://b.example/1 | Lissund Review | Tue, 03 Nov 2026 10:00:00 +0100 | en | html:<p>Long.</p>"],
    );
    check(
        "\u{feff}  <?xml version='1.0'?><!DOCTYPE rss><rss version='0.91'><channel><item><title>A</title><link>/x?a=1&b=2</link>
           <description>Rain &amp;amp; wind</description></item></channel></rss>",
        &["A | https://a.example/x?a=1&b=2 |  |  |  | html:Rain &amp; wind"],
    );
    check(
        "<rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#' xmlns='http://purl.org/rss/1.0/'><channel rdf:about='x'>
           <title>T</title></channel><item rdf:about='https://b.example/2'><title>B</title><dc:date>2026-11-03</dc:date></item></rdf:RDF>",
        &["B | https://b.example/2 |  | 2026-11-03 |  | "],
    );
    check(
        "<rdf:RDF xmlns='http://my.netscape.com/rdf/simple/0.9/'><item><title>C</title><link>rel</link></item></rdf:RDF>",
        &["C | https://a.example/feeds/rel |  |  |  | "],
    );
    check(
        "<rss><channel><item><guid>https://b.example/3</guid></item><item><guid isPermaLink='false'>https://b.example/4</guid>
           <a:link xmlns:a='http://www.w3.org/2005/Atom' href='https://b.example/5'/><description><p>Raw <b>HTML</b><br>here</p></description>
           </item></channel></rss>",
        &[" | https://b.example/3 |  |  |  | ", " | https://b.example/5 |  |  |  | html:<p>Raw <b>HTML</b><br>here</p>"],
    );
    check("<rss><channel></channel></rss>", &[]);
}

#[test]
fn atom_and_its_text_constructs() {
    check(
        "<feed xmlns='http://www.w3.org/2005/Atom' xml:lang='en'><title>All</title><entry xml:lang='de'><title>2 &lt; 3</title>
           <link rel='self' href='/self'/><link href='/1'/><updated>2026-11-03T10:00:00Z</updated><published>2026-11-02T10:00:00Z</published>
           <content type='xhtml'><div xmlns='http://www.w3.org/1999/xhtml'>A &amp; <em class='x'>b</em></div></content></entry></feed>",
        &["2 < 3 | https://a.example/1 |  | 2026-11-02T10:00:00Z | de | html:<div xmlns=\"http://www.w3.org/1999/xhtml\">A &amp; <em class=\"x\">b</em></div>"],
    );
    check(
        "<a:feed xmlns:a='http://www.w3.org/2005/Atom'><a:entry><a:title type='html'>&lt;i&gt;T&lt;/i&gt;</a:title><a:id>https://b.example/2</a:id>
           <a:source><a:title>Courier</a:title></a:source><a:summary>S</a:summary><a:content src='x.mp3'/></a:entry></a:feed>",
        &["T | https://b.example/2 | Courier |  |  | S"],
    );
    check(
        "<entry xmlns='http://www.w3.org/2005/Atom'><title>Alone</title></entry>",
        &["Alone |  |  |  |  | "],
    );
}

#[test]
fn who_signed_is_read_in_all_formats() {
    let check = |text: &str, expected: &[&str]| {
        let listing = read(text, None).expect("a listing");
        assert_eq!(listing.items[0].authors, expected, "{text}");
    };
    let rss = |inside: &str| {
        format!(
            "<rss xmlns:dc='http://purl.org/dc/elements/1.1/'><channel><item>{inside}</item></channel></rss>"
        )
    };
    check(&rss("<author>osei@post.example (Ada Osei)</author>"), &["Ada Osei"]);
    check(&rss("<author>Ada Osei &lt;osei@post.example&gt;</author>"), &["Ada Osei"]);
    check(&rss("<author>osei@post.example</author>"), &[]);
    check(
        &rss(
            "<author>desk@post.example (Desk)</author><dc:creator>Ada Osei</dc:creator><dc:creator>Tom Ruiz</dc:creator>",
        ),
        &["Ada Osei", "Tom Ruiz"],
    );
    check(&rss("<dc:creator><![CDATA[Ada Osei]]></dc:creator>"), &["Ada Osei"]);
    check(&rss("<title>A</title>"), &[]);
    check(
        "<feed><entry><author><name>Ada Osei</name><uri>x</uri></author><author><name>Tom Ruiz</name></author></entry></feed>",
        &["Ada Osei", "Tom Ruiz"],
    );
    let json = |author: &str| {
        format!(
            "{{\"version\": \"https://jsonfeed.org/version/1.1\", \"items\": [{{\"id\": \"1\", {author}}}]}}"
        )
    };
    check(&json(r#""authors": [{"name": "Ada Osei"}, {"name": "Tom Ruiz"}, 7]"#), &["Ada Osei", "Tom Ruiz"]);
    check(&json(r#""author": {"name": "Ada Osei"}"#), &["Ada Osei"]);
}

#[test]
fn json_feeds() {
    check(
        r#"{"version": "https:\/\/jsonfeed.org\/version\/1.1", "title": "All", "items": [
            {"id": 1, "url": "/1", "title": "A", "content_html": "<p>B</p>", "date_published": "2026-11-03"},
            {"id": "https://b.example/2", "content_text": "Plain", "language": "en"}, 7]}"#,
        &[
            "A | https://a.example/1 |  | 2026-11-03 |  | html:<p>B</p>",
            " | https://b.example/2 |  |  | en | Plain",
            " |  |  |  |  | ",
        ],
    );
}

#[test]
fn sitemaps() {
    check(
        "<urlset xmlns='http://www.sitemaps.org/schemas/sitemap/0.9' xmlns:n='http://www.google.com/schemas/sitemap-news/0.9'>
           <url><loc>https://b.example/1?a=1&amp;b=2</loc><lastmod>2026-11-04</lastmod></url><url><lastmod>2026</lastmod></url>
           <url><loc>https://b.example/2</loc><n:news><n:publication><n:name>Review</n:name><n:language>en</n:language></n:publication>
           <n:publication_date>2026-11-03</n:publication_date><n:title>T</n:title></n:news></url></urlset>",
        &[" | https://b.example/1?a=1&b=2 |  |  |  | ", "T | https://b.example/2 | Review | 2026-11-03 | en | "],
    );
    let index = "<sitemapindex><sitemap><loc>/a.xml.gz</loc></sitemap></sitemapindex>";
    let listing = read(index, Some(&"https://a.example/".parse().expect("a URL"))).expect("a listing");
    assert_eq!(listing.subscriptions[0].url, "https://a.example/a.xml.gz");
}

#[test]
fn opml_and_its_folders() {
    let text = "<opml version='1.0'><head><title>Mine</title></head><body><outline text='Papers'><outline text='Review' type='rss'
        xmlUrl='https://a.example/feed' htmlUrl='https://a.example'/></outline><outline xmlUrl='https://b.example/feed'/></body></opml>";
    let listing = read(text, None).expect("a listing");
    assert_eq!(listing.title.as_deref(), Some("Mine"));
    let review = Subscription {
        title: Some("Review".into()),
        url: "https://a.example/feed".into(),
        site: Some("https://a.example".into()),
        folders: vec!["Papers".into()],
    };
    let other = Subscription { url: "https://b.example/feed".into(), ..Subscription::default() };
    assert_eq!(listing.subscriptions, [review, other]);
}

#[test]
fn what_is_broken_is_told_with_its_place_and_the_rest_is_read() {
    faults(
        "<rss><channel>\n<item><title>A</title></item>\n<item><title>B",
        &["A"],
        &[(3, 15, "the document ends inside <item>")],
    );
    faults(
        "<rss><channel><item><title>A</item>\n<item><title>B</title></item></channel></rss>",
        &["A", "B"],
        &[(1, 29, "<title> is not closed before </item>")],
    );
    faults(
        "<rss><channel><item><title>A</title>\n  <item><title>B</title></item></channel></rss>",
        &["A", "B"],
        &[(2, 3, "<item> begins before the last one ends")],
    );
    faults(
        "<rss><channel><item><title>A</title></channel></rss>",
        &["A"],
        &[(1, 37, "</channel> comes before the end of what is in it")],
    );
    faults("<feed><entry><title>A</b></title></entry></feed>", &["A"], &[(1, 22, "</b> closes nothing")]);
    faults(
        "<rss><channel><item><title>A & B &nosuch; C &eacute;</title></item></channel></rss>",
        &["A & B &nosuch; C é"],
        &[],
    );
    let listing = read(
        "<rss><channel><item><title>A</title><!-- </item>\n<item><title>B</title></item></channel></rss>",
        None,
    );
    let listing = listing.expect("a listing");
    assert_eq!(listing.items.len(), 1);
    assert_eq!((listing.faults[0].line, listing.faults[0].column), (1, 37));
    faults(
        "{\"version\": \"https://jsonfeed.org/version/1\",\n\"items\": [}",
        &[],
        &[(2, 11, "expected value")],
    );
    faults(
        "{\"version\": \"https://jsonfeed.org/version/1\", \"title\": \"Éé\n\"}",
        &[],
        &[(1, 59, "control character (\\u0000-\\u001F) found while parsing a string")],
    );
    faults("{\"version\": \"https://jsonfeed.org/version/1\", \"é\": ]}", &[], &[(1, 52, "expected value")]);
    faults("{\"version\": \"https://jsonfeed.org/version/1\"}", &[], &[(1, 1, "the field items is missing")]);
}

#[test]
fn other_documents_are_no_listings() {
    let check = |text: &str| assert_eq!(read(text, None), None, "{text}");
    check("");
    check("<!doctype html><html><head><title>rss</title></head></html>");
    check("<newsItem xmlns='http://iptc.org/std/nar/2006-10-01/'/>");
    check("{\"version\": \"1\", \"headline\": \"ninjs\"}");
    check("Plain text about <rss>");
    check("[1]");
}

#[test]
fn deep_and_repeated_breakage_stays_bounded() {
    let deep =
        format!("<rss><channel><item>{}<title>A</title></item></channel></rss>", "<b>".repeat(100_000));
    assert_eq!(read(&deep, None).expect("a listing").items.len(), 1);
    let torn = format!("<rss>{}", "<item><!--".repeat(100_000));
    assert_eq!(read(&torn, None).expect("a listing").faults.len(), 20);
    let outlines = "<outline text='a'>".repeat(100_000);
    assert_eq!(read(&format!("<opml><body>{outlines}"), None).expect("a listing").subscriptions, []);
}

prop_compose! {
    fn subscription()(title in "[^ ]{1,9}( [^ ]{1,9})?", url in "[a-z0-9&<>\"' ]{0,20}", site in "[a-z/&\"]{0,9}",
                      folders in prop::collection::vec("[a-zé&<]{1,3}", 0..4)) -> Subscription {
        let title = words(&title.chars().filter(|c| !c.is_control() && *c != '\u{fffe}' && *c != '\u{ffff}').collect::<String>());
        let url = format!("https://a.example/{}", url.trim());
        let url = Url::parse(&url).map_or(url, String::from);
        let site = (!site.is_empty()).then_some(site);
        Subscription { title, url, site, folders }
    }
}

proptest! {
    #[test]
    fn opml_comes_back_as_it_was_written(subscriptions in prop::collection::vec(subscription(), 0..12)) {
        let listing = read(&opml::write("Mine & theirs", &subscriptions), None).expect("OPML");
        prop_assert_eq!(listing.title.as_deref(), Some("Mine & theirs"));
        prop_assert_eq!(listing.subscriptions, subscriptions);
        prop_assert_eq!(listing.faults, []);
    }

    #[test]
    fn any_bytes_are_taken(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
        read(&String::from_utf8_lossy(&bytes), None);
    }

    #[test]
    fn any_mix_of_tags_is_taken(
        root in prop::sample::select(vec!["<rss>", "<feed>", "<opml>", "<urlset>", "{\"version\":\"https://jsonfeed.org/version/1\","]),
        parts in prop::collection::vec(prop::sample::select(vec![
            "<item>", "</item>", "<entry>", "</entry>", "<outline xmlUrl='x'>", "</outline>", "<url><loc>", "</loc></url>", "<title>", "</title>",
            "<![CDATA[", "]]>", "<!--", "-->", "<br>", "&", "&amp;", "&#0;", "é", "<a:b xmlns:a='", "'", ">", "<", "/", "</channel>", "<?", "<!DOCTYPE [",
        ]), 0..60),
    ) {
        let text = format!("{root}{}", parts.concat());
        if let Some(listing) = read(&text, None) {
            for fault in listing.faults {
                prop_assert!((1..=2).contains(&fault.line), "{fault:?} in {text}");
            }
        }
    }
}
