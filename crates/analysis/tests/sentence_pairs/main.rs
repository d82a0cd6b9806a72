//! The judge of sentence pairs on invented sentences: what is never the same, and what is.

use parallax_analysis::read;
use parallax_analysis::reuse::judge_sentences;
use parallax_model::Conflict::{self, Name, Negation, Number, Opposite, Roles};
use parallax_model::{Body, PassageRelation, RawReport, Span, Verdict};

/// Pairs of sentences that have most of their words in common and say different things, with what tells them apart.
const DIFFERENT: [(&str, &str, Conflict); 89] = [
    ("Arvel sued Brandt on Monday.", "Brandt sued Arvel on Monday.", Roles),
    ("Kestria attacked Dovaria at dawn.", "Dovaria attacked Kestria at dawn.", Roles),
    ("Kestria attacked Dovaria at dawn.", "Kestria was attacked by Dovaria at dawn.", Roles),
    ("The police shot the gunman.", "The gunman shot the police.", Roles),
    ("The teacher thanked the mayor for the bus.", "The mayor thanked the teacher for the bus.", Roles),
    ("Redmere United beat Halvik in the final.", "Halvik beat Redmere United in the final.", Roles),
    ("Redmere beat Halvik in the final.", "Redmere lost to Halvik in the final.", Roles),
    ("Belmar bought Voltane for its mines.", "Belmar sold Voltane for its mines.", Roles),
    ("The union accused the company of lying.", "The company accused the union of lying.", Roles),
    ("The bank was rescued by the fund.", "The fund was rescued by the bank.", Roles),
    ("Finch defeated Kolm by a wide margin.", "Kolm defeated Finch by a wide margin.", Roles),
    ("The dog bit the postman near the gate.", "The postman bit the dog near the gate.", Roles),
    ("Arvel will succeed Brandt as chair.", "Brandt will succeed Arvel as chair.", Roles),
    ("The minister criticised the judge in public.", "The judge criticised the minister in public.", Roles),
    ("The flood killed 14 people in Brennick.", "The flood killed 41 people in Brennick.", Number),
    ("The flood killed fourteen people in Brennick.", "The flood killed forty people in Brennick.", Number),
    ("Prices rose by 3.5 percent in May.", "Prices rose by 5.3 percent in May.", Number),
    ("The repair would cost 2.4 million crowns.", "The repair would cost 2.4 billion crowns.", Number),
    ("Two of the nine wagons burned.", "Seven of the nine wagons burned.", Number),
    ("The dam was opened in 1962.", "The dam was opened in 1992.", Number),
    ("He was sentenced to seven years in prison.", "He was sentenced to eleven years in prison.", Number),
    ("The match ended after 90 minutes.", "The match ended after 120 minutes.", Number),
    ("At least 600 jobs will go at the yard.", "At least 900 jobs will go at the yard.", Number),
    ("The train left Orlsby at noon.", "The train left Velden at noon.", Name),
    ("Finch resigned as mayor on Tuesday.", "Kolm resigned as mayor on Tuesday.", Name),
    ("The court in Lindmark freed the banker.", "The court in Tessin freed the banker.", Name),
    ("The talks were held in Dovaria last week.", "The talks were held in Norrey last week.", Name),
    ("Parliament will vote on Monday.", "Parliament will vote on Thursday.", Name),
    ("The bridge was closed in March.", "The bridge was closed in August.", Name),
    ("The operator Norrail said nobody was hurt.", "The operator Fjordbane said nobody was hurt.", Name),
    ("The army sent helicopters to Morvale.", "The army sent helicopters to Sandhaven.", Name),
    ("The slope will hold until spring.", "The slope will not hold until spring.", Negation),
    ("The dam is safe, the engineer said.", "The dam is not safe, the engineer said.", Negation),
    ("People were hurt in the fire.", "Nobody was hurt in the fire.", Negation),
    ("The minister knew of the report.", "The minister never knew of the report.", Negation),
    ("The union accepted the offer.", "The union didn't accept the offer.", Negation),
    ("The rescuers reached the village.", "The rescuers failed to reach the village.", Negation),
    ("There is a plan to close the yard.", "There is no plan to close the yard.", Negation),
    ("The two sides agree on the border.", "The two sides cannot agree on the border.", Negation),
    ("Shares in Belmar rose on Friday.", "Shares in Belmar fell on Friday.", Opposite),
    ("The council approved the tunnel.", "The council rejected the tunnel.", Opposite),
    ("The jury found the banker guilty.", "The jury found the banker innocent.", Opposite),
    ("Most residents support the tunnel.", "Most residents oppose the tunnel.", Opposite),
    ("The bank raised its rate in June.", "The bank lowered its rate in June.", Opposite),
    ("The museum opened its doors in May.", "The museum closed its doors in May.", Opposite),
    ("The firm made a profit last year.", "The firm made a loss last year.", Opposite),
    (
        "A letter from Orla Finch persuaded the council.",
        "A letter from Hanno Drey persuaded the council.",
        Name,
    ),
    ("Orla Finch wrote the letter.", "Hanno Drey wrote the letter.", Name),
    (
        "Police questioned Mira Solveig Arvel for six hours.",
        "Police questioned Hanno Drey for six hours.",
        Name,
    ),
    ("The award went to Lena Brask and Tom Okoro.", "The award went to Ida Kolm and Juno Vane.", Name),
    ("Halvik City signed the striker on Friday.", "Redmere Rovers signed the striker on Friday.", Name),
    (
        "The president of Kestria arrived in Port Ellery.",
        "The president of Kestria arrived in Cape Morrow.",
        Name,
    ),
    ("The banker admitted that he had done it.", "The banker denied that he had done it.", Opposite),
    ("She admits it.", "She denies it.", Opposite),
    ("The court upheld the ban.", "The court overturned the ban.", Opposite),
    ("Inflation is rising in Dovaria.", "Inflation is falling in Dovaria.", Opposite),
    ("The government will lift the curfew.", "The government will impose the curfew.", Opposite),
    ("Voters backed the treaty.", "Voters opposed the treaty.", Opposite),
    ("The army has withdrawn from the valley.", "The army has not withdrawn from the valley.", Negation),
    ("No one survived the crash.", "One survived the crash.", Negation),
    ("The talks ended without an agreement.", "The talks ended with an agreement.", Negation),
    (
        "The vaccine is unlikely to reach the islands.",
        "The vaccine is likely to reach the islands.",
        Negation,
    ),
    ("Neither side fired first, monitors said.", "Both sides fired first, monitors said.", Negation),
    ("The mayor warned the governor about the dam.", "The governor warned the mayor about the dam.", Roles),
    ("Voltane was taken over by Belmar in June.", "Belmar was taken over by Voltane in June.", Roles),
    ("Arvel voted against Brandt in committee.", "Brandt voted against Arvel in committee.", Roles),
    ("Dovaria blamed Kestria for the shelling.", "Kestria blamed Dovaria for the shelling.", Roles),
    ("Prices fell from 40 to 35 crowns.", "Prices fell from 40 to 25 crowns.", Number),
    ("Redmere won the match 3-1.", "Redmere won the match 4-1.", Number),
    ("A third of the crew fell ill.", "A quarter of the crew fell ill.", Number),
    ("The quake had a magnitude of 6.1.", "The quake had a magnitude of 7.1.", Number),
    // Sport.
    ("Halvik drew with Redmere on Sunday.", "Halvik drew with Tessin on Sunday.", Name),
    ("The referee sent off the goalkeeper.", "The goalkeeper sent off the referee.", Roles),
    ("Kolm will play in the final.", "Kolm will not play in the final.", Negation),
    // Courts.
    ("The court convicted the banker of fraud.", "The court acquitted the banker of fraud.", Opposite),
    ("The jury awarded her 3 million crowns.", "The jury awarded her 30 million crowns.", Number),
    ("The witness accused the driver of lying.", "The driver accused the witness of lying.", Roles),
    // Elections.
    ("Finch won 52 percent of the vote.", "Finch won 48 percent of the vote.", Number),
    ("Turnout was higher than four years ago.", "Turnout was lower than four years ago.", Opposite),
    ("Brandt endorsed Kolm for governor.", "Kolm endorsed Brandt for governor.", Roles),
    ("Voters in Lindmark elected a new mayor.", "Voters in Velden elected a new mayor.", Name),
    ("The commission has certified the result.", "The commission has not certified the result.", Negation),
    // Disasters and accidents.
    ("The quake destroyed 300 houses in Morvale.", "The quake destroyed 800 houses in Morvale.", Number),
    ("The ferry had enough lifeboats.", "The ferry did not have enough lifeboats.", Negation),
    ("The level of the river is rising.", "The level of the river is falling.", Opposite),
    // Business.
    ("Belmar agreed to buy Voltane in May.", "Voltane agreed to buy Belmar in May.", Roles),
    ("Belmar reported a profit of 90 million.", "Belmar reported a loss of 90 million.", Opposite),
    ("The firm will cut 1,200 jobs.", "The firm will cut 2,100 jobs.", Number),
    ("Norrail has no debt, its chief said.", "Norrail has debt, its chief said.", Negation),
];

