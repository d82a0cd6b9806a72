//! Chains: the mentions of one article that speak of one person, organisation, place or group.

use std::collections::{BTreeMap, HashMap};

use parallax_model::{Chain, EntityKind, Mention, MentionForm, Names};

use super::apposition::Description;
use super::kind::{Votes, votes};
use super::lexicon::{Collective, LEXICON};
use super::phrase::Head;
use super::reading::Reading;
use super::resolution::resolve;
use super::role::Role;
use super::spelling::{are_variants, fold, prefix};
use super::spotting::ProperName;

/// A chain in the making.
#[derive(Debug, Clone, Default)]
pub(super) struct Thread {
    /// The folded words of its fullest name; empty for a description.
    pub(super) words: Vec<String>,
    /// The name to show.
    pub(super) name: String,
    pub(super) roles: Vec<Role>,
    pub(super) votes: Votes,
    /// The last mention given to it, as an index of words.
    pub(super) last: Option<usize>,
    /// How often it was mentioned so far.
    pub(super) count: usize,
    /// What a description that heads the chain stands for.
    pub(super) head: Option<Head>,
}

/// One way of writing a name, with all the places where the article writes it so.
#[derive(Debug, Default)]
struct Form {
    words: Vec<String>,
    /// Where, as indices of proper names.
    at: Vec<usize>,
    votes: Votes,
}

/// Gathers names and descriptions into chains.
pub(super) fn gather(reading: &Reading, names: &[ProperName], descriptions: &[Description]) -> Names {
    let forms = forms(reading, names);
    let mut threads: Vec<Thread> = Vec::new();
    let mut of_name: Vec<Vec<usize>> = vec![Vec::new(); names.len()];
    let mut index = Index::default();
    for form in by_fullness(forms) {
        let mut candidates = index.candidates(&threads, &form);
        if candidates.is_empty() {
            candidates.push(threads.len());
            index.add(&form.words, threads.len());
            threads.push(Thread { words: form.words.clone(), ..Thread::default() });
        }
        if let [only] = candidates[..] {
            threads[only].votes.add(form.votes);
        }
        for name in form.at {
            of_name[name].clone_from(&candidates);
        }
    }
    let (threads, mentions) = resolve(reading, names, descriptions, &of_name, threads);
    finish(reading, threads, mentions)
}

/// The different ways of writing a name.
fn forms(reading: &Reading, names: &[ProperName]) -> Vec<Form> {
    let mut forms: BTreeMap<String, Form> = BTreeMap::new();
    for (at, name) in names.iter().enumerate() {
        let key = canonical(reading.slice(&name.core));
        let form = forms.entry(key.clone()).or_default();
        if form.at.is_empty() {
            form.words = key.split(' ').map(str::to_owned).collect();
        }
        form.at.push(at);
        form.votes.add(votes(reading, name));
    }
    forms.into_values().collect()
}

/// The folded name, of a country the folded name that stands for all its others.
pub(super) fn canonical(name: &str) -> String {
    fold(LEXICON.country(name).unwrap_or(name))
}

/// Fullest names first, and among them the earliest.
fn by_fullness(mut forms: Vec<Form>) -> Vec<Form> {
    forms.sort_by_key(|form| (std::cmp::Reverse(form.words.len()), form.at.first().copied()));
    forms
}

/// A table, the key to look up in it, and which of the threads found are accepted.
type Way<'a> = (&'a HashMap<String, Vec<usize>>, &'a str, &'a dyn Fn(&Thread) -> bool);

/// Where to look for the thread of a shorter or otherwise spelled name.
#[derive(Debug, Default)]
struct Index {
    by_last: HashMap<String, Vec<usize>>,
    by_first: HashMap<String, Vec<usize>>,
    by_prefix: HashMap<String, Vec<usize>>,
    by_initials: HashMap<String, Vec<usize>>,
}

impl Index {
    fn add(&mut self, words: &[String], thread: usize) {
        let (Some(first), Some(last)) = (words.first(), words.last()) else { return };
        self.by_last.entry(last.clone()).or_default().push(thread);
        self.by_first.entry(first.clone()).or_default().push(thread);
        self.by_prefix.entry(prefix(last).to_owned()).or_default().push(thread);
        if words.len() > 1 {
            self.by_initials.entry(initials(words)).or_default().push(thread);
        }
    }

