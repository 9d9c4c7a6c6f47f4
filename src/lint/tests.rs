use crate::deck::{Context, Deck, Node, Problem, Severity, read_deck};
use crate::library::{BUNDLED, Origin, load};

use super::{RULES, samples, strict};

#[test]
fn every_bundled_deck_meets_the_strict_bar() {
    for bundled in BUNDLED {
        let loaded = load(&Origin::Bundled(bundled)).expect("a bundled deck loads");
        let texts: Vec<&str> = loaded.files.iter().map(|file| file.text.as_str()).collect();
        let found: Vec<String> = strict(&loaded.deck, &texts)
            .iter()
            .map(|p| format!("{} {}: {}", p.rule, p.item.clone().unwrap_or_default(), p.message))
            .collect();
        assert!(found.is_empty(), "{}", found.join("\n"));
    }
}

/// A deck of one interview question and one scenario with the same rubric, its parts as given.
fn deck(prompt: &str, answer: &str, point: &str, claim: &str, sample: &str) -> String {
    let open = format!(
        r#""prompt": "{prompt}", "answer": "{answer}", "rubric": {{
          "key_points": [
            {{"id": "kernel", "text": "t", "match": [{point}]}},
            {{"id": "process", "text": "t", "match": ["process"]}}
          ],
          "misconceptions": [{{"id": "vm", "text": "t", "match": [{claim}], "feedback": "f"}}],
          "samples": [{sample}, {{"text": "Dunno.", "hits": []}}]
        }}"#
    );
    format!(
        r#"{{"format": "grillme-deck", "version": 1, "id": "d", "title": "t", "items": [
          {{"id": "question", "kind": "interview", "tier": "beginner", {open}}},
          {{"id": "story", "kind": "scenario", "prompt": "p", "steps": [{{"id": "s", "ask": "open", {open}}}]}}
        ]}}"#
    )
}

const GOOD: [&str; 5] = [
    "Why so light?",
    "They share a kernel. Each is a process.",
    r#""shar* kernel""#,
    r#""is like vm*""#,
    r#"{"text": "One process. They share the kernel.", "hits": ["kernel", "process"]}"#,
];

/// Lists the findings about rubrics: rule, item, the place in the text, message and hint.
fn findings(text: &str, run: fn(&Deck, &[&str]) -> Vec<Problem>) -> Vec<String> {
    let mut problems = Vec::new();
    let deck = read_deck(&Node::parse(text).unwrap(), &mut Context::new(0, &mut problems)).unwrap();
    assert_eq!(problems, []);
    let told = |p: &Problem| {
        assert_eq!(p.severity, Severity::Warning);
        let place = text[p.span.start..p.span.end].lines().next().unwrap_or_default();
        let (item, hint) = (p.item.clone().unwrap_or_default(), p.hint.clone().unwrap_or_default());
        format!("{} {item} at {place}: {}\n{hint}", p.rule, p.message)
    };
    run(&deck, &[text]).iter().filter(|p| p.rule.starts_with("rubric")).map(told).collect()
}

/// Changes one part of the good deck; gives what `check --strict` and what `check` find in each of the two items.
fn changed(part: usize, to: &str) -> (Vec<String>, Vec<String>) {
    let mut parts = GOOD;
    parts[part] = to;
    let [prompt, answer, point, claim, sample] = parts;
    let text = deck(prompt, answer, point, claim, sample);
    let (all, always) = (findings(&text, strict), findings(&text, samples));
    let (question, story): (Vec<_>, Vec<_>) = all.into_iter().partition(|found| found.contains(" question at "));
    let renamed: Vec<String> = story.iter().map(|found| found.replace(" story at ", " question at ")).collect();
    assert_eq!(question, renamed, "an open step is held to what an interview question is held to");
    (question, always.into_iter().filter(|found| found.contains(" question at ")).collect())
}

#[test]
fn a_good_rubric_has_no_findings() {
    assert_eq!(changed(0, GOOD[0]), (vec![], vec![]));
}

