//! Files of several reports: each format read, and what is broken told with its place while the rest goes on.

use std::io::Write;

use parallax_acquire::{Acquired, LARGEST_REPORT, read_bytes};
use parallax_model::{Body, RawReport};
use proptest::prelude::*;

const PAGE: &str = "<html><p>Rain.</p></html>";

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    encoder.write_all(bytes).expect("in memory");
    encoder.finish().expect("in memory")
}

/// A record of a web archive.
fn record(class: &str, target: &str, block: &[u8]) -> Vec<u8> {
    let head = format!(
        "WARC/1.0\r\nWARC-Type: {class}\r\nWARC-Target-URI: {target}\r\nWARC-Date: 2021-05-04T10:00:00Z\r\n\
         Content-Type: application/http; msgtype=response\r\nContent-Length: {}\r\n\r\n",
        block.len()
    );
    [head.as_bytes(), block, b"\r\n\r\n"].concat()
}

/// What a server answers.
fn answer(fields: &str, body: &[u8]) -> Vec<u8> {
    [format!("HTTP/1.1 200 OK\r\n{fields}\r\n\r\n").as_bytes(), body].concat()
}

fn page(target: &str) -> Vec<u8> {
    record("response", target, &answer("Content-Type: text/html; charset=utf-8", PAGE.as_bytes()))
}

fn ids(acquired: &Acquired) -> Vec<&str> {
    acquired.reports.iter().map(|report| report.id.as_str()).collect()
}

fn problems(acquired: &Acquired) -> Vec<String> {
    acquired.problems.iter().map(|p| format!("{}: {}", p.place, p.reason)).collect()
}

fn only(acquired: &Acquired) -> &RawReport {
    let [report] = acquired.reports.as_slice() else { panic!("{acquired:?}") };
    report
}

#[test]
fn pages_of_an_archive_are_read_however_it_is_compressed() {
    let records = [
        record("warcinfo", "", b"software: test"),
        record("request", "http://a.example/1", b"GET / HTTP/1.1\r\n\r\n"),
        page("http://a.example/1"),
        record("response", "http://a.example/p.png", &answer("Content-Type: image/png", b"\x89PNG")),
        record("response", "http://a.example/old", b"HTTP/1.1 301 Moved\r\nLocation: /1\r\n\r\n"),
        page("http://a.example/2"),
    ];
    let plain = records.concat();
    let by_member: Vec<u8> = records.iter().flat_map(|record| gzip(record)).collect();
    let by_frame: Vec<u8> =
        records.iter().flat_map(|r| zstd::encode_all(r.as_slice(), 1).expect("in memory")).collect();
    for (name, bytes) in [
        ("c.warc", plain.clone()),
        ("c.warc.gz", by_member),
        ("c.warc.gz", gzip(&plain)),
        ("c.warc.zst", by_frame),
    ] {
        let acquired = read_bytes(bytes, name);
        assert_eq!(ids(&acquired), ["http://a.example/1", "http://a.example/2"], "{name} {acquired:?}");
        assert_eq!(problems(&acquired), [""; 0], "{name}");
        let report = &acquired.reports[0];
        assert_eq!(report.url.as_deref(), Some("http://a.example/1"));
        assert_eq!(report.fetched.as_deref(), Some("2021-05-04T10:00:00Z"));
        assert_eq!(report.body, Body::Html(PAGE.into()));
    }
}

#[test]
fn answers_are_decoded() {
    let check = |fields: &str, body: &[u8], expected: &str| {
        let acquired = read_bytes(record("response", "http://a.example/", &answer(fields, body)), "c.warc");
        assert_eq!(only(&acquired).body, Body::Html(expected.into()), "{fields}");
    };
    check(
        "Content-Type: text/html\r\nTransfer-Encoding: chunked",
        b"5\r\n<html\r\n1\r\n>\r\n0\r\n\r\n",
        "<html>",
    );
    check("Content-Type: text/html\r\nTransfer-Encoding: chunked", b"<html>", "<html>");
    check("Content-Type: text/html\r\nContent-Encoding: gzip", &gzip(b"<html>"), "<html>");
    check("Content-Type: text/html\r\nContent-Encoding: gzip", b"<html>", "<html>");
    check("Content-Type: text/html; charset=iso-8859-2", b"<p>\xa3\xf3d\xbc", "<p>Łódź");
    check(
        "Content-Type: text/html",
        b"<meta charset=iso-8859-2><p>\xa3\xf3d\xbc",
        "<meta charset=iso-8859-2><p>Łódź",
    );
    check("Server: old", b"<html>", "<html>");
}

