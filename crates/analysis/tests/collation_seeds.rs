//! Collation on its own: the annotated quotations and speakers of the five seed reports in, the annotated utterances wanted.

#![expect(
    clippy::unwrap_used,
    reason = "the annotation is known to be whole; where it is not, the test must fail"
)]

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use parallax_analysis::collation::collate;
use parallax_analysis::names::link;
use parallax_model::{
    Body, Chain, Document, Entity, EntityKind, Quotation, QuotationKind, RawReport, Rendition,
    RenditionRelation, Span, Speaker, Utterance,
};
use serde_json::Value;

type Pair<'a> = (&'a str, &'a str);

#[test]
fn the_sayings_of_the_seed_reports_are_collated() {
    let Some(seeds) = seeds() else { return };
    let case = Case::read(&seeds);
    let utterances = collate(&case.documents, &case.entities, &case.origin_of);
    let quoted = case.pairs(&utterances, &|kind| kind != "indirect");
    let pairs = case.pairs(&utterances, &|_| true);
    let altered = case.altered(&utterances);
    let relations = case.relations(&utterances);
    eprintln!("pairs {pairs:?}\nquoted pairs {quoted:?}\naltered {altered:?}\nrelations {relations:.3}");
    assert!(pairs.f1() >= 0.80 && quoted.f1() >= 0.95 && altered.f1() >= 0.95 && relations >= 0.95);
}

fn seeds() -> Option<PathBuf> {
    let here = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared");
    let seeds = std::env::var_os("PARALLAX_SHARED").map_or(here, PathBuf::from).join("data/seeds");
    if !seeds.is_dir() {
        eprintln!("SKIPPED: {} is absent", seeds.display());
        return None;
    }
    Some(seeds)
}

/// How many were right, given and wanted.
#[derive(Debug)]
struct Tally {
    right: usize,
    given: usize,
    wanted: usize,
}

impl Tally {
    fn of<T: Ord>(given: &BTreeSet<T>, wanted: &BTreeSet<T>) -> Self {
        Self { right: given.intersection(wanted).count(), given: given.len(), wanted: wanted.len() }
    }

    fn f1(&self) -> f64 {
        2.0 * self.right as f64 / (self.given + self.wanted).max(1) as f64
    }
}

struct Case {
    documents: Vec<Document>,
    entities: Vec<Entity>,
    origin_of: Vec<usize>,
    quotes: BTreeMap<String, Value>,
    /// Ids by article and position.
    ids: Vec<Vec<String>>,
    groups: Vec<Value>,
}

impl Case {
    fn read(seeds: &Path) -> Self {
        let gold = |name: &str| -> Vec<Value> {
            serde_json::from_str(&std::fs::read_to_string(seeds.join("gold").join(name)).unwrap()).unwrap()
        };
        let mut files: Vec<_> = std::fs::read_dir(seeds).unwrap().map(|f| f.unwrap().path()).collect();
        files.retain(|f| f.extension().is_some_and(|e| e == "txt"));
        files.sort();
        let documents = parallax_analysis::read(files.iter().map(|f| report(f)).collect());
        let mut case = Self {
            entities: link(&documents),
            documents,
            // The third rewrites the first, as the annotation of the lineage says.
            origin_of: vec![0, 1, 0, 3, 4],
            quotes: BTreeMap::new(),
            ids: Vec::new(),
            groups: gold("utterances.json"),
        };
        case.groups.retain(|g| g["level"] == "sentence_or_fragment");
        case.place(&gold("quotes.json"));
        case
    }

    /// Puts the annotated quotations and their speakers in place of the found ones.
    fn place(&mut self, quotes: &[Value]) {
        let mut entity_of: BTreeMap<String, usize> = BTreeMap::new();
        for (index, document) in self.documents.iter_mut().enumerate() {
            let number = &document.article.id[..3];
            let mut here: Vec<_> =
                quotes.iter().filter(|q| q["article"] == number && q["kind"] != "scare").collect();
            here.sort_by_key(|q| (q["start"].as_u64(), q["end"].as_u64()));
            document.quotations.clear();
            for quote in &here {
                let name = text(&quote["speaker"]);
                let chain = (!name.is_empty()).then(|| chain(document, name));
                if let Some(chain) = chain {
                    let entity = *entity_of.entry(name.to_owned()).or_insert_with(|| {
                        self.entities.push(entity(name));
                        self.entities.len() - 1
                    });
                    self.entities[entity].chains.push((index, chain));
                    self.entities[entity].chains.dedup();
                }
                let found = quotation(document.text(), quote, chain);
                document.quotations.push(found);
                self.quotes.insert(text(&quote["id"]).to_owned(), (*quote).clone());
            }
            self.ids.push(here.iter().map(|q| text(&q["id"]).to_owned()).collect());
        }
    }

