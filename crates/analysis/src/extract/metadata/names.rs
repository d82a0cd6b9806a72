//! Names in bylines: "By Ada Osei and Tom Ruiz, Lindach Post".

/// Words that open bylines, lower-case.
const OPENINGS: [&str; 37] = [
    "vom ",
    "erstellt von ",
    "artikel von ",
    "alles von ",
    "gepostet von ",
    "publié par ",
    "publicado por ",
    "escrito por ",
    "interview by ",
    "veröffentlicht von ",
    "eingestellt von ",
    "posts by ",
    "by ",
    "by:",
    "written by ",
    "words by ",
    "story by ",
    "reported by ",
    "posted by ",
    "published by ",
    "compiled by ",
    "reviewed by ",
    "von ",
    "von:",
    "par ",
    "por ",
    "di ",
    "door ",
    "autor:",
    "autorin:",
    "autor ",
    "author:",
    "authors:",
    "text:",
    "ein beitrag von ",
    "geschrieben von ",
    "interview: ",
];

/// The names in a field that gives authors: single names too, but no addresses.
pub(in crate::extract) fn given_names(field: &str) -> Vec<String> {
    parts(field).filter(|name| is_given(name)).map(str::to_owned).collect()
}

/// The names in a byline that a page shows: its first line with a name.
pub(super) fn shown(text: &str) -> Vec<String> {
    let is_opened = text.lines().any(|line| opened(line).is_some());
    for line in text.lines() {
        let named = opened(line);
        if is_opened && named.is_none() {
            continue;
        }
        let names: Vec<String> = parts(named.unwrap_or(line))
            .map(until_figures)
            .filter(|name| is_given(name))
            .map(str::to_owned)
            .collect();
        if !names.is_empty() {
            return names;
        }
    }
    // "By" may stand on a line of its own.
    let mut lines = text.lines().skip_while(|line| opened(&format!("{line} ")).is_none()).skip(1);
    lines
        .next()
        .map(|line| parts(line).map(until_figures).filter(|name| is_given(name)).map(str::to_owned).collect())
        .unwrap_or_default()
}

/// Whether a line shows a byline and nothing else: "By Ada Osei and Tom Ruiz".
pub(super) fn is_shown_byline(line: &str) -> bool {
    const BY: [&str; 6] = ["By ", "BY ", "Von ", "Par ", "Por ", "Text: "];
    BY.iter().any(|by| line.starts_with(by))
        && opened(line).is_some_and(|names| {
            let words = names.split_whitespace().count();
            (2..=8).contains(&words)
                && names.split_whitespace().all(|word| {
                    word.starts_with(char::is_uppercase)
                        || matches!(word, "and" | "und" | "et" | "y" | "de" | "von" | "van")
                })
                && !names.contains(|c: char| c.is_ascii_digit())
        })
}

/// Whether a text opens a byline whose names stand elsewhere: "By", "Written by:".
pub(super) fn is_opening_alone(text: &str) -> bool {
    let lower = text.trim_end_matches(':').to_lowercase();
    OPENINGS.iter().any(|opening| opening.trim_end_matches([' ', ':']) == lower)
}

/// The name before a date: "Ada Osei am 4. Mai", "Ada Osei4 May". Figures that end a name belong to it: "ada94".
fn until_figures(name: &str) -> &str {
    const BEFORE_DATES: [&str; 7] = [" am", " vom", " on", " le", " el", " at", " um"];
    let is_date = |at: usize| {
        let before = name.get(..at).and_then(|head| head.chars().next_back());
        let behind = name.get(at..).unwrap_or_default().trim_start_matches(|c: char| c.is_ascii_digit());
        before.is_none_or(|c| !c.is_alphanumeric()) || behind.starts_with([' ', '.', ':', '/'])
    };
    let first = name.char_indices().find(|(at, c)| c.is_ascii_digit() && is_date(*at)).map(|(at, _)| at);
    let name = name.get(..first.unwrap_or(name.len())).unwrap_or(name).trim();
    let end = BEFORE_DATES.iter().find_map(|word| name.strip_suffix(word)).unwrap_or(name);
    end.trim()
}

fn opened(line: &str) -> Option<&str> {
    let line = line.trim_start();
    let apart = OPENINGS.iter().find_map(|opening| {
        let start = line.get(..opening.len())?;
        start.eq_ignore_ascii_case(opening).then(|| line.get(opening.len()..)).flatten()
    });
    // Where the two stand in elements of their own, no blank may stand between them: "ByAda Osei".
    let glued = || line.strip_prefix("By").filter(|rest| rest.starts_with(char::is_uppercase));
    apart.or_else(glued)
}

