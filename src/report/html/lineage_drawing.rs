//! The lineage of the reports as a drawing: origins as enclosures, reports in rows, and along the axis the share of each
//! report that goes back to the one above it.

use parallax_model::LineageRelation;

use super::super::labels;
use super::super::reading::{Branch, OriginTree, Reading};
use super::Links;

const WIDTH: usize = 760;
const ROW: usize = 46;
const HEAD: usize = 34;
const GAP: usize = 14;
/// Where a report with nothing from another stands, and one with everything.
const AXIS: (usize, usize) = (48, 400);

/// The drawing, in SVG user units.
pub(crate) struct Drawing<'a> {
    pub(crate) width: usize,
    pub(crate) height: usize,
    pub(crate) enclosures: Vec<Enclosure>,
    pub(crate) edges: Vec<Edge>,
    pub(crate) nodes: Vec<Node<'a>>,
    pub(crate) ticks: Vec<Tick>,
    pub(crate) axis_y: usize,
}

/// The reports of one origin.
pub(crate) struct Enclosure {
    pub(crate) number: usize,
    pub(crate) y: usize,
    pub(crate) label_y: usize,
    pub(crate) height: usize,
    /// Where the source stands that is not among the reports.
    pub(crate) outside_y: Option<usize>,
}

/// One report.
pub(crate) struct Node<'a> {
    pub(crate) href: String,
    pub(crate) letter: &'a str,
    pub(crate) name: &'a str,
    /// How it depends on the report it hangs from.
    pub(crate) note: Option<String>,
    pub(crate) x: usize,
    pub(crate) y: usize,
    pub(crate) text_x: usize,
    pub(crate) name_y: usize,
    pub(crate) note_y: usize,
}

/// Text that flows from one report to another.
pub(crate) struct Edge {
    pub(crate) path: String,
    /// `copy`, `rewrite` or `shared`, for the style of the line.
    pub(crate) class: &'static str,
}

/// A mark on the axis.
pub(crate) struct Tick {
    pub(crate) x: usize,
    pub(crate) label: String,
}

impl<'a> Drawing<'a> {
    pub(crate) fn new(reading: &'a Reading<'_>, links: &Links) -> Self {
        let mut drawing = Self {
            width: WIDTH,
            height: 0,
            enclosures: Vec::new(),
            edges: Vec::new(),
            nodes: Vec::new(),
            ticks: ticks(),
            axis_y: 0,
        };
        let mut y = 2;
        for (index, origin) in reading.origins.iter().enumerate() {
            y = drawing.origin(reading, index, origin, y, links) + GAP;
        }
        drawing.axis_y = y + 6;
        drawing.height = y + 52;
        drawing
    }

    /// Draws one origin from `top` down; returns where it ends.
    fn origin(
        &mut self,
        reading: &'a Reading<'_>,
        index: usize,
        origin: &OriginTree<'_>,
        top: usize,
        links: &Links,
    ) -> usize {
        let mut y = top + HEAD;
        let outside_y = origin.outside_source.then(|| y + ROW / 2);
        if origin.outside_source {
            y += ROW;
        }
        let mut above: Vec<(usize, usize)> = outside_y.map(|y| (AXIS.0, y)).into_iter().collect();
        for branch in &origin.branches {
            let here = (position(branch), y + ROW / 2);
            above.truncate(branch.depth);
            if let Some(&from) = above.last() {
                self.edges.push(edge(from, here, branch));
            }
            above.push(here);
            self.nodes.push(node(reading, branch, here, links));
            y += ROW;
        }
        let height = y + 4 - top;
        self.enclosures.push(Enclosure { number: index + 1, y: top, label_y: top + 21, height, outside_y });
        top + height
    }
}

/// Where a report stands on the axis.
fn position(branch: &Branch<'_>) -> usize {
    let share = branch.via.map_or(0.0, |link| link.share.clamp(0.0, 1.0));
    along(share).max(AXIS.0 + branch.depth * 28)
}

fn along(share: f32) -> usize {
    AXIS.0 + (share * (AXIS.1 - AXIS.0) as f32).round() as usize
}

fn node<'a>(
    reading: &'a Reading<'_>,
    branch: &Branch<'_>,
    (x, y): (usize, usize),
    links: &Links,
) -> Node<'a> {
    let report = &reading.reports[branch.article];
    let note = branch.via.map(labels::dependence);
    Node {
        href: links.report(reading, branch.article),
        letter: &report.letter,
        name: report.name,
        x,
        y,
        text_x: x + 24,
        name_y: if note.is_some() { y - 2 } else { y + 5 },
        note_y: y + 15,
        note,
    }
}

/// A line that leaves the source downwards and reaches the report from the left.
fn edge((from_x, from_y): (usize, usize), (x, y): (usize, usize), branch: &Branch<'_>) -> Edge {
    let class = match branch.via.map(|link| link.relation) {
        Some(LineageRelation::CopyOf) => "copy",
        Some(LineageRelation::RewriteOf) => "rewrite",
        Some(LineageRelation::SharesSource) | None => "shared",
    };
    let (start, end) = (from_y + 14, x.saturating_sub(17));
    Edge { path: format!("M{from_x} {start}C{from_x} {y} {from_x} {y} {end} {y}"), class }
}

fn ticks() -> Vec<Tick> {
    [0.0, 0.25, 0.5, 0.75, 1.0].map(|share| Tick { x: along(share), label: labels::percent(share) }).into()
}
