//! The words of the contract for the kinds of the model.

use parallax_model::{
    Agreement, Conflict, DifferenceOp, Effect, EntityKind, FactKind, LineageRelation, PassageRelation,
    QuotationKind, RenditionRelation,
};

pub(crate) const fn quotation_word(kind: QuotationKind) -> &'static str {
    match kind {
        QuotationKind::Direct => "direct",
        QuotationKind::Mixed => "mixed",
        QuotationKind::Indirect => "indirect",
    }
}

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

pub(crate) const fn passage_word(relation: PassageRelation) -> &'static str {
    match relation {
        PassageRelation::Copy => "copy",
        PassageRelation::Rewrite => "rewrite",
        PassageRelation::SameFact => "same_fact",
    }
}

pub(crate) const fn conflict_word(conflict: Conflict) -> &'static str {
    match conflict {
        Conflict::Roles => "roles",
        Conflict::Number => "number",
        Conflict::Name => "name",
        Conflict::Negation => "negation",
        Conflict::Opposite => "opposite",
    }
}

pub(crate) const fn lineage_word(relation: LineageRelation) -> &'static str {
    match relation {
        LineageRelation::CopyOf => "copy_of",
        LineageRelation::RewriteOf => "rewrite_of",
        LineageRelation::SharesSource => "shares_source",
    }
}
