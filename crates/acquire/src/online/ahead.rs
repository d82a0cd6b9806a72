//! Work done ahead of who waits for it.

use std::collections::VecDeque;
use std::thread::{self, JoinHandle};

/// The results of `jobs` in their order, up to `width` of them worked on at once, each on a thread of its own: the work is waiting for
/// others. None is begun before the first result is asked for.
pub(super) fn ahead<T, J, I>(jobs: I, width: usize) -> impl Iterator<Item = T> + Send
where
    T: Send + 'static,
    J: FnOnce() -> T + Send + 'static,
    I: Iterator<Item = J> + Send,
{
    let mut jobs = jobs;
    let mut begun: VecDeque<JoinHandle<T>> = VecDeque::new();
    std::iter::from_fn(move || {
        loop {
            while begun.len() < width {
                let Some(job) = jobs.next() else { break };
                begun.push_back(thread::spawn(job));
            }
            // A job that panicked has said so itself; its result is passed over.
            if let Ok(result) = begun.pop_front()?.join() {
                return Some(result);
            }
        }
    })
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;
    use std::sync::atomic::{AtomicUsize, Ordering};
    use std::time::Duration;

    use super::*;

    #[test]
    fn results_come_in_order_however_long_each_takes() {
        let (running, most) = (Arc::new(AtomicUsize::new(0)), Arc::new(AtomicUsize::new(0)));
        let jobs = (0..20_u64).map(|number| {
            let (running, most) = (Arc::clone(&running), Arc::clone(&most));
            move || {
                most.fetch_max(running.fetch_add(1, Ordering::SeqCst) + 1, Ordering::SeqCst);
                thread::sleep(Duration::from_millis(20 - number));
                running.fetch_sub(1, Ordering::SeqCst);
                number
            }
        });
        assert_eq!(
            ahead(jobs.collect::<Vec<_>>().into_iter(), 4).collect::<Vec<_>>(),
            (0..20).collect::<Vec<_>>()
        );
        assert!((2..=4).contains(&most.load(Ordering::SeqCst)));
    }
}
