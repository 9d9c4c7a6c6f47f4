//! Lessons with their objectives, and what the learner has shown of each.

use serde::Serialize;

use crate::deck::Text;
use crate::schedule::Coverage;

use super::{Style, safe_line, table, wrap};

/// A lesson with what the learner has shown of it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct LessonLine {
    /// The deck's id.
    pub deck: String,
    /// The lesson's id.
    pub lesson: String,
    /// Its title.
    pub title: Text,
    /// A fair time to work through it, in minutes.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub minutes: Option<u32>,
    /// The evidence over all its items.
    #[serde(flatten)]
    pub coverage: Coverage,
    /// Its objectives.
    pub objectives: Vec<ObjectiveLine>,
}

/// An objective with what the learner has shown of it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ObjectiveLine {
    /// The objective's id.
    pub id: String,
    /// The objective in words.
    pub text: Text,
    /// The evidence over the items that serve it.
    #[serde(flatten)]
    pub coverage: Coverage,
}

/// Sets the lessons of a deck, each with its objectives.
pub fn lessons(title: &Text, lessons: &[LessonLine], style: &Style) -> String {
    let mut lines = wrap(&safe_line(title), style.width).iter().map(|line| style.bold(line)).collect::<Vec<_>>();
    for lesson in lessons {
        lines.push(String::new());
        lines.extend(wrap(&heading(lesson), style.width));
        lines.extend(objectives(lesson, style));
    }
    lines.join("\n") + "\n"
}

/// Sets the objectives of a lesson, each with the items that were right lately; nothing if it has none.
fn objectives(lesson: &LessonLine, style: &Style) -> Vec<String> {
    if lesson.objectives.is_empty() {
        return Vec::new();
    }
    let mut rows = vec![["right", "to be able to"].map(str::to_owned).to_vec()];
    rows.extend(lesson.objectives.iter().map(|o| vec![share(o.coverage), safe_line(&o.text)]));
    rows.push(vec![share(lesson.coverage), "(all items)".to_owned()]);
    table(&rows, true, &Style { width: style.prose_width(), ..*style })
}

fn heading(lesson: &LessonLine) -> String {
    let minutes = lesson.minutes.map(|minutes| format!(", {minutes} min")).unwrap_or_default();
    let alone = lesson.objectives.is_empty();
    let right = if alone { format!(": {} items right lately", share(lesson.coverage)) } else { String::new() };
    format!("{} ({}{minutes}){right}", safe_line(&lesson.title), lesson.lesson)
}

fn share(coverage: Coverage) -> String {
    format!("{} of {}", coverage.right, coverage.items)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lesson(objectives: &[(&str, usize)]) -> LessonLine {
        let objective = |(text, right): &(&str, usize)| ObjectiveLine {
            id: "o".into(),
            text: Text::new(*text),
            coverage: Coverage { items: 7, answered: 4, right: *right },
        };
        LessonLine {
            deck: "docker".into(),
            lesson: "docker-vs-vm".into(),
            title: Text::new("Docker vs\u{1b} virtual machine"),
            minutes: Some(30),
            coverage: Coverage { items: 19, answered: 9, right: 5 },
            objectives: objectives.iter().map(objective).collect(),
        }
    }

    #[test]
    fn objectives_read_well_at_80_and_40_columns() {
        let all = [
            lesson(&[("Say what a container shares with its host and what it does not", 2), ("Choose", 0)]),
            lesson(&[]),
        ];
        let title = Text::new("Docker");
        let wide = "\
Docker

Docker vs<U+001B> virtual machine (docker-vs-vm, 30 min)
right    to be able to
-------  --------------------------------------------------------------
2 of 7   Say what a container shares with its host and what it does not
0 of 7   Choose
5 of 19  (all items)

Docker vs<U+001B> virtual machine (docker-vs-vm, 30 min): 5 of 19 items right
lately
";
        let ascii = |width| Style { plain: false, ..Style::plain(width) };
        assert_eq!(lessons(&title, &all, &ascii(80)), wide);
        let narrow = "\
Docker

Docker vs<U+001B> virtual machine
(docker-vs-vm, 30 min)
right    to be able to
-------  -------------------------------
2 of 7   Say what a container shares
         with its host and what it does
         not
0 of 7   Choose
5 of 19  (all items)
";
        assert_eq!(lessons(&title, &all[..1], &ascii(40)), narrow);
    }
}
