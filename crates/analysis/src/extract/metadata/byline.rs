//! Who signed an article.

use super::Metadata;
use super::marks::{Form, Marks};
use super::names::{given_names, is_degree, is_full_name, shown};

const AUTHORS: [&str; 16] = [
    "dc:creator",
    "dc.creator",
    "dcterm:creator",
    "dcterm.creator",
    "dcterms.creator",
    "author",
    "article:author",
    "article:author_name",
    "parsely-author",
    "sailthru.author",
    "byl",
    "og:author",
    "og:article:author",
    "dc.contributor",
    "citation_author",
    "cxenseparse:author",
];

/// Chooses the authors: as the page states them for machines, else as it shows them. The outlet itself is one only where nobody else is.
pub(super) fn choose(stated: &Metadata, marks: &Marks, outlet: Option<&str>) -> Vec<String> {
    let named = AUTHORS.iter().map(|name| meta(marks, name, outlet)).find(|names| !names.is_empty());
    let on_card = || marks.labelled(is_writer).map(given_names).unwrap_or_default();
    let given = [stated.authors.clone(), named.unwrap_or_else(on_card)].map(deduplicated);
    let is_author = |name: &String| !outlet.is_some_and(|outlet| is_same_house(outlet, name));
    let by_person = |names: &[String]| names.iter().filter(|name| is_author(name)).cloned().collect();
    let stated = given.iter().map(|names| by_person(names)).find(|names: &Vec<String>| !names.is_empty());
    let is_stated = given.iter().any(|names| !names.is_empty());
    match stated {
        Some(names) if names.iter().any(|name| name.contains(' ')) => names,
        Some(names) => fuller(names, marks),
        // Where the outlet is given, only what surely is a person's name goes before it.
        None => {
            let is_shown = |name: &String| is_author(name) && (!is_stated || is_full_name(name));
            let shown: Vec<String> = deduplicated(signed(marks)).into_iter().filter(is_shown).collect();
            let outlets = || given.into_iter().find(|names| !names.is_empty()).unwrap_or_default();
            if shown.is_empty() { outlets() } else { shown }
        }
    }
}

/// Whether a label of a card for sharing says that a name behind it is the writer's.
fn is_writer(label: &str) -> bool {
    const LABELS: [&str; 9] = [
        "written by",
        "verfasst von",
        "geschrieben von",
        "escrito por",
        "écrit par",
        "scritto da",
        "geschreven door",
        "napisane przez",
        "author",
    ];
    LABELS.contains(&label.to_lowercase().as_str())
}

/// Whether a name is the outlet's: the same, or with more or less of it said: "Lindach Post" and "Lindach Post Online".
fn is_same_house(outlet: &str, name: &str) -> bool {
    const SHORTEST: usize = 5;
    let letters = |text: &str| {
        text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect::<String>()
    };
    let (outlet, name) = (letters(outlet), letters(name));
    outlet == name
        || name.len() >= SHORTEST && outlet.starts_with(&name)
        || outlet.len() >= SHORTEST && name.starts_with(&outlet)
}

/// First names or names of users as the page shows them in full, where it does: "Ada" and "adaosei" as "Ada Osei".
fn fuller(names: Vec<String>, marks: &Marks) -> Vec<String> {
    let letters = |text: &str| {
        text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect::<String>()
    };
    let shown = signed(marks);
    let is_full = |full: &str, name: &str| {
        is_full_name(full)
            && (full.split(' ').any(|word| word.eq_ignore_ascii_case(name)) || letters(full) == letters(name))
    };
    names
        .into_iter()
        .map(|name| shown.iter().find(|full| is_full(full, &name)).cloned().unwrap_or(name))
        .collect()
}

/// The names that the page shows: those near the headline before others, the first in the surest form, and those right behind it in
/// the same form.
fn signed(marks: &Marks) -> Vec<String> {
    // How far apart the names of one byline may stand, in nodes.
    const NEAR: usize = 20;
    // How far before and behind the headline its byline may stand, in nodes.
    const BEFORE: usize = 60;
    const BEHIND: usize = 250;
    let headline = marks.headline_at();
    let is_far = |node: usize| headline.is_none_or(|at| node + BEFORE < at || node > at + BEHIND);
    let mut signed: Vec<(bool, Form, usize, Vec<String>)> = marks
        .signatures
        .iter()
        .map(|signature| (is_far(signature.node), signature.form, signature.node, shown(&signature.text)))
        .map(|(is_far, form, node, mut names)| {
            if form == Form::Kin {
                names.retain(|name| !is_far && is_full_name(name));
            }
            (is_far, form, node, names)
        })
        .collect();
    signed.retain(|(.., names)| !names.is_empty());
    let Some(first) = signed.iter().map(|(is_far, form, ..)| (*is_far, *form)).min() else {
        return Vec::new();
    };
    let mut names = Vec::new();
    let mut last = None;
    for (_, _, node, more) in signed.into_iter().filter(|(is_far, form, ..)| (*is_far, *form) == first) {
        if last.is_some_and(|last| node > last + NEAR) {
            break;
        }
        last = Some(node);
        names.extend(more);
    }
    names
}

/// The names in the meta elements of a name. The outlet's may hold what parts names elsewhere: "Hill & Valley".
fn meta(marks: &Marks, name: &str, outlet: Option<&str>) -> Vec<String> {
    let is_outlet = |field: &str| outlet.is_some_and(|outlet| outlet.eq_ignore_ascii_case(field.trim()));
    marks
        .all(name)
        .flat_map(|field| match surname_first(name, field) {
            Some(turned) => vec![turned],
            None if is_outlet(field) => vec![field.trim().to_owned()],
            None => given_names(field),
        })
        .collect()
}

/// A name as catalogues give it, turned round: "Osei, Ada" is Ada Osei.
fn surname_first(name: &str, field: &str) -> Option<String> {
    let is_catalogue = name == "citation_author" || name.starts_with("dc") && name.ends_with("creator");
    let (surname, rest) = field.split_once(',').filter(|_| is_catalogue)?;
    let (surname, rest) = (surname.trim(), rest.trim());
    let is_turned = !surname.contains(' ') && !rest.contains([',', ';']) && rest.split(' ').count() <= 3;
    (is_turned && !rest.is_empty() && !is_degree(rest)).then(|| format!("{rest} {surname}"))
}

fn deduplicated(names: Vec<String>) -> Vec<String> {
    let mut kept: Vec<String> = Vec::new();
    for name in names {
        if !kept.iter().any(|known| known.eq_ignore_ascii_case(&name)) {
            kept.push(name);
        }
    }
    kept
}
