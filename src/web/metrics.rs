//! What the server counts, in the form that Prometheus reads.

use std::time::Duration;

use prometheus_client::encoding::EncodeLabelSet;
use prometheus_client::encoding::text::encode;
use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::gauge::Gauge;
use prometheus_client::metrics::histogram::{Histogram, exponential_buckets};
use prometheus_client::registry::{Registry, Unit};

/// The route of a request, as it is written in the list of routes, and how it was answered.
#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Answered {
    route: String,
    status: u16,
}

/// The counters of a server.
pub(crate) struct Metrics {
    registry: Registry,
    answered: Family<Answered, Counter>,
    seconds: Histogram,
    /// Answers given from memory.
    pub(crate) remembered: Counter,
    /// Connections that are open.
    pub(crate) connections: Gauge,
}

impl Default for Metrics {
    fn default() -> Self {
        let mut registry = Registry::with_prefix("parallax");
        let answered = Family::default();
        // From half a millisecond to half a minute.
        let seconds = Histogram::new(exponential_buckets(0.0005, 2.0, 17));
        let (remembered, connections) = (Counter::default(), Gauge::default());
        registry.register("requests", "Requests by route and status", answered.clone());
        let took = "How long requests took";
        registry.register_with_unit("request_duration", took, Unit::Seconds, seconds.clone());
        registry.register("remembered", "Answers given from memory", remembered.clone());
        registry.register("connections", "Open connections", connections.clone());
        Self { registry, answered, seconds, remembered, connections }
    }
}

impl Metrics {
    /// Counts an answer.
    pub(crate) fn answered(&self, route: &str, status: u16, took: Duration) {
        self.answered.get_or_create(&Answered { route: route.to_owned(), status }).inc();
        self.seconds.observe(took.as_secs_f64());
    }

    /// All counters, in the OpenMetrics text format.
    pub(crate) fn text(&self) -> String {
        let mut text = String::new();
        // Writing to a string does not fail.
        let _ = encode(&mut text, &self.registry);
        text
    }
}
