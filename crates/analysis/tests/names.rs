//! What the step `names` finds in invented reports, and what holds for every text.

use parallax_analysis::names::{link, names};
use parallax_analysis::segment::segment;
use parallax_model::{Article, Document, Entity, EntityKind, Gender, MentionForm, Names};
use proptest::prelude::*;

fn read(text: &str) -> Names {
    names(text, &segment(text))
}

/// The chains of a text, each as its name and its mentions.
fn chains(text: &str) -> Vec<(String, Vec<&str>)> {
    let found = read(text);
    let mentions = |chain| {
        let of_chain = found.mentions.iter().filter(move |m| m.chain == chain);
        of_chain.map(|m| if m.form == MentionForm::Description { m.span } else { m.core }.of(text)).collect()
    };
    found.chains.iter().enumerate().map(|(i, chain)| (chain.name.clone(), mentions(i))).collect()
}

/// Checks that the chain called `name` has exactly these mentions.
fn check_chain(text: &str, name: &str, expected: &[&str]) {
    let chains = chains(text);
    let found = chains.iter().find(|(of, _)| of == name);
    assert_eq!(found.map(|(_, mentions)| mentions.as_slice()), Some(expected), "{text}\n{chains:#?}");
}

/// The names (not the descriptions) of a text.
fn named(text: &str) -> Vec<&str> {
    let found = read(text);
    found.mentions.iter().filter(|m| found.chains[m.chain].named).map(|m| m.core.of(text)).collect()
}

#[test]
fn the_core_is_the_name_alone() {
    for (text, expected) in [
        ("The talks ended, Prime Minister Ada Osei said.", &["Ada Osei"][..]),
        (
            "She met Foreign Minister Jean-Luc O’Hara and J. K. van der Velde.",
            &["Jean-Luc O’Hara", "J. K. van der Velde"],
        ),
        (
            "He works for the Bank of Karsovia and the Ministry of Health.",
            &["Bank of Karsovia", "Ministry of Health"],
        ),
        ("It was shown to Osama bin Tariq on Monday in June.", &["Osama bin Tariq"]),
        ("A vote in the Food and Harvest Agency failed.", &["Food and Harvest Agency"]),
        ("The storm brought DEATH and DESTRUCTION to us.", &[]),
        ("Officials said nothing. Nobody asked. We’ll see.", &[]),
        ("The Munich-style Velm Peace Conference begins.", &[]),
        ("Rescuers reached Karsovia region at noon.", &["Karsovia region"]),
    ] {
        assert_eq!(named(text), expected, "{text}");
    }
}

#[test]
fn the_span_holds_the_role() {
    for (text, expected) in [
        ("Late on Monday Port spokeswoman Mara Lind spoke.", "Port spokeswoman Mara Lind"),
        ("The dam broke, the city’s mayor, Tomas Reyk, said.", "the city’s mayor, Tomas Reyk"),
        ("It was led by director of the NWA Ada Osei.", "director of the NWA Ada Osei"),
        ("So said Secretary of State Ada Osei today.", "Secretary of State Ada Osei"),
        ("It hurt Norway’s Mara Lind most.", "Norway’s Mara Lind"),
        ("A bill by Rep. Mara Lind (D-Ohio) passed.", "Rep. Mara Lind (D-Ohio)"),
    ] {
        let found = read(text);
        let spans: Vec<&str> = found.mentions.iter().map(|m| m.span.of(text)).collect();
        assert!(spans.contains(&expected), "{text} {spans:?}");
    }
}

#[test]
fn roles_and_gender_come_from_the_words_around() {
    for (text, name, role, gender) in [
        ("Norwegian President Ada Osei spoke.", "Ada Osei", Some("Norwegian President"), None),
        ("Ada Osei, the defence secretary, spoke.", "Ada Osei", Some("defence secretary"), None),
        ("Ada Osei, 45, a nurse, spoke.", "Ada Osei", Some("nurse"), None),
        ("Chairwoman Ada Osei spoke.", "Ada Osei", Some("Chairwoman"), Some(Gender::Female)),
        ("Tomas Reyk left. Mr Reyk was tired.", "Tomas Reyk", None, Some(Gender::Male)),
    ] {
        let found = read(text);
        let chain = found.chains.iter().find(|c| c.name == name).expect(name);
        assert_eq!((chain.roles.first().map(String::as_str), chain.gender), (role, gender), "{text}");
        assert_eq!(chain.kind, EntityKind::Person, "{text}");
    }
}

