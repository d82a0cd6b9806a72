//! Reports from addresses, and from the listings (feeds, OPML, sitemaps) that name them.
//!
//! An address gives a page, which is a report, or a listing, which is told by its content and gives the reports in it. Where a listing
//! gives no more than an address, or where full texts are asked for, the link is followed. Up to eight links are fetched at once, and
//! what they give comes in their order. In place of a site's front page, and of any page where a feed is wanted, the feed is read that it names. What fails is a problem with its address and reason, and the rest goes on.

mod again;
mod ahead;
mod item;
mod ledger;
mod page;

use std::iter;
use std::path::{Path, PathBuf};
use std::sync::{Arc, PoisonError, RwLock, RwLockReadGuard};

use jiff::Timestamp;
use parallax_model::{Body, Problem, RawReport};
use url::Url;

use again::Look;
use ahead::ahead;
use item::Origin;

use crate::decode::Decoded;
use crate::feed::{self, Fault, Item, Listing, Subscription};
use crate::fetch::{FetchError, Fetched, Fetcher, Policy, Validators};
use crate::format::Compression;
use crate::{Error, Event, Meter, Source, file};

pub use again::{Again, Seen};
pub use ledger::{Ledger, Mark};

/// Links fetched at once, all hosts together.
const AHEAD: usize = 8;

/// Listings within listings: an OPML may list an OPML, which lists feeds.
const MOST_LEVELS: usize = 3;

/// How addresses among the inputs, and those that listings name, are read.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Online {
    /// What fetching may do and how politely.
    pub policy: Policy,
    /// How much of the items of feeds is wanted.
    pub texts: Texts,
    /// Of which pages the feed is read that they name.
    pub doors: Doors,
    /// Whether items of feeds are looked at again once they are settled.
    pub again: Again,
}

/// Pages that lead to a feed: in place of such a page, the feed is read that it names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Doors {
    /// The front pages of sites, which are no reports: `https://paper.example/`.
    #[default]
    FrontPages,
    /// All pages among the inputs: whoever gives them wants feeds.
    AllPages,
}

/// How much of the items of feeds is wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Texts {
    /// What the feed itself says. A link is followed only where it says nothing else.
    #[default]
    AsGiven,
    /// The page behind each link.
    Full,
}

/// One step of reading online: something for the reader, or that something is settled and need not be asked for again.
#[derive(Debug, Clone, PartialEq)]
pub enum Step {
    /// A report, a problem that would come again, or a note.
    Event(Event),
    /// A problem that may be gone next time.
    Unfinished(Problem),
    /// A feed or a sitemap was read, or has not changed since it was.
    Feed(Subscription),
    /// Everything before this that belongs to the mark was handed out.
    Settled(Mark),
}

/// Steps, one after the other.
pub type Steps = Box<dyn Iterator<Item = Step> + Send>;

/// Reads what addresses give. Clones share a client, so that they take turns at each host, and a ledger. [`crawl`] makes one for a run; who reads the
/// same feeds again and again keeps one, which remembers the manners of each host.
#[derive(Debug, Clone)]
pub struct Crawler(Arc<Shared>);

#[derive(Debug)]
struct Shared {
    fetcher: Fetcher,
    texts: Texts,
    doors: Doors,
    again: Again,
    ledger: RwLock<Ledger>,
    meter: Meter,
}

/// How an address came to be visited.
#[derive(Debug, Clone, Copy)]
struct Visit {
    /// In how many listings within listings it stands.
    level: usize,
    /// Whether a page named it as its feed.
    is_through_door: bool,
}

impl Visit {
    /// Of an address among the inputs.
    const FIRST: Self = Self { level: 0, is_through_door: false };
}

/// What stands at an address.
enum Content {
    Page(RawReport),
    Listing(Listing),
}

/// Reads what `inputs` give, each an address or a file that is a listing, and passes over what the `ledger` has as settled. The steps
/// tell when something new is. `meter` counts what comes.
pub fn crawl(inputs: Vec<PathBuf>, online: &Online, ledger: Ledger, meter: &Meter) -> Steps {
    let crawler = Crawler::new(online, ledger, meter);
    let jobs = inputs.into_iter().map(move |input| {
        let crawler = crawler.clone();
        move || crawler.input(&input)
    });
    Box::new(ahead(jobs, AHEAD).flatten())
}

