//! Cutting off a page's source what can hold no text of the article.

/// A page's source without scripts, styles, drawings and comments.
pub(super) struct Slim {
    pub(super) html: String,
    /// What its JSON-LD scripts say.
    pub(super) statements: Vec<String>,
}

/// Elements whose content is left out, up to the first end tag of the same name.
const DROPPED: [&str; 5] = ["script", "style", "svg", "iframe", "noscript"];

/// Cuts the elements that hold no text, and collects the JSON-LD statements. One without an end stays as it is.
pub(super) fn slim(html: &str) -> Slim {
    let mut slim = Slim { html: String::with_capacity(html.len()), statements: Vec::new() };
    // An element whose end was not found once has none further on: looking again would cost the square of the page.
    let mut without_end = [false; DROPPED.len() + 1];
    let mut rest = html;
    while let Some(at) = rest.find('<') {
        let (before, markup) = rest.split_at(at);
        slim.html.push_str(before);
        rest = match dropped(markup, &mut without_end) {
            Some(Dropped { statement, rest }) => {
                slim.statements.extend(statement.map(str::to_owned));
                // What stood on both sides of it stays apart.
                slim.html.push(' ');
                rest
            }
            None => {
                slim.html.push('<');
                markup.get(1..).unwrap_or_default()
            }
        };
    }
    slim.html.push_str(rest);
    slim
}

struct Dropped<'a> {
    statement: Option<&'a str>,
    rest: &'a str,
}

/// The element or comment that opens `markup`, where it is one to drop and has an end.
fn dropped<'a>(markup: &'a str, without_end: &mut [bool]) -> Option<Dropped<'a>> {
    let inside = markup.get(1..)?;
    if let Some(comment) = inside.strip_prefix("!--") {
        let known = without_end.last_mut().filter(|known| !**known)?;
        let end = comment.find("-->");
        *known = end.is_none();
        return Some(Dropped { statement: None, rest: comment.get(end? + 3..)? });
    }
    let index = DROPPED.iter().position(|name| opens(inside, name))?;
    let known = without_end.get_mut(index).filter(|known| !**known)?;
    let name = DROPPED.get(index)?;
    let Some((content_end, rest)) = end_of(inside, name) else {
        *known = true;
        return None;
    };
    let element = inside.get(..content_end)?;
    let (tag, content) = element.split_once('>')?;
    if *name == "noscript" && is_article(content) {
        return None;
    }
    let is_statement = *name == "script" && tag.to_ascii_lowercase().contains("ld+json");
    Some(Dropped { statement: is_statement.then_some(content), rest })
}

/// Whether a page keeps its text for browsers without scripts here: it has paragraphs, and more than a picture's words.
fn is_article(content: &str) -> bool {
    const FEWEST_PARAGRAPHS: usize = 4;
    const SHORTEST: usize = 800;
    let is_paragraph = |tag: &str| {
        ["p>", "p ", "br>", "br ", "br/"].iter().any(|start| tag.get(..start.len()) == Some(start))
    };
    content.len() >= SHORTEST
        && content.split('<').filter(|tag| is_paragraph(tag)).nth(FEWEST_PARAGRAPHS - 1).is_some()
        && content
            .split('<')
            .filter_map(|tag| tag.split_once('>'))
            .map(|(_, text)| text.trim().len())
            .sum::<usize>()
            >= SHORTEST
}

/// Whether `markup`, after its `<`, is a tag of the given name.
fn opens(markup: &str, name: &str) -> bool {
    markup.get(..name.len()).is_some_and(|start| start.eq_ignore_ascii_case(name))
        && markup
            .as_bytes()
            .get(name.len())
            .is_some_and(|b| b.is_ascii_whitespace() || matches!(b, b'>' | b'/'))
}

/// Where the content of the element ends, and what follows its end tag.
fn end_of<'a>(markup: &'a str, name: &str) -> Option<(usize, &'a str)> {
    let mut from = 0;
    while let Some(found) = markup.get(from..)?.find("</") {
        let at = from + found;
        from = at + 2;
        let after = markup.get(from..)?;
        if opens(after, name) {
            let rest = after.split_once('>').map_or("", |(_, rest)| rest);
            return Some((at, rest));
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scripts_styles_and_comments_are_cut() {
        let check = |html: &str, expected: &str| assert_eq!(slim(html).html, expected, "{html}");
        check("a<script>if (a < b) {}</script>b", "a b");
        check("a<SCRIPT src=x></SCRIPT >b", "a b");
        check("a<style>p > a {}</style><!-- <p> -->b", "a  b");
        check("a<scripture>b</scripture>", "a<scripture>b</scripture>");
        check("a<script>b", "a<script>b");
        check("a<!-- b <p>c", "a<!-- b <p>c");
        check("<", "<");
        check("a</script>b", "a</script>b");
        check("a<noscript><img src=x></noscript>b", "a b");
        let article = format!("<noscript>{}</noscript>", "<p>The river rose by two metres.".repeat(40));
        check(&article, &article);
    }

    #[test]
    fn statements_are_kept() {
        let page = "<script type='application/ld+json'>{\"a\": \"<p>\"}</script><script>x</script>";
        assert_eq!(slim(page).statements, ["{\"a\": \"<p>\"}"]);
    }
}