#[test]
fn a_broken_record_costs_no_other() {
    let good = page("http://a.example/good");
    let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).expect("it is text");
    let other_length = |length: &str| {
        let bad = text(&page("http://a.example/bad"));
        let (before, rest) = bad.split_once("Content-Length: ").expect("it has one");
        let (_, after) = rest.split_once("\r\n").expect("the line ends");
        format!("{before}Content-Length: {length}\r\n{after}").into_bytes()
    };
    let size = good.len();
    let check = |bad: Vec<u8>, reason: &str| {
        let acquired = read_bytes([good.as_slice(), &bad, &good].concat(), "c.warc");
        assert_eq!(acquired.reports.len(), 2, "{reason}: {acquired:?}");
        assert_eq!(problems(&acquired), [format!("c.warc: record 2 at byte {size}: {reason}")]);
    };
    check(b"no record\r\n\r\n".to_vec(), "does not begin with WARC/1.0 or WARC/1.1");
    check(b"WARC/1.0\r\nWARC-Type: response\r\n\r\n".to_vec(), "its head gives no Content-Length");
    check(other_length("many"), "its head gives no Content-Length");
    check(other_length("40"), "its Content-Length does not lead to its end");
    check(other_length("70"), "its Content-Length does not lead to its end");
    check(record("response", "http://a.example/", b"<html>"), "the head of the answer does not end");
    check(
        record("response", "http://a.example/", b"<html>\r\n\r\n"),
        "the answer does not begin with a status",
    );
    check(
        record(
            "response",
            "http://a.example/",
            &answer("Content-Type: text/html\r\nContent-Encoding: gzip", b"\x1f\x8bno"),
        ),
        "cannot be decoded: broken gzip compression",
    );
    check(
        record("response", "http://a.example/", &answer("Content-Type: text/html", b" ")),
        "empty: there is no text",
    );
}

#[test]
fn a_cut_archive_gives_what_was_before_the_cut() {
    let good = page("http://a.example/good");
    let cut = [good.as_slice(), &good[..good.len() - 20]].concat();
    let acquired = read_bytes(cut, "c.warc");
    assert_eq!(acquired.reports.len(), 1);
    let expected =
        format!("c.warc: record 2 at byte {}: cut short: it is shorter than its Content-Length", good.len());
    assert_eq!(problems(&acquired), [expected]);
    let member = gzip(&good);
    let cut = [member.as_slice(), &member[..member.len() / 2]].concat();
    let acquired = read_bytes(cut, "c.warc.gz");
    assert_eq!((acquired.reports.len(), acquired.problems.len()), (1, 1), "{acquired:?}");
    assert!(
        acquired.problems[0].place.ends_with(&format!("record 2 at byte {}", member.len())),
        "{acquired:?}"
    );
}

#[test]
fn a_broken_member_costs_no_other() {
    let member = gzip(&page("http://a.example/good"));
    let mut broken = member.clone();
    let middle = broken.len() / 2;
    broken[middle..middle + 8].fill(0xff);
    let acquired = read_bytes([member.as_slice(), &broken, &member].concat(), "c.warc.gz");
    assert_eq!((acquired.reports.len(), acquired.problems.len()), (2, 1), "{acquired:?}");
}

