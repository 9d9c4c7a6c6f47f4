//! A rule for ids: in an exam the id of a question stands beside it.

use crate::deck::{Accepted, Item, Kind, Pattern, Piece};

use super::spot::Report;
use super::words::parts;

/// An answer shorter than this, in letters and digits, stands in many an id by chance.
const LEAST: usize = 3;

pub(super) fn check(item: &Item, report: &mut Report<'_>) {
    let id = parts(item.id.as_str());
    let (shown, answers) = asked(&item.kind);
    let shown = parts(&shown);
    let tells = |answer: &&String| {
        let answer = parts(answer);
        let length: usize = answer.iter().map(String::len).sum();
        length >= LEAST && answer.is_subset(&id) && !answer.is_subset(&shown)
    };
    if let Some(answer) = answers.iter().find(tells) {
        let message = format!("the id holds the answer {answer:?}");
        let hint = "name the item after what it asks; a sheet of questions shows the id";
        report.item(item, &["id"], "id-gives-away", message, hint);
    }
}

/// Gives what is shown with the question of an item that is answered in words, and the answers.
fn asked(kind: &Kind) -> (String, Vec<String>) {
    let raw = |text: &crate::deck::Text| text.raw().to_owned();
    match kind {
        Kind::Typed(typed) => {
            let text = |accepted: &Accepted| match &accepted.pattern {
                Pattern::Text(text) => Some(raw(text)),
                Pattern::Regex(_) | Pattern::Number { .. } => None,
            };
            (raw(&typed.prompt), typed.accept.iter().filter_map(text).collect())
        }
        Kind::Cloze(cloze) => {
            let (mut shown, mut answers) = (String::new(), Vec::new());
            for piece in &cloze.pieces {
                match piece {
                    Piece::Plain(text) => shown += &format!(" {}", text.raw()),
                    Piece::Hole { answer, .. } => answers.push(raw(answer)),
                }
            }
            answers.extend(cloze.accept.values().flatten().map(raw));
            (shown, answers)
        }
        Kind::Diagram(diagram) => {
            let shown = format!("{} {}", diagram.prompt.raw(), diagram.art.raw());
            (shown, diagram.labels.values().flatten().map(raw).collect())
        }
        _ => (String::new(), Vec::new()),
    }
}

#[cfg(test)]
mod tests {
    use crate::deck::{Context, FromNode, Item, Node};
    use crate::lint::spot::Report;

    /// Tells what is found of an item with this id and these fields.
    fn found(id: &str, fields: &str) -> Vec<String> {
        let text = format!("{{\"id\": \"{id}\", {fields}}}");
        let item = Item::from_node(&Node::parse(&text).unwrap(), &mut Context::new(0, &mut Vec::new())).unwrap();
        let texts = [text.as_str()];
        let mut report = Report::new(&texts);
        super::check(&item, &mut report);
        let at = |span: crate::deck::Span| text[span.start..span.end].to_owned();
        report.sorted().into_iter().map(|problem| format!("{} {}", at(problem.span), problem.message)).collect()
    }

    const TYPED: &str =
        r#""kind": "typed", "prompt": "What marks a deleted file?", "accept": [{"regex": "w.*"}, "Whiteout"]"#;

    #[test]
    fn an_id_that_holds_an_answer_in_words_is_found() {
        assert_eq!(
            found("layer-whiteout-term", TYPED),
            ["\"layer-whiteout-term\" the id holds the answer \"Whiteout\""]
        );
        assert_eq!(found("layer-deleted-file", TYPED), [""; 0]);
        let cloze =
            r#""kind": "cloze", "text": "All share the {{c1::kernel::part}}.", "accept": {"c1": ["host kernel"]}"#;
        assert_eq!(found("shared-kernel", cloze).len(), 1);
        assert_eq!(found("host-part", cloze), [""; 0]);
        let drawn = r#""kind": "diagram", "prompt": "P", "art": "[1] over [2]", "alt": "A", "labels": {"1": ["upper"], "2": ["lower"]}"#;
        assert_eq!(found("the-lower-one", drawn).len(), 1);
    }

    #[test]
    fn what_is_shown_anyway_or_short_or_only_a_part_gives_nothing_away() {
        let shown = r#""kind": "typed", "prompt": "Which flag of whiteout?", "accept": ["whiteout flag"]"#;
        assert_eq!(found("whiteout-flag", shown), [""; 0]);
        let short = r#""kind": "typed", "prompt": "Which option?", "accept": ["-d"]"#;
        assert_eq!(found("option-d", short), [""; 0]);
        let part = r#""kind": "typed", "prompt": "Which command?", "accept": ["docker ps --all"]"#;
        assert_eq!(found("docker-ps", part), [""; 0]);
    }
}