/// Whether an input is meant as an address.
pub fn is_address(input: &Path) -> bool {
    matches!(scheme(input).as_deref(), Some("http" | "https"))
}

/// Whether an input is meant as an address of something else than the web.
pub(crate) fn is_elsewhere(input: &Path) -> bool {
    let is_one = |scheme: String| scheme.chars().all(|c| c.is_ascii_alphanumeric() || "+-.".contains(c));
    !is_address(input) && scheme(input).is_some_and(is_one) && !input.exists()
}

fn scheme(input: &Path) -> Option<String> {
    input.to_str()?.split_once("://").map(|(scheme, _)| scheme.to_ascii_lowercase())
}

impl Crawler {
    /// A reader that passes over what the `ledger` has as settled; `meter` counts what comes.
    pub fn new(online: &Online, ledger: Ledger, meter: &Meter) -> Self {
        let Online { policy, texts, doors, again } = online.clone();
        let (fetcher, ledger) = (Fetcher::new(policy), RwLock::new(ledger));
        Self(Arc::new(Shared { fetcher, texts, doors, again, ledger, meter: meter.clone() }))
    }

    /// What an address, or a file that is a listing, gives now.
    pub fn read(&self, input: &Path) -> Steps {
        self.input(input)
    }

    /// Takes note that something is settled, so that it is passed over from now on.
    pub fn settle(&self, mark: Mark) {
        self.0.ledger.write().unwrap_or_else(PoisonError::into_inner).add(mark);
    }

