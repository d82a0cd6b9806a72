//! Who and what an article speaks of.

use crate::{Place, Span};

/// The names of one article: mentions gathered into chains, one chain for each person, organisation, place or group.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Names {
    /// Who is mentioned.
    pub chains: Vec<Chain>,
    /// Every mention, in the order of the text. Pronouns are left to the stage that needs them.
    pub mentions: Vec<Mention>,
}

/// One person, organisation, place or group within one article.
#[derive(Debug, Clone, PartialEq)]
pub struct Chain {
    /// What it is.
    pub kind: EntityKind,
    /// The fullest name in the article; the description itself where no mention has a name ("a US official").
    pub name: String,
    /// Whether any mention is a proper name.
    pub named: bool,
    /// Roles that the article gives: "Treasury spokesman", "US president".
    pub roles: Vec<String>,
    /// Grammatical gender where a title, pronoun or first name settles it.
    pub gender: Option<Gender>,
}

/// One place where the text speaks of a chain.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Mention {
    /// The whole noun phrase with its title or role: "Treasury spokesman Anton Reiss".
    pub span: Span,
    /// The name alone: "Anton Reiss"; equal to `span` for descriptions.
    pub core: Span,
    /// Index into [`Names::chains`].
    pub chain: usize,
    /// How it speaks of it.
    pub form: MentionForm,
}

/// How a mention speaks of its entity.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum MentionForm {
    /// By its full name.
    Name,
    /// By a part of it, or an abbreviation: "Reiss", "NATO".
    ShortName,
    /// By a description: "the US president", "one diplomat", "seven European countries".
    Description,
}

/// What an entity is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum EntityKind {
    /// A human being.
    Person,
    /// A body with a name: a party, a company, an office, an outlet.
    Organisation,
    /// A place on the map.
    Place,
    /// People together: "European leaders", "seven countries", "the two presidents".
    Group,
}

/// Grammatical gender, for resolving pronouns.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Gender {
    /// He.
    Male,
    /// She.
    Female,
}

/// One entity across the articles of a comparison.
#[derive(Debug, Clone, PartialEq)]
pub struct Entity {
    /// The name to show: the most complete that any article uses.
    pub name: String,
    /// What it is.
    pub kind: EntityKind,
    /// Roles that any article gives.
    pub roles: Vec<String>,
    /// Every mention, by article and position.
    pub mentions: Vec<Place>,
    /// The chains that it gathers, as (article, chain), in order.
    pub chains: Vec<(usize, usize)>,
}
