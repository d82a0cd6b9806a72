//! The words of the contract for the kinds of the model.

use parallax_model::{
    Agreement, DifferenceOp, Effect, EntityKind, FactKind, LineageRelation, RenditionRelation,
};

pub(crate) const fn rendition_word(relation: RenditionRelation) -> &'static str {
    match relation {
        RenditionRelation::Verbatim => "verbatim",
        RenditionRelation::Typo => "typo",
        RenditionRelation::Truncated => "truncated",
        RenditionRelation::Spliced => "spliced",
        RenditionRelation::Reworded => "reworded",
        RenditionRelation::Paraphrased => "paraphrased",
    }
}

pub(crate) const fn difference_word(op: DifferenceOp) -> &'static str {
    match op {
        DifferenceOp::Replace => "replace",
        DifferenceOp::Insert => "insert",
        DifferenceOp::Delete => "delete",
    }
}

pub(crate) const fn effect_word(effect: Effect) -> &'static str {
    match effect {
        Effect::Negation => "negation",
        Effect::Number => "number",
        Effect::Name => "name",
        Effect::Modality => "modality",
    }
}

pub(crate) const fn entity_word(kind: EntityKind) -> &'static str {
    match kind {
        EntityKind::Person => "person",
        EntityKind::Organisation => "organisation",
        EntityKind::Place => "place",
        EntityKind::Group => "group",
    }
}

pub(crate) const fn fact_word(kind: FactKind) -> &'static str {
    match kind {
        FactKind::Quantity => "quantity",
        FactKind::Event => "event",
        FactKind::Position => "position",
        FactKind::Plan => "plan",
        FactKind::Agreement => "agreement",
    }
}

pub(crate) const fn agreement_word(agreement: Agreement) -> &'static str {
    match agreement {
        Agreement::Single => "single",
        Agreement::Agree => "agree",
        Agreement::Differ => "differ",
        Agreement::Conflict => "conflict",
    }
}

pub(crate) const fn lineage_word(relation: LineageRelation) -> &'static str {
    match relation {
        LineageRelation::CopyOf => "copy_of",
        LineageRelation::RewriteOf => "rewrite_of",
        LineageRelation::SharesSource => "shares_source",
    }
}
