//! The sayings as a critical edition in TEI P5: the reports are the witnesses, and where their words part there is an `app` with a `rdg` for
//! each reading (parallel segmentation).

use std::fmt::Write as _;
use std::io::Write;

use parallax_analysis::collation::alignment_table;
use parallax_model::{AlignmentTable, Comparison, Utterance, WitnessToken};

use super::sigla::{compared, most_renditions, sigla, siglum};
use super::xml::escaped;

const OPENING: &str = "\
<?xml version=\"1.0\" encoding=\"UTF-8\"?>
<TEI xmlns=\"http://www.tei-c.org/ns/1.0\">
  <teiHeader>
    <fileDesc>
      <titleStmt><title>Sayings in the reports of an event, collated</title></titleStmt>
      <publicationStmt><p>Written by Parallax; not published.</p></publicationStmt>
      <sourceDesc>
        <listWit>
";
const BODY: &str = "        </listWit>
      </sourceDesc>
    </fileDesc>
    <encodingDesc><variantEncoding method=\"parallel-segmentation\" location=\"internal\"/></encodingDesc>
  </teiHeader>
  <text>
    <body>
";
const NOTHING: &str = "      <p>No saying has more than one rendition.</p>\n";
const CLOSING: &str = "    </body>\n  </text>\n</TEI>\n";

/// Writes the edition.
pub(crate) fn write(comparison: &Comparison, out: &mut dyn Write) -> anyhow::Result<()> {
    let mut xml = String::from(OPENING);
    witnesses(comparison, &mut xml);
    xml.push_str(BODY);
    compared(comparison).for_each(|(index, saying)| division(comparison, index, saying, &mut xml));
    if compared(comparison).next().is_none() {
        xml.push_str(NOTHING);
    }
    xml.push_str(CLOSING);
    out.write_all(xml.as_bytes())?;
    Ok(())
}

fn witnesses(comparison: &Comparison, xml: &mut String) {
    for (index, most) in most_renditions(comparison).into_iter().enumerate() {
        let article = &comparison.documents[index].article;
        let name = article.source.as_deref().unwrap_or(&article.id);
        for time in 1..=most {
            let again = if time > 1 { format!(" ({time})") } else { String::new() };
            let _ = writeln!(
                xml,
                "          <witness xml:id=\"{}\">{}{again}</witness>",
                siglum(index, time),
                escaped(name)
            );
        }
    }
}

fn division(comparison: &Comparison, index: usize, saying: &Utterance, xml: &mut String) {
    let table = alignment_table(comparison, saying);
    let speaker = saying.speaker.and_then(|s| comparison.entities.get(s)).map(|entity| entity.name.as_str());
    let _ = writeln!(xml, "      <div xml:id=\"u{}\" type=\"saying\">", index + 1);
    if let Some(speaker) = speaker {
        let _ = writeln!(xml, "        <head>{}</head>", escaped(speaker));
    }
    xml.push_str("        <ab>");
    let sigla = sigla(&table.witnesses);
    for segment in table.columns.chunk_by(|a, b| is_agreed(a) == is_agreed(b)) {
        match segment {
            [first, ..] if is_agreed(first) => xml.push_str(&escaped(&spelt(segment, 0))),
            _ => apparatus(segment, &sigla, xml),
        }
    }
    xml.push_str("</ab>\n      </div>\n");
}

type Column = Vec<Option<WitnessToken>>;

/// Whether all witnesses print the same in a column.
fn is_agreed(column: &Column) -> bool {
    let text = |cell: &Option<WitnessToken>| cell.as_ref().map(|token| token.text.clone());
    column.iter().all(|cell| cell.is_some() && column.first().is_some_and(|first| text(first) == text(cell)))
}

/// Whether all witnesses have the same words in the columns, however they print them.
fn is_same_word(segment: &[Column]) -> bool {
    let normal = |cell: &Option<WitnessToken>| cell.as_ref().map(|token| token.normal.clone());
    segment.iter().all(|column| column.windows(2).all(|pair| normal(&pair[0]) == normal(&pair[1])))
}

/// What a witness prints in the columns.
fn spelt(segment: &[Column], row: usize) -> String {
    let table = AlignmentTable { witnesses: Vec::new(), columns: segment.to_vec() };
    table.text(row)
}

/// The readings of columns in which the witnesses part, in the order of their first witnesses.
fn apparatus(segment: &[Column], sigla: &[String], xml: &mut String) {
    let mut readings: Vec<(String, Vec<&str>)> = Vec::new();
    for (row, siglum) in sigla.iter().enumerate() {
        let text = spelt(segment, row);
        match readings.iter_mut().find(|(known, _)| *known == text) {
            Some((_, witnesses)) => witnesses.push(siglum),
            None => readings.push((text, vec![siglum])),
        }
    }
    let kind = if is_same_word(segment) { "orthographic" } else { "substantive" };
    let _ = write!(xml, "<app type=\"{kind}\">");
    for (text, witnesses) in readings {
        let witnesses = witnesses.iter().map(|siglum| format!("#{siglum}")).collect::<Vec<_>>().join(" ");
        let _ = match text.is_empty() {
            true => write!(xml, "<rdg wit=\"{witnesses}\"/>"),
            false => write!(xml, "<rdg wit=\"{witnesses}\">{}</rdg>", escaped(&text)),
        };
    }
    xml.push_str("</app>");
}