    fn ledger(&self) -> RwLockReadGuard<'_, Ledger> {
        self.0.ledger.read().unwrap_or_else(PoisonError::into_inner)
    }

    /// What an address, or a file that is a listing, gives; nothing is fetched before the first of it is asked for.
    pub(crate) fn open(&self, input: PathBuf) -> Source {
        let crawler = self.clone();
        let steps = iter::once_with(move || crawler.input(&input)).flatten();
        Box::new(steps.filter_map(|step| match step {
            Step::Event(event) => Some(event),
            Step::Unfinished(problem) => Some(Event::Problem(problem)),
            Step::Feed(_) | Step::Settled(_) => None,
        }))
    }

    fn input(&self, input: &Path) -> Steps {
        let place = input.display().to_string();
        if is_elsewhere(input) {
            return tell([Step::Event(Event::problem(place, &Error::OtherScheme))]);
        }
        if !is_address(input) {
            return self.file(input, place);
        }
        match Url::parse(&place) {
            Ok(url) => self.visit(&url, Visit::FIRST),
            Err(_) => tell([Step::Event(Event::problem(place.clone(), &Error::NoAddress(place)))]),
        }
    }

    /// What a file that is a listing gives.
    fn file(&self, path: &Path, place: String) -> Steps {
        let (_, compression) = Compression::of(&place);
        let Decoded { text, note } = match file::read_listing(path, compression, &self.0.meter) {
            Ok(decoded) => decoded,
            Err(error) => return tell([Step::Event(Event::problem(place, &error))]),
        };
        let Some(listing) = feed::read(&text, None) else {
            return tell([Step::Event(Event::problem(place, &Error::NoListing))]);
        };
        let note = note.map(|note| Step::Event(Event::note(place.clone(), note)));
        Box::new(note.into_iter().chain(self.listing(listing, place, 0)))
    }

    /// Fetches `url` and tells what stands there.
    fn visit(&self, url: &Url, visit: Visit) -> Steps {
        if self.ledger().is_settled(url.as_str()) {
            return tell([]);
        }
        let known = self.known(url.as_str());
        match self.0.fetcher.fetch_if_changed(url, &known) {
            Err(error) => failed(url, &error),
            Ok(None) => tell([Step::Feed(named(url, self.ledger().title(url.as_str())))]),
            Ok(Some(fetched)) => {
                self.0.meter.add(fetched.body.len());
                self.fetched(url, fetched, visit)
            }
        }
    }

    /// What to send along when asking for a feed: nothing where its items are wanted whether it has changed or not.
    fn known(&self, feed: &str) -> Validators {
        let ledger = self.ledger();
        if ledger.has_due(feed, &self.0.again, Timestamp::now()) {
            Validators::default()
        } else {
            ledger.validators(feed)
        }
    }

    /// What was fetched from `url`.
    fn fetched(&self, url: &Url, fetched: Fetched, visit: Visit) -> Steps {
        let Visit { level, .. } = visit;
        let at = fetched.url.clone();
        let validators = fetched.validators.clone();
        let (content, note) = match content(url, fetched) {
            Ok(read) => read,
            Err(error) => return settled(Event::problem(url.to_string(), &error), url),
        };
        let note = note.map(|note| Step::Event(Event::note(url.to_string(), note))).into_iter();
        let listing = match content {
            Content::Page(report) => {
                let steps = match self.behind(&report, &at, visit) {
                    Some(feed) => self.through(url, &feed, visit),
                    None => settled(Event::Report(report), url),
                };
                return Box::new(note.chain(steps));
            }
            Content::Listing(_) if level == MOST_LEVELS => {
                return settled(Event::problem(url.to_string(), &Error::TooDeep), url);
            }
            Content::Listing(listing) => listing,
        };
        // That a list of lists has not changed says nothing of the feeds in it, so it is always fetched.
        let is_feed = listing.subscriptions.is_empty();
        let title = listing.title.clone();
        let mark = Mark::Feed { url: url.to_string(), title: title.clone(), validators };
        let steps = settling(self.listing(listing, url.to_string(), level), is_feed.then_some(mark));
        let feed = is_feed.then(|| Step::Feed(named(url, title)));
        Box::new(note.chain(feed).chain(steps))
    }

    /// The feed to be read in place of a page.
    fn behind(&self, page: &RawReport, at: &Url, visit: Visit) -> Option<Url> {
        let is_front_page = at.path() == "/" && at.query().is_none();
        let is_door = visit.level > 0 || is_front_page || self.0.doors == Doors::AllPages;
        match &page.body {
            Body::Html(html) if is_door && !visit.is_through_door => feed::of_page(html, at),
            _ => None,
        }
    }

    /// What the feed gives that a page names. The page itself is never settled: tomorrow it may name another.
    fn through(&self, page: &Url, feed: &Url, visit: Visit) -> Steps {
        let note = Event::note(page.to_string(), format!("a page: the feed that it names is read, {feed}"));
        let steps = self.visit(feed, Visit { is_through_door: true, ..visit });
        Box::new(iter::once(Step::Event(note)).chain(steps))
    }

    /// What a listing gives: what is broken in it, its items, and the listings that it lists.
    fn listing(&self, listing: Listing, place: String, level: usize) -> Steps {
        let Listing { title, language, items, subscriptions, faults } = listing;
        let origin = Arc::new(Origin { place: place.clone(), title, language });
        let crawler = self.clone();
        let items = items.into_iter().enumerate().map(move |(index, item)| {
            let (crawler, origin) = (crawler.clone(), Arc::clone(&origin));
            move || crawler.item(item, index + 1, &origin)
        });
        let crawler = self.clone();
        let at = place.clone();
        let listings = subscriptions.into_iter().map(move |subscription| {
            let (crawler, at) = (crawler.clone(), at.clone());
            move || match Url::parse(&subscription.url) {
                Ok(url) => crawler.visit(&url, Visit { level: level + 1, ..Visit::FIRST }),
                Err(_) => tell([Step::Event(Event::problem(at, &Error::NoAddress(subscription.url)))]),
            }
        });
        let broken = faults.into_iter().map(move |fault| broken(&place, &fault));
        Box::new(broken.chain(ahead(items, AHEAD).flatten()).chain(ahead(listings, AHEAD).flatten()))
    }

    /// What one item of a listing gives: what the listing says of it, or the page behind its link.
    fn item(&self, item: Item, number: usize, origin: &Origin) -> Steps {
        let texts = self.0.texts;
        let key = item::key(&item, number, origin);
        let (again, said) = (&self.0.again, item.fingerprint());
        let seen = match again.look(self.ledger().seen(&key), &origin.place, said, Timestamp::now()) {
            Look::Pass => return tell([]),
            Look::Note(seen) => return tell([self.seen(key, seen)]),
            Look::Read(seen) => seen,
        };
        let link = item.url.as_deref().and_then(|url| Url::parse(url).ok());
        match link {
            Some(link) if texts == Texts::Full || item.content.is_none() => self.link(&link, item, seen),
            _ => {
                let place = format!("{}#{number}", origin.place);
                let report = item::report(item, origin, &place).map(Event::Report);
                let event = report.unwrap_or_else(|error| Event::problem(place, &error));
                tell([Step::Event(event), self.seen(key, seen)])
            }
        }
    }

    /// The page behind the link of an item.
    fn link(&self, link: &Url, item: Item, mut seen: Seen) -> Steps {
        let fetched = match seen.validators == Validators::default() {
            true => self.0.fetcher.fetch(link).map(Some),
            false => self.0.fetcher.fetch_if_changed(link, &seen.validators),
        };
        let fetched = match fetched {
            Err(error) if error.failure.is_final() => {
                return tell([Step::Event(Event::Problem(told(&error))), self.seen(link.to_string(), seen)]);
            }
            Err(error) => return failed(link, &error),
            Ok(None) => return tell([self.seen(link.to_string(), seen)]),
            Ok(Some(fetched)) => fetched,
        };
        seen.validators = fetched.validators.clone();
        self.0.meter.add(fetched.body.len());
        let event = match content(link, fetched) {
            Ok((Content::Page(page), _)) => Event::Report(item::told_by(page, item)),
            Ok(_) => Event::problem(link.to_string(), &Error::NoPage),
            Err(error) => Event::problem(link.to_string(), &error),
        };
        tell([Step::Event(event), self.seen(link.to_string(), seen)])
    }

    /// That an item is settled, until it is looked at again.
    fn seen(&self, url: String, seen: Seen) -> Step {
        Step::Settled(match self.0.again {
            Again::Never => Mark::Page { url },
            Again::After(_) => Mark::Item { url, seen },
        })
    }
}

