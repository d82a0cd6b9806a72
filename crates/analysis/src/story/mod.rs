//! Which articles tell the same story.
//!
//! Articles are taken one by one, in a stream or from a batch, and each joins the story that it is most alike, or begins a
//! new one: single-pass clustering, the standard of topic detection and tracking (Allan, Papka and Lavrenko, "On-line new
//! event detection and tracking", 1998). An article is compared with a story as a whole (its centroid) and with its nearest
//! member, so that one stray member does not pull in the next; only stories that share rare words are looked at. The
//! same order gives the same stories, however the articles arrive.
//!
//! ```
//! use parallax_analysis::{read, story::Stories};
//! use parallax_model::{Body, RawReport};
//! let report = |id: &str, text: &str| RawReport {
//!     id: id.into(), place: id.into(), source: None, title: None, published: None, url: None, language: None,
//!     body: Body::Text(text.into()),
//!     fetched: None,
//! };
//! let documents = read(vec![
//!     report("1", "The Harlow dam broke on Monday. Mayor Ines Vidal ordered Harlow evacuated."),
//!     report("2", "Ines Vidal, mayor of Harlow, said the dam had been inspected in May."),
//!     report("3", "Striker Tom Okoro joined Redmere United for a record fee."),
//! ]);
//! let mut stories = Stories::default();
//! let joined: Vec<usize> = documents.iter().map(|document| stories.add(document).story).collect();
//! assert_eq!(joined, [0, 0, 1]);
//! ```

mod profile;

use std::collections::{BTreeSet, HashMap};

use parallax_model::{Document, Story};

use crate::embedding::Lexicon;
use crate::fingerprint::Neighbours;
use profile::Profile;

/// From this likeness on an article joins a story. Chosen on half of the topics of an event-coreference corpus.
const JOIN: f32 = 0.3;
/// How many articles that share rare words an article is compared with.
const CANDIDATES: usize = 40;
/// How many of an article's heaviest words find candidates.
const SEARCHED: usize = 40;
/// After so many days without news of it a story is half as likely to be meant.
const HALF_LIFE: f32 = 30.0;
/// How many shared words are given as the reason.
const NAMED: usize = 4;

/// Stories in the making.
#[derive(Debug, Default)]
pub struct Stories {
    lexicon: Lexicon,
    index: Neighbours,
    profiles: Vec<Profile>,
    story_of: Vec<usize>,
    stories: Vec<Centroid>,
}

/// How an article was placed.
#[derive(Debug, Clone, PartialEq)]
pub struct Joined {
    /// The story, counted from 0 in the order in which stories began. It never changes.
    pub story: usize,
    /// How alike they are, 0 to 1; 1 for a story that begins.
    pub score: f32,
    /// Why, in fixed wording with the reports' words.
    pub reason: String,
}

/// What the members of a story have in common.
#[derive(Debug, Default)]
struct Centroid {
    weights: HashMap<u64, f32>,
    square: f32,
    days: BTreeSet<i32>,
}

/// Groups articles into stories, in the order of their first articles.
pub fn stories(documents: &[Document]) -> Vec<Story> {
    let mut making = Stories::default();
    let mut stories: Vec<Story> = Vec::new();
    for (article, document) in documents.iter().enumerate() {
        let joined = making.add(document);
        match stories.get_mut(joined.story) {
            Some(story) => {
                story.articles.push(article);
                story.reasons.push(joined.reason);
            }
            None => {
                stories.push(Story { title: String::new(), articles: vec![article], reasons: Vec::new() });
            }
        }
    }
    stories.iter_mut().for_each(|story| story.title = title(story, documents));
    stories
}

impl Stories {
    /// Places the next article.
    pub fn add(&mut self, document: &Document) -> Joined {
        let profile = Profile::of(document, &mut self.lexicon);
        let joined = self.place(&profile).unwrap_or_else(|| Joined {
            story: self.stories.len(),
            score: 1.0,
            reason: "begins the story".into(),
        });
        if joined.story == self.stories.len() {
            self.stories.push(Centroid::default());
        }
        self.keep(profile, joined.story);
        joined
    }

    /// The story that a new article belongs to, if there is one.
    fn place(&self, profile: &Profile) -> Option<Joined> {
        let candidates = self.index.of(&profile.heaviest(SEARCHED), CANDIDATES);
        let mut nearest: HashMap<usize, (f32, usize)> = HashMap::new();
        for (article, _) in candidates {
            let alike = profile.cosine(&self.profiles[article]);
            let best = nearest.entry(self.story_of[article]).or_insert((alike, article));
            if (alike, best.1) > (best.0, article) {
                *best = (alike, article);
            }
        }
        let scored = nearest.into_iter().map(|(story, (alike, article))| {
            let together = f32::midpoint(alike, self.stories[story].cosine(profile));
            (together * self.stories[story].freshness(profile), story, article)
        });
        let best = scored.max_by(|x, y| x.0.total_cmp(&y.0).then(y.1.cmp(&x.1)));
        let (score, story, article) = best.filter(|best| best.0 >= JOIN)?;
        Some(Joined { story, score: score.min(1.0), reason: self.reason(profile, article) })
    }

    fn reason(&self, profile: &Profile, article: usize) -> String {
        let other = &self.profiles[article];
        format!("shares {} with {}", profile.shared_words(other, NAMED).join(", "), other.article)
    }

    fn keep(&mut self, profile: Profile, story: usize) {
        let article = self.profiles.len();
        for (term, weight) in profile.heaviest(SEARCHED) {
            self.index.add(article, term, weight);
        }
        self.stories[story].take_in(&profile);
        self.story_of.push(story);
        self.profiles.push(profile);
    }
}

impl Centroid {
    fn take_in(&mut self, profile: &Profile) {
        self.square += 2.0 * self.product(profile) + profile.square();
        for &(term, weight) in profile.terms() {
            *self.weights.entry(term).or_default() += weight;
        }
        self.days.extend(profile.day);
    }

    fn product(&self, profile: &Profile) -> f32 {
        profile.terms().iter().map(|(term, weight)| weight * self.weights.get(term).unwrap_or(&0.0)).sum()
    }

    fn cosine(&self, profile: &Profile) -> f32 {
        if self.square > 0.0 { self.product(profile) / self.square.sqrt() } else { 0.0 }
    }

    /// 1 for an article near in time or without a date, less the longer the story has rested.
    fn freshness(&self, profile: &Profile) -> f32 {
        let gap = profile.day.and_then(|day| self.days.iter().map(|known| known.abs_diff(day)).min());
        gap.map_or(1.0, |days| (-(days as f32) / HALF_LIFE).exp2())
    }
}

/// The headline of the first report that has one; where none has, the first sentence of the first.
fn title(story: &Story, documents: &[Document]) -> String {
    let reports = || story.articles.iter().filter_map(|&article| documents.get(article));
    let headline = reports().find_map(|document| document.article.title.as_deref());
    let words = headline.or_else(|| reports().next().map(first_sentence)).unwrap_or_default();
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn first_sentence(document: &Document) -> &str {
    let text = document.text();
    let sentences = document.segments.sentences.iter().map(|sentence| sentence.span);
    let mut body = sentences.filter(|span| !document.is_boilerplate(*span)).map(|span| span.of(text));
    body.find(|words| words.contains(' ')).unwrap_or_default()
}
