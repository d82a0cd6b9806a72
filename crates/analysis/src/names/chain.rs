//! Chains: the mentions of one article that speak of one person, organisation, place or group.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::ops::Range;

use parallax_model::{Chain, EntityKind, Mention, MentionForm, Names};

use super::apposition::Description;
use super::kind::{Votes, votes};
use super::lexicon::{Collective, LEXICON};
use super::phrase::{Determiner, Head, NounPhrase};
use super::reading::Reading;
use super::role::Role;
use super::spelling::{are_variants, fold, prefix};
use super::spotting::ProperName;

/// How many words back a mention is still in mind.
const IN_MIND: usize = 80;

/// Verbs whose subject speaks through the text that is their object.
const ISSUING: [&str; 10] = [
    "issued",
    "issue",
    "issuing",
    "released",
    "releasing",
    "published",
    "signed",
    "sent",
    "circulated",
    "adopted",
];

/// A chain in the making.
#[derive(Debug, Clone, Default)]
struct Thread {
    /// The folded words of its fullest name; empty for a description.
    words: Vec<String>,
    /// The name to show.
    name: String,
    roles: Vec<Role>,
    votes: Votes,
    /// The last mention given to it, as an index of words.
    last: Option<usize>,
    /// How often it was mentioned so far.
    count: usize,
    /// What a description that heads the chain stands for.
    head: Option<Head>,
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
        let mut candidates = index.candidates(&threads, &form, reading);
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
    fn candidates(&self, threads: &[Thread], form: &Form, reading: &Reading) -> Vec<usize> {
        let (Some(first), Some(last)) = (form.words.first(), form.words.last()) else { return Vec::new() };
        let look = |table: &HashMap<String, Vec<usize>>, key: &str, accept: &dyn Fn(&Thread) -> bool| {
            let found = table.get(key).into_iter().flatten().copied().take(64);
            found.filter(|&thread| accept(&threads[thread])).collect::<Vec<_>>()
        };
        let kind = form.votes.kind();
        if kind == EntityKind::Place
            && form.votes.person == 0
            && LEXICON.is_known_place(&reading_name(form, reading))
        {
            return Vec::new();
        }
        let one = form.words.len() == 1;
        let ways: [(&HashMap<String, Vec<usize>>, &str, &dyn Fn(&Thread) -> bool); 4] = [
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
fn reading_name(form: &Form, _reading: &Reading) -> String {
    let capital = |word: &String| {
        let mut letters = word.chars();
        letters
            .next()
            .map(|first| first.to_uppercase().chain(letters).collect::<String>())
            .unwrap_or_default()
    };
    form.words.iter().map(capital).collect::<Vec<_>>().join(" ")
}

fn is_person(thread: &Thread) -> bool {
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

/// Walks through the text, gives each mention its thread, and resolves descriptions.
fn resolve(
    reading: &Reading,
    names: &[ProperName],
    descriptions: &[Description],
    of_name: &[Vec<usize>],
    threads: Vec<Thread>,
) -> (Vec<Thread>, Vec<Mention>) {
    let mut walk = Walk {
        reading,
        threads,
        by_class: HashMap::new(),
        countries: countries(names, descriptions),
        last_group: None,
    };
    let mut thread_of: Vec<Option<usize>> = vec![None; names.len()];
    for (name, candidates) in names.iter().zip(of_name) {
        if let Some(only) = single(candidates) {
            walk.give_roles(only, &name.roles);
        }
    }
    for (thread, candidates) in thread_of.iter_mut().zip(of_name) {
        *thread = single(candidates);
    }
    let mut mentions = Vec::new();
    let mut phrases = descriptions.iter().peekable();
    let mut order: Vec<usize> = (0..names.len()).collect();
    order.sort_by_key(|&at| (names[at].phrase.start, std::cmp::Reverse(names[at].phrase.end)));
    for at in order {
        while let Some(description) = phrases.next_if(|d| d.phrase.range.start < names[at].phrase.start) {
            mentions.push(walk.describe(description, &thread_of));
        }
        let thread = walk.nearest(&of_name[at]);
        thread_of[at] = Some(thread);
        if of_name[at].len() > 1 {
            walk.give_roles(thread, &names[at].roles);
        }
        mentions.push(walk.mention_of_name(&names[at], thread));
    }
    mentions.extend(phrases.map(|description| walk.describe(description, &thread_of)));
    (walk.threads, mentions)
}

/// For each class of roles the countries that the article joins with it.
fn countries(names: &[ProperName], descriptions: &[Description]) -> HashMap<String, BTreeSet<&'static str>> {
    let mut countries: HashMap<String, BTreeSet<&'static str>> = HashMap::new();
    let described = descriptions.iter().map(|d| &d.phrase.role);
    for role in names.iter().flat_map(|name| &name.roles).chain(described) {
        if let Some(country) = role.country {
            countries.entry(role.class().to_owned()).or_default().insert(country);
        }
    }
    countries
}

/// The threads while the mentions are walked through.
struct Walk<'a, 't> {
    reading: &'a Reading<'t>,
    threads: Vec<Thread>,
    /// The threads that have a role of a class.
    by_class: HashMap<String, Vec<usize>>,
    /// The countries that the article joins with a class of roles.
    countries: HashMap<String, BTreeSet<&'static str>>,
    /// The group last spoken of, and the words that did so.
    last_group: Option<(usize, Range<usize>)>,
}

impl Walk<'_, '_> {
    fn give_roles(&mut self, thread: usize, roles: &[Role]) {
        for role in roles {
            let known = self.by_class.entry(role.class().to_owned()).or_default();
            if !known.contains(&thread) {
                known.push(thread);
            }
            self.threads[thread].roles.push(role.clone());
        }
    }

    fn mention(&mut self, thread: usize, at: usize) {
        self.threads[thread].last = Some(at);
        self.threads[thread].count += 1;
    }

    /// The candidate that was mentioned last, else the first.
    fn nearest(&self, candidates: &[usize]) -> usize {
        let last = |thread: usize| self.threads.get(thread).and_then(|t| t.last);
        candidates
            .iter()
            .copied()
            .max_by_key(|&thread| (last(thread), std::cmp::Reverse(thread)))
            .unwrap_or(0)
    }

    fn mention_of_name(&mut self, name: &ProperName, thread: usize) -> Mention {
        self.mention(thread, name.core.start);
        let core = self.reading.span(&name.core);
        let full =
            canonical(core.of(self.reading.text)).split(' ').count() >= self.threads[thread].words.len();
        let form = if full { MentionForm::Name } else { MentionForm::ShortName };
        Mention { span: self.reading.span(&name.phrase), core, chain: thread, form }
    }

    /// The mention of a description: of the name beside it, of a thread that it fits, or of one of its own.
    fn describe(&mut self, description: &Description, of_name: &[Option<usize>]) -> Mention {
        let phrase = &description.phrase;
        let beside = description.name.and_then(|name| of_name.get(name).copied().flatten());
        let resolved = beside.or_else(|| self.issuer(phrase)).or_else(|| self.fitting(phrase));
        let thread = resolved.unwrap_or_else(|| self.open(phrase));
        self.last_group = if is_group(&self.threads[thread]) {
            Some((thread, phrase.range.clone()))
        } else {
            self.last_group.take()
        };
        self.mention(thread, phrase.range.start);
        let span = self.reading.span(&phrase.range);
        Mention { span, core: span, chain: thread, form: MentionForm::Description }
    }

    /// Who issued the text that the phrase speaks of: the subject of "issued a statement", or those behind "the joint statement".
    fn issuer(&mut self, phrase: &NounPhrase) -> Option<usize> {
        if phrase.head != Head::Collective(Collective::Document) {
            return None;
        }
        let (group, at) = self.last_group.clone()?;
        let start = phrase.range.start;
        let same_sentence = self.reading.get(at.start)?.sentence == self.reading.get(start)?.sentence;
        let issued =
            same_sentence && self.reading.before(start).is_some_and(|w| ISSUING.contains(&w.lower.as_str()));
        let joint = phrase.role.modifiers.iter().any(|word| word == "joint")
            && start.saturating_sub(at.end) < IN_MIND;
        let known = self.by_class.contains_key(phrase.role.class());
        if issued || joint && !known {
            self.give_roles(group, std::slice::from_ref(&phrase.role));
            return Some(group);
        }
        None
    }

    fn open(&mut self, phrase: &NounPhrase) -> usize {
        let thread = self.threads.len();
        self.threads.push(Thread { head: Some(phrase.head), ..Thread::default() });
        self.give_roles(thread, std::slice::from_ref(&phrase.role));
        thread
    }

    /// The thread that a description resolves to: of those whose role it fits the one that is most in mind.
    fn fitting(&self, phrase: &NounPhrase) -> Option<usize> {
        let known = self.by_class.get(phrase.role.class())?;
        // The last ones are enough: a description does not reach far back.
        let fitting: Vec<usize> =
            known.iter().rev().take(64).copied().filter(|&at| self.fits(phrase, &self.threads[at])).collect();
        let mentioned = fitting.iter().copied().filter(|&at| self.threads[at].last.is_some());
        let here = phrase.range.start;
        let in_mind = |thread: &Thread| thread.last.is_some_and(|last| here.saturating_sub(last) < IN_MIND);
        let key = |&at: &usize| {
            let thread = &self.threads[at];
            let near = if in_mind(thread) { thread.count } else { 0 };
            (self.same_country(phrase, thread), near, thread.last)
        };
        let cataphor = || single(&fitting).filter(|_| phrase.determiner != Determiner::Bare);
        mentioned.max_by_key(key).or_else(cataphor)
    }

    fn fits(&self, phrase: &NounPhrase, thread: &Thread) -> bool {
        let fits = |role: &Role| {
            phrase.role.fits(role)
                && (phrase.role.country == role.country || self.may_lack_country(phrase, role))
        };
        let kin = match thread.head {
            Some(head) => head == phrase.head || phrase.head == Head::Collective(Collective::Document),
            None => phrase.head == Head::Person && is_person(thread),
        };
        match phrase.determiner {
            Determiner::Indefinite => is_spokesperson_of(phrase, thread),
            Determiner::Bare => {
                thread.head == Some(phrase.head)
                    && thread.roles.first().is_some_and(|role| is_same(role, &phrase.role))
            }
            _ => kin && thread.roles.iter().any(fits),
        }
    }

    /// Whether one of the two may leave the country out: the description always, the name where no two countries compete.
    fn may_lack_country(&self, phrase: &NounPhrase, role: &Role) -> bool {
        phrase.role.country.is_none()
            || self.countries.get(role.class()).is_none_or(|countries| countries.len() < 2)
    }

    fn same_country(&self, phrase: &NounPhrase, thread: &Thread) -> bool {
        phrase.role.country.is_some() && thread.roles.iter().any(|role| role.country == phrase.role.country)
    }
}

/// Whether the unnamed spokesperson of a body is the one whom the article names as its spokesperson.
fn is_spokesperson_of(phrase: &NounPhrase, thread: &Thread) -> bool {
    let same = |role: &Role| {
        role.country == phrase.role.country
            && role.modifiers == phrase.role.modifiers
            && role.head == phrase.role.head
    };
    let of_body = !phrase.role.modifiers.is_empty() || phrase.role.country.is_some();
    thread.head.is_none() && phrase.role.head == "spokesperson" && of_body && thread.roles.iter().any(same)
}

fn is_group(thread: &Thread) -> bool {
    matches!(thread.head, Some(Head::People | Head::Collective(Collective::Plural)))
}

fn single(candidates: &[usize]) -> Option<usize> {
    if let [only] = candidates { Some(*only) } else { None }
}

fn is_same(a: &Role, b: &Role) -> bool {
    (&a.head, a.country, &a.modifiers) == (&b.head, b.country, &b.modifiers)
}

/// The chains with their names, kinds and roles, and the mentions in the order of the text.
fn finish(reading: &Reading, mut threads: Vec<Thread>, mut mentions: Vec<Mention>) -> Names {
    mentions.sort_by_key(|m| (m.span.start, std::cmp::Reverse(m.span.end), m.core.start));
    for mention in &mentions {
        let thread = &mut threads[mention.chain];
        let words = mention.core.of(reading.text);
        let described = mention.form == MentionForm::Description;
        let better = fold(words).len() > fold(&thread.name).len() && described == thread.words.is_empty();
        if thread.name.is_empty() && described == thread.words.is_empty()
            || better && !thread.words.is_empty()
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
