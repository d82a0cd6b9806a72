//! Which reports tell the same story.
//!
//! Reports are taken one by one, in a stream or from a batch, and each joins the story that it is most alike, or begins a
//! new one: single-pass clustering, the standard of topic detection and tracking (Allan, Papka and Lavrenko, "On-line new
//! event detection and tracking", 1998). Only stories that share rare words with it are looked at. How likely two reports tell the same
//! story is learned (Miranda et al., "Multilingual clustering of streaming news", 2018, learn it too), from words, names, headlines, days, and
//! from how crowded it is around the two; a report is measured by the mean over a story's reports, so that one stray report does not pull
//! in the next. Where a report nearly fits a second story, and the reports of both fit together, the two are merged; where the reports of
//! a young story fall into two parts that do not fit together, it is split: with every report more is known. Both are told as [`StoryEvent`]s, and numbers of stories are never used again. The same order gives the same stories, however the reports arrive.
//!
//! ```
//! use parallax_analysis::{read, story::Stories};
//! use parallax_model::{Body, RawReport};
//! let report = |id: &str, text: &str| RawReport {
//!     id: id.into(), place: id.into(),
//!     body: Body::Text(text.into()),
//!     ..RawReport::default()
//! };
//! let documents = read(vec![
//!     report("1", "The Harlow dam broke on Monday. Mayor Ines Vidal ordered Harlow evacuated."),
//!     report("2", "Ines Vidal, mayor of Harlow, said the dam had been inspected in May."),
//!     report("3", "Striker Tom Okoro joined Redmere United for a record fee."),
//! ]);
//! let mut stories = Stories::default();
//! let joined: Vec<u64> = documents.iter().map(|document| stories.add(document).story().0).collect();
//! assert_eq!(joined, [0, 0, 1]);
//! ```
//!
//! # Keeping stories
//!
//! What is needed to place the next report is one small [`StoryRecord`] a story, and nothing else: how rare a word is in general is
//! carried in the program. Whoever keeps stories writes the records of [`Placement::changed`] after each report or batch, and later
//! restores the [`ACTIVE`] that changed last; the same reports are then placed in the same way as if nothing had been interrupted:
//!
//! ```
//! # use parallax_analysis::story::{Stories, StoryRecord};
//! # use parallax_analysis::read_words;
//! # use parallax_model::{Body, RawReport};
//! # let document = read_words(RawReport { id: "1".into(), place: "1".into(),
//! #     body: Body::Text("The Harlow dam broke on Monday.".into()), ..RawReport::default() });
//! let mut stories = Stories::default();
//! let placement = stories.add(&document);
//! let kept: Vec<Vec<u8>> = placement.changed().into_iter().filter_map(|story| Some(stories.record(story)?.to_bytes())).collect();
//!
//! let records = kept.iter().filter_map(|bytes| StoryRecord::from_bytes(bytes));
//! let mut restored = Stories::restore(stories.next(), records);
//! assert_eq!(restored.add(&document).story(), placement.story());
//! ```
//!
//! A story that rests longer leaves memory. An archive that wants to find it all the same keeps [`StoryRecord::keys`] in an
//! index, looks up [`Profile::keys`] there before placing a report, and hands the records that it finds to [`Stories::wake`].

mod active;
mod bytes;
mod change;
mod crowd;
mod day;
mod event;
mod likeness;
mod linkage;
mod matching;
mod model;
mod partition;
mod profile;
mod record;
mod roundup;
mod tree;
mod weekday;

use std::collections::HashMap;

use parallax_model::{Document, Story};

pub use event::{Membership, Placement, StoryEvent, StoryId};
pub use likeness::FEATURES;
pub use partition::Partition;
pub use profile::Profile;
pub use record::StoryRecord;

use active::Active;
use matching::{Match, matches, nearest};
use model::{Model, probability};
use roundup::Section;

/// So many stories stay in memory, those that changed last: a month of a busy newsroom, in about 100 MB.
pub const ACTIVE: usize = 30_000;
/// A report joins the best story from these log-odds on, as the mean over the story's known reports. `models/story` tells how it was chosen.
const JOIN: f32 = 0.0;
/// A story that a report fits nearly this well may be the one that it joined.
const NEAR: f32 = JOIN - 1.5;
/// How many shared words are given as the reason.
const NAMED: usize = 4;

/// Stories in the making.
#[derive(Debug, Clone, Default)]
pub struct Stories {
    active: Active,
    model: Model,
    /// The number of the next story.
    next: u64,
    /// How many reports were placed.
    placed: u64,
}

/// Groups articles into stories, in the order of their first articles.
pub fn stories(documents: &[Document]) -> Vec<Story> {
    let mut making = Stories::default();
    let mut partition = Partition::default();
    let mut reasons = Vec::new();
    for document in documents {
        let placement = making.add(document);
        partition.add(&document.article.id, &placement);
        reasons.push(placement.memberships.into_iter().next().map(|own| own.reason).unwrap_or_default());
    }
    let mut stories: Vec<Story> = Vec::new();
    let mut places: HashMap<StoryId, usize> = HashMap::new();
    for (article, (story, reason)) in partition.story_of().into_iter().zip(reasons).enumerate() {
        if let Some(story) = places.get(&story).and_then(|&place| stories.get_mut(place)) {
            story.articles.push(article);
            story.reasons.push(reason);
        } else {
            places.insert(story, stories.len());
            stories.push(Story { title: String::new(), articles: vec![article], reasons: Vec::new() });
        }
    }
    stories.iter_mut().for_each(|story| story.title = title(story, documents));
    stories
}

