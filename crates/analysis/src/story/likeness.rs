//! How alike two reports are, in figures.

use super::profile::{Profile, Term, TermKind, shared};

/// What the model looks at, in the order of its weights: cosines, lengths, days, the crowd, how much of each report the other has too
/// ("least" of the two, "most"), how the shared words stand out, and the days of the week that are named.
pub const FEATURES: [&str; 35] = [
    "all",
    "names",
    "lead",
    "title",
    "others",
    "numbers",
    "shorter",
    "longer",
    "same-day",
    "next-day",
    "days-2-3",
    "days-4-7",
    "days-8-30",
    "days-later",
    "contrast",
    "crowd",
    "densest",
    "cover-least",
    "cover-most",
    "names-cover-least",
    "names-cover-most",
    "lead-cover-least",
    "lead-cover-most",
    "lead-names-cover-least",
    "lead-names-cover-most",
    "shared",
    "shared-names",
    "first",
    "second",
    "first-three",
    "title-in-lead",
    "weekdays",
    "first-weekday",
    "lead-weekdays",
    "named-days-between",
];

/// So many of them, from the first on, have curves in the model.
pub(super) const CURVED: usize = 31;

/// Where among them the stretches of days are.
pub(super) const DAYS: std::ops::Range<usize> = 8..14;

/// How alike two reports are.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Likeness {
    /// The cosine over all words, 0 to 1.
    pub(super) all: f32,
    /// Cosines over words of one kind, over the leads and the headlines, 0 to 1.
    names: f32,
    lead: f32,
    title: f32,
    others: f32,
    numbers: f32,
    /// How much of the one report, of its names, its lead and the names there the other has too, 0 to 1: of the two reports the lower share,
    /// then the higher.
    covers: [[f32; 2]; 4],
    common: Common,
}

/// What two reports have in common.
#[derive(Debug, Clone, Copy, Default)]
struct Common {
    products: [f32; 3],
    title: f32,
    lead: f32,
    title_in_lead: f32,
    words: u16,
    names: u16,
    /// The products of the words that weigh most in both, heaviest first.
    first: [f32; 3],
}

/// The weights of terms, squared and added.
#[derive(Default)]
struct Squares {
    kinds: [f32; 3],
    title: f32,
    lead: f32,
    lead_names: f32,
}

/// Measures how alike two reports are.
pub(super) fn likeness(a: &Profile, b: &Profile) -> Likeness {
    let mut common = Common::default();
    let (mut ours, mut theirs) = (Squares::default(), Squares::default());
    for (_, one, other) in shared(&a.terms, &b.terms) {
        common.take_in(one, other);
        ours.take_in(one);
        theirs.take_in(other);
    }
    let (of_a, of_b) = (Squares::of(a), Squares::of(b));
    let of_kind = |kind: TermKind| {
        let kind = kind as usize;
        cosine(common.products[kind], of_a.kinds[kind], of_b.kinds[kind])
    };
    Likeness {
        all: common.product(),
        names: of_kind(TermKind::Name),
        lead: common.lead,
        title: cosine(common.title, of_a.title, of_b.title),
        others: of_kind(TermKind::Other),
        numbers: of_kind(TermKind::Number),
        covers: covers(&ours.parts(), &of_a.parts(), &theirs.parts(), &of_b.parts()),
        common,
    }
}

fn cosine(product: f32, a: f32, b: f32) -> f32 {
    if product > 0.0 { product / (a * b).sqrt() } else { 0.0 }
}

/// The share of each part that is common, in the report where it is lower and where it is higher.
fn covers(ours: &[f32; 4], of_a: &[f32; 4], theirs: &[f32; 4], of_b: &[f32; 4]) -> [[f32; 2]; 4] {
    let share = |common: f32, whole: f32| if whole > 0.0 { common / whole } else { 0.0 };
    std::array::from_fn(|part| {
        let (one, other) = (share(ours[part], of_a[part]), share(theirs[part], of_b[part]));
        [one.min(other), one.max(other)]
    })
}

