//! Every example on `docs/marking.md` is run.

use std::fs;
use std::path::Path;

use grillme::deck::{Context, FromNode, Node, Rubric, Text};
use grillme::grade::{PointVerdict, mark_open};

use crate::sandbox::Sandbox;

fn page() -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/marking.md");
    fs::read_to_string(path).unwrap().replace("\r\n", "\n")
}

/// Gives the code blocks of a language.
fn blocks(page: &str, language: &str) -> Vec<String> {
    let open = format!("```{language}\n");
    page.split(&open).skip(1).filter_map(|rest| rest.split_once("\n```")).map(|(body, _)| body.to_owned()).collect()
}

fn verdict(pattern: &str, answer: &str) -> &'static str {
    let pattern = serde_json::to_string(pattern).unwrap();
    let json = format!(r#"{{"key_points": [{{"id": "point", "text": "t", "match": [{pattern}]}}]}}"#);
    let mut problems = Vec::new();
    let rubric = Rubric::from_node(&Node::parse(&json).unwrap(), &mut Context::new(0, &mut problems));
    assert_eq!(problems, []);
    match mark_open(&rubric.unwrap(), &Text::new("Why?"), answer).points[0].verdict {
        PointVerdict::Hit => "hit",
        PointVerdict::Ask => "ask",
        PointVerdict::Miss => "miss",
    }
}

#[test]
fn every_pattern_on_the_page_does_what_the_page_says() {
    let page = page();
    let rows = page.lines().filter(|line| line.starts_with("| `"));
    let mut count = 0;
    for row in rows {
        let row = row.replace("\\|", "\u{1}");
        let cells: Vec<String> =
            row.trim_matches('|').split('|').map(|cell| cell.trim().replace('\u{1}', "|")).collect();
        let [pattern, answer, expected] = cells.as_slice() else { panic!("{row}") };
        assert_eq!(verdict(pattern.trim_matches('`'), answer), expected, "{row}");
        count += 1;
    }
    assert_eq!(count, 22);
}

#[test]
fn the_deck_on_the_page_passes_its_own_samples_and_is_marked_as_shown() {
    let (sandbox, page) = (Sandbox::new(), page());
    sandbox.write("light.json", &blocks(&page, "json")[0]);
    let checked = sandbox.run(&["check", "light.json"]);
    assert_eq!((checked.status, checked.out.as_str()), (0, "light.json: 1 item fine.\n"));
    let strict = sandbox.run(&["check", "--strict", "light.json"]);
    assert!(!strict.out.contains("rubric-"), "{}", strict.out);
    let console = &blocks(&page, "console")[0];
    let (command, shown) = console.split_once('\n').unwrap();
    let (said, mark) = command.strip_prefix("$ echo \"").and_then(|rest| rest.split_once("\" | grillme ")).unwrap();
    let ran = sandbox.run_with(&mark.split(' ').collect::<Vec<_>>(), said);
    assert_eq!((ran.status, ran.out.trim_end()), (0, shown));
}
