//! Chains of many articles, linked into entities.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use parallax_model::{Document, Entity, EntityKind, MentionForm, Place};

use super::chain::{are_spellings, canonical, initials};
use super::lexicon::LEXICON;
use super::role::{Description, Role};
use super::spelling::prefix;

/// Links the chains of many articles into entities, in the order of their first mention.
///
/// Names link by being the same, by a surname that only one full name has, by spelling, and by initials; a description links
/// to the one name whose role it fits ("the Ruritanian president" to "Ruritania's President Ada Osei" of another article).
/// The result does not depend on the order of the articles. Descriptions that nobody is quoted under, that occur once and
/// link to nothing, make no entity.
pub fn link(documents: &[Document]) -> Vec<Entity> {
    let mut nodes = nodes(documents);
    let mut clusters = Clusters::by_name(&nodes);
    clusters.join_short_names();
    clusters.join_spellings();
    clusters.join_descriptions(&nodes);
    let quoted = quoted_chains(documents);
    let mut groups: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for node in 0..nodes.len() {
        groups.entry(clusters.root(node)).or_default().push(node);
    }
    nodes.iter_mut().for_each(|node| node.mentions.sort_unstable());
    let mut entities: Vec<Entity> = groups
        .values()
        .filter(|group| is_worth_showing(group, &nodes, &quoted, documents))
        .map(|group| entity(group, &nodes))
        .collect();
    entities.sort_by_key(|entity| entity.chains.first().copied());
    entities
}

/// How many of the names that begin alike are compared with each.
const NEIGHBOURS: usize = 200;

/// One chain of one article.
struct Node {
    article: usize,
    chain: usize,
    kind: EntityKind,
    named: bool,
    name: String,
    /// The folded words of the name; empty for descriptions.
    words: Vec<String>,
    roles: Vec<Role>,
    role_texts: Vec<String>,
    description: Option<Description>,
    mentions: Vec<Place>,
}

fn nodes(documents: &[Document]) -> Vec<Node> {
    let mut nodes = Vec::new();
    for (article, document) in documents.iter().enumerate() {
        let first = nodes.len();
        for (chain, found) in document.names.chains.iter().enumerate() {
            let key = if found.named { canonical(&found.name) } else { String::new() };
            nodes.push(Node {
                article,
                chain,
                kind: found.kind,
                named: found.named,
                name: found.name.clone(),
                words: key.split(' ').filter(|word| !word.is_empty()).map(str::to_owned).collect(),
                roles: found.roles.iter().map(|role| Role::parse(role)).collect(),
                role_texts: found.roles.clone(),
                description: (!found.named).then(|| Description::parse(&found.name)),
                mentions: Vec::new(),
            });
        }
        for mention in &document.names.mentions {
            let span = if mention.form == MentionForm::Description { mention.span } else { mention.core };
            if let Some(node) = nodes.get_mut(first + mention.chain) {
                node.mentions.push(Place::new(article, span));
            }
        }
    }
    nodes
}

/// The chains that a quotation is credited to.
fn quoted_chains(documents: &[Document]) -> BTreeSet<(usize, usize)> {
    let of = |(article, document): (usize, &Document)| {
        document.quotations.iter().filter_map(move |q| Some((article, q.speaker.chain?))).collect::<Vec<_>>()
    };
    documents.iter().enumerate().flat_map(of).collect()
}

/// Whether a group of chains makes an entity: it is named or spoken of again, outside furniture, or quoted.
fn is_worth_showing(
    group: &[usize],
    nodes: &[Node],
    quoted: &BTreeSet<(usize, usize)>,
    documents: &[Document],
) -> bool {
    let members = || group.iter().map(|&node| &nodes[node]);
    let reported =
        |place: &&Place| documents.get(place.article).is_some_and(|d| !d.is_boilerplate(place.span));
    let mentions = members().flat_map(|node| &node.mentions).filter(reported).count();
    let named = members().any(|node| node.named || node.description.as_ref().is_some_and(|d| d.has_name));
    members().any(|node| quoted.contains(&(node.article, node.chain))) || mentions > usize::from(!named)
}

/// A name as all articles that have it use it.
struct Name {
    /// A chain that has it.
    node: usize,
    words: Vec<String>,
    /// What most of its mentions are.
    kind: EntityKind,
    /// Whether it is set in capitals throughout.
    capitals: bool,
}

impl Name {
    fn last(&self) -> &str {
        self.words.last().map(String::as_str).unwrap_or_default()
    }

    fn first(&self) -> &str {
        self.words.first().map(String::as_str).unwrap_or_default()
    }

    fn is_person(&self) -> bool {
        self.kind == EntityKind::Person
    }

    fn is_organisation(&self) -> bool {
        self.kind == EntityKind::Organisation
    }

    /// One word alone says little of its kind; capitals throughout are no surname's.
    fn may_be_surname(&self) -> bool {
        self.is_person() || self.words.len() == 1 && self.is_organisation() && !self.capitals
    }
}