fn parts(byline: &str) -> impl Iterator<Item = &str> {
    let byline = byline.trim();
    let names = opened(byline).unwrap_or(byline);
    names
        .split([',', ';', '|', '&', '\n', '•', '·'])
        .flat_map(|part| part.split(" and "))
        .flat_map(|part| part.split(" und "))
        .map(bare)
        .filter(|name| !name.is_empty() && !is_degree(name))
}

/// A name without what stands around it: "Posts by Ada Osei –".
fn bare(name: &str) -> &str {
    const BEFORE: [&str; 6] = [" by ", " von ", " vom ", " par ", " por ", " di "];
    let name = name.trim();
    // "Christoph von Eichhorn" is a name; "Alle Beiträge von Ada Osei" is not.
    let is_phrase = |head: &str| {
        head.split_whitespace().any(|word| word.starts_with(char::is_lowercase))
            || matches!(head, "Posts" | "Post" | "Text" | "Beiträge")
    };
    let start = BEFORE.iter().filter_map(|word| Some((name.rfind(word)?, word.len()))).max();
    let name = start
        .filter(|(at, _)| name.get(..*at).is_some_and(is_phrase))
        .and_then(|(at, length)| name.get(at + length..))
        .filter(|rest| rest.starts_with(char::is_uppercase))
        .unwrap_or(name);
    let name = without_note(opened(name).unwrap_or(name));
    name.trim_matches(|c: char| {
        c.is_whitespace() || matches!(c, '-' | '–' | '—' | '/' | ':' | '»' | '«' | '*' | '→')
    })
}

/// A name without a note in brackets behind it: "Ada Osei (with Tom Ruiz)".
fn without_note(name: &str) -> &str {
    let start = if name.ends_with(')') { name.find(" (") } else { None };
    start.and_then(|start| name.get(..start)).filter(|name| !name.trim().is_empty()).unwrap_or(name)
}

/// Whether it is a degree behind a name.
pub(super) fn is_degree(name: &str) -> bool {
    matches!(
        name.replace('.', "").as_str(),
        "MA" | "MD"
            | "PhD"
            | "Jr"
            | "Sr"
            | "BA"
            | "MSc"
            | "BSc"
            | "MBA"
            | "RN"
            | "MPH"
            | "JD"
            | "Dr"
            | "Prof"
    )
}

fn is_given(name: &str) -> bool {
    name.split_whitespace().count() <= 6
        && name.len() <= 80
        && name.contains(char::is_alphabetic)
        && !name.contains("://")
        && !name.contains("www.")
        && name.chars().filter(|c| c.is_alphabetic()).nth(1).is_some()
        && !name.contains(['@', '{', '<', '='])
        && !is_opening(name)
}

/// Whether it is only the word that opens a byline, or says who speaks in comments.
fn is_opening(name: &str) -> bool {
    let lower = name.to_lowercase();
    let word = lower.trim_end_matches(':');
    OPENINGS.iter().any(|opening| opening.trim_end_matches([' ', ':']) == word)
        || word.ends_with(" says")
        || word.ends_with(" sagt")
        || word.ends_with("profile")
        || matches!(
            word,
            "authors"
                | "about the author"
                | "staff"
                | "eingestellt von"
                | "abgelegt unter"
                | "follow author"
                | "link"
                | "alle beiträge"
                | "archiv anzeigen"
                | "all posts"
                | "view all posts"
                | "admin"
                | "administrator"
        )
}

/// The names in a byline: "By Ada Osei and Tom Ruiz, Lindach Post". What does not look like a name is left out.
pub(in crate::extract) fn split_names(byline: &str) -> Vec<String> {
    parts(byline).filter(|name| is_name(name)).map(str::to_owned).collect()
}

/// Whether a name has two words or more, each with a capital but for particles: "Christoph von Lind".
pub(super) fn is_full_name(name: &str) -> bool {
    const PARTICLES: [&str; 18] = [
        "de", "del", "della", "di", "da", "dos", "du", "von", "van", "der", "den", "ten", "ter", "la", "le",
        "al", "bin", "y",
    ];
    let has_capital = |word: &str| word.starts_with(char::is_uppercase);
    is_name(name)
        && name.split_whitespace().all(|word| has_capital(word) || PARTICLES.contains(&word))
        && name.split_whitespace().next_back().is_some_and(has_capital)
}

/// Whether `name` looks like a person's: two to five words, no figures, no address.
fn is_name(name: &str) -> bool {
    (2..=5).contains(&name.split_whitespace().count())
        && name.starts_with(char::is_uppercase)
        && name.len() <= 60
        && !name.contains(|c: char| c.is_ascii_digit() || matches!(c, '/' | '@' | ':' | '!' | '?'))
}
