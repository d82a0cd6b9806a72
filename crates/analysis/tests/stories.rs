//! Laws of stories, on invented reports: the same from a stream, a batch and an archive that was closed and opened again.

#![allow(clippy::unwrap_used, reason = "a test may fail by panicking, in its helpers too")]

use parallax_analysis::read_words;
use parallax_analysis::story::{
    Partition, Placement, Profile, Stories, StoryEvent, StoryId, StoryRecord, stories,
};
use parallax_model::{Body, Document, RawReport};
use proptest::prelude::*;

/// What happens in the invented world: each event has its place, its people and its things.
const EVENTS: [&str; 6] = [
    "The Harlow dam broke. Mayor Ines Vidal ordered Harlow evacuated. Engineer Piet Zoller had warned of cracks in the spillway.",
    "Striker Tom Okoro joined Redmere United for a record fee. Coach Ida Fenn praised the transfer. Halvik lose their captain.",
    "The Norrail freight train derailed near Orlsby. Nine wagons of grain lie in the meadow. The line to Sandhaven is blocked.",
    "Judge Amara Quist sentenced banker Leo Varga to six years. The Castellan fund collapsed. Pensioners wept in the gallery.",
    "Comet Bellweather can be seen above Tarnow. Astronomer Yuki Sorrel counted two tails. The observatory opens at night.",
    "Brewers of the Ostermark stopped work. Their union wants nine percent. Taverns in Velden run out of dark beer.",
];

/// Sentences that say nothing about any of them.
const FILLERS: [&str; 4] = [
    "People spoke of it all day.",
    "More is expected to be known in the coming days.",
    "It was not clear at first what would follow.",
    "Many had waited for this for a long time.",
];

fn document(id: usize, event: usize, filler: usize, day: Option<u32>) -> Document {
    read_words(RawReport {
        id: format!("r{id}"),
        place: format!("r{id}"),
        published: day.map(|day| format!("2024-03-{:02}", 1 + day % 28)),
        body: Body::Text(format!("{} {}", EVENTS[event % EVENTS.len()], FILLERS[filler % FILLERS.len()])),
        ..RawReport::default()
    })
}

fn stream() -> impl Strategy<Value = Vec<Document>> {
    let report = (0..EVENTS.len(), 0..FILLERS.len(), proptest::option::of(0..28_u32));
    proptest::collection::vec(report, 1..24).prop_map(|reports| {
        let numbered = reports.into_iter().enumerate();
        numbered.map(|(id, (event, filler, day))| document(id, event, filler, day)).collect()
    })
}

/// The story of each report, from a stream that is stopped and taken up again from bytes after each `stop` reports.
fn streamed(documents: &[Document], stop: usize) -> (Vec<StoryId>, Vec<Placement>) {
    let mut making = Stories::default();
    let mut archive = std::collections::BTreeMap::<StoryId, Vec<u8>>::new();
    let mut partition = Partition::default();
    let mut placements = Vec::new();
    for (index, document) in documents.iter().enumerate() {
        let placement = making.add(document);
        partition.add(&document.article.id, &placement);
        for story in placement.changed() {
            match making.record(story) {
                Some(record) => drop(archive.insert(story, record.to_bytes())),
                None => drop(archive.remove(&story)),
            }
        }
        placements.push(placement);
        if (index + 1) % stop == 0 {
            let records = archive.values().map(|bytes| StoryRecord::from_bytes(bytes).unwrap());
            making = Stories::restore(making.next(), records);
        }
    }
    (partition.story_of(), placements)
}