    fn id(&self, rendition: &Rendition) -> &str {
        &self.ids[rendition.quotation.article][rendition.quotation.quotation]
    }

    fn words(&self, id: &str) -> String {
        text(&self.quotes[id]["text"]).chars().take(80).collect()
    }

    fn is_required(&self, id: &str) -> bool {
        self.quotes[id]["expect"] == "required"
    }

    fn pairs(&self, utterances: &[Utterance], kinds: &impl Fn(&str) -> bool) -> Tally {
        let usable = |id: &str| self.is_required(id) && kinds(text(&self.quotes[id]["kind"]));
        let across = |a: &[&'_ str], b: &[&'_ str]| -> BTreeSet<(String, String)> {
            let pairs = a.iter().flat_map(|a| b.iter().map(move |b| (*a.min(b), *a.max(b))));
            let across = pairs.filter(|(a, b): &Pair<'_>| a[..4] != b[..4] && usable(a) && usable(b));
            across.map(|(a, b)| (a.to_owned(), b.to_owned())).collect()
        };
        let mut given = BTreeSet::new();
        for utterance in utterances {
            let ids: Vec<_> = utterance.renditions.iter().map(|r| self.id(r)).collect();
            given.extend(across(&ids, &ids));
        }
        let (mut wanted, mut neutral) = (BTreeSet::new(), BTreeSet::new());
        for group in &self.groups {
            wanted.extend(across(&members(group), &members(group)));
            for related in group["related"].as_array().into_iter().flatten() {
                let other = self.groups.iter().find(|g| g["utterance_group"] == *related);
                neutral.extend(across(&members(group), &other.map(members).unwrap_or_default()));
            }
        }
        let given: BTreeSet<_> = given.difference(&(&neutral - &wanted)).cloned().collect();
        for (what, pairs) in [("apart", &wanted - &given), ("wrongly together", &given - &wanted)] {
            for (a, b) in &pairs {
                eprintln!("{what}: {a} {:?} ~ {b} {:?}", self.words(a), self.words(b));
            }
        }
        Tally::of(&given, &wanted)
    }

    fn altered(&self, utterances: &[Utterance]) -> Tally {
        let candidate = |id: &&str| self.is_required(id) && self.quotes[*id]["kind"] != "indirect";
        let altered = utterances.iter().flat_map(|u| &u.renditions).filter(|r| r.relation.is_altered());
        let given: BTreeSet<_> = altered.map(|r| self.id(r)).filter(candidate).collect();
        let rows = self.groups.iter().flat_map(|g| g["members"].as_array().unwrap());
        let wanted = rows.filter(|m| relation(text(&m["relation"])).is_altered()).map(|m| text(&m["quote"]));
        let wanted: BTreeSet<_> = wanted.filter(candidate).collect();
        for (what, ids) in
            [("altered, not seen", &wanted - &given), ("wrongly called altered", &given - &wanted)]
        {
            ids.iter().for_each(|id| eprintln!("{what}: {id} {}", self.words(id)));
        }
        Tally::of(&given, &wanted)
    }

    /// The share of renditions with the annotated relation, of those put together with another article's of their group.
    fn relations(&self, utterances: &[Utterance]) -> f64 {
        let (mut right, mut asked) = (0_u32, 0_u32);
        for group in &self.groups {
            let ids = members(group);
            for member in group["members"].as_array().unwrap() {
                let id = text(&member["quote"]);
                let is_other = |r: &Rendition| ids.contains(&self.id(r)) && self.id(r)[..4] != id[..4];
                let together = utterances.iter().filter(|u| u.renditions.iter().any(is_other));
                let part = member.get("subspan").unwrap_or(&self.quotes[id]);
                let said = together.flat_map(|u| &u.renditions).filter(|r| self.id(r) == id);
                let said: Vec<_> = said.filter(|r| self.covers(r, part)).collect();
                if said.is_empty() || !self.is_required(id) {
                    continue;
                }
                let wanted = relation(text(&member["relation"]));
                let is_part = |r: &Rendition| {
                    wanted == RenditionRelation::Truncated
                        && r.relation == RenditionRelation::Verbatim
                        && r.spans.is_some()
                };
                let good = said.iter().any(|r| r.relation == wanted || is_part(r));
                asked += 1;
                right += u32::from(good);
                if !good {
                    let said: Vec<_> = said.iter().map(|r| (r.relation, &r.differences)).collect();
                    eprintln!("relation: {id} is {wanted:?}, found {said:?}: {}", self.words(id));
                }
            }
        }
        f64::from(right) / f64::from(asked.max(1))
    }

    fn covers(&self, rendition: &Rendition, part: &Value) -> bool {
        let wanted = span(self.documents[rendition.quotation.article].text(), part);
        rendition.spans.as_ref().is_none_or(|spans| spans.iter().any(|s| s.overlaps(wanted)))
    }
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_default()
}

fn report(file: &Path) -> RawReport {
    RawReport {
        id: file.file_stem().unwrap().to_string_lossy().into_owned(),
        place: file.display().to_string(),
        body: Body::Text(std::fs::read_to_string(file).unwrap()),
        ..RawReport::default()
    }
}

fn chain(document: &mut Document, name: &str) -> usize {
    let chains = &mut document.names.chains;
    let marked = format!("{name} (annotated)");
    chains.iter().position(|c| c.name == marked).unwrap_or_else(|| {
        let named = !name.contains("unnamed") && !name.contains("joint");
        chains.push(Chain { kind: kind(name), name: marked, named, roles: Vec::new(), gender: None });
        chains.len() - 1
    })
}

fn kind(name: &str) -> EntityKind {
    match name {
        n if n.contains("joint") || n.contains(';') || n.contains("officials") => EntityKind::Group,
        "United States" | "Kremlin" | "Ukraine's military" => EntityKind::Organisation,
        _ => EntityKind::Person,
    }
}

fn entity(name: &str) -> Entity {
    Entity {
        name: name.to_owned(),
        kind: kind(name),
        roles: Vec::new(),
        mentions: Vec::new(),
        chains: Vec::new(),
    }
}

fn quotation(text: &str, quote: &Value, chain: Option<usize>) -> Quotation {
    Quotation {
        kind: match quote["kind"].as_str() {
            Some("direct") => QuotationKind::Direct,
            Some("mixed") => QuotationKind::Mixed,
            _ => QuotationKind::Indirect,
        },
        spans: vec![span(text, quote)],
        cue: quote.get("cue").filter(|c| !c.is_null()).map(|c| span(text, c)),
        speaker: Speaker {
            mention: quote.get("speaker_mention").filter(|m| m.get("start").is_some()).map(|m| span(text, m)),
            chain,
            name: quote["speaker"].as_str().map(str::to_owned),
        },
        speech: true,
        rule: "annotated",
        confidence: 1.0,
    }
}

/// The annotation counts scalar values.
fn span(text: &str, holder: &Value) -> Span {
    let byte = |field: &str| {
        let scalars = holder[field].as_u64().unwrap() as usize;
        text.char_indices().nth(scalars).map_or(text.len(), |(at, _)| at)
    };
    Span::new(byte("start"), byte("end"))
}

fn members(group: &Value) -> Vec<&str> {
    group["members"].as_array().unwrap().iter().map(|m| text(&m["quote"])).collect()
}

fn relation(word: &str) -> RenditionRelation {
    match word {
        "verbatim" => RenditionRelation::Verbatim,
        "typo_or_word" => RenditionRelation::Typo,
        "truncated" => RenditionRelation::Truncated,
        "elided/spliced" => RenditionRelation::Spliced,
        "reworded" => RenditionRelation::Reworded,
        _ => RenditionRelation::Paraphrased,
    }
}