/// What was fetched from `url`, and how it was decoded where that is worth a note.
fn content(url: &Url, fetched: Fetched) -> Result<(Content, Option<String>), Error> {
    let at = fetched.url.clone();
    let page::Text { text, note, form } = page::text(fetched)?;
    let content = match (feed::read(&text, Some(&at)), form) {
        (Some(listing), _) => Content::Listing(listing),
        (None, Some(body)) => Content::Page(page::report(body(text), &at, url.as_str())),
        (None, None) => return Err(Error::NoPage),
    };
    Ok((content, note))
}

fn named(url: &Url, title: Option<String>) -> Subscription {
    Subscription { title, url: url.to_string(), ..Subscription::default() }
}

fn broken(place: &str, fault: &Fault) -> Step {
    let reason = format!("broken at column {}: {}", fault.column, fault.reason);
    Step::Event(Event::Problem(Problem { place: format!("{place}:{}", fault.line), reason }))
}

fn tell<const N: usize>(steps: [Step; N]) -> Steps {
    Box::new(steps.into_iter())
}

/// An event after which `url` need not be asked for again.
fn settled(event: Event, url: &Url) -> Steps {
    tell([Step::Event(event), Step::Settled(Mark::Page { url: url.to_string() })])
}

fn told(error: &FetchError) -> Problem {
    Problem { place: error.url.clone(), reason: error.to_string() }
}

/// A fetch that failed: for good, or for now.
fn failed(url: &Url, error: &FetchError) -> Steps {
    let problem = told(error);
    if error.failure.is_final() {
        settled(Event::Problem(problem), url)
    } else {
        tell([Step::Unfinished(problem)])
    }
}

/// The steps, and at their end the mark, unless something in them is unfinished: who asked next time whether the listing has changed
/// would not come to it again.
fn settling(steps: Steps, mark: Option<Mark>) -> impl Iterator<Item = Step> + Send {
    let (mut is_finished, mut mark, mut steps) = (true, mark, steps);
    iter::from_fn(move || match steps.next() {
        Some(step) => {
            is_finished &= !matches!(step, Step::Unfinished(_));
            Some(step)
        }
        None => mark.take().filter(|_| is_finished).map(Step::Settled),
    })
}
