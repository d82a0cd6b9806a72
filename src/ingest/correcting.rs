//! Corrections by people: written into the archive, and into the clustering where they say which reports tell one story.

use jiff::Timestamp;
use parallax_analysis::story::{Profile, StoryEvent, StoryRecord};
use parallax_archive::{
    Archive, Batch, Correction, CorrectionId, Error, ErrorKind, EventKind, Member, Right, StoryId,
};
use serde_json::{Value, json};

use super::placing::{Placing, counted, kept};
use super::rereading::read_again;
use super::{Ingest, reading};

impl Ingest {
    /// Makes two stories one: the reports of `ended` go to `goes_on`.
    pub(crate) fn merge(
        &mut self,
        goes_on: StoryId,
        ended: StoryId,
        who: &str,
        at: Timestamp,
    ) -> Result<CorrectionId, Error> {
        self.write(|batch, placing| {
            let reports = batch.members(ended)?.into_iter().map(|member| member.report.name).collect();
            placing.wake(batch, &[goes_on, ended])?;
            let event = placing.stories.merge(counted(goes_on), counted(ended));
            placing.changed(&event.ok_or_else(|| {
                impossible(batch, "a story and itself, or one that has ended, cannot be merged")
            })?);
            let what = Right::MergeStories { kept: goes_on.to_string(), ended: ended.to_string(), reports };
            correct(batch, goes_on, who, &what, at)
        })
    }

    /// Makes a story two: the named reports form a new one, whose number is returned.
    pub(crate) fn split(
        &mut self,
        from: StoryId,
        reports: &[String],
        who: &str,
        at: Timestamp,
    ) -> Result<(CorrectionId, StoryId), Error> {
        self.write(|batch, placing| {
            let leaving = leaving(batch, from, reports)?;
            let profiles = profiles(batch, reports)?;
            placing.wake(batch, &[from])?;
            let event = placing.stories.split(counted(from), &profiles);
            let Some(StoryEvent::Split { new, .. }) = &event else {
                return Err(impossible(batch, &format!("{from} has ended")));
            };
            let new = kept(*new);
            let title = leaving.into_iter().next().and_then(|member| member.report.title);
            batch.begin_story(new, &title.unwrap_or_else(|| reports.join(", ")), at)?;
            event.iter().for_each(|event| placing.changed(event));
            let what =
                Right::SplitStory { from: from.to_string(), new: new.to_string(), reports: reports.to_vec() };
            Ok((correct(batch, from, who, &what, at)?, new))
        })
    }

    /// Makes a report belong to another story.
    pub(crate) fn move_report(
        &mut self,
        report: &str,
        from: StoryId,
        to: StoryId,
        who: &str,
        at: Timestamp,
    ) -> Result<CorrectionId, Error> {
        self.write(|batch, placing| {
            let profiles = profiles(batch, &[report.to_owned()])?;
            placing.wake(batch, &[from, to])?;
            let moved = profiles
                .first()
                .and_then(|profile| placing.stories.move_report(profile, counted(from), counted(to)));
            placing.changed(
                &moved
                    .ok_or_else(|| impossible(batch, &format!("{report} cannot go from {from} to {to}")))?,
            );
            let what =
                Right::MoveReport { report: report.to_owned(), from: from.to_string(), to: to.to_string() };
            correct(batch, to, who, &what, at)
        })
    }

    /// Writes down what is right about sayings and speakers. Of sayings it is applied where the story is compared, of speakers also where
    /// they are looked for.
    pub(crate) fn set_right(
        &mut self,
        story: StoryId,
        who: &str,
        what: &Right,
        at: Timestamp,
    ) -> Result<CorrectionId, Error> {
        self.write(|batch, _| match what {
            Right::Speaker { saying, .. } => {
                let id = correct(batch, story, who, what, at)?;
                read_again(batch, &saying.report)?;
                Ok(id)
            }
            Right::SameSaying { .. } | Right::AnotherSaying { .. } => correct(batch, story, who, what, at),
            _ => Err(impossible(batch, "a correction of stories needs their clustering")),
        })
    }

    /// Undoes a correction.
    pub(crate) fn undo(&mut self, id: CorrectionId, who: &str, at: Timestamp) -> Result<Correction, Error> {
        self.write(|batch, placing| {
            let correction = batch.undo(id, who, at)?;
            placing.take_back(batch, &correction.what)?;
            if let Right::Speaker { saying, .. } = &correction.what {
                read_again(batch, &saying.report)?;
            }
            let detail = json!({"correction": id.0, "who": who, "undone": true, "what": correction.what});
            log(batch, correction.story, &correction.what, &detail, at)?;
            Ok(correction)
        })
    }