#[test]
fn strange_bytes_between_members_are_told_and_padding_is_not() {
    let member = gzip(&page("http://a.example/good"));
    let check = |between: &[u8], strange: bool| {
        let acquired = read_bytes([member.as_slice(), between, &member].concat(), "c.warc.gz");
        assert_eq!(acquired.reports.len(), 2, "{between:?}: {acquired:?}");
        let expected = format!(
            "c.warc.gz: record 2 at byte {}: cannot be read: bytes that are no gzip member",
            member.len()
        );
        assert_eq!(problems(&acquired), vec![expected; usize::from(strange)], "{between:?}");
    };
    check(b"", false);
    check(b"\0\0\0\0", false);
    check(b"\r\n", false);
    check(b"\x1f\x8bnonsense", true);
    check(b"WARC/1.0\r\n", true);
    let behind = read_bytes([member.as_slice(), b"nonsense"].concat(), "c.warc.gz");
    assert_eq!((behind.reports.len(), behind.problems.len()), (1, 1), "{behind:?}");
}

#[test]
fn tables_of_values_are_read_by_the_names_of_their_columns() {
    let check = |name: &str, table: &[u8]| {
        let acquired = read_bytes(table.to_vec(), name);
        assert_eq!(problems(&acquired), [""; 0], "{name}");
        let report = only(&acquired);
        assert_eq!(
            (report.id.as_str(), &report.body),
            ("7", &Body::Text("Rain, “all” day.\nSnow.".into())),
            "{name}"
        );
        assert_eq!(report.title.as_deref(), Some("Zoë"));
        assert_eq!(report.published.as_deref(), Some("2021-05-04"));
    };
    check(
        "t.csv",
        "id,Headline,publish_date,text\r\n7,Zoë,2021-05-04,\"Rain, “all” day.\nSnow.\"\r\n".as_bytes(),
    );
    check("t.csv", "\u{feff}text;id;title;date\n\"Rain, “all” day.\nSnow.\";7;Zoë;2021-05-04\n".as_bytes());
    check("t.tsv", "ID\ttitle\tdate\tcontent\n7\tZoë\t2021-05-04\t\"Rain, “all” day.\nSnow.\"\n".as_bytes());
    check("t.csv.gz", &gzip("id,title,date,body\n7,Zoë,2021-05-04,\"Rain, “all” day.\nSnow.\"".as_bytes()));
    let legacy = read_bytes(b"id,text\n7,\"It\x92s a \x93no\x94, the mayor said.\"\n".to_vec(), "t.csv");
    assert_eq!(only(&legacy).body, Body::Text("It’s a “no”, the mayor said.".into()));
}

#[test]
fn broken_rows_are_named_and_the_rest_read() {
    let table = "id,text\na,Rain.\nb\nc,Snow.,more\nd,\n,Fog.\ne,Hail.\n";
    let acquired = read_bytes(table.into(), "t.csv");
    assert_eq!(ids(&acquired), ["a", "t-5", "e"]);
    assert_eq!(
        problems(&acquired),
        [
            "t.csv:3: record 2 at byte 16: 1 cells in a table of 2 columns",
            "t.csv:4: record 3 at byte 18: 3 cells in a table of 2 columns",
            "t.csv:5: record 4 at byte 31: empty: there is no text",
        ]
    );
    let check = |table: &str, expected: &str| {
        assert_eq!(problems(&read_bytes(table.into(), "t.csv")), [expected], "{table:?}");
    };
    check("id,title\n1,Rain\n", "t.csv:1: no column is called text, or anything like it");
    check("", "t.csv:1: empty: there is no text");
    check("id,text\n", "t.csv: empty: there is no text");
    // A quotation mark that is never closed takes in the rest of the table.
    let unclosed = "a quotation mark that opens in it is never closed: all that follows is lost in it";
    let table = read_bytes("id,text\na,Rain.\nb,\"Snow.\nc,Fog.\nd,Hail.\n".into(), "t.csv");
    assert_eq!(ids(&table), ["a"]);
    assert_eq!(problems(&table), [format!("t.csv:3: record 2 at byte 16: {unclosed}")]);
    for closed in [
        "id,text\na,\"Rain.\nSnow.\"",
        "id,text\na,\"Rain.\nSnow.\" \n\n",
        "id,text\na,\"Rain.\nSnow.\"\nb,Fog.\n",
    ] {
        assert_eq!(problems(&read_bytes(closed.into(), "t.csv")), [""; 0], "{closed:?}");
    }
    let whole = gzip("id,text\na,Rain.\n".repeat(3000).as_bytes());
    let cut = read_bytes(whole[..whole.len() - 12].to_vec(), "t.csv.gz");
    assert!(
        !cut.reports.is_empty() && cut.problems.iter().any(|p| p.reason.starts_with("cannot be read")),
        "{:?}",
        cut.problems
    );
}

