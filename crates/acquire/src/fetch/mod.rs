//! Pages and feeds from the network, politely and within bounds.
//!
//! A [`Fetcher`] keeps to a [`Policy`]: it connects to public addresses alone (checked after the name look-up, and again at each
//! redirect), waits its turn at each host, obeys robots.txt, and bounds time, bytes and what they decompress to. A failure that may
//! pass is tried again after a while. What it got is a [`Fetched`]; with the [`Validators`] of an earlier one it asks only for what has
//! changed.
//!
//! ```no_run
//! use parallax_acquire::fetch::{Fetcher, Policy};
//!
//! let fetcher = Fetcher::new(Policy { contact: Some("desk@example.org".into()), ..Policy::default() });
//! let page = fetcher.fetch(&"https://example.org/news".parse()?)?;
//! println!("{} bytes of {:?} from {}", page.body.len(), page.media_type, page.url);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod address;
mod answer;
pub(crate) mod body;
mod error;
mod hosts;
mod policy;
mod post;
mod retry;
mod robots;

use std::thread;
use std::time::{Duration, Instant};

use ureq::Agent;
use ureq::unversioned::transport::DefaultConnector;
use url::Url;

use address::CheckedResolver;
use answer::Answer;
use hosts::Hosts;
use retry::BackOff;
use robots::Robots;

pub use answer::{Fetched, Validators};
pub use error::{Failure, FetchError};
pub use policy::{Addresses, Policy};

/// RFC 9309 asks for at least that much of a robots.txt to be read.
const MOST_ROBOTS_BYTES: usize = 512 << 10;

/// A client that keeps to a policy. It is shared by all threads that fetch, so that they take turns at each host.
#[derive(Debug)]
pub struct Fetcher {
    policy: Policy,
    agent: Agent,
    hosts: Hosts,
    back_off: BackOff,
}

/// A try that failed.
struct Stumble {
    at: Url,
    failure: Failure,
    retry_after: Option<Duration>,
}

/// Whether a request is one for the robots.txt that all others wait for.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Errand {
    Content,
    Robots,
}

impl Fetcher {
    /// A client that keeps to `policy`.
    pub fn new(policy: Policy) -> Self {
        let config = Agent::config_builder()
            .http_status_as_error(false)
            .max_redirects(0)
            .max_redirects_will_error(false)
            .proxy(None)
            .user_agent(policy.user_agent())
            .accept("text/html, application/xhtml+xml, application/xml, application/feed+json, */*;q=0.5")
            .accept_encoding(body::ACCEPTED)
            .timeout_per_read(Some(policy.longest_silence))
            .timeout_connect(Some(policy.longest_silence))
            .build();
        let resolver = CheckedResolver { addresses: policy.addresses };
        let agent = Agent::with_parts(config, DefaultConnector::default(), resolver);
        Self { agent, hosts: Hosts::default(), back_off: BackOff::new(&policy), policy }
    }

    /// What stands at `url`.
    pub fn fetch(&self, url: &Url) -> Result<Fetched, FetchError> {
        let fetched = self.fetch_if_changed(url, &Validators::default())?;
        // Without validators no server has a reason to answer "not modified".
        fetched.ok_or_else(|| FetchError::new(url, Failure::Status(304)))
    }

    /// What stands at `url`, or nothing if it is still what came with `known` validators.
    pub fn fetch_if_changed(&self, url: &Url, known: &Validators) -> Result<Option<Fetched>, FetchError> {
        self.persist(url, known, Errand::Content)
    }