/// Pairs that say the same, with how.
const SAME: [(&str, &str); 24] = [
    ("The flood killed 14 people in Brennick.", "The flood killed fourteen people in Brennick."),
    ("Arvel sued Brandt on Monday.", "Brandt was sued by Arvel on Monday."),
    ("The fund rescued the bank in May.", "The bank was rescued by the fund in May."),
    ("The slope will not hold until spring.", "The slope won't hold until spring."),
    ("About 3,500 workers walked out on Monday.", "Some 3,500 workers walked out on Monday."),
    ("Nobody was hurt, the operator Norrail said.", "The operator Norrail said that nobody was hurt."),
    ("Mayor Orla Finch opened the bridge on Friday.", "The bridge was opened by Mayor Finch on Friday."),
    ("The army sent nine helicopters to the valley.", "The army has sent nine helicopters to the valley."),
    (
        "Parliament will hold an emergency sitting on Monday.",
        "Parliament is to hold an emergency sitting on Monday.",
    ),
    (
        "The talks ended after six hours without a result.",
        "After six hours the talks ended without a result.",
    ),
    (
        "The court sentenced the banker to seven years.",
        "The court sentenced the banker to seven years in prison.",
    ),
    ("It’s time to build the tunnel, Finch said.", "“It is time to build the tunnel,” Finch said."),
    ("The minister denied that he knew of the report.", "The minister said he did not know of the report."),
    ("Belmar bought Voltane for its mines.", "Voltane was bought by Belmar for its mines."),
    (
        "A letter from Orla Finch persuaded the council.",
        "A letter from Mayor Orla Finch persuaded the council.",
    ),
    ("The president of Kestria arrived in Port Ellery.", "Kestria’s president arrived in Port Ellery."),
    ("The court upheld the ban on Friday.", "On Friday the court upheld the ban."),
    ("The banker admitted that he had lied.", "The banker has admitted that he lied."),
    ("More than 200 people lost their homes.", "Over 200 people lost their homes."),
    ("Inflation rose to 4 percent in May.", "Inflation rose to four percent in May."),
    ("He was one of the three, Finch said.", "Finch said that he was one of the three men."),
    ("A firm may own no more than 25 percent of a bank.", "A firm may own up to 25 percent of a bank."),
    (
        "The rule is aimed at fraud, not at honest trade.",
        "The rule is aimed at fraud rather than at honest trade.",
    ),
    ("Prices should be set by the market.", "Prices should be set through the market."),
];