    /// The threads that `form` may be a shorter or otherwise spelled name of.
    fn candidates(&self, threads: &[Thread], form: &Form) -> Vec<usize> {
        let (Some(first), Some(last)) = (form.words.first(), form.words.last()) else { return Vec::new() };
        let look = |table: &HashMap<String, Vec<usize>>, key: &str, accept: &dyn Fn(&Thread) -> bool| {
            let found = table.get(key).into_iter().flatten().copied().take(64);
            found.filter(|&thread| accept(&threads[thread])).collect::<Vec<_>>()
        };
        let kind = form.votes.kind();
        if kind == EntityKind::Place && form.votes.person == 0 && LEXICON.is_known_place(&reading_name(form))
        {
            return Vec::new();
        }
        let one = form.words.len() == 1;
        let ways: [Way; 4] = [
            (&self.by_last, last, &|t| is_person(t) && (one || is_shorter(&form.words, &t.words))),
            (&self.by_first, first, &|t| if is_person(t) { one } else { shortens_body(form, t) }),
            (&self.by_initials, last, &|t| one && !is_person_by_evidence(t)),
            (&self.by_prefix, prefix(last), &|t| is_person(t) && are_spellings(&form.words, &t.words)),
        ];
        ways.into_iter()
            .map(|(table, key, accept)| look(table, key, accept))
            .find(|found| !found.is_empty())
            .unwrap_or_default()
    }
}

/// The name as a text may write it, to look it up: each word with a capital.
fn reading_name(form: &Form) -> String {
    let capital = |word: &String| {
        let mut letters = word.chars();
        letters
            .next()
            .map(|first| first.to_uppercase().chain(letters).collect::<String>())
            .unwrap_or_default()
    };
    form.words.iter().map(capital).collect::<Vec<_>>().join(" ")
}

pub(super) fn is_person(thread: &Thread) -> bool {
    thread.votes.kind() == EntityKind::Person
}

fn is_person_by_evidence(thread: &Thread) -> bool {
    thread.votes.person > 0 && is_person(thread)
}

/// Whether `short` has the same first and last word as `full`, or its words in their order.
fn is_shorter(short: &[String], full: &[String]) -> bool {
    let mut rest = full.iter();
    short.len() < full.len() && short.iter().all(|word| rest.any(|other| other == word))
}

/// Whether the form is the beginning of a body's name: "Harbour Line" of "Harbour Line Holdings".
fn shortens_body(form: &Form, thread: &Thread) -> bool {
    let organisation = thread.votes.kind() == EntityKind::Organisation;
    let common = form.words.iter().all(|word| LEXICON.is_common(word));
    let rest = thread.words.get(form.words.len()..).unwrap_or_default();
    let governed = rest.first().is_some_and(|word| word == "of" || word == "for");
    organisation && !common && !governed && form.votes.place == 0 && thread.words.starts_with(&form.words)
}

/// Whether two names differ in spelling only: the last word by a letter or two, the first not at all or likewise.
pub(super) fn are_spellings(a: &[String], b: &[String]) -> bool {
    let (Some(last), Some(other)) = (a.last(), b.last()) else { return false };
    let firsts = a.len() == 1
        || b.len() == 1
        || a.first() == b.first()
        || a.first().zip(b.first()).is_some_and(|(a, b)| are_variants(a, b));
    firsts && are_variants(last, other)
}

/// The initials of the words of a name, small words left out.
pub(super) fn initials(words: &[String]) -> String {
    let small = |word: &str| matches!(word, "of" | "the" | "and" | "for" | "&");
    words.iter().filter(|word| !small(word)).filter_map(|word| word.chars().next()).collect()
}

/// The chains with their names, kinds and roles, and the mentions in the order of the text.
fn finish(reading: &Reading, mut threads: Vec<Thread>, mut mentions: Vec<Mention>) -> Names {
    mentions.sort_by_key(|m| (m.span.start, std::cmp::Reverse(m.span.end), m.core.start));
    for mention in &mentions {
        let thread = &mut threads[mention.chain];
        let words = mention.core.of(reading.text);
        let described = mention.form == MentionForm::Description;
        let is_fuller = || fold(words).len() > fold(&thread.name).len();
        if described == thread.words.is_empty()
            && (thread.name.is_empty() || !thread.words.is_empty() && is_fuller())
        {
            words.clone_into(&mut thread.name);
        }
    }
    let mut numbers: Vec<Option<usize>> = vec![None; threads.len()];
    let mut chains = Vec::new();
    for mention in &mut mentions {
        let thread = &threads[mention.chain];
        mention.chain = *numbers[mention.chain].get_or_insert_with(|| {
            chains.push(chain(thread));
            chains.len() - 1
        });
    }
    Names { chains, mentions }
}

fn chain(thread: &Thread) -> Chain {
    let named = !thread.words.is_empty();
    let kind = match thread.head {
        Some(Head::Person) => EntityKind::Person,
        Some(Head::People | Head::Collective(Collective::Plural | Collective::Persons)) => EntityKind::Group,
        Some(Head::Collective(_)) => EntityKind::Organisation,
        None => thread.votes.kind(),
    };
    let mut roles: Vec<String> = Vec::new();
    for role in &thread.roles {
        if named && !roles.contains(&role.text) {
            roles.push(role.text.clone());
        }
    }
    let gender = thread.votes.gender().or_else(|| thread.roles.iter().find_map(|role| role.gender));
    Chain {
        kind,
        name: thread.name.clone(),
        named,
        roles,
        gender: gender.filter(|_| kind == EntityKind::Person),
    }
}
