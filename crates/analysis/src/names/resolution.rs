//! Descriptions resolved to the chains that they speak of, in the order of the text.

use std::collections::{BTreeSet, HashMap};
use std::ops::Range;

use parallax_model::{Mention, MentionForm};

use super::apposition::Description;
use super::chain::{Thread, canonical, is_person};
use super::lexicon::Collective;
use super::phrase::{Determiner, Head, NounPhrase};
use super::reading::Reading;
use super::role::Role;
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

/// Walks through the text, gives each mention its thread, and resolves descriptions.
pub(super) fn resolve(
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
            same_sentence && self.reading.before(start).is_some_and(|w| ISSUING.contains(&w.lower.as_ref()));
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