/// For each pair of reports, whether they are together: what does not depend on the numbers of the stories.
fn pairs<T: PartialEq>(story_of: &[T]) -> Vec<bool> {
    story_of.iter().flat_map(|a| story_of.iter().map(move |b| a == b)).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn batch_stream_and_reopened_archive_agree(documents in stream(), stop in 1..6_usize) {
        let (whole, placements) = streamed(&documents, usize::MAX);
        prop_assert_eq!(&(whole.clone(), placements), &streamed(&documents, stop));
        let mut batch = vec![0; documents.len()];
        for (number, story) in stories(&documents).iter().enumerate() {
            story.articles.iter().for_each(|&article| batch[article] = number);
        }
        prop_assert_eq!(pairs(&whole), pairs(&batch));
    }

    #[test]
    fn reports_of_unlike_events_never_chain(documents in stream()) {
        let (story_of, _) = streamed(&documents, usize::MAX);
        let event = |document: &Document| EVENTS.iter().position(|event| document.text().starts_with(event));
        for (a, one) in documents.iter().enumerate() {
            for (b, other) in documents.iter().enumerate().filter(|&(b, _)| story_of[b] == story_of[a]) {
                prop_assert_eq!(event(one), event(other), "{} and {}", a, b);
            }
        }
    }

    #[test]
    fn the_same_words_join_at_once(documents in stream(), pick in any::<prop::sample::Index>()) {
        let mut making = Stories::default();
        let mut partition = Partition::default();
        for document in &documents {
            partition.add(&document.article.id, &making.add(document));
        }
        let index = pick.index(documents.len());
        let again = making.add(&documents[index]);
        prop_assert!(again.memberships[0].score > 0.9, "{:?}", again);
        prop_assert_eq!(again.story(), partition.story_of()[index]);
    }

    #[test]
    fn damaged_bytes_are_refused(document in stream(), cut in any::<prop::sample::Index>()) {
        let mut making = Stories::default();
        let story = making.add(&document[0]).story();
        let record = making.record(story).unwrap();
        let bytes = record.to_bytes();
        let restored = StoryRecord::from_bytes(&bytes);
        prop_assert_eq!(restored.as_ref(), Some(record));
        prop_assert_eq!(StoryRecord::from_bytes(&bytes[..cut.index(bytes.len())]), None);
    }

    #[test]
    fn profiles_travel_as_bytes(document in stream(), cut in any::<prop::sample::Index>()) {
        // Headings make a roundup, whose profile has sections.
        let headings = ["Flood", "Football", "Rails", "Court", "Sky", "Strike"];
        let sections = headings.iter().zip(EVENTS);
        let text = sections.map(|(heading, event)| format!("{heading}\n\n{event} {}\n\n", FILLERS.join(" ")));
        let body = Body::Text(text.collect());
        let roundup = read_words(RawReport { id: "roundup".into(), body, ..RawReport::default() });
        for document in [&document[0], &roundup] {
            let profile = Profile::of(document);
            let bytes = profile.to_bytes();
            prop_assert_eq!(Profile::from_bytes(&bytes), Some(profile));
            prop_assert_eq!(Profile::from_bytes(&bytes[..cut.index(bytes.len())]), None);
        }
    }
}

#[test]
fn people_merge_split_and_move() {
    let documents: Vec<Document> = (0..4).map(|id| document(id, id / 2, id, None)).collect();
    let profiles: Vec<Profile> = documents.iter().map(Profile::of).collect();
    let mut making = Stories::default();
    let mut partition = Partition::default();
    for profile in &profiles {
        partition.add(profile.report(), &making.place(profile));
    }
    let (dam, transfer) = (StoryId(0), StoryId(1));
    assert_eq!(partition.story_of(), [dam, dam, transfer, transfer]);

    partition.apply(&making.merge(dam, transfer).unwrap());
    assert_eq!(partition.story_of(), [dam; 4]);
    assert!(making.record(transfer).is_none());
    assert_eq!(making.clone().place(&profiles[3]).story(), dam, "what comes in is placed by it");

    let split = making.split(dam, &profiles[2..]).unwrap();
    let StoryEvent::Split { new, .. } = split else { panic!("{split:?}") };
    partition.apply(&split);
    assert_ne!(new, transfer, "a number is never used again");
    assert_eq!(partition.story_of(), [dam, dam, new, new]);

    partition.apply(&making.move_report(&profiles[2], new, dam).unwrap());
    assert_eq!(partition.story_of(), [dam, dam, dam, new]);
    assert_eq!(making.merge(dam, transfer), None, "it has ended");
}

#[test]
fn a_roundup_belongs_to_several_stories_and_binds_none() {
    let mut making = Stories::default();
    let own: Vec<StoryId> =
        (0..3).map(|event| making.add(&document(event, event, 0, None)).story()).collect();
    let sections: Vec<String> =
        (0..3).map(|event| format!("News in brief {event}\n\n{} {}", EVENTS[event], FILLERS[1])).collect();
    let body = Body::Text(sections.join("\n\n"));
    let roundup = read_words(RawReport { body, id: "roundup".into(), ..RawReport::default() });
    let before: Vec<_> = own.iter().map(|story| making.record(*story).cloned()).collect();
    let placement = making.add(&roundup);
    let told: Vec<StoryId> =
        placement.memberships.iter().skip(1).map(|membership| membership.story).collect();
    assert_eq!(told, own, "{placement:?}");
    for (membership, event) in placement.memberships.iter().skip(1).zip(EVENTS) {
        let section = membership.section.map(|span| span.of(roundup.text())).unwrap_or_default();
        assert!(section.contains(event) && membership.rule == "section", "{section}");
    }
    assert_eq!(before, own.iter().map(|story| making.record(*story).cloned()).collect::<Vec<_>>());
}
