//! The bytes of an answer: as many as are allowed, decompressed to as many as are allowed.

use std::io::{self, BufReader, Read};

use super::error::Failure;

/// The compressions that are asked for.
pub(super) const ACCEPTED: &str = "gzip, deflate, br, zstd";

/// Compressions within compressions are no news report.
const MOST_CODINGS: usize = 2;

/// RFC 8878 asks decoders for no more than 8 MiB.
const ZSTANDARD_WINDOW_LOG: u32 = 23;

/// Reads at most `most` bytes.
pub(super) fn read(body: impl Read, most: usize) -> Result<Vec<u8>, BodyError> {
    let mut bytes = Vec::new();
    body.take(most as u64 + 1).read_to_end(&mut bytes).map_err(BodyError::Io)?;
    if bytes.len() > most { Err(BodyError::Failure(Failure::TooLarge(most))) } else { Ok(bytes) }
}

/// Why a body could not be read.
#[derive(Debug)]
pub(super) enum BodyError {
    Io(io::Error),
    Failure(Failure),
}

/// Undoes the compressions that a `Content-Encoding` header names, the last of which was done last.
pub(crate) fn decoded(mut bytes: Vec<u8>, encoding: &str, most: usize) -> Result<Vec<u8>, Failure> {
    let codings: Vec<String> = encoding
        .split(',')
        .map(|coding| coding.trim().to_ascii_lowercase())
        .filter(|coding| !matches!(coding.as_str(), "" | "identity"))
        .collect();
    if codings.len() > MOST_CODINGS {
        return Err(Failure::UnknownEncoding(encoding.to_owned()));
    }
    for coding in codings.iter().rev() {
        bytes = undo(&bytes, coding, most)?;
    }
    Ok(bytes)
}

fn undo(bytes: &[u8], coding: &str, most: usize) -> Result<Vec<u8>, Failure> {
    match coding {
        "gzip" | "x-gzip" => gunzip(bytes, most),
        "deflate" if is_zlib(bytes) => capped(flate2::read::ZlibDecoder::new(bytes), "deflate", most),
        "deflate" => capped(flate2::read::DeflateDecoder::new(bytes), "deflate", most),
        "br" => capped(brotli_decompressor::Decompressor::new(bytes, 4096), "brotli", most),
        "zstd" => {
            let broken = |_| Failure::BrokenEncoding("zstd");
            let mut decoder = zstd::Decoder::with_buffer(BufReader::new(bytes)).map_err(broken)?;
            decoder.window_log_max(ZSTANDARD_WINDOW_LOG).map_err(broken)?;
            capped(decoder, "zstd", most)
        }
        other => Err(Failure::UnknownEncoding(other.to_owned())),
    }
}

/// Decompresses gzip, in one or several members, to at most `most` bytes.
pub(crate) fn gunzip(bytes: &[u8], most: usize) -> Result<Vec<u8>, Failure> {
    capped(flate2::read::MultiGzDecoder::new(bytes), "gzip", most)
}

fn capped(decoder: impl Read, name: &'static str, most: usize) -> Result<Vec<u8>, Failure> {
    match read(decoder, most) {
        Ok(bytes) => Ok(bytes),
        Err(BodyError::Failure(_)) => Err(Failure::TooLargeDecoded(most)),
        Err(BodyError::Io(_)) => Err(Failure::BrokenEncoding(name)),
    }
}

/// "deflate" is zlib by the standard and raw deflate by the custom of some servers; a zlib header is a multiple of 31.
fn is_zlib(bytes: &[u8]) -> bool {
    matches!(bytes, [first, second, ..] if first & 0x0f == 8 && (u16::from(*first) << 8 | u16::from(*second)) % 31 == 0)
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use flate2::Compression;
    use flate2::write::{DeflateEncoder, GzEncoder, ZlibEncoder};

    use super::*;

    const TEXT: &[u8] = b"Rain fell on Lissund. Rain fell on Lissund. Rain fell on Lissund.";
    /// The same text as brotli makes it, from its reference implementation.
    const BROTLI: &[u8] = b"\x1b\x40\x00\xf8\x8d\xd4\x4e\xf9\xc7\x46\x95\x52\x4c\x6e\xe0\x90\x23\x3d\x50\xe8\x6d\x49\xdc\x2a\x55\x8c\xaa\x12\x54\xc2\x9d\x8e\x0e\xd5\xed\x47\x00";

    fn gzip(bytes: &[u8]) -> Vec<u8> {
        let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
        encoder.write_all(bytes).expect("memory");
        encoder.finish().expect("memory")
    }

    fn zlib(bytes: &[u8]) -> Vec<u8> {
        let mut encoder = ZlibEncoder::new(Vec::new(), Compression::best());
        encoder.write_all(bytes).expect("memory");
        encoder.finish().expect("memory")
    }

    fn deflate(bytes: &[u8]) -> Vec<u8> {
        let mut encoder = DeflateEncoder::new(Vec::new(), Compression::best());
        encoder.write_all(bytes).expect("memory");
        encoder.finish().expect("memory")
    }

    fn zstandard(bytes: &[u8]) -> Vec<u8> {
        zstd::encode_all(bytes, 3).expect("memory")
    }

    #[test]
    fn every_compression_is_undone_and_capped() {
        let cases = [
            ("gzip", gzip(TEXT)),
            ("X-GZIP", gzip(TEXT)),
            ("deflate", zlib(TEXT)),
            ("deflate", deflate(TEXT)),
            ("zstd", zstandard(TEXT)),
            ("br", BROTLI.to_vec()),
            ("deflate, gzip", gzip(&zlib(TEXT))),
            ("identity", TEXT.to_vec()),
            ("", TEXT.to_vec()),
        ];
        for (coding, bytes) in cases {
            assert_eq!(decoded(bytes.clone(), coding, TEXT.len()).as_deref(), Ok(TEXT), "{coding}");
            if !matches!(coding, "identity" | "") {
                let small = decoded(bytes.clone(), coding, TEXT.len() - 1);
                assert!(matches!(small, Err(Failure::TooLargeDecoded(_))), "{coding}: {small:?}");
                let cut = bytes.get(..bytes.len() / 2).expect("half").to_vec();
                let broken = decoded(cut, coding, TEXT.len());
                assert!(matches!(broken, Err(Failure::BrokenEncoding(_))), "{coding}: {broken:?}");
            }
        }
    }

    #[test]
    fn other_compressions_are_refused() {
        let check = |coding: &str| {
            let refused = decoded(TEXT.to_vec(), coding, 1000);
            assert!(matches!(refused, Err(Failure::UnknownEncoding(_))), "{coding}");
        };
        check("compress");
        check("gzip, gzip, gzip");
    }
}
