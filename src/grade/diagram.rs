//! Marking diagram items: every hole as a typed answer of its own.

use std::collections::BTreeMap;

use super::Mark;
use super::wording::find_label;
use crate::deck::{Diagram, Text};

/// Marks the labels: the share of holes that are right. Labels for holes that the drawing lacks are ignored.
pub(super) fn mark(diagram: &Diagram, labels: &BTreeMap<u32, String>) -> Mark {
    let find = |(hole, accepted): (u32, &[Text])| {
        let given = labels.get(&hole).map_or("", String::as_str);
        find_label(format!("[{hole}]"), given, &accepted.iter().collect::<Vec<_>>())
    };
    Mark::by_share(diagram.holes().into_iter().map(find).collect())
}