impl Stories {
    /// Stories by other weights than those carried in the program: lines of a name and a weight. For measuring a fit.
    pub fn weighed_by(weights: &str) -> Self {
        Self { model: Model::read(weights), ..Self::default() }
    }

    /// Goes on from kept records, of which only the [`ACTIVE`] that changed last are needed. `next` is the number of the next story:
    /// one more than the highest that was ever used.
    pub fn restore(next: StoryId, records: impl IntoIterator<Item = StoryRecord>) -> Self {
        let mut stories = Self { next: next.0, ..Self::default() };
        for record in records {
            stories.placed = stories.placed.max(record.changed);
            stories.next = stories.next.max(record.id.0 + 1);
            stories.active.put(record, ACTIVE);
        }
        stories
    }

    /// The number of the next story.
    pub fn next(&self) -> StoryId {
        StoryId(self.next)
    }

    /// What is to be kept of a story, while it is in memory and has not ended.
    pub fn record(&self, story: StoryId) -> Option<&StoryRecord> {
        self.active.get(story)
    }

    /// Brings back a story that rested.
    pub fn wake(&mut self, record: StoryRecord) {
        if self.record(record.id).is_none() {
            self.active.put(record, ACTIVE);
        }
    }

    /// Places the next report.
    pub fn add(&mut self, document: &Document) -> Placement {
        self.place(&Profile::of(document))
    }

    /// Places the next report by its profile, which may have been made elsewhere.
    pub fn place(&mut self, profile: &Profile) -> Placement {
        self.placed += 1;
        let mut placement = self.place_whole(profile);
        let sections: Vec<Membership> =
            profile.sections.iter().filter_map(|section| self.place_section(section)).collect();
        let others = sections
            .into_iter()
            .filter(|membership| membership.story != placement.story())
            .collect::<Vec<_>>();
        placement
            .events
            .extend(others.iter().map(|membership| StoryEvent::Joined { story: membership.story }));
        placement.memberships.extend(others);
        placement
    }

    fn place_whole(&mut self, profile: &Profile) -> Placement {
        let (matches, crowd) = matches(&self.model, profile, &self.active.candidates(profile));
        let Some(best) = matches.first().filter(|best| best.log_odds >= JOIN) else {
            return self.begin_with(profile.kept(crowd));
        };
        let mut own = membership(profile, best, "likeness");
        let near = matches.iter().skip(1).filter(|other| other.log_odds >= NEAR);
        let near: Vec<StoryId> = near.map(|other| other.story.id).collect();
        let mut record = best.story.clone();
        record.take_in(profile.kept(crowd), &best.likenesses);
        self.keep(record);
        let mut events = vec![StoryEvent::Joined { story: own.story }];
        for other in near {
            let joined = follow(own.story, &profile.report, &events);
            events.extend(self.merge_alike(joined, other, &profile.report));
        }
        events.extend(self.split_apart(follow(own.story, &profile.report, &events)));
        own.story = follow(own.story, &profile.report, &events);
        Placement { memberships: vec![own], events }
    }

    /// The story that a section tells of. The section leaves no trace there: a story is what the reports of it say.
    fn place_section(&self, section: &Section) -> Option<Membership> {
        let (matches, _) = matches(&self.model, &section.profile, &self.active.candidates(&section.profile));
        let best = matches.first().filter(|best| best.log_odds >= JOIN)?;
        Some(Membership { section: Some(section.span), ..membership(&section.profile, best, "section") })
    }

    /// What the model looks at in a report and each report of the stories that share words with it: the other's story and id, and
    /// [`FEATURES`]. For fitting the model, and for whoever asks why.
    pub fn evidence(&self, profile: &Profile) -> Vec<(StoryId, String, [f32; FEATURES.len()])> {
        matching::evidence(profile, &self.active.candidates(profile))
    }

    fn begin_with(&mut self, report: Profile) -> Placement {
        let story = self.begin();
        self.keep(StoryRecord::of(story, vec![report]));
        let own = Membership {
            story,
            score: 1.0,
            rule: "begins",
            reason: "begins the story".into(),
            section: None,
        };
        Placement { memberships: vec![own], events: vec![StoryEvent::Began { story }] }
    }

    /// The number of a new story.
    fn begin(&mut self) -> StoryId {
        let story = StoryId(self.next);
        self.next += 1;
        story
    }

    fn keep(&mut self, mut record: StoryRecord) {
        self.active.take(record.id);
        record.changed = self.placed;
        self.active.put(record, ACTIVE);
    }
}

/// The story of a report once all events have happened.
fn follow(story: StoryId, report: &String, events: &[StoryEvent]) -> StoryId {
    events.iter().fold(story, |at, event| match event {
        StoryEvent::Merged { kept, ended, .. } if *ended == at => *kept,
        StoryEvent::Split { from, new, reports, .. } if *from == at && reports.contains(report) => *new,
        _ => at,
    })
}

fn membership(profile: &Profile, best: &Match<'_>, rule: &'static str) -> Membership {
    let reason = nearest(best).map(|other| reason(profile, other)).unwrap_or_default();
    Membership { story: best.story.id, score: probability(best.log_odds), rule, reason, section: None }
}

fn reason(profile: &Profile, nearest: &Profile) -> String {
    format!("shares {} with {}", profile.shared_words(nearest, NAMED).join(", "), nearest.report)
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
