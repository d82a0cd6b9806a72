//! Addresses as receivers: the message is posted, signed so that the receiver knows who sent it and when.
//!
//! The signature is HMAC-SHA256 (RFC 2104) with the shared secret over the timestamp, a point and the body, in the manner of Stripe and of Standard
//! Webhooks: a copy that somebody sends later has an old timestamp, and a new timestamp does not fit the signature.

use std::fs;
use std::path::Path;

use hmac::{Hmac, KeyInit, Mac};
use jiff::Timestamp;
use parallax_acquire::fetch::Fetcher;
use sha2::Sha256;

use super::Message;

/// Posts the message.
pub(super) fn post(
    fetcher: &Fetcher,
    url: &str,
    secret_file: Option<&str>,
    message: &Message,
    now: Timestamp,
) -> Result<(), String> {
    let url = url.parse().map_err(|error| format!("{url}: {error}"))?;
    let timestamp = now.as_second().to_string();
    let signature = match secret_file {
        Some(file) => Some(signature(&secret(Path::new(file))?, &timestamp, &message.body)),
        None => None,
    };
    let mut headers = vec![
        ("Content-Type", "application/json"),
        ("Idempotency-Key", message.key.as_str()),
        ("Parallax-Timestamp", timestamp.as_str()),
    ];
    headers.extend(signature.as_deref().map(|signature| ("Parallax-Signature", signature)));
    fetcher.post(&url, &headers, message.body.as_bytes()).map_err(|error| error.to_string())
}

/// The secret in a file, without the white space around it.
pub(crate) fn secret(file: &Path) -> Result<String, String> {
    let text = fs::read_to_string(file).map_err(|error| format!("{}: {error}", file.display()))?;
    let secret = text.trim();
    if secret.is_empty() {
        Err(format!("{}: no secret in it", file.display()))
    } else {
        Ok(secret.to_owned())
    }
}

fn signature(secret: &str, timestamp: &str, body: &str) -> String {
    // A key of any length will do for HMAC.
    let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(secret.as_bytes()) else { return String::new() };
    mac.update(timestamp.as_bytes());
    mac.update(b".");
    mac.update(body.as_bytes());
    let bytes = mac.finalize().into_bytes();
    format!("v1={}", bytes.iter().map(|byte| format!("{byte:02x}")).collect::<String>())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_signature_is_that_of_other_programs() {
        // printf '1700000000.{"a":1}' | openssl dgst -sha256 -hmac secret
        assert_eq!(
            signature("secret", "1700000000", "{\"a\":1}"),
            "v1=49f24e537407743fa4a0242bb63b94b9a47ee99cbbe071ccd8a22550ae411686"
        );
        assert_ne!(
            signature("secret", "1700000001", "{\"a\":1}"),
            signature("secret", "1700000000", "{\"a\":1}")
        );
    }
}