    /// Tries until it works, cannot work, or was tried often enough.
    fn persist(&self, url: &Url, known: &Validators, errand: Errand) -> Result<Option<Fetched>, FetchError> {
        let mut tries = 0;
        loop {
            let stumble = match self.follow(url, known, errand) {
                Ok(answer) => return Ok(answer),
                Err(stumble) => stumble,
            };
            let Stumble { at, failure, retry_after } = *stumble;
            tries += 1;
            let error = |failure| FetchError {
                redirected_to: (at != *url).then(|| error::shown(&at)),
                tries,
                ..FetchError::new(url, failure)
            };
            let wait = retry_after.unwrap_or_default().max(self.back_off.wait(tries - 1));
            if !failure.may_pass() || tries > self.policy.most_retries {
                return Err(error(failure));
            }
            if wait > self.policy.longest_wait {
                return Err(error(Failure::AskedToWait(wait)));
            }
            if retry_after.is_some() {
                self.hosts.of(&at).postpone(wait);
            }
            thread::sleep(wait);
        }
    }

    /// One try, wherever it is sent.
    fn follow(&self, url: &Url, known: &Validators, errand: Errand) -> Result<Option<Fetched>, Box<Stumble>> {
        let deadline = Instant::now() + self.policy.longest_fetch;
        let mut passed = Vec::new();
        let mut url = url.clone();
        url.set_fragment(None);
        loop {
            let answer = self.request(&url, known, errand, deadline);
            let failed = |failure, retry_after| Box::new(Stumble { at: url.clone(), failure, retry_after });
            let next = match answer {
                Err(failure) => return Err(failed(failure, None)),
                Ok(Answer::Failed { failure, retry_after }) => return Err(failed(failure, retry_after)),
                Ok(Answer::Unchanged) => return Ok(None),
                Ok(Answer::Content(fetched)) => return Ok(Some(fetched)),
                Ok(Answer::ElseWhere(next)) => next,
            };
            if next == url || passed.contains(&next) {
                return Err(failed(Failure::RedirectLoop, None));
            }
            if passed.len() == self.policy.most_redirects {
                return Err(failed(Failure::TooManyRedirects(passed.len()), None));
            }
            passed.push(std::mem::replace(&mut url, next));
        }
    }

    /// One request to one host, when its turn has come.
    fn request(
        &self,
        url: &Url,
        known: &Validators,
        errand: Errand,
        deadline: Instant,
    ) -> Result<Answer, Failure> {
        address::check(url)?;
        let host = self.hosts.of(url);
        let mut delay = Duration::ZERO;
        let mut deadline = deadline;
        if errand == Errand::Content {
            let asked = Instant::now();
            let robots = host.robots(|| self.robots(url))?;
            if !robots.allows(&url[url::Position::BeforePath..url::Position::AfterQuery]) {
                return Err(Failure::Disallowed);
            }
            delay =
                robots.crawl_delay.unwrap_or_default().min(self.policy.longest_wait).max(self.policy.delay);
            deadline += asked.elapsed();
        }
        let waiting = Instant::now();
        let _slot = host.enter(self.policy.at_once, delay);
        // Waiting for one's turn is no fault of the server.
        answer::ask(&self.agent, url, known, &self.policy, deadline + waiting.elapsed())
    }

    /// The robots.txt of a site. That there is none allows everything; that the server fails forbids everything (RFC 9309, 2.3.1).
    fn robots(&self, url: &Url) -> Result<Robots, Failure> {
        let Ok(url) = url.join("/robots.txt") else { return Ok(Robots::default()) };
        match self.persist(&url, &Validators::default(), Errand::Robots) {
            Ok(fetched) => {
                let body = fetched.map(|fetched| fetched.body).unwrap_or_default();
                let read = body.get(..MOST_ROBOTS_BYTES).unwrap_or(&body);
                Ok(Robots::parse(&String::from_utf8_lossy(read)))
            }
            Err(FetchError { failure, .. }) => match failure {
                Failure::Status(400..=428 | 430..=499)
                | Failure::TooManyRedirects(_)
                | Failure::RedirectLoop => Ok(Robots::default()),
                Failure::PrivateAddress(_) | Failure::UnknownHost => Err(failure),
                failure => Err(Failure::UnreadableRobots(Box::new(failure))),
            },
        }
    }
}
