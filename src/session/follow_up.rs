//! Which follow-up fits what an answer left open.

use std::collections::BTreeSet;

use crate::deck::{FollowUp, Id, Interview, Text};
use crate::grade::{PointVerdict, mark_open};

/// Gives the follow-ups of a question, those that lead to the open points first: a follow-up leads to the points that its
/// own question and answer make. Nothing is asked further when no point is open.
pub fn follow_ups<'i>(interview: &'i Interview, open: &BTreeSet<Id>) -> Vec<&'i FollowUp> {
    if open.is_empty() {
        return Vec::new();
    }
    let leads_to = |more: &FollowUp| {
        let text = format!("{}\n{}", more.prompt.raw(), more.answer.raw());
        let coverage = mark_open(&interview.rubric, &Text::new(""), &text);
        let found = coverage.points.iter().filter(|point| point.verdict != PointVerdict::Miss);
        found.filter(|point| open.contains(&point.id)).map(|point| point.weight).sum::<u32>()
    };
    let mut ordered: Vec<(u32, &FollowUp)> = interview.follow_ups.iter().map(|more| (leads_to(more), more)).collect();
    ordered.sort_by_key(|(weight, _)| u32::MAX - weight);
    ordered.into_iter().map(|(_, more)| more).collect()
}
