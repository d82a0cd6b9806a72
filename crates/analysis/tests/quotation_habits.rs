//! The marks and the habits of news writing, each as a table of a text and the quotations that it holds.

use parallax_analysis::quotation::{attributions, quotations};
use parallax_analysis::read_attributions;
use parallax_model::{Body, Document, Quotation, QuotationKind, RawReport, Span};

fn document(text: &str) -> Document {
    read_attributions(RawReport {
        id: "a".into(),
        place: "a.txt".into(),
        language: Some("en".into()),
        body: Body::Text(text.into()),
        ..RawReport::default()
    })
}

/// The quotation as "kind: content | cue | speaker's words"; "-" stands for what is not there.
fn shown(text: &str, quotation: &Quotation) -> String {
    let kind = match quotation.kind {
        QuotationKind::Direct => "direct",
        QuotationKind::Mixed => "mixed",
        QuotationKind::Indirect => "indirect",
    };
    let content: Vec<&str> = quotation.spans.iter().map(|s| s.of(text)).collect();
    let words = |span: Option<Span>| span.map_or("-", |s| s.of(text));
    format!(
        "{kind}: {} | {} | {}",
        content.join(" … "),
        words(quotation.cue),
        words(quotation.speaker.mention)
    )
}

/// The quotations in marks of each text.
fn check(table: &[(&str, &[&str])]) {
    let mut wrong = Vec::new();
    for (text, expected) in table {
        let found: Vec<String> = quotations(&document(text))
            .iter()
            .filter(|q| q.kind.is_quoted())
            .map(|q| shown(text, q))
            .collect();
        if !agree(&found, expected) {
            wrong.push(format!("{text}\n  expected {expected:#?}\n  found {found:#?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Whether contents and speakers are the same, and each cue holds the expected words.
fn agree(found: &[String], expected: &[&str]) -> bool {
    let parts = |row: &str| row.split(" | ").map(str::to_owned).collect::<Vec<_>>();
    found.len() == expected.len()
        && found.iter().zip(expected).all(|(found, expected)| {
            let (found, expected) = (parts(found), parts(expected));
            found[0] == expected[0] && found[1].contains(&expected[1]) && found[2] == expected[2]
        })
}

/// The names that the speakers of each text are resolved to, quotations of every kind.
fn check_names(table: &[(&str, &[&str])]) {
    let mut wrong = Vec::new();
    for (text, expected) in table {
        let found: Vec<String> = quotations(&document(text))
            .into_iter()
            .map(|q| q.speaker.name.unwrap_or_else(|| "-".to_owned()))
            .collect();
        if found != *expected {
            wrong.push(format!("{text}\n  expected {expected:?}\n  found {found:?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn marks_of_every_shape() {
    let said = &["direct: The dam will hold, | said | Ada Voss"] as &[&str];
    check(&[
        ("\"The dam will hold,\" said Ada Voss.", said),
        ("“The dam will hold,” said Ada Voss.", said),
        ("”The dam will hold,” said Ada Voss.", said),
        ("“The dam will hold,“ said Ada Voss.", said),
        ("“The dam will hold,\" said Ada Voss.", said),
        ("«The dam will hold,» said Ada Voss.", said),
        ("« The dam will hold, » said Ada Voss.", said),
        ("»The dam will hold,« said Ada Voss.", said),
        ("„The dam will hold,“ said Ada Voss.", said),
        ("„The dam will hold,” said Ada Voss.", said),
        ("‘The dam will hold,’ said Ada Voss.", said),
        ("'The dam will hold,' said Ada Voss.", said),
        ("''The dam will hold,'' said Ada Voss.", said),
    ]);
}

#[test]
fn british_marks_against_apostrophes() {
    check(&[
        (
            "‘It’s the unions’ last offer and they’re tired,’ said Ada Voss.",
            &["direct: It’s the unions’ last offer and they’re tired, | said | Ada Voss"],
        ),
        (
            "Ada Voss said the promises were ‘worthless’ and the inspectors’ report ‘a joke’.",
            &["mixed: worthless | said | Ada Voss", "mixed: a joke | said | Ada Voss"],
        ),
        ("It's the Smiths' dog, and the teachers' strike isn't over, said Ada Voss.", &[]),
        (
            "Ada Voss said: 'We won't wait until the '90s return.'",
            &["direct: We won't wait until the '90s return. | said | Ada Voss"],
        ),
    ]);
}

#[test]
fn an_apostrophe_before_the_mark_that_closes() {
    check(&[
        (
            "‘Was it the farmers’?’ asked Ada Voss. ‘Nobody else’s?’",
            &["direct: Was it the farmers’? … Nobody else’s? | asked | Ada Voss"],
        ),
        (
            "Ada Voss said: ‘It’s their fault, not the drivers’.’",
            &["direct: It’s their fault, not the drivers’. | said | Ada Voss"],
        ),
        (
            "“That was Voss’s verdict?” Lind asked the court.",
            &["direct: That was Voss’s verdict? | asked | Lind"],
        ),
        (
            "'That was Voss's verdict?' Lind asked the court.",
            &["direct: That was Voss's verdict? | asked | Lind"],
        ),
    ]);
}

#[test]
fn nested_and_odd_marks() {
    check(&[
        ("“He told me ‘no’ twice,” said Ada Voss.", &["direct: He told me ‘no’ twice, | said | Ada Voss"]),
        ("\"He told me 'no' twice,\" said Ada Voss.", &["direct: He told me 'no' twice, | said | Ada Voss"]),
        (
            "Ada Voss said: \"We never closed the gate.\n\nThe council met on Monday.",
            &["direct: We never closed the gate. | said | Ada Voss"],
        ),
    ]);
}

#[test]
fn one_quotation_over_several_paragraphs() {
    check(&[
        (
            "“The dam will hold,” Ada Voss said. “We checked it.\n\n“We will check it again in spring.\n\n“Nobody needs to leave.”\n\nThe council met.",
            &[
                "direct: The dam will hold, … We checked it. … We will check it again in spring. … Nobody needs to leave. | said | Ada Voss",
            ],
        ),
        (
            "“The dam will hold,” Ada Voss told reporters.\n\n“Nobody needs to leave the valley.”",
            &["direct: The dam will hold, … Nobody needs to leave the valley. | told | Ada Voss"],
        ),
        // Opened in each paragraph and closed in the last, with who says it in none of them.
        (
            "Ada Voss read out her letter.\n\n“The dam is old.\n\n“We asked for another.\n\n“Nobody answered.”\n\nThe council met.",
            &["direct: The dam is old. … We asked for another. … Nobody answered. | read | Ada Voss"],
        ),
        // Who says it may stand in the second of them.
        (
            "“We had ten minutes.\n\n“The water was at the door,” Karin Holm said.\n\n“Then the lights went out.”",
            &[
                "direct: We had ten minutes. … The water was at the door, … Then the lights went out. | said | Karin Holm",
            ],
        ),
        // The lines of a transcript are not one speaker's.
        (
            "\"VOSS: The dam will hold.\n\n\"LIND: Will it?\n\n\"VOSS: It is new.\"",
            &[
                "direct: VOSS: The dam will hold. | - | -",
                "direct: LIND: Will it? | - | -",
                "direct: VOSS: It is new. | - | -",
            ],
        ),
    ]);
}

#[test]
fn the_attribution_stands_before_after_and_amid() {
    check(&[
        ("Ada Voss said, “The dam will hold.”", &["direct: The dam will hold. | said | Ada Voss"]),
        (
            "“The dam,” said Ada Voss, “will hold until spring.”",
            &["direct: The dam, … will hold until spring. | said | Ada Voss"],
        ),
        (
            "“The dam will hold,” said Ada Voss, a spokeswoman for Norrland Water. “We checked it.”",
            &[
                "direct: The dam will hold, … We checked it. | said | Ada Voss, a spokeswoman for Norrland Water",
            ],
        ),
        (
            "“The dam,” said Ada Voss, “I built myself.”",
            &["direct: The dam, … I built myself. | said | Ada Voss"],
        ),
        (
            "“The dam will hold,” Ada Voss told Sund FM on Monday after she called it “a patch”. “We checked it.”",
            &[
                "direct: The dam will hold, … We checked it. | told | Ada Voss",
                "mixed: a patch | called | she",
            ],
        ),
        (
            "“Why should we wait?” Ada Voss asked reporters on Monday. “Who pays for it?”",
            &["direct: Why should we wait? … Who pays for it? | asked | Ada Voss"],
        ),
        (
            "According to Ada Voss, “nobody looked at the dam for years.”",
            &["mixed: nobody looked at the dam for years. | According to | Ada Voss"],
        ),
    ]);
}

#[test]
fn a_dash_or_a_colon_attributes() {
    check(&[
        ("“The dam will hold.” — Ada Voss", &["direct: The dam will hold. | — | Ada Voss"]),
        ("“The dam will hold.”\n― Ada Voss, mayor of Lund\n", &["direct: The dam will hold. | ― | Ada Voss"]),
        (
            "“The dam will hold.” -- Ada Voss\nThe council met.",
            &["direct: The dam will hold. | -- | Ada Voss"],
        ),
        // What is signed ends there, and the signature of the next is not its subject.
        (
            "“The dam is old.” ― Ada Voss\n“We pay and pay.” ― Jon Lind, baker.\n\n“It leaks.”\n\n— Karin Holm",
            &[
                "direct: The dam is old. | ― | Ada Voss",
                "direct: We pay and pay. | ― | Jon Lind",
                "direct: It leaks. | — | Karin Holm",
            ],
        ),
        ("Ada Voss: “The dam will hold.”", &["direct: The dam will hold. | : | Ada Voss"]),
        (
            "10:42 Fire chief Ada Voss: “The dam will hold.”",
            &["direct: The dam will hold. | : | Fire chief Ada Voss"],
        ),
        ("Ada Voss — “The dam will hold.”", &["direct: The dam will hold. | — | Ada Voss"]),
        (
            "The council had only this for the farmers: “The dam will hold.”",
            &["direct: The dam will hold. | : | The council"],
        ),
        // A dash that goes on with the sentence names nobody.
        (
            "“The dam will hold,” Ada Voss said — Norrland Water had promised as much.",
            &["direct: The dam will hold, | said | Ada Voss"],
        ),
    ]);
}

#[test]
fn an_aside_between_dashes_interrupts() {
    check(&[
        (
            "“I never” — she paused — “thought it would come to this,” Ada Voss said.",
            &["direct: I never … thought it would come to this, | said | Ada Voss"],
        ),
        (
            "“I never — ” she paused — “thought it would come to this,” Ada Voss said.",
            &["direct: I never — … thought it would come to this, | said | Ada Voss"],
        ),
        (
            "Ada Voss was in Lund. “It was” – Jon Lind hesitated – “a terrible night for us.”",
            &["direct: It was … a terrible night for us. |  | Jon Lind"],
        ),
        // Two sayings, and no aside.
        ("“Go home” — that was Ada Voss. “Stay,” said Jon Lind.", &["direct: Stay, | said | Jon Lind"]),
    ]);
}

#[test]
fn set_phrases_attribute() {
    check(&[
        ("‘We won’t pay,’ say farmers as council sends bill", &["direct: We won’t pay, | say | farmers"]),
        ("As Ada Voss puts it, “a dam is a promise”.", &["mixed: a dam is a promise | puts it | Ada Voss"]),
        ("“It’s over” is how Ada Voss summed up the evening.", &["mixed: It’s over | summed | Ada Voss"]),
        (
            "It is, in the words of Ada Voss, “a patch on a patch”.",
            &["mixed: a patch on a patch | words of | Ada Voss"],
        ),
        ("In Voss’s words, “a patch on a patch”.", &["mixed: a patch on a patch | words | Voss"]),
        ("“Yes,” was the reply from the council’s lawyer.", &["direct: Yes, | reply | the council’s lawyer"]),
    ]);
}

#[test]
fn who_is_told_is_neither_speaker_nor_content() {
    let said = "the dam would hold";
    for (text, speaker, content) in [
        ("Ada Voss told Sund FM that the dam would hold.", "Ada Voss", said),
        ("Ada Voss told Sund FM the dam would hold.", "Ada Voss", said),
        ("Ada Voss told the Lund Courier on Monday that the dam would hold.", "Ada Voss", said),
        ("Voss, the mayor, told Norrland Radio on Monday that the dam would hold.", "Voss", said),
    ] {
        let found = quotations(&document(text));
        let shown: Vec<String> = found.iter().map(|q| shown(text, q)).collect();
        assert_eq!(shown, [format!("indirect: {content} | told | {speaker}")], "{text}");
    }
}

#[test]
fn a_clause_beside_sayings_in_marks_is_reported_too() {
    for (text, expected) in [
        (
            "“It is old,” Ada Voss, the mayor, said the school would stay shut, “and the road too.”",
            "the school would stay shut",
        ),
        (
            "“It leaks,” Ada Voss said the school would stay shut, “We risk nothing.”",
            "the school would stay shut",
        ),
        (
            "The so-called “peace dividend” never came, Ada Voss said.",
            "The so-called “peace dividend” never came",
        ),
        ("Ada Voss insists the dam is safe; she said: “I built it.”", "the dam is safe"),
    ] {
        let found = quotations(&document(text));
        let indirect: Vec<&str> =
            found.iter().filter(|q| !q.kind.is_quoted()).map(|q| q.spans[0].of(text)).collect();
        assert_eq!(indirect, [expected], "{text}");
    }
}

#[test]
fn posts_groups_and_unnamed_officials() {
    check(&[
        ("“The dam will hold,” Ada Voss wrote on X.", &["direct: The dam will hold, | wrote | Ada Voss"]),
        (
            "“Total nonsense,” posted Ada Voss (@adavoss) on Monday. “Read the report.”",
            &["direct: Total nonsense, … Read the report. | posted | Ada Voss (@adavoss)"],
        ),
        (
            "In a post on Facebook, Ada Voss wrote: “The dam will hold.”",
            &["direct: The dam will hold. | wrote | Ada Voss"],
        ),
        (
            "“The dam will hold,” the ministers said in a joint statement.",
            &["direct: The dam will hold, | said | the ministers"],
        ),
        (
            "“The dam will hold,” a senior official said on condition of anonymity.",
            &["direct: The dam will hold, | said | a senior official"],
        ),
        (
            "“We were not asked,” a Wednesday editorial in the Lund Courier said.",
            &["direct: We were not asked, | said | a Wednesday editorial in the Lund Courier"],
        ),
    ]);
}

#[test]
fn chains_and_quotations_carried_over() {
    check(&[
        (
            "“The dam will hold,” Ada Voss said. “It is new,” she added. “It is strong,” she said.",
            &[
                "direct: The dam will hold, | said | Ada Voss",
                "direct: It is new, | added | she",
                "direct: It is strong, | said | she",
            ],
        ),
        (
            "Ada Voss warned that the valley was in danger. “Nobody should stay tonight.”",
            &["direct: Nobody should stay tonight. | warned | Ada Voss"],
        ),
        // Said by whom the scene is about, who has to be a person.
        (
            "Ada Voss shook her head. “I warned them for years. They laughed.”",
            &["direct: I warned them for years. They laughed. | - | Ada Voss"],
        ),
        (
            "Asked whether she would stand again, Ada Voss smiled. “Ask me on Monday.”",
            &["direct: Ask me on Monday. |  | Ada Voss"],
        ),
        (
            "Ada Voss, who runs the ferry, watched from the quay.\n\n“I have never seen water like it.”",
            &["direct: I have never seen water like it. | - | Ada Voss"],
        ),
        ("Floods closed the road. “Nobody warned us of it.”", &["direct: Nobody warned us of it. | - | -"]),
        (
            "“The dam will break,” Ada Voss was quoted as saying by the Lund Courier.",
            &["direct: The dam will break, | saying | Ada Voss"],
        ),
    ]);
}

#[test]
fn scare_quotes_titles_and_nicknames_are_nobodys_words() {
    check(&[
        ("Jon “Red” Lund opened the gate.", &[]),
        ("The so-called “grey zone” was closed on Monday.", &[]),
        ("The film “Dust” opens today.", &[]),
        ("“The Long Way Home” opens in Lund on Friday.", &[]),
        ("Ada Voss told Sund FM’s “Morning” that the dam was old.", &[]),
        ("The “fix” cost a fortune.", &[]),
        ("A “keeper” means any person who keeps a dam.", &[]),
    ]);
}

#[test]
fn headlines_and_captions() {
    check(&[
        (
            "Mayor says dam 'will hold' after floods\n\nThe council met on Monday.",
            &["mixed: will hold | says | Mayor"],
        ),
        ("'Nobody looked': farmers in despair over dam", &["direct: Nobody looked | - | -"]),
        (
            "Ada Voss, pictured on Monday, has called the dam “a patch on a patch” (Photo: Sund News)",
            &["mixed: a patch on a patch | called | Ada Voss"],
        ),
    ]);
}

#[test]
fn how_and_when_it_was_said_is_not_what_was_said() {
    for text in [
        "“The dam will hold,” the ministers said in a joint statement issued on Monday.",
        "Asked whether the minister should go, Ada Voss said: “Ask me on Monday.”",
        "Tavrin Dam Collapse Claims 19 Lives as Floodwaters Hit Lund",
    ] {
        let found = quotations(&document(text));
        let indirect: Vec<String> = found
            .iter()
            .filter(|q| !q.kind.is_quoted() && q.speaker.mention.is_some())
            .map(|q| shown(text, q))
            .collect();
        assert!(indirect.is_empty(), "{text} {indirect:?}");
    }
}

#[test]
fn beliefs_and_intentions_are_no_speech() {
    for (text, speech) in [
        ("Ada Voss said that the dam would hold until spring.", true),
        ("Ada Voss believes that the dam will hold until spring.", false),
        ("Ada Voss said the wall was “old and tired”.", true),
    ] {
        let document = document(text);
        let found: Vec<bool> = attributions(&document).iter().map(|q| q.speech).collect();
        assert_eq!(found, [speech], "{text}");
    }
}

#[test]
fn the_turns_of_an_interview_are_told_from_lists() {
    for (text, expected) in [
        (
            "Sund FM: Why did you resign?\n\nAda Voss: Because nobody listened.\n\nSund FM: Do you regret it?\n\nAda Voss: Not for a minute.",
            &["Why did you resign?", "Because nobody listened.", "Do you regret it?", "Not for a minute."]
                as &[&str],
        ),
        (
            "Q: Will the dam hold?\n\nA: It will hold, I think.\n\nQ: Who pays for it?",
            &["Will the dam hold?", "It will hold, I think.", "Who pays for it?"],
        ),
        ("Venue: the old hall in Lund\n\nTime: at eight on Monday\n\nVenue: the new hall in Lund", &[]),
        ("Note: The dam is old.\n\nAda Voss opened it in 1950.", &[]),
    ] {
        let found = quotations(&document(text));
        let turns = found.iter().filter(|q| q.rule == "transcript");
        assert_eq!(turns.map(|q| q.spans[0].of(text)).collect::<Vec<_>>(), expected, "{text}");
    }
}

#[test]
fn speakers_are_resolved_to_the_person() {
    check_names(&[
        (
            "Mayor Ada Voss spoke on Monday. “The dam will hold,” she said. Voss added: “It is new.”",
            &["Ada Voss", "Ada Voss"],
        ),
        ("“The dam will hold,” said Ada Voss, a spokeswoman for Norrland Water.", &["Ada Voss"]),
        (
            "‘Nobody looked’: farmers in despair over dam\n\n“Nobody looked at the dam for years,” Ada Voss said.",
            &["Ada Voss", "Ada Voss"],
        ),
        ("The plan came from Ada Voss, who said the dam would hold.", &["Ada Voss"]),
        ("“Never,” was Ada Voss’s answer.", &["Ada Voss"]),
        // Nobody calls herself by name.
        ("Ada Voss left early. “Ask Karin Holm on Monday,” she said.", &["Ada Voss"]),
    ]);
}
