//! How often one address may ask.

use std::net::{IpAddr, Ipv4Addr};
use std::num::NonZeroU32;
use std::sync::Arc;

use axum::extract::{ConnectInfo, Request, State};
use axum::http::StatusCode;
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use governor::clock::{Clock, DefaultClock};
use governor::{DefaultKeyedRateLimiter, Quota, RateLimiter};

use crate::web::failure::Failure;
use crate::web::patience::Peer;
use crate::web::site::Site;

/// Counts the requests of each address by the generic cell rate algorithm.
pub(crate) struct Limiter {
    limiter: DefaultKeyedRateLimiter<IpAddr>,
    clock: DefaultClock,
}

impl Limiter {
    /// So many requests a second, and twice as many at once.
    pub(crate) fn new(rate: NonZeroU32) -> Self {
        let burst = rate.saturating_mul(NonZeroU32::MIN.saturating_add(1));
        let limiter = RateLimiter::keyed(Quota::per_second(rate).allow_burst(burst));
        Self { limiter, clock: DefaultClock::default() }
    }

    /// Forgets the addresses that have asked for nothing lately.
    pub(crate) fn forget_idle(&self) {
        self.limiter.retain_recent();
    }

    fn check(&self, address: IpAddr) -> Result<(), Failure> {
        self.limiter.check_key(&address).map_err(|not_until| {
            let wait = not_until.wait_time_from(self.clock.now()).as_secs_f64().ceil();
            let failure = Failure::new(StatusCode::TOO_MANY_REQUESTS, "Too many requests; wait a little.");
            Failure { retry_after: Some((wait as u64).max(1)), ..failure }
        })
    }
}

/// What is not counted: the files that every page loads, which cost nothing, and the sign of life.
const FREE: [&str; 2] = ["/assets/", "/healthz"];

/// Makes an address wait that asks too often.
pub(crate) async fn limit(State(site): State<Arc<Site>>, request: Request, next: Next) -> Response {
    let is_counted = !FREE.iter().any(|free| request.uri().path().starts_with(free));
    let address = request.extensions().get::<ConnectInfo<Peer>>().map(|info| info.0.0.ip());
    let address = address.unwrap_or(IpAddr::V4(Ipv4Addr::LOCALHOST));
    match is_counted.then(|| site.limiter.check(address)) {
        Some(Err(failure)) => failure.into_response(),
        _ => next.run(request).await,
    }
}
