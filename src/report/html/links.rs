//! Where the places of a comparison are shown: all on one page, or on pages of their own as the reader of an archive has them.

use parallax_model::QuotationRef;

use super::super::reading::Reading;
use super::anchors;

/// Letters of a quotation by which a correction names it.
const WORDS: usize = 160;

/// Where the places of a comparison are shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Links {
    /// All on the page that links to them.
    OnePage,
    /// On pages of their own, below the address of the story.
    Pages {
        /// The story, as it is called in addresses.
        story: String,
        /// Whether readers can correct what they see.
        can_correct: bool,
    },
}

impl Links {
    /// The place `anchor` in a report.
    fn in_report(&self, reading: &Reading<'_>, article: usize, anchor: &str) -> String {
        match self {
            Self::OnePage => format!("#{anchor}"),
            Self::Pages { story, .. } => {
                format!("{}?story={story}#{anchor}", Self::of_report(reading, article))
            }
        }
    }

    fn of_report(reading: &Reading<'_>, article: usize) -> String {
        format!("/reports/{}", in_address(&reading.comparison.documents[article].article.id))
    }

    /// A place in the section `section` of the story, for the item `anchor` of it.
    fn in_story(&self, section: &str, anchor: &str) -> String {
        match self {
            Self::OnePage => format!("#{anchor}"),
            Self::Pages { story, .. } => format!("/stories/{story}/{section}?at={anchor}#{anchor}"),
        }
    }

    pub(crate) fn report(&self, reading: &Reading<'_>, article: usize) -> String {
        self.in_report(reading, article, &format!("r-{}", reading.reports[article].letter))
    }

    pub(crate) fn quotation(&self, reading: &Reading<'_>, at: QuotationRef) -> String {
        self.in_report(reading, at.article, &anchors::quotation(reading, at))
    }

    pub(crate) fn fact_report(
        &self,
        reading: &Reading<'_>,
        article: usize,
        fact: usize,
        report: usize,
    ) -> String {
        self.in_report(reading, article, &anchors::fact_report(fact, report))
    }

    pub(crate) fn event_report(
        &self,
        reading: &Reading<'_>,
        article: usize,
        event: usize,
        report: usize,
    ) -> String {
        self.in_report(reading, article, &anchors::event_report(event, report))
    }

    /// The other side of a passage. On pages of their own the two reports are laid side by side.
    pub(crate) fn passage(
        &self,
        reading: &Reading<'_>,
        passage: usize,
        from: usize,
        to: usize,
        side: char,
    ) -> String {
        let anchor = anchors::passage(passage, side);
        match self {
            Self::OnePage => format!("#{anchor}"),
            Self::Pages { .. } => format!("{}#{anchor}", self.beside(reading, from, to)),
        }
    }

    /// Two reports side by side; the second itself, where all stand on one page.
    pub(crate) fn beside(&self, reading: &Reading<'_>, a: usize, b: usize) -> String {
        let id = |article: usize| in_address(&reading.comparison.documents[article].article.id);
        match self {
            Self::OnePage => self.report(reading, b),
            Self::Pages { story, .. } => format!("/beside?a={}&b={}&story={story}", id(a), id(b)),
        }
    }

    pub(crate) fn saying(&self, index: usize) -> String {
        match self {
            Self::OnePage => format!("#{}", anchors::saying(index)),
            Self::Pages { story, .. } => format!("/stories/{story}/sayings/u{}", index + 1),
        }
    }

    /// The page that a saying has for itself.
    pub(crate) fn saying_page(&self, index: usize) -> Option<String> {
        matches!(self, Self::Pages { .. }).then(|| self.saying(index))
    }

    /// The page of a person.
    pub(crate) fn person(&self, name: &str) -> Option<String> {
        matches!(self, Self::Pages { .. }).then(|| format!("/people/{}", in_address(name)))
    }

    /// The page on which a reader corrects who says a quotation, or what it is a rendition of.
    pub(crate) fn correction(&self, reading: &Reading<'_>, at: QuotationRef) -> Option<String> {
        let Self::Pages { story, can_correct: true } = self else { return None };
        let document = &reading.comparison.documents[at.article];
        let words = document.quotations.get(at.quotation)?.spans.first()?.of(document.text());
        // The first words find the place as well as all of them.
        let words = words.char_indices().nth(WORDS).map_or(words, |(end, _)| &words[..end]);
        let report = in_address(&document.article.id);
        Some(format!("/corrections?story={story}&report={report}&words={}", in_address(words.trim())))
    }

    pub(crate) fn fact(&self, index: usize) -> String {
        self.in_story("facts", &anchors::fact(index))
    }

    pub(crate) fn event(&self, index: usize) -> String {
        self.in_story("timeline", &anchors::event(index))
    }

    pub(crate) fn origin(&self, index: usize) -> String {
        match self {
            Self::OnePage => format!("#o-{}", index + 1),
            Self::Pages { story, .. } => format!("/stories/{story}#o-{}", index + 1),
        }
    }
}

/// A name as a part of an address: all but letters, digits and `-._~` is written by its bytes (RFC 3986).
pub(crate) fn in_address(name: &str) -> String {
    let mut address = String::with_capacity(name.len());
    for byte in name.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => address.push(byte.into()),
            _ => address.push_str(&format!("%{byte:02X}")),
        }
    }
    address
}

#[cfg(test)]
mod tests {
    use super::in_address;

    #[test]
    fn no_name_breaks_out_of_an_address() {
        for (name, expected) in [
            ("wire-1.txt", "wire-1.txt"),
            ("a/b?c#d", "a%2Fb%3Fc%23d"),
            ("\"><script>", "%22%3E%3Cscript%3E"),
            ("é\0", "%C3%A9%00"),
        ] {
            assert_eq!(in_address(name), expected);
        }
    }
}