    /// One change of the archive and the clustering together.
    fn write<T>(
        &mut self,
        change: impl FnOnce(&Batch<'_>, &mut Placing) -> Result<T, Error>,
    ) -> Result<T, Error> {
        let known = self.placing.take();
        let batch = self.writer.batch()?;
        let mut placing = Placing::up_to_date(known, &batch)?;
        let done = change(&batch, &mut placing)?;
        placing.keep(&batch)?;
        batch.commit()?;
        self.placing = Some(placing);
        Ok(done)
    }
}

impl Placing {
    /// Brings stories into memory that rest, so that they can be changed. A story that the archive does not have is an error.
    fn wake(&mut self, batch: &Batch<'_>, stories: &[StoryId]) -> Result<(), Error> {
        for story in stories {
            batch.story(*story)?;
            let record = batch.story_record(*story)?;
            if let Some(record) = record.and_then(|bytes| StoryRecord::from_bytes(&bytes)) {
                self.stories.wake(record);
            }
        }
        Ok(())
    }

    /// Undoes in the clustering what a correction did there.
    fn take_back(&mut self, batch: &Batch<'_>, what: &Right) -> Result<(), Error> {
        match what {
            Right::MergeStories { kept, ended, reports } => {
                let (kept, ended) = (named(batch, kept)?, named(batch, ended)?);
                self.wake(batch, &[kept])?;
                let event = self.stories.revive(counted(ended), counted(kept), &profiles(batch, reports)?);
                event.iter().for_each(|event| self.changed(event));
            }
            Right::SplitStory { from, new, .. } => {
                let (from, new) = (named(batch, from)?, named(batch, new)?);
                self.wake(batch, &[from, new])?;
                let event = self.stories.merge(counted(from), counted(new));
                event.iter().for_each(|event| self.changed(event));
            }
            Right::MoveReport { report, from, to } => {
                let (from, to) = (named(batch, from)?, named(batch, to)?);
                self.wake(batch, &[from, to])?;
                for profile in profiles(batch, std::slice::from_ref(report))? {
                    let event = self.stories.move_report(&profile, counted(to), counted(from));
                    event.iter().for_each(|event| self.changed(event));
                }
            }
            _ => {}
        }
        Ok(())
    }
}

fn correct(
    batch: &Batch<'_>,
    story: StoryId,
    who: &str,
    what: &Right,
    at: Timestamp,
) -> Result<CorrectionId, Error> {
    let id = batch.correct(story, who, what, at)?;
    let detail = json!({"correction": id.0, "who": who, "what": what});
    log(batch, story, what, &detail, at)?;
    Ok(id)
}

/// Writes down what a person did: in the story, and in the one that ended where two were merged.
fn log(batch: &Batch<'_>, story: StoryId, what: &Right, detail: &Value, at: Timestamp) -> Result<(), Error> {
    batch.log(story, EventKind::CorrectedByPerson, detail, at)?;
    if let Right::MergeStories { ended, .. } = what {
        batch.log(named(batch, ended)?, EventKind::CorrectedByPerson, detail, at)?;
    }
    Ok(())
}

/// The reports of a story that are to leave it: some, not all.
fn leaving(batch: &Batch<'_>, from: StoryId, reports: &[String]) -> Result<Vec<Member>, Error> {
    if let Some(into) = batch.story(from)?.merged_into {
        return Err(impossible(batch, &format!("{from} has ended: its reports are part of {into}")));
    }
    let members = batch.members(from)?;
    let is_in = |name: &&String| members.iter().any(|member| member.report.name == **name);
    if let Some(other) = reports.iter().find(|name| !is_in(name)) {
        return Err(impossible(batch, &format!("{from} has no report called {other}")));
    }
    let all = members.len();
    let leaving: Vec<Member> =
        members.into_iter().filter(|member| reports.contains(&member.report.name)).collect();
    match leaving.len() {
        0 => Err(impossible(batch, "no report is named that leaves")),
        some if some == all => {
            Err(impossible(batch, &format!("all reports of {from} would leave it; one has to stay")))
        }
        _ => Ok(leaving),
    }
}

/// What reports are about, under their names in the archive.
fn profiles(batch: &Batch<'_>, names: &[String]) -> Result<Vec<Profile>, Error> {
    let profile = |name: &String| Ok(reading::profile(batch.raw(batch.report(name)?.id)?));
    names.iter().map(profile).collect()
}

fn named(archive: &Archive, story: &str) -> Result<StoryId, Error> {
    story.parse().map_err(|reason: String| impossible(archive, &reason))
}

fn impossible(archive: &Archive, reason: &str) -> Error {
    Error::new(archive.path(), ErrorKind::Impossible(reason.into()))
}
