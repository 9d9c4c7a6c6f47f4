//! What `check` writes for services: annotations, SARIF, and the baseline.

use std::collections::BTreeSet;
use std::fs;

use jsonschema::Validator;
use regex::Regex;
use serde_json::Value;

use crate::sandbox::{Ran, Sandbox, many};

const SARIF: &str = include_str!("../data/sarif-2.1.0.schema.json");

/// Every code there ever was. One may be added; none may be taken away: baselines hang on them.
const CODES: &str = include_str!("../data/rule-codes.txt");

/// A deck of which every card answers itself, so that the strict bar has something to say to each.
fn weak(count: usize) -> String {
    many(count).replace("Question", "Is Answer, Question")
}

fn sarif() -> Validator {
    let mut schema: Value = serde_json::from_str(SARIF).unwrap();
    // The pattern of a field that we do not write has a stray bracket, which is no regular expression by the standard.
    for part in ["run", "toolComponent"] {
        schema["definitions"][part]["properties"]["language"].as_object_mut().unwrap().remove("pattern").unwrap();
    }
    jsonschema::options().should_validate_formats(true).build(&schema).unwrap()
}

fn valid(ran: &Ran) -> Value {
    let log: Value = serde_json::from_str(&ran.out).unwrap();
    let errors: Vec<String> = sarif().iter_errors(&log).map(|e| format!("{}: {e}", e.instance_path())).collect();
    assert!(errors.is_empty(), "{}", errors.join("\n"));
    log
}

#[test]
fn the_codes_of_rules_are_only_added() {
    let ran = Sandbox::new().run(&["check", "--rules", "--format", "json"]);
    let document: Value = serde_json::from_str(&ran.out).unwrap();
    let there: BTreeSet<&str> =
        document["rules"].as_array().unwrap().iter().map(|rule| rule["code"].as_str().unwrap()).collect();
    let pinned: BTreeSet<&str> = CODES.lines().collect();
    assert_eq!(there, pinned);
}

#[test]
fn sarif_is_valid_and_points_at_the_spot() {
    let sandbox = Sandbox::new();
    sandbox.write("decks/a b.json", many(3).replace("\"front\":\"Question 1?\"", "\"fornt\":\"Q?\""));
    sandbox.write("weak.json", weak(2));
    let ran = sandbox.run(&["check", "--strict", "--format", "sarif", "decks/a b.json", "./weak.json", "docker"]);
    assert_eq!(ran.status, 1, "{}", ran.err);
    let log = valid(&ran);
    let run = &log["runs"][0];
    let results = run["results"].as_array().unwrap();
    let first = &results[0];
    assert_eq!(first["ruleId"], "unknown-field");
    let rule = usize::try_from(first["ruleIndex"].as_u64().unwrap()).unwrap();
    assert_eq!(run["tool"]["driver"]["rules"][rule]["id"], "unknown-field");
    let place = &first["locations"][0]["physicalLocation"];
    assert_eq!(place["artifactLocation"]["uri"], "decks/a%20b.json");
    assert_eq!((&place["region"]["startLine"], &place["region"]["startColumn"]), (&2.into(), &31.into()));
    assert!(results.iter().any(|result| result["level"] == "warning" && result["ruleId"] == "flash-yes-no"));
    let prints: BTreeSet<&str> =
        results.iter().map(|result| result["partialFingerprints"]["problem/v1"].as_str().unwrap()).collect();
    assert_eq!(prints.len(), results.len());
}

#[test]
fn sarif_of_a_good_deck_is_valid_too_and_the_validator_sees_what_is_not() {
    let sandbox = Sandbox::new();
    let ran = sandbox.run(&["check", "--format", "sarif", "docker"]);
    assert_eq!(ran.status, 0);
    let mut log = valid(&ran);
    log["runs"][0]["results"] = serde_json::json!([{"ruleId": "x"}]);
    assert!(!sarif().is_valid(&log));
}

