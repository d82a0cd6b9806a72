//! Notices when the archive changes, whoever changed it.

use std::sync::Arc;
use std::time::Duration;

use super::server::ended;
use super::site::Site;

/// How often the archive is asked. What is remembered is at most so old; what this server writes itself is noticed at once.
const EVERY: Duration = Duration::from_millis(250);

/// Starts to watch the archive, and forgets remembered answers when it changes.
pub(crate) fn start(site: &Arc<Site>) {
    let site = Arc::clone(site);
    tokio::spawn(async move {
        let mut last = None;
        let ending = site.ending.subscribe();
        loop {
            tokio::select! {
                () = tokio::time::sleep(EVERY) => {}
                () = ended(ending.clone()) => return,
            }
            let now = site.archive.revision().await;
            if now.is_some() && now != last {
                if last.is_some() {
                    site.answers.forget();
                }
                last = now;
            }
            site.limiter.forget_idle();
        }
    });
}