/// Chains joined so far.
struct Clusters {
    parent: Vec<usize>,
    /// The distinct names, in their own order.
    names: Vec<Name>,
}

impl Clusters {
    /// Joins the chains that have the same name.
    fn by_name(nodes: &[Node]) -> Self {
        let mut of_name: BTreeMap<(String, bool), Vec<usize>> = BTreeMap::new();
        for (at, node) in nodes.iter().enumerate().filter(|(_, node)| node.named) {
            let person = node.kind == EntityKind::Person;
            let apart = person && node.words.len() == 1 && LEXICON.is_known_place(&node.name);
            of_name.entry((node.words.concat(), apart)).or_default().push(at);
        }
        let mut clusters = Self { parent: (0..nodes.len()).collect(), names: Vec::new() };
        for same in of_name.into_values() {
            same.iter().skip(1).for_each(|&node| clusters.join(same[0], node));
            let kinds = same.iter().map(|&node| (nodes[node].kind, nodes[node].mentions.len()));
            let words = same.iter().map(|&node| nodes[node].words.clone()).max().unwrap_or_default();
            clusters.names.push(Name {
                node: same[0],
                words,
                kind: most_frequent(kinds).unwrap_or(EntityKind::Group),
                capitals: same.iter().all(|&node| nodes[node].name.chars().all(|c| !c.is_lowercase())),
            });
        }
        clusters
    }

    fn root(&mut self, node: usize) -> usize {
        let mut at = node;
        while self.parent[at] != at {
            self.parent[at] = self.parent[self.parent[at]];
            at = self.parent[at];
        }
        at
    }

    fn join(&mut self, a: usize, b: usize) {
        let (a, b) = (self.root(a), self.root(b));
        self.parent[a.max(b)] = a.min(b);
    }

    /// Joins `node` to the candidates where they are all one already.
    fn join_if_one(&mut self, node: usize, candidates: &[usize]) -> bool {
        let roots: BTreeSet<usize> = candidates.iter().map(|&candidate| self.root(candidate)).collect();
        let only = roots.first().copied().filter(|_| roots.len() == 1);
        if let Some(only) = only {
            self.join(only, node);
        }
        only.is_some()
    }

    /// Joins surnames, shortened names and initials to the one longer name that they may stand for.
    fn join_short_names(&mut self) {
        let joins: Vec<(usize, Vec<usize>)> = {
            let index = FullNames::of(&self.names);
            self.names.iter().map(|name| (name.node, index.of_short(name))).collect()
        };
        for (short, fuller) in joins {
            self.join_if_one(short, &fuller);
        }
    }

    /// Joins people's names that differ in spelling only; a surname alone where only one name is spelled like it.
    fn join_spellings(&mut self) {
        let mut by_prefix: BTreeMap<&str, Vec<&Name>> = BTreeMap::new();
        for name in self.names.iter().filter(|name| name.may_be_surname()) {
            by_prefix.entry(prefix(name.last())).or_default().push(name);
        }
        let (mut pairs, mut lone) = (Vec::new(), Vec::new());
        for (at, a, alike) in
            by_prefix.values().flat_map(|alike| alike.iter().enumerate().map(move |(at, a)| (at, a, alike)))
        {
            // Names that begin alike are few in the reports of an event; a large archive must not pay for the square.
            let near = alike[at.saturating_sub(NEIGHBOURS)..].iter().take(2 * NEIGHBOURS);
            let spelled = near
                .filter(|b| a.node != b.node && a.last() != b.last() && are_spellings(&a.words, &b.words));
            if a.words.len() == 1 {
                lone.push((a.node, spelled.map(|b| b.node).collect::<Vec<_>>()));
            } else {
                pairs.extend(spelled.filter(|b| b.words.len() == a.words.len()).map(|b| (a.node, b.node)));
            }
        }
        pairs.into_iter().for_each(|(a, b)| self.join(a, b));
        for (node, candidates) in lone {
            self.join_if_one(node, &candidates);
        }
    }

    /// Joins descriptions to the one name whose role they fit, or to the same words in another article.
    fn join_descriptions(&mut self, nodes: &[Node]) {
        let mut bearers: HashMap<&'static str, Vec<(usize, &Role)>> = HashMap::new();
        for (at, node) in
            nodes.iter().enumerate().filter(|(_, node)| node.named && node.kind == EntityKind::Person)
        {
            for role in &node.roles {
                if let Some(country) = role.country {
                    bearers.entry(country).or_default().push((at, role));
                }
            }
        }
        let mut same: BTreeMap<String, usize> = BTreeMap::new();
        for (at, node) in nodes.iter().enumerate() {
            let Some(description) = node.description.as_ref().filter(|d| d.definite) else { continue };
            if description.role.country.is_none() && !description.has_name {
                continue;
            }
            if let Some(country) = description.role.country.filter(|_| node.kind == EntityKind::Person) {
                let fitting = bearers.get(country).into_iter().flatten();
                let fitting: Vec<usize> = fitting
                    .filter(|(_, role)| description.role.fits(role))
                    .map(|(bearer, _)| *bearer)
                    .collect();
                if self.join_if_one(at, &fitting) || !fitting.is_empty() {
                    continue;
                }
            }
            let key = description.key();
            let first = *same.entry(key).or_insert(at);
            self.join(first, at);
        }
    }
}

