//! Rules for drawings.

use crate::deck::{Item, Kind};

use super::spot::Report;

const MOST_COLUMNS: usize = 76;

pub(super) fn check(item: &Item, report: &mut Report<'_>) {
    let Kind::Diagram(diagram) = &item.kind else { return };
    let art = diagram.art.raw();
    if let Some(odd) = art.chars().find(|c| !c.is_ascii()) {
        let message = format!("the drawing holds {odd:?}, which is not ASCII");
        report.item(item, &["art"], "diagram-ascii", message, "draw with + - | and the like");
    }
    let widest = art.lines().map(|line| line.chars().count()).max().unwrap_or(0);
    if widest > MOST_COLUMNS {
        let message = format!("the drawing has {widest} columns; {MOST_COLUMNS} are the most");
        report.item(item, &["art"], "diagram-wide", message, "draw it narrower");
    }
}