#[test]
fn kinds_follow_the_evidence() {
    use EntityKind::{Group, Organisation, Person, Place};
    for (text, name, kind) in [
        ("They met in Norway.", "Norway", Place),
        ("A fire in Velmstad spread.", "Velmstad", Place),
        ("It was reported by Harbour News.", "Harbour News", Organisation),
        ("A report of the NWA came out.", "NWA", Organisation),
        ("They asked Reyk Holdings to pay.", "Reyk Holdings", Organisation),
        ("Then Lind, who was there, left.", "Lind", Person),
        ("Nobody asked the Norwegians.", "Norwegians", Group),
        ("It was read by two senior diplomats.", "two senior diplomats", Group),
        ("An answer came from the energy company.", "the energy company", Organisation),
    ] {
        let found = read(text);
        let chain = found.chains.iter().find(|c| c.name == name);
        assert_eq!(chain.map(|c| c.kind), Some(kind), "{text} {:?}", found.chains);
    }
}

#[test]
fn short_forms_join_the_full_name() {
    check_chain(
        "Ada Osei spoke first. Then Osei left; Ms Osei was late, and Ada knew.",
        "Ada Osei",
        &["Ada Osei", "Osei", "Osei", "Ada"],
    );
    check_chain(
        "The World Water Office (WWO) met. The WWO agreed.",
        "World Water Office",
        &["World Water Office", "WWO", "WWO"],
    );
    check_chain(
        "Arkady Velenskyy left. Later Velensky rang.",
        "Arkady Velenskyy",
        &["Arkady Velenskyy", "Velensky"],
    );
    check_chain(
        "The U.S. won. America cheered, as the United States does.",
        "United States",
        &["U.S.", "America", "United States"],
    );
}

#[test]
fn two_of_one_surname_stay_apart() {
    let text = "Ada Osei met Tomas Osei. Mr Tomas Osei left, and Ada Osei stayed.";
    check_chain(text, "Ada Osei", &["Ada Osei", "Ada Osei"]);
    check_chain(text, "Tomas Osei", &["Tomas Osei", "Tomas Osei"]);
}

#[test]
fn descriptions_resolve_to_the_role_they_fit() {
    check_chain(
        "Norwegian President Ada Osei met Chilean President Luis Prado. The Norwegian leader smiled.",
        "Ada Osei",
        &["Ada Osei", "The Norwegian leader"],
    );
    check_chain(
        "The defense secretary left early. Defence Secretary Mara Lind gave no reason.",
        "Mara Lind",
        &["The defense secretary", "Mara Lind"],
    );
    check_chain(
        "Norway’s military fired. Later the military stopped.",
        "Norway’s military",
        &["Norway’s military", "the military"],
    );
}

#[test]
fn unnamed_people_stay_apart() {
    for text in [
        "A Norwegian official agreed. Another official did not.",
        "Norwegian official Ada Osei agreed. A Norwegian official did not.",
    ] {
        let officials = chains(text).into_iter().filter(|(_, mentions)| mentions.len() > 1).count();
        assert_eq!(officials, 0, "{text}");
    }
}

#[test]
fn a_statement_speaks_for_those_who_issued_it() {
    check_chain(
        "Six Nordic countries, including Norway and Sweden, issued a joint statement. The statement was short.",
        "Six Nordic countries, including Norway and Sweden",
        &["Six Nordic countries, including Norway and Sweden", "a joint statement", "The statement"],
    );
}

fn document(id: &str, text: &str) -> Document {
    let segments = segment(text);
    let names = names(text, &segments);
    let article = Article { id: id.to_owned(), text: text.to_owned(), ..Article::default() };
    Document { article, segments, names, ..Document::default() }
}

/// The entity called `name` among those of `texts`, with the number of its mentions.
fn check_link(texts: &[&str], name: &str, mentions: usize) {
    let documents: Vec<Document> = texts.iter().map(|text| document("a", text)).collect();
    let entities = link(&documents);
    let found = entities.iter().find(|entity| entity.name == name).map(|entity| entity.mentions.len());
    assert_eq!(found, Some(mentions), "{entities:#?}");
}