/// The names of several words, to be found by a part.
struct FullNames<'a> {
    by_last: HashMap<&'a str, Vec<&'a Name>>,
    by_first: HashMap<&'a str, Vec<&'a Name>>,
    by_initials: HashMap<String, Vec<&'a Name>>,
}

impl<'a> FullNames<'a> {
    fn of(names: &'a [Name]) -> Self {
        let mut index =
            Self { by_last: HashMap::new(), by_first: HashMap::new(), by_initials: HashMap::new() };
        for name in names.iter().filter(|name| name.words.len() > 1) {
            index.by_last.entry(name.last()).or_default().push(name);
            index.by_first.entry(name.first()).or_default().push(name);
            index.by_initials.entry(initials(&name.words)).or_default().push(name);
        }
        index
    }

    /// The chains of the names that `short` may be short for.
    fn of_short(&self, short: &Name) -> Vec<usize> {
        let nodes = |names: Option<&Vec<&Name>>, accept: &dyn Fn(&Name) -> bool| -> Vec<usize> {
            names.into_iter().flatten().filter(|name| accept(name)).map(|name| name.node).collect()
        };
        let surname =
            |full: &Name| short.may_be_surname() && full.is_person() && is_inside(&short.words, &full.words);
        let spells_out = |full: &Name| {
            short.words.len() == 1
                && short.is_organisation()
                && short.last().len() > 2
                && full.is_organisation()
        };
        let ways = [
            nodes(self.by_last.get(short.last()), &surname),
            nodes(self.by_first.get(short.first()), &|full| begins_body(short, full)),
            nodes(self.by_initials.get(short.last()), &spells_out),
        ];
        ways.into_iter().find(|found| !found.is_empty()).unwrap_or_default()
    }
}

/// Whether the words of `short` occur in `full` in their order.
fn is_inside(short: &[String], full: &[String]) -> bool {
    let mut rest = full.iter();
    short.len() < full.len() && short.iter().all(|word| rest.any(|other| other == word))
}

/// Whether `short` is the beginning of the body's name `full`.
fn begins_body(short: &Name, full: &Name) -> bool {
    let rest = full.words.get(short.words.len()..).unwrap_or_default();
    let governed = rest.first().is_some_and(|word| word == "of" || word == "for");
    let common = short.words.iter().all(|word| LEXICON.is_common(word));
    let bodies = short.is_organisation() && full.is_organisation();
    bodies && !governed && !common && !rest.is_empty() && full.words.starts_with(&short.words)
}

/// The entity that a group of chains makes.
fn entity(group: &[usize], nodes: &[Node]) -> Entity {
    let members: Vec<&Node> = group.iter().map(|&node| &nodes[node]).collect();
    let named = members.iter().any(|node| node.named);
    let speaking = || members.iter().filter(|node| node.named == named);
    let mut mentions: Vec<Place> = members.iter().flat_map(|node| node.mentions.iter().copied()).collect();
    mentions.sort_unstable();
    mentions.dedup();
    let mut chains: Vec<(usize, usize)> = members.iter().map(|node| (node.article, node.chain)).collect();
    chains.sort_unstable();
    let full = speaking().map(|node| node.words.len().min(2)).max().unwrap_or(0);
    let names = speaking().filter(|node| node.words.len().min(2) == full);
    let kinds = speaking().map(|node| (node.kind, node.mentions.len()));
    let shown = |name: &str| LEXICON.country(name).unwrap_or(name).to_owned();
    Entity {
        name: most_frequent(names.map(|node| (shown(&node.name), node.mentions.len()))).unwrap_or_default(),
        kind: most_frequent(kinds).unwrap_or(EntityKind::Group),
        roles: by_frequency(
            members.iter().flat_map(|node| node.role_texts.iter().map(|role| (role.clone(), 1))),
        ),
        mentions,
        chains,
    }
}

/// The value with the greatest weight; of equals the first in their own order.
fn most_frequent<T: Ord + Clone>(weighted: impl Iterator<Item = (T, usize)>) -> Option<T> {
    by_frequency(weighted).into_iter().next()
}

/// The values by falling weight; equals in their own order.
fn by_frequency<T: Ord + Clone>(weighted: impl Iterator<Item = (T, usize)>) -> Vec<T> {
    let mut weights: BTreeMap<T, usize> = BTreeMap::new();
    for (value, weight) in weighted {
        *weights.entry(value).or_default() += weight;
    }
    let mut values: Vec<(T, usize)> = weights.into_iter().collect();
    values.sort_by_key(|(_, weight)| std::cmp::Reverse(*weight));
    values.into_iter().map(|(value, _)| value).collect()
}
