//! The marks that decide where sentences end.

/// Whether `mark` may end a sentence.
pub(super) fn is_stop(mark: char) -> bool {
    matches!(mark, '.' | '!' | '?' | '…' | '؟' | '۔' | '।') || is_wide_stop(mark)
}

/// Whether `mark` ends a sentence in scripts that put no space after it.
pub(super) fn is_wide_stop(mark: char) -> bool {
    matches!(mark, '。' | '！' | '？' | '．')
}

/// Whether `mark` is a quotation mark of any kind.
pub(super) fn is_quotation_mark(mark: char) -> bool {
    matches!(
        mark,
        '"' | '\''
            | '“'
            | '”'
            | '„'
            | '‟'
            | '‘'
            | '’'
            | '‚'
            | '‛'
            | '«'
            | '»'
            | '‹'
            | '›'
            | '「'
            | '」'
            | '『'
            | '』'
    )
}

/// Whether `mark` can only close: after a stop it belongs to the sentence before.
pub(super) fn is_closing(mark: char) -> bool {
    matches!(mark, '”' | '’' | '»' | '›' | ')' | ']' | '}' | '」' | '』' | '）')
}

/// Whether `mark` can only open: before a capital it belongs to the sentence after.
pub(super) fn is_opening(mark: char) -> bool {
    matches!(mark, '“' | '‘' | '„' | '‚' | '«' | '‹' | '(' | '[' | '{' | '「' | '『' | '（' | '¿' | '¡')
}

/// Whether `mark` is a dash.
pub(super) fn is_dash(mark: char) -> bool {
    matches!(mark, '-' | '–' | '—' | '―')
}