#[test]
fn a_model_answer_hits_every_point_and_no_misconception() {
    let (found, always) = changed(1, "They don't share a kernel. Each is a process.");
    let hint = "`shar* kernel`: `not` may deny it\nread as: they do not share a kernel | each is a process";
    let message = "the model answer does not hit the key point `kernel`";
    assert_eq!(found, [format!("rubric-answer question at [\"shar* kernel\"]: {message}\n{hint}")]);
    assert_eq!(always, [] as [&str; 0]);
    let (found, _) = changed(3, r#""a process|thread""#);
    let message = "the model answer holds the misconception `vm`";
    let hint = "`a process|thread` finds \"a process\"";
    assert_eq!(found, [format!("rubric-answer question at [\"a process|thread\"]: {message}\n{hint}")]);
}

#[test]
fn a_question_that_gives_a_point_away_is_found_although_pasting_it_back_earns_nothing() {
    let (found, _) = changed(0, "Why share a kernel?");
    let hint = "`shar* kernel` finds \"share a kernel\"; ask for a word that the question does not give away";
    let message = "the question itself hits the key point `kernel`";
    assert_eq!(found, [format!("rubric-question question at [\"shar* kernel\"]: {message}\n{hint}")]);
}

#[test]
fn a_sample_gets_exactly_its_stated_verdicts_and_is_run_without_strict_too() {
    let sample = r#"{"text": "They share a kernal. One is like a VM. A process.", "hits": ["kernel"]}"#;
    let (found, always) = changed(4, sample);
    let read = "read as: they share a kernal | one is like a vm | a process";
    let text = "\"They share a kernal. One is like a VM. A process.\"";
    let expected = [
        format!(
            "rubric-sample question at {text}: the sample must not hit the key point `process`, but does\n\
             `process`: finds \"process\"\n{read}"
        ),
        format!(
            "rubric-sample question at {text}: the sample must not hold the misconception `vm`, but does\n\
             `is like vm*`: finds \"is like a vm\"\n{read}"
        ),
        format!(
            "rubric-sample question at [\"kernel\"]: the sample must hit the key point `kernel`, but does not\n\
             `shar* kernel`: `kernal` may be a slip for `kernel`\n{read}"
        ),
    ];
    assert_eq!(found, expected);
    assert_eq!(always, expected);
    let sample =
        r#"{"text": "Share a kernel, as a process.", "hits": ["kernel", "process"], "misconceptions": ["vm"]}"#;
    let (found, _) = changed(4, sample);
    let message = "the sample must hold the misconception `vm`, but does not";
    let hint = "`is like vm*`: nothing in the answer fits\nread as: share a kernel as a process";
    assert_eq!(found, [format!("rubric-sample question at [\"vm\"]: {message}\n{hint}")]);
}

#[test]
fn a_rubric_has_a_good_and_a_bad_sample_and_two_to_six_points() {
    let (found, _) = changed(4, r#"{"text": "Hm.", "hits": []}"#);
    assert_eq!(found.len(), 1, "{found:?}");
    assert!(found[0].starts_with("rubric-samples question at [{"), "{found:?}");
    let text = deck(GOOD[0], GOOD[1], GOOD[2], GOOD[3], GOOD[4]);
    let one = text.replace(r#"{"id": "process", "text": "t", "match": ["process"]}"#, "");
    let one =
        one.replace("\"match\": [\"shar* kernel\"]},", "\"match\": [\"shar* kernel\"]}").replace(", \"process\"]", "]");
    let found = findings(&one, strict);
    assert!(found.len() == 2 && found[0].contains("1 key points; two to six are wanted"), "{found:?}");
}

#[test]
fn every_finding_names_a_rule_that_is_listed() {
    let text = deck("Do they share a kernel?", "No.", GOOD[2], r#""no""#, r#"{"text": "Process.", "hits": []}"#);
    let mut problems = Vec::new();
    let deck = read_deck(&Node::parse(&text).unwrap(), &mut Context::new(0, &mut problems)).unwrap();
    let found = strict(&deck, &[&text]);
    assert!(found.len() > 8);
    assert!(found.iter().all(|problem| RULES.iter().any(|rule| rule.code == problem.rule)), "{found:?}");
}