#[test]
fn names_link_across_articles() {
    check_link(&["Then Ada Osei left.", "It is Osei, who left.", "Ms Osei left."], "Ada Osei", 3);
    check_link(&["It was Arkady Velenskyy.", "It was Arkady Velensky."], "Arkady Velensky", 2);
    check_link(&["It fell on the UK.", "It fell on Britain."], "United Kingdom", 2);
    check_link(
        &["He sued Harbour Line Holdings.", "He sued Harbour Line Holdings again."],
        "Harbour Line Holdings",
        2,
    );
}

#[test]
fn a_surname_of_two_links_to_neither() {
    check_link(&["Then Ada Osei left.", "Then Tomas Osei left.", "Ms Osei left."], "Ada Osei", 1);
}

#[test]
fn descriptions_link_to_the_one_bearer_of_the_role() {
    check_link(&["Norwegian President Ada Osei left.", "The Norwegian president left."], "Ada Osei", 2);
    let two = [
        "Norwegian President Ada Osei left.",
        "Norwegian President Tomas Reyk left.",
        "The Norwegian president left.",
    ];
    check_link(&two, "Ada Osei", 1);
}

/// A name with the article, start and end of each mention.
type Part = (String, Vec<(String, usize, usize)>);

/// What the entities hold, without regard to the order of articles.
fn partition(documents: &[Document], entities: &[Entity]) -> Vec<Part> {
    let place = |entity: &Entity| {
        let mut places: Vec<_> = entity
            .mentions
            .iter()
            .map(|m| (documents[m.article].article.id.clone(), m.span.start, m.span.end))
            .collect();
        places.sort();
        (entity.name.clone(), places)
    };
    let mut all: Vec<_> = entities.iter().map(place).collect();
    all.sort();
    all
}

/// Texts in which names, titles, marks and odd characters meet at random.
fn newslike() -> impl Strategy<Value = String> {
    let pieces = prop::sample::select(vec![
        "Ada Osei",
        "Osei",
        "Tomas Reyk",
        "President",
        "the president",
        "Norwegian",
        "Norway",
        "’s",
        "'s",
        ",",
        ".",
        "\n\n",
        " said ",
        "Mr ",
        "the ",
        "a ",
        "of ",
        "officials",
        "spokesman",
        "“",
        "”",
        "(NWA)",
        "Ministry of Health",
        "(",
        ")",
        "U.S.",
        "and ",
        "including ",
        "countries",
        "issued ",
        "a statement",
        "New York",
        "O’Neill",
        "-",
        "é",
        "会议",
        "🙂",
        "ßx",
        "الخبر",
        "X",
        "Osei-Reyk",
        "al-",
        "de ",
        "45",
    ]);
    prop::collection::vec((pieces, prop::bool::ANY), 0..40).prop_map(|parts| {
        parts.into_iter().map(|(piece, space)| format!("{piece}{}", if space { " " } else { "" })).collect()
    })
}

proptest! {
    #[test]
    fn spans_are_of_the_text(text in prop_oneof![newslike(), any::<String>()]) {
        let found = read(&text);
        for mention in &found.mentions {
            prop_assert!(mention.chain < found.chains.len());
            prop_assert!(mention.span.contains(mention.core) && !mention.core.is_empty());
            prop_assert!(text.get(mention.span.start..mention.span.end).is_some());
            prop_assert!(text.get(mention.core.start..mention.core.end).is_some());
        }
        let order: Vec<usize> = found.mentions.iter().map(|m| m.span.start).collect();
        prop_assert!(order.is_sorted());
        let mut cores: Vec<_> = found.mentions.iter().filter(|m| m.form != MentionForm::Description).map(|m| m.core).collect();
        cores.sort();
        prop_assert!(cores.windows(2).all(|pair| !pair[0].overlaps(pair[1])));
        for chain in 0..found.chains.len() {
            prop_assert!(found.mentions.iter().any(|m| m.chain == chain));
        }
    }

    #[test]
    fn linking_does_not_depend_on_the_order(texts in prop::collection::vec(newslike(), 1..5), turn in 0_usize..5) {
        let documents: Vec<Document> =
            texts.iter().enumerate().map(|(i, text)| document(&i.to_string(), text)).collect();
        let mut turned = documents.clone();
        turned.rotate_left(turn % texts.len());
        turned.reverse();
        prop_assert_eq!(partition(&documents, &link(&documents)), partition(&turned, &link(&turned)));
    }
}