#[test]
fn a_huge_row_is_refused() {
    let long = "x".repeat(LARGEST_REPORT + (8 << 20));
    for (name, file, kept) in [
        ("t.csv", format!("id,text\na,Rain.\nb,\"{long}\n"), 1),
        (
            "t.jsonl",
            format!(
                "{{\"id\": \"a\", \"text\": \"Rain.\"}}\n{{\"id\": \"{long}\n{{\"id\": \"c\", \"text\": \"Snow.\"}}\n"
            ),
            2,
        ),
        (
            "t.json",
            format!(
                "[{{\"id\": \"a\", \"text\": \"Rain.\"}}, {{\"id\": \"{long}\"}}, {{\"id\": \"c\", \"text\": \"Snow.\"}}]"
            ),
            2,
        ),
        ("t.xml", format!("<newsItem guid='a'><inlineData>{long}</inlineData></newsItem>"), 0),
    ] {
        let acquired = read_bytes(file.into_bytes(), name);
        assert_eq!(acquired.reports.len(), kept, "{name}");
        assert!(
            acquired.problems[0].reason.starts_with("larger than 32 MiB"),
            "{name}: {:?}",
            acquired.problems
        );
    }
}

#[test]
fn a_message_of_items_is_read_item_by_item() {
    let item = |guid: &str, content: &str| {
        format!(
            "<newsItem guid='{guid}'><contentMeta><headline>Dam</headline></contentMeta><contentSet>{content}</contentSet></newsItem>"
        )
    };
    let message = format!(
        "<?xml version='1.0'?><!DOCTYPE m [<!ENTITY x SYSTEM 'file:///etc/hostname'>]><newsMessage><itemSet>{}{}{}</itemSet></newsMessage>",
        item("u:1", "<inlineData>Rain &x;.</inlineData>"),
        item("u:2", "<inlineData>Snow</inlineDat>"),
        item("u:3", "<inlineXML><html><body><p>Fog.</p><p>Hail.</p></body></html></inlineXML>"),
    );
    let acquired = read_bytes(message.clone().into(), "m.xml");
    assert_eq!(ids(&acquired), ["u:1", "u:3"]);
    assert_eq!(acquired.reports[0].body, Body::Text("Rain &x;.".into()));
    assert_eq!(acquired.reports[1].body, Body::Text("Fog.\n\nHail.".into()));
    let at = message.find("<newsItem guid='u:2'").expect("it is there");
    assert!(
        problems(&acquired)[0].starts_with(&format!("m.xml: record 2 at byte {at}: broken XML: ")),
        "{acquired:?}"
    );
    let feed = read_bytes("<rss><channel/></rss>".into(), "m.xml");
    assert_eq!(problems(&feed), ["m.xml: no item of NewsML-G2 is in it"]);
}

proptest! {
    #[test]
    fn any_bytes_are_read_or_told_of(
        bytes in proptest::collection::vec(any::<u8>(), 0..400),
        start in 0_usize..6,
        name in prop::sample::select(vec!["a.warc", "a.warc.gz", "a.warc.zst", "a.json", "a.xml", "a.csv", "a.tsv.gz", "a.jsonl"]),
    ) {
        let starts: [&[u8]; 6] = [
            b"",
            b"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: http://a/\r\nContent-Length: 40\r\n\r\nHTTP/1.1 200 OK\r\n",
            b"[{\"uri\": \"a\", \"body_text\": \"Rain\", ",
            b"<newsItem guid='a'><contentSet><inlineXML><p>Rain",
            b"id,text\na,\"Rain",
            &[0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3],
        ];
        let acquired = read_bytes([starts[start], &bytes].concat(), name);
        prop_assert!(!acquired.reports.is_empty() || !acquired.problems.is_empty() || name.contains("warc"));
        for report in &acquired.reports {
            prop_assert!(!report.id.is_empty());
        }
    }
}
