//! The objects of a JSON text, found by their braces, so that a list of any length is read in little memory and a broken object costs no other.

use std::io::BufRead;

use crate::{Error, LARGEST_REPORT};

/// The objects at the top of a text or in the list that it is, each with where it begins.
pub(super) struct Values<R> {
    source: R,
    /// Bytes read so far.
    read: u64,
    is_done: bool,
}

impl<R: BufRead> Values<R> {
    pub(super) fn new(source: R) -> Self {
        Self { source, read: 0, is_done: false }
    }
}

impl<R: BufRead> Iterator for Values<R> {
    type Item = (u64, Result<Vec<u8>, Error>);

    fn next(&mut self) -> Option<Self::Item> {
        if self.is_done {
            return None;
        }
        let mut value = Value::default();
        loop {
            let buffer = match self.source.fill_buf() {
                Ok([]) => {
                    self.is_done = true;
                    return value.cut().map(|error| (value.start, Err(error)));
                }
                Ok(buffer) => buffer,
                Err(error) => {
                    self.is_done = true;
                    return Some((self.read, Err(error.into())));
                }
            };
            let taken = buffer
                .iter()
                .position(|byte| value.take(*byte, &mut self.read))
                .map_or(buffer.len(), |at| at + 1);
            let is_whole = value.is_whole();
            self.source.consume(taken);
            if is_whole {
                return Some((value.start, value.into_bytes()));
            }
        }
    }
}

/// An object as far as it was read.
#[derive(Default)]
struct Value {
    start: u64,
    bytes: Vec<u8>,
    /// Braces and brackets that are open.
    depth: usize,
    is_in_string: bool,
    is_escaped: bool,
    stage: Stage,
    is_too_large: bool,
}

#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
enum Stage {
    #[default]
    Before,
    /// In an object.
    Inside,
    /// In something else, up to what parts it from the next value.
    Strange,
    After,
}

impl Value {
    /// Takes the next byte; says whether the value ends with it.
    fn take(&mut self, byte: u8, read: &mut u64) -> bool {
        match self.stage {
            Stage::Before => self.begin(byte, *read),
            Stage::Inside => self.go_on(byte),
            Stage::Strange if matches!(byte, b',' | b']' | b'\n') => self.stage = Stage::After,
            Stage::Strange | Stage::After => {}
        }
        *read += 1;
        self.is_whole()
    }

    fn begin(&mut self, byte: u8, at: u64) {
        match byte {
            b'{' => (self.stage, self.depth, self.start) = (Stage::Inside, 1, at),
            // A byte order mark is no value.
            b',' | b'[' | b']' | 0xef | 0xbb | 0xbf => return,
            byte if byte.is_ascii_whitespace() => return,
            _ => (self.stage, self.start) = (Stage::Strange, at),
        }
        self.bytes.push(byte);
    }

    fn go_on(&mut self, byte: u8) {
        if self.bytes.len() < LARGEST_REPORT {
            self.bytes.push(byte);
        } else {
            self.is_too_large = true;
        }
        match byte {
            _ if self.is_escaped => self.is_escaped = false,
            b'\\' if self.is_in_string => self.is_escaped = true,
            b'"' => self.is_in_string = !self.is_in_string,
            b'{' | b'[' if !self.is_in_string => self.depth += 1,
            b'}' | b']' if !self.is_in_string => self.depth -= 1,
            _ => {}
        }
        if self.depth == 0 {
            self.stage = Stage::After;
        }
    }

    fn is_whole(&self) -> bool {
        self.stage == Stage::After
    }

    /// What is wrong where the text ends here.
    fn cut(&self) -> Option<Error> {
        match self.stage {
            Stage::Inside => Some(Error::Malformed("cut short: the object does not end")),
            Stage::Strange => Some(Error::NotAnObject),
            Stage::Before | Stage::After => None,
        }
    }

    fn into_bytes(self) -> Result<Vec<u8>, Error> {
        if self.is_too_large {
            Err(Error::TooLarge)
        } else if self.bytes.first() == Some(&b'{') {
            Ok(self.bytes)
        } else {
            Err(Error::NotAnObject)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn objects_are_found_by_their_braces() {
        let check = |text: &str, expected: &[(u64, Option<&str>)]| {
            let found: Vec<_> = Values::new(text.as_bytes())
                .map(|(at, value)| (at, value.ok().map(|v| String::from_utf8_lossy(&v).into_owned())))
                .collect();
            let found: Vec<_> = found.iter().map(|(at, value)| (*at, value.as_deref())).collect();
            assert_eq!(found, expected, "{text:?}");
        };
        check(r#"{"a": 1}"#, &[(0, Some(r#"{"a": 1}"#))]);
        check(
            r#" [{"a": "}\""}, {"b": [{}]}]"#,
            &[(2, Some(r#"{"a": "}\""}"#)), (16, Some(r#"{"b": [{}]}"#))],
        );
        check("{}\n{}", &[(0, Some("{}")), (3, Some("{}"))]);
        check("[7, {}]", &[(1, None), (4, Some("{}"))]);
        check(r#"{"a": "#, &[(0, None)]);
        check("no", &[(0, None)]);
        check(" [] ", &[]);
        check("", &[]);
    }
}