#[test]
fn annotations_are_ten_at_most_errors_first_and_the_summary_has_all() {
    let sandbox = Sandbox::new();
    sandbox.write("weak.json", weak(8));
    sandbox.write("broken.json", many(2).replace("\"back\"", "\"bakc\""));
    let mut command = sandbox.command(&["check", "--strict", "--format", "github", "weak.json", "./broken.json"]);
    let path = sandbox.home.path().join("summary.md");
    let ran = sandbox.finish(command.env("GITHUB_STEP_SUMMARY", &path), "");
    assert_eq!(ran.status, 1, "{}", ran.err);
    let lines: Vec<&str> = ran.out.lines().collect();
    assert_eq!(lines.len(), 11, "{}", ran.out);
    assert_eq!(
        lines[0],
        "::error file=broken.json,line=1,col=126,title=unknown-field::unknown field \"bakc\" (item `card-0`)%0Ahelp: \
         did you mean `back`?"
    );
    let command = Regex::new(r"^::(error|warning) file=[^:,]+,line=\d+,col=\d+,title=[a-z-]+::.+$").unwrap();
    assert!(lines[..10].iter().all(|line| command.is_match(line)), "{}", ran.out);
    assert!(lines[2].starts_with("::warning "), "{}", ran.out);
    assert!(
        Regex::new(r"^2 errors, \d+ warnings in 2 decks\. \d+ more are not annotated").unwrap().is_match(lines[10])
    );
    let summary = fs::read_to_string(path).unwrap();
    assert!(summary.starts_with("### ❌ grillme check\n\n2 errors, "), "{summary}");
    assert!(summary.matches("\n| weak").count() > 10 && summary.contains("| `flash-yes-no` |"), "{summary}");
}

/// A path, a text and an id that would each be a command of their own if they could.
#[test]
#[cfg(unix)]
fn nothing_untrusted_becomes_a_workflow_command_or_markdown() {
    let sandbox = Sandbox::new();
    let name = "a%0A,line=9::x\n::add-mask::b.json";
    let deck = many(1).replace("\"back\"", "\"::set-output name=x::y\\n::stop-commands::z<img src=x>|@me\\u001b[31m\"");
    sandbox.write(name, deck);
    let mut command = sandbox.command(&["check", "--format", "github", &format!("./{name}")]);
    let path = sandbox.home.path().join("summary.md");
    let ran = sandbox.finish(command.env("GITHUB_STEP_SUMMARY", &path), "");
    let lines: Vec<&str> = ran.out.lines().collect();
    assert_eq!(ran.status, 1);
    assert!(!ran.out.contains('\u{1b}'));
    for line in &lines[..lines.len() - 1] {
        assert!(line.starts_with("::error file=a%250A%2Cline=9%3A%3Ax%0A%3A%3Aadd-mask%3A%3Ab.json,line=1,"), "{line}");
    }
    assert_eq!(lines.last(), Some(&"2 errors, 0 warnings in 1 deck."));
    let summary = fs::read_to_string(path).unwrap();
    assert!(!summary.contains("<img") && !summary.contains("@me") && !summary.contains('\u{1b}'), "{summary}");
    assert_eq!(summary.lines().count(), 9, "{summary}");
}

#[test]
fn files_are_named_from_the_workspace_on() {
    let sandbox = Sandbox::new();
    sandbox.write("sub/broken.json", many(1).replace("\"back\"", "\"bakc\""));
    let mut command = sandbox.command(&["check", "--format", "github", "broken.json"]);
    command.current_dir(sandbox.home.path().join("sub")).env("GITHUB_WORKSPACE", sandbox.home.path());
    let ran = sandbox.finish(&mut command, "");
    assert!(ran.out.starts_with("::error file=sub/broken.json,"), "{}", ran.out);
}

#[test]
fn no_other_command_takes_the_formats_of_check() {
    let sandbox = Sandbox::new();
    for format in ["github", "sarif"] {
        let ran = sandbox.run(&["list", "--format", format]);
        assert!(ran.status == 2 && ran.err.contains("grillme check"), "{}", ran.err);
    }
    assert_eq!(sandbox.run(&["check", "--rules", "--format", "sarif"]).status, 2);
}

