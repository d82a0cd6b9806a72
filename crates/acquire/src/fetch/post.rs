//! Handing something to a receiver that its owner named: under the same policy as fetching, but once, and no further than that address.

use std::time::Instant;

use ureq::http::StatusCode;
use url::Url;

use super::answer::failure;
use super::error::{Failure, FetchError};
use super::{Fetcher, address};

impl Fetcher {
    /// Posts `body` with these headers to `url`. It works if the receiver answers with a status of success; what it says besides is not read. It is
    /// not tried again, and a redirect is a failure: who is told something is who was named.
    pub fn post(&self, url: &Url, headers: &[(&str, &str)], body: &[u8]) -> Result<(), FetchError> {
        address::check(url)
            .and_then(|()| self.send(url, headers, body))
            .map_err(|failure| FetchError::new(url, failure))
    }

    fn send(&self, url: &Url, headers: &[(&str, &str)], body: &[u8]) -> Result<(), Failure> {
        let host = self.hosts.of(url);
        let _slot = host.enter(self.policy.at_once, std::time::Duration::ZERO);
        let deadline = Instant::now() + self.policy.longest_fetch;
        let left = deadline.saturating_duration_since(Instant::now());
        let mut request = self.agent.post(url.as_str()).config().timeout_global(Some(left)).build();
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let answer = request.send(body).map_err(|error| failure(error, &self.policy))?;
        match answer.status() {
            status if StatusCode::is_success(&status) => Ok(()),
            status => Err(Failure::Status(status.as_u16())),
        }
    }
}
