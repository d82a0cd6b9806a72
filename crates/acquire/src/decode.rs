//! Bytes to text.

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, UTF_8};

use crate::Error;

/// A text, and how it was decoded where that was not plain UTF-8.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Decoded {
    pub(crate) text: String,
    pub(crate) note: Option<String>,
}

/// Decodes `bytes`: by a byte order mark, else as UTF-8, else by the encoding that the text itself `declares`, else by
/// the one that its bytes look most like. A UTF-8 text with a few broken bytes stays UTF-8.
pub(crate) fn decode(
    bytes: Vec<u8>,
    declares: impl FnOnce(&[u8]) -> Option<&'static Encoding>,
) -> Result<Decoded, Error> {
    let marked = Encoding::for_bom(&bytes).map(|(encoding, _)| encoding);
    let bytes = match String::from_utf8(bytes) {
        Ok(text) if marked.is_none() => return plain(text),
        Ok(text) => text.into_bytes(),
        Err(error) => error.into_bytes(),
    };
    let encoding = marked.unwrap_or_else(|| {
        if is_mostly_utf8(&bytes) { UTF_8 } else { declares(&bytes).unwrap_or_else(|| guess(&bytes)) }
    });
    let may_hold_zeros = !encoding.is_single_byte() && encoding != UTF_8;
    if !may_hold_zeros && is_binary(&bytes) {
        return Err(Error::Binary);
    }
    let (text, _, replaced) = encoding.decode(&bytes);
    not_empty(text.into_owned(), note(encoding, replaced))
}

/// Decodes `bytes` that came with the name of their encoding. An encoding in which ASCII is not what it is elsewhere is taken as named,
/// since its bytes may look like UTF-8; of the others UTF-8 goes before the name, which is often wrong.
pub(crate) fn decode_as(
    bytes: Vec<u8>,
    name: Option<&str>,
    declares: fn(&[u8]) -> Option<&'static Encoding>,
) -> Result<Decoded, Error> {
    let named = name.and_then(|name| Encoding::for_label(name.as_bytes()));
    match named.filter(|named| !named.is_ascii_compatible() && Encoding::for_bom(&bytes).is_none()) {
        Some(named) => {
            let (text, _, replaced) = named.decode(&bytes);
            not_empty(text.into_owned(), note(named, replaced))
        }
        None => decode(bytes, |bytes| named.or_else(|| declares(bytes))),
    }
}

fn plain(text: String) -> Result<Decoded, Error> {
    if is_binary(text.as_bytes()) {
        return Err(Error::Binary);
    }
    let note = text.contains('\0').then(|| "there are zero bytes in it".to_owned());
    not_empty(text, note)
}

/// Whether more than one byte in a thousand is zero. Some servers leave a few in their pages; of random or compressed data it is one in 256.
pub(crate) fn is_binary(bytes: &[u8]) -> bool {
    bytes.iter().filter(|byte| **byte == 0).count() > bytes.len() / 1000
}

fn not_empty(text: String, note: Option<String>) -> Result<Decoded, Error> {
    if text.trim().is_empty() { Err(Error::Empty) } else { Ok(Decoded { text, note }) }
}

fn note(encoding: &'static Encoding, replaced: bool) -> Option<String> {
    match (encoding == UTF_8, replaced) {
        (true, false) => None,
        (true, true) => Some("not all of it is UTF-8; what is not was replaced".to_owned()),
        (false, false) => Some(format!("decoded as {}", encoding.name())),
        (false, true) => Some(format!("decoded as {}; what did not fit was replaced", encoding.name())),
    }
}

fn guess(bytes: &[u8]) -> &'static Encoding {
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(bytes, true);
    detector.guess(None, Utf8Detection::Deny)
}

/// Whether more characters beyond ASCII are good UTF-8 than bytes are not.
fn is_mostly_utf8(bytes: &[u8]) -> bool {
    let (mut good, mut bad) = (0, 0);
    for chunk in bytes.utf8_chunks() {
        good += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        bad += chunk.invalid().len();
    }
    good > bad
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(bytes: &[u8], text: &str, note: Option<&str>) {
        let decoded = decode(bytes.to_vec(), |_| None).expect("it is text");
        assert_eq!((decoded.text.as_str(), decoded.note.as_deref()), (text, note));
    }

    #[test]
    fn encodings_are_told_apart() {
        check("Zoë said “no”.".as_bytes(), "Zoë said “no”.", None);
        check(b"\xef\xbb\xbfNo.", "No.", None);
        check(b"\xff\xfeN\0o\0.\0", "No.", Some("decoded as UTF-16LE"));
        check(b"\xfe\xff\0N\0o\0.", "No.", Some("decoded as UTF-16BE"));
        check(b"It\x92s a \x93no\x94, she said.", "It’s a “no”, she said.", Some("decoded as windows-1252"));
        let broken = ["“No” – she said".as_bytes(), b"\xff."].concat();
        check(&broken, "“No” – she said\u{fffd}.", Some("not all of it is UTF-8; what is not was replaced"));
    }

    #[test]
    fn a_name_decides_where_bytes_do_not() {
        let check = |bytes: &[u8], name, text: &str| {
            let decoded = decode_as(bytes.to_vec(), name, |_| None).expect("it is text");
            assert_eq!(decoded.text, text, "{name:?}");
        };
        check(b"\xb9\xea\xbf", Some("iso-8859-2"), "šęż");
        check(b"\xb9\xea\xbf is", Some("windows-1251"), "№кї is");
        check("Zoë".as_bytes(), Some("iso-8859-1"), "Zoë");
        check(b"\x1b$B@$3&\x1b(B", Some("iso-2022-jp"), "世界");
        check(b"N\0o\0", Some("utf-16le"), "No");
        check(b"\xff\xfeN\0o\0", Some("utf-16be"), "No");
        check(b"It\x92s", Some("nonsense"), "It’s");
        check(b"It\x92s", None, "It’s");
    }

    #[test]
    fn a_few_zero_bytes_make_no_text_binary() {
        let page = "<p>Rain fell on the lower town.</p>".repeat(100);
        check(format!("{page}\0").as_bytes(), &format!("{page}\0"), Some("there are zero bytes in it"));
        assert!(decode(format!("{page}{}", "\0".repeat(5)).into_bytes(), |_| None).is_err());
    }

    #[test]
    fn what_is_no_text_is_refused() {
        let check = |bytes: &[u8], expected: &str| {
            let error = decode(bytes.to_vec(), |_| None).expect_err("it is no text");
            assert_eq!(error.to_string(), expected, "{bytes:?}");
        };
        check(b"", "empty: there is no text");
        check(b" \n\t", "empty: there is no text");
        check(b"\xef\xbb\xbf", "empty: there is no text");
        check(b"\x7fELF\0\0\0\x01", "binary data, not text");
        check(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\xff", "binary data, not text");
    }
}
