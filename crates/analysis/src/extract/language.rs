//! The language of a text.

use whatlang::{Lang, detect};

/// How much of a text is looked at, in characters.
const SAMPLE: usize = 2000;

/// Shorter texts are too short to tell, in bytes.
const SHORTEST: usize = 120;

/// The language that `given` names, as an ISO 639-1 code; else the one that the text is surely in.
pub(super) fn tell(text: &str, given: Option<String>) -> Option<String> {
    let given =
        given.map(|code| code.trim().to_lowercase().replace('_', "-")).filter(|code| !code.is_empty());
    let base = given.as_deref().and_then(|code| code.split('-').next()).map(str::to_owned);
    base.or_else(|| told_by(text).map(str::to_owned))
}

/// What to say of an article in this language, where the stages that know English pass it over.
pub(super) fn problem(language: Option<&str>) -> Option<String> {
    let code = language.filter(|code| !code.starts_with("en"))?;
    let name = LANGUAGES.iter().find(|(_, known)| *known == code).map_or(code, |(lang, _)| lang.eng_name());
    Some(format!("the language is {name}: quotations are found by their marks only"))
}

/// The language that the text is surely in.
fn told_by(text: &str) -> Option<&'static str> {
    if text.len() < SHORTEST {
        return None;
    }
    let end = text.char_indices().nth(SAMPLE).map_or(text.len(), |(at, _)| at);
    let sample = &text[..end];
    if is_plainly_english(sample) {
        return Some("en");
    }
    let info = detect(sample)?;
    let (_, code) = LANGUAGES.iter().find(|(lang, _)| *lang == info.lang())?;
    info.is_reliable().then_some(*code)
}

/// Words that every English text is full of and that no other language shares among its most frequent.
const ENGLISH: [&str; 10] = ["the", "and", "of", "to", "that", "for", "with", "from", "which", "they"];

/// Is one word in ten one of these, and one in fifty "the"? So it is in 99 of 100 English news texts, and comparing trigrams, which
/// takes a third of the time of reading a text's words, is left to the others.
fn is_plainly_english(text: &str) -> bool {
    let (mut words, mut english, mut articles) = (0, 0, 0);
    for word in text.split_ascii_whitespace() {
        words += 1;
        english += usize::from(ENGLISH.contains(&word));
        articles += usize::from(word == "the");
    }
    english * 10 >= words && articles * 50 >= words
}

/// Languages of newspapers with their ISO 639-1 codes.
const LANGUAGES: [(Lang, &str); 60] = [
    (Lang::Eng, "en"),
    (Lang::Rus, "ru"),
    (Lang::Cmn, "zh"),
    (Lang::Spa, "es"),
    (Lang::Por, "pt"),
    (Lang::Ita, "it"),
    (Lang::Ben, "bn"),
    (Lang::Fra, "fr"),
    (Lang::Deu, "de"),
    (Lang::Ukr, "uk"),
    (Lang::Kat, "ka"),
    (Lang::Ara, "ar"),
    (Lang::Hin, "hi"),
    (Lang::Jpn, "ja"),
    (Lang::Heb, "he"),
    (Lang::Yid, "yi"),
    (Lang::Pol, "pl"),
    (Lang::Amh, "am"),
    (Lang::Jav, "jv"),
    (Lang::Kor, "ko"),
    (Lang::Nob, "nb"),
    (Lang::Dan, "da"),
    (Lang::Swe, "sv"),
    (Lang::Fin, "fi"),
    (Lang::Tur, "tr"),
    (Lang::Nld, "nl"),
    (Lang::Hun, "hu"),
    (Lang::Ces, "cs"),
    (Lang::Ell, "el"),
    (Lang::Bul, "bg"),
    (Lang::Bel, "be"),
    (Lang::Mar, "mr"),
    (Lang::Kan, "kn"),
    (Lang::Ron, "ro"),
    (Lang::Slv, "sl"),
    (Lang::Hrv, "hr"),
    (Lang::Srp, "sr"),
    (Lang::Mkd, "mk"),
    (Lang::Lit, "lt"),
    (Lang::Lav, "lv"),
    (Lang::Est, "et"),
    (Lang::Tam, "ta"),
    (Lang::Vie, "vi"),
    (Lang::Urd, "ur"),
    (Lang::Tha, "th"),
    (Lang::Guj, "gu"),
    (Lang::Uzb, "uz"),
    (Lang::Pan, "pa"),
    (Lang::Aze, "az"),
    (Lang::Ind, "id"),
    (Lang::Tel, "te"),
    (Lang::Pes, "fa"),
    (Lang::Mal, "ml"),
    (Lang::Mya, "my"),
    (Lang::Nep, "ne"),
    (Lang::Khm, "km"),
    (Lang::Slk, "sk"),
    (Lang::Cat, "ca"),
    (Lang::Tgl, "tl"),
    (Lang::Hye, "hy"),
];