impl Common {
    fn take_in(&mut self, one: &Term, other: &Term) {
        let product = one.weight * other.weight;
        self.products[one.kind as usize] += product;
        self.lead += one.lead * other.lead;
        if one.is_titled && other.is_titled {
            self.title += product;
        }
        self.title_in_lead += if one.is_titled { one.weight * other.lead } else { 0.0 };
        self.title_in_lead += if other.is_titled { one.lead * other.weight } else { 0.0 };
        self.words += 1;
        self.names += u16::from(one.kind == TermKind::Name && other.kind == TermKind::Name);
        self.rank(product);
    }

    /// Keeps a product where it is among the heaviest.
    fn rank(&mut self, mut product: f32) {
        for place in &mut self.first {
            if product > *place {
                std::mem::swap(place, &mut product);
            }
        }
    }

    fn product(&self) -> f32 {
        self.products.iter().sum()
    }
}

impl Squares {
    fn of(profile: &Profile) -> Self {
        let mut squares = Self::default();
        profile.terms.iter().for_each(|term| squares.take_in(term));
        squares
    }

    fn take_in(&mut self, term: &Term) {
        let (square, lead) = (term.weight * term.weight, term.lead * term.lead);
        self.kinds[term.kind as usize] += square;
        self.title += if term.is_titled { square } else { 0.0 };
        self.lead += lead;
        self.lead_names += if term.kind == TermKind::Name { lead } else { 0.0 };
    }

    /// Of the whole, the names, the lead and the names in the lead.
    fn parts(&self) -> [f32; 4] {
        [self.kinds.iter().sum(), self.kinds[TermKind::Name as usize], self.lead, self.lead_names]
    }
}

/// What the model looks at in two reports that are so alike.
pub(super) fn features(a: &Profile, b: &Profile, alike: Likeness) -> [f32; FEATURES.len()] {
    let length = |profile: &Profile| (profile.length as f32 + 10.0).ln();
    let (one, other) = (a.crowd.density(), b.crowd.density());
    let crowd = f32::midpoint(one, other);
    let [g0, g1, g2, g4, g8, later] = days_between(a, b);
    // A little is added so that a lone report's crowd does not make everything alike.
    let contrast = (alike.all / (crowd + 0.03) + 0.01).ln();
    let (short, long) = (length(a).min(length(b)), length(a).max(length(b)));
    let [whole, names, lead, lead_names] = alike.covers;
    let [weekdays, first_weekday, lead_weekdays, named_days] = a.weekdays.features(a.day, b.weekdays, b.day);
    let Common { words, names: shared_names, first: [first, second, third], title_in_lead, .. } =
        alike.common;
    [
        alike.all,
        alike.names,
        alike.lead,
        alike.title,
        alike.others,
        alike.numbers,
        short,
        long,
        g0,
        g1,
        g2,
        g4,
        g8,
        later,
        contrast,
        crowd,
        one.max(other),
        whole[0],
        whole[1],
        names[0],
        names[1],
        lead[0],
        lead[1],
        lead_names[0],
        lead_names[1],
        f32::from(words).ln_1p(),
        f32::from(shared_names).ln_1p(),
        first,
        second,
        // Again a little, so that two reports with hardly a word in common do not share one thing only.
        (first + second + third) / (alike.all + 0.02),
        title_in_lead,
        weekdays,
        first_weekday,
        lead_weekdays,
        named_days,
    ]
}

/// In which stretch of days the second report came after the first or before it; in none where one has no date.
fn days_between(a: &Profile, b: &Profile) -> [f32; 6] {
    let mut stretches = [0.0; 6];
    if let (Some(a), Some(b)) = (a.day, b.day) {
        let stretch = match a.abs_diff(b) {
            0 => 0,
            1 => 1,
            2..=3 => 2,
            4..=7 => 3,
            8..=30 => 4,
            _ => 5,
        };
        stretches[stretch] = 1.0;
    }
    stretches
}