#[test]
fn what_cannot_be_read_is_told_and_hides_nothing_else() {
    let sandbox = Sandbox::new();
    sandbox.write("fine.json", many(2));
    sandbox.write("broken.json", many(1).replace("\"back\"", "\"bakc\""));
    sandbox.write("folder/notes.txt", "");
    let there = ["fine.json", "broken.json"];
    let missing = "error: there is no deck at none.json\nhint: a deck is a JSON file, or a folder with a deck.json\n";
    let run = |more: &[&str]| sandbox.run(&[&["check"], more, &there[..]].concat());
    let ran = run(&["none.json"]);
    assert_eq!((ran.status, ran.err.as_str()), (2, missing));
    assert!(ran.out.contains("fine.json: 2 items fine.\n") && ran.out.contains("did you mean `back`?"), "{}", ran.out);
    let ran = run(&["./folder", "none.json", "nobody"]);
    assert_eq!((ran.status, ran.err.matches("error: ").count()), (2, 3), "{}", ran.err);
    let ran = run(&["./folder"]);
    assert_eq!(ran.status, 3);
    assert!(ran.err.starts_with("error: ./folder is a folder without a deck.json\nhint: "), "{}", ran.err);
    // The documents are whole, and do not say that all is well.
    for (format, decks) in [("json", 2), ("sarif", 0)] {
        let ran = run(&["none.json", "--format", format]);
        let document: Value = serde_json::from_str(&ran.out).unwrap();
        assert_eq!((ran.status, document["decks"].as_array().map_or(0, Vec::len)), (2, decks));
    }
    let alone = sandbox.run(&["check", "none.json", "--format", "json"]);
    let document: Value = serde_json::from_str(&alone.out).unwrap();
    assert_eq!((alone.status, &document["ok"], &document["decks"]), (2, &Value::Bool(false), &serde_json::json!([])));
    // A baseline without the deck that was not there would be too short.
    assert_eq!(run(&["none.json", "--write-baseline", "known.json"]).status, 2);
    assert!(!sandbox.home.path().join("known.json").exists());
}

#[test]
fn a_baseline_lets_pass_what_was_there_and_nothing_else() {
    let sandbox = Sandbox::new();
    sandbox.write("weak.json", weak(2));
    let strict = |more: &[&str]| sandbox.run(&[&["check", "--strict", "./weak.json"], more].concat());
    assert_eq!(strict(&[]).status, 1);
    let written = strict(&["--write-baseline", "known.json"]);
    assert_eq!(written.status, 0, "{}", written.out);
    assert!(written.err.contains("known.json: ") && written.err.contains(" findings written"), "{}", written.err);
    let again = strict(&["--baseline", "known.json"]);
    assert!(again.status == 0 && again.out.contains("2 items fine. "), "{}", again.out);
    assert!(again.out.contains(" more known from the baseline."), "{}", again.out);
    // Lines move, words change, the file goes elsewhere: the findings are the same.
    sandbox.write("there/weak.json", weak(2).replace("\"items\"", "\n\n\"items\"").replace("Question", "Thing"));
    let moved = sandbox.run(&["check", "--strict", "--baseline", "known.json", "./there/weak.json"]);
    assert_eq!(moved.status, 0, "{}", moved.out);
    // A third card is new, and only it is told.
    sandbox.write("weak.json", weak(3));
    let more = strict(&["--baseline", "known.json", "--format", "json"]);
    let document: Value = serde_json::from_str(&more.out).unwrap();
    let items: BTreeSet<&str> = document["decks"][0]["problems"]
        .as_array()
        .unwrap()
        .iter()
        .filter_map(|problem| problem["item"].as_str())
        .collect();
    assert_eq!((more.status, items), (1, BTreeSet::from(["card-2"])));
    assert!(document["decks"][0]["known"].as_u64().unwrap() > 3);
    // One card less: the baseline can shrink.
    sandbox.write("weak.json", weak(1));
    let less = strict(&["--baseline", "known.json"]);
    assert!(less.status == 0 && less.err.contains("of the baseline are gone"), "{}", less.err);
}

#[test]
fn a_baseline_never_lets_an_error_pass_and_a_broken_one_is_refused() {
    let sandbox = Sandbox::new();
    sandbox.write("broken.json", many(1).replace("\"back\"", "\"bakc\""));
    let written = sandbox.run(&["check", "--strict", "--write-baseline", "known.json", "broken.json"]);
    assert_eq!(written.status, 1);
    assert_eq!(sandbox.run(&["check", "--strict", "--baseline", "known.json", "broken.json"]).status, 1);
    sandbox.write("other.json", "{}");
    let ran = sandbox.run(&["check", "--baseline", "other.json", "docker"]);
    assert!(ran.status == 3 && ran.err.contains("no baseline of grillme"), "{}", ran.err);
    assert_eq!(sandbox.run(&["check", "--baseline", "nowhere.json", "docker"]).status, 3);
}