#[test]
fn what_differs_in_meaning_is_never_the_same() {
    let is_missed = |(a, b, expected): &(&str, &str, Conflict)| {
        let verdicts = [judge(a, b), judge(b, a)];
        verdicts.iter().any(|v| v.relation.is_some() || !v.conflicts.contains(expected))
    };
    let missed: Vec<_> = DIFFERENT.iter().filter(|pair| is_missed(pair)).collect();
    assert!(missed.is_empty(), "{missed:#?}");
}

#[test]
fn what_is_the_same_is_not_held_to_conflict() {
    let is_missed = |(a, b): &(&str, &str)| {
        [judge(a, b), judge(b, a)].iter().any(|v| v.relation.is_none() || v.reasons.is_empty())
    };
    let missed: Vec<_> = SAME.iter().filter(|pair| is_missed(pair)).collect();
    assert!(missed.is_empty(), "{missed:#?}");
}

#[test]
fn what_differs_in_a_word_is_told_apart() {
    let is_missed = |(a, b): &(&str, &str)| {
        [judge(a, b), judge(b, a)].iter().any(|v| v.relation.is_some() || v.conflicts.is_empty())
    };
    let missed: Vec<_> = listed("different").filter(is_missed).collect();
    assert!(missed.is_empty(), "{missed:#?}");
}

#[test]
fn what_differs_in_wording_alone_is_the_same() {
    let is_missed = |(a, b): &(&str, &str)| {
        [judge(a, b), judge(b, a)].iter().any(|v| v.relation.is_none() || !v.conflicts.is_empty())
    };
    let missed: Vec<_> = listed("same").filter(is_missed).collect();
    assert!(missed.is_empty(), "{missed:#?}");
}

/// The pairs of the sections whose headings begin so.
fn listed(heading: &str) -> impl Iterator<Item = (&'static str, &'static str)> {
    let sections = include_str!("pairs.txt").split("\n## ").skip(1);
    let of_heading = sections.filter(move |section| section.starts_with(heading));
    of_heading.flat_map(|section| section.lines().skip(1)).filter_map(|line| line.split_once(" | "))
}

#[test]
fn a_sentence_is_its_own_copy() {
    let sentences = DIFFERENT.map(|(sentence, ..)| sentence);
    for sentence in sentences.into_iter().chain(listed("same").map(|(sentence, _)| sentence)) {
        assert_eq!(judge(sentence, sentence).relation, Some(PassageRelation::Copy), "{sentence}");
    }
}

#[test]
fn other_subjects_are_different() {
    for (a, b) in [
        ("The dam gave way before dawn.", "Striker Tom Okoro scored twice on Saturday."),
        ("Power was restored by noon.", ""),
        ("", ""),
        ("…", "🙂"),
    ] {
        assert_eq!(judge(a, b).relation, None, "{a} ~ {b}");
    }
}

fn judge(one: &str, other: &str) -> Verdict {
    let documents = read(vec![report("a", one), report("b", other)]);
    let [a, b] = &documents[..] else { unreachable!("two reports are two documents") };
    judge_sentences(a, Span::new(0, a.text().len()), b, Span::new(0, b.text().len()))
}

fn report(id: &str, text: &str) -> RawReport {
    RawReport {
        id: id.into(),
        place: id.into(),
        language: Some("en".into()),
        body: Body::Text(text.into()),
        ..RawReport::default()
    }
}
