//! Which report belongs to which story, kept up through merges and splits.

use std::collections::BTreeMap;

use super::event::{Placement, StoryEvent, StoryId};

/// The reports of each story, followed from placement to placement. This is what an archive does with its tables, in memory.
///
/// ```
/// use parallax_analysis::story::{Membership, Partition, Placement, StoryEvent, StoryId};
/// let placed = |story, event| Placement {
///     memberships: vec![Membership { story, score: 1.0, rule: "begins", reason: String::new(), section: None }],
///     events: vec![event],
/// };
/// let (one, two) = (StoryId(0), StoryId(1));
/// let mut partition = Partition::default();
/// partition.add("a", &placed(one, StoryEvent::Began { story: one }));
/// partition.add("b", &placed(two, StoryEvent::Began { story: two }));
/// partition.apply(&StoryEvent::Merged { kept: one, ended: two, score: 1.0, reason: String::new() });
/// assert_eq!(partition.story_of(), [one, one]);
/// ```
#[derive(Debug, Clone, Default)]
pub struct Partition {
    reports: Vec<String>,
    members: BTreeMap<StoryId, Vec<usize>>,
}

impl Partition {
    /// Takes in where the next report was placed.
    pub fn add(&mut self, report: &str, placement: &Placement) {
        let index = self.reports.len();
        self.reports.push(report.to_owned());
        // A split may already send the report itself elsewhere, so it first stands where its first event put it.
        let first = placement.events.iter().find_map(|event| match *event {
            StoryEvent::Began { story } | StoryEvent::Joined { story } => Some(story),
            _ => None,
        });
        self.members.entry(first.unwrap_or_else(|| placement.story())).or_default().push(index);
        placement.events.iter().for_each(|event| self.apply(event));
    }

    /// Takes in something that happened to stories.
    pub fn apply(&mut self, event: &StoryEvent) {
        match event {
            StoryEvent::Merged { kept, ended, .. } => {
                let ended = self.members.remove(ended).unwrap_or_default();
                self.members.entry(*kept).or_default().extend(ended);
            }
            StoryEvent::Split { from, new, reports, .. } => self.carry(*from, *new, reports),
            StoryEvent::Moved { report, from, to } => self.carry(*from, *to, std::slice::from_ref(report)),
            StoryEvent::Began { .. } | StoryEvent::Joined { .. } => {}
        }
    }

    /// The ids of the reports, in the order in which they were added.
    pub fn reports(&self) -> &[String] {
        &self.reports
    }

    /// The story of each report, in the order in which they were added.
    pub fn story_of(&self) -> Vec<StoryId> {
        let mut story_of = vec![StoryId::default(); self.reports.len()];
        for (story, members) in &self.members {
            for &member in members {
                story_of[member] = *story;
            }
        }
        story_of
    }

    fn carry(&mut self, from: StoryId, to: StoryId, reports: &[String]) {
        let members = self.members.remove(&from).unwrap_or_default();
        let (leaving, staying) =
            members.into_iter().partition(|&member| reports.contains(&self.reports[member]));
        self.members.insert(from, staying);
        self.members.entry(to).or_default().extend::<Vec<usize>>(leaving);
    }
}
