//! What happens to stories as reports come in.

use std::collections::BTreeSet;
use std::fmt;

use parallax_model::Span;

/// The lasting name of a story: counted from 0 in the order in which stories began, and never used again.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct StoryId(pub u64);

/// As it is shown: `s1` for the first.
impl fmt::Display for StoryId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "s{}", self.0 + 1)
    }
}

/// Where a report was placed, and what that changed.
#[derive(Debug, Clone, PartialEq)]
pub struct Placement {
    /// The stories that the report belongs to, its own first; a roundup belongs to others by section.
    pub memberships: Vec<Membership>,
    /// What happened, in order; the report's joining or beginning a story comes first.
    pub events: Vec<StoryEvent>,
}

/// Why a report belongs to a story.
#[derive(Debug, Clone, PartialEq)]
pub struct Membership {
    /// The story, as it is called once all events of the placement have happened.
    pub story: StoryId,
    /// Probability, 0 to 1, that the report belongs to the story; 1 for the report that begins it.
    pub score: f32,
    /// The rule or model that decided: `begins`, `likeness`, `section`.
    pub rule: &'static str,
    /// Why, in fixed wording with the reports' words.
    pub reason: String,
    /// The section that tells of the story, where it is not the whole report.
    pub section: Option<Span>,
}

/// Something that happened to stories. Whoever keeps memberships applies them in order.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub enum StoryEvent {
    /// A report began a story.
    Began {
        /// The new story.
        story: StoryId,
    },
    /// A report joined a story, or a section of it did.
    Joined {
        /// The story.
        story: StoryId,
    },
    /// Two stories turned out to be one: all memberships of `ended` go to `kept`.
    Merged {
        /// The older story, which goes on.
        kept: StoryId,
        /// The story that ends. Its number is never used again.
        ended: StoryId,
        /// Probability, 0 to 1, that they are one; 1 where a person decided.
        score: f32,
        /// Why.
        reason: String,
    },
    /// A story turned out to be two: the named reports leave it.
    Split {
        /// The story that goes on with the rest.
        from: StoryId,
        /// The story that they form.
        new: StoryId,
        /// The ids of the reports that leave.
        reports: Vec<String>,
        /// Probability, 0 to 1, that they are two; 1 where a person decided.
        score: f32,
        /// Why.
        reason: String,
    },
    /// A report was moved by a person.
    Moved {
        /// Its id.
        report: String,
        /// The story that it leaves.
        from: StoryId,
        /// The story that it now belongs to.
        to: StoryId,
    },
}

impl StoryEvent {
    /// The stories whose records it changed, ended ones too.
    pub fn stories(&self) -> Vec<StoryId> {
        match *self {
            Self::Began { story } | Self::Joined { story } => vec![story],
            Self::Merged { kept, ended, .. } => vec![kept, ended],
            Self::Split { from, new, .. } => vec![from, new],
            Self::Moved { from, to, .. } => vec![from, to],
        }
    }
}

impl Placement {
    /// The report's own story.
    pub fn story(&self) -> StoryId {
        self.memberships.first().map(|membership| membership.story).unwrap_or_default()
    }

    /// The stories whose records changed, ended ones too: [`super::Stories::record`] gives the record of those that go on.
    pub fn changed(&self) -> BTreeSet<StoryId> {
        self.events.iter().flat_map(StoryEvent::stories).collect()
    }
}
