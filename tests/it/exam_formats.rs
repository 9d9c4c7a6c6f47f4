//! The reports of an exam for other programs, each read by a reader that is not ours.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;

use regex::Regex;
use serde_json::Value;
use tap_parser::{TapParser, TapStatement};
use uppsala::{Document, XsdValidator};

use crate::payload::{PAYLOADS, escaped, hostile};
use crate::sandbox::{Ran, Sandbox};

const JUNIT: &str = include_str!("../data/junit-10.xsd");

/// Questions of two lessons; some texts are what other formats take for their own.
const DECK: &str = r#"{"format":"grillme-deck","version":1,"id":"d","title":"D","lessons":[
 {"id":"one","title":"One","items":[
  {"id":"pick","kind":"choice","tier":"beginner","prompt":"Which? # SKIP ]]> <b>\n::error::x","options":[
    {"id":"a","text":"This","correct":true},{"id":"b","text":"That & \"those\"","feedback":"Not <that>."}]},
  {"id":"type","kind":"typed","tier":"expert","prompt":"What runs virtual machines?","accept":["hypervisor"]},
  {"id":"sort","kind":"order","prompt":"Sort!","steps":[{"id":"x","text":"First"},{"id":"y","text":"Then"},{"id":"z","text":"Last"}]},
  {"id":"pair","kind":"match","prompt":"Pair!","pairs":[{"id":"l","left":"L","right":"R"},{"id":"m","left":"M","right":"S"}]}]},
 {"id":"two","title":"Two","items":[MORE]}]}"#;

/// A sandbox with the deck, of which lesson two has so many items, and answers to lesson one: right, hostile, partly
/// right, and of the wrong shape.
fn sandbox(more: usize) -> Sandbox {
    let sandbox = Sandbox::new();
    let item = |n| format!(r#"{{"id":"more-{n}","kind":"typed","prompt":"More {n}?","accept":["yes"]}}"#);
    let items: Vec<String> = (0..more).map(item).collect();
    sandbox.write("d.json", DECK.replace("MORE", &items.join(",")));
    let mut answers = String::from("{\"item\":\"d/pick\",\"answer\":\"b\"}\n");
    let nasty: String = PAYLOADS.iter().map(|payload| escaped(payload)).collect();
    writeln!(answers, r#"{{"item":"d/type","answer":"{nasty}]]> # TODO %0A\n::stop-commands::z\n  ...\n<x> @me"}}"#)
        .unwrap();
    answers.push_str("{\"item\":\"d/sort\",\"answer\":[\"x\",\"z\",\"y\"]}\n{\"item\":\"d/pair\",\"answer\":{\"l\":\"R\",\"m\":\"S\"}}\n");
    for n in 0..more.min(1) {
        writeln!(answers, r#"{{"item":"d/more-{n}","answer":[1]}}"#).unwrap();
    }
    sandbox.write("answers.jsonl", answers);
    sandbox
}

fn report(sandbox: &Sandbox, format: &str) -> Ran {
    let ran = sandbox.run(&["exam", "./d.json", "--answers", "answers.jsonl", "--report", format]);
    assert_eq!(ran.status, 1, "{}", ran.err);
    assert_eq!(hostile(&ran.out), None, "{}", ran.out);
    assert_eq!(sandbox.run(&["exam", "./d.json", "--answers", "answers.jsonl", "--report", format]).out, ran.out);
    ran
}

fn invalid(schema: &str, xml: &str) -> Vec<String> {
    let schema = uppsala::parse(schema).unwrap();
    let document = uppsala::parse(xml).unwrap();
    let errors = XsdValidator::from_schema(&schema).unwrap().validate(&document);
    errors.iter().map(ToString::to_string).collect()
}

/// Every element of a name: its attributes, and its text.
fn elements(document: &Document<'_>, name: &str) -> Vec<(BTreeMap<String, String>, String)> {
    let found = document.get_elements_by_tag_name(name);
    found
        .into_iter()
        .map(|node| {
            let element = document.element(node).unwrap();
            let attributes = element.attributes.iter().map(|a| (a.name.local_name.to_string(), a.value.to_string()));
            (attributes.collect(), document.text_content_deep(node))
        })
        .collect()
}

#[test]
fn junit_is_valid_by_the_schema_of_jenkins() {
    let ran = report(&sandbox(12), "junit");
    assert_eq!(invalid(JUNIT, &ran.out), Vec::<String>::new(), "{}", ran.out);
    let document = uppsala::parse(&ran.out).unwrap();
    let cases = elements(&document, "testcase");
    assert_eq!(cases.len(), 16);
    let names: Vec<&str> = cases.iter().map(|(attributes, _)| attributes["name"].as_str()).collect();
    assert!(names.contains(&"pick: Which? # SKIP ]]> <b> ::error::x"), "{names:?}");
    assert!(cases.iter().any(|(attributes, _)| attributes["classname"] == "d.two"));
    let failures = elements(&document, "failure");
    let types: Vec<&str> = failures.iter().map(|(attributes, _)| attributes["type"].as_str()).collect();
    let count = |word: &str| types.iter().filter(|written| **written == word).count();
    assert_eq!((count("wrong"), count("partial"), count("missing")), (2, 1, 11));
    assert_eq!(elements(&document, "error").len(), 1);
    for (attributes, text) in &failures {
        assert!(attributes["message"].starts_with(&attributes["type"]), "{attributes:?}");
        assert!(text.starts_with(&attributes["type"]) && text.lines().count() > 1, "{text}");
    }
    assert!(
        failures.iter().any(|(_, text)| text.contains("picked: That & \"those\"\n") && text.contains("Not <that>."))
    );
    let suites = elements(&document, "testsuites");
    assert_eq!((suites[0].0["failures"].as_str(), suites[0].0["errors"].as_str()), ("14", "1"));
    assert!(!ran.out.contains("skipped"));
    let times = Regex::new(r#"time="([^"]*)""#).unwrap();
    assert!(times.captures_iter(&ran.out).all(|time| Regex::new(r"^\d+(\.\d{1,3})?$").unwrap().is_match(&time[1])));
}

#[test]
fn the_validator_sees_what_jenkins_would_not_take() {
    for bad in [
        r#"<testsuites skipped="0"/>"#,
        r#"<testsuites><testsuite name="n" tests="1" failures="0" errors="0" time="1.2s"/></testsuites>"#,
        r#"<testsuites><testsuite name="n" tests="1" failures="0" errors="0"><testcase/></testsuite></testsuites>"#,
    ] {
        assert!(!invalid(JUNIT, bad).is_empty(), "{bad}");
    }
}

#[test]
fn tap_is_read_by_another_parser() {
    let ran = report(&sandbox(3), "tap");
    let mut parser = TapParser::new();
    let statements = parser.parse(&ran.out).unwrap();
    let points: Vec<_> = statements
        .iter()
        .filter_map(|statement| match statement {
            TapStatement::TestPoint(point) => Some(point),
            _ => None,
        })
        .collect();
    assert_eq!(points.len(), 7);
    assert_eq!(points.iter().filter(|point| point.result).count(), 1);
    for (at, point) in points.iter().enumerate() {
        assert_eq!(point.number, Some(at + 1));
        assert!(point.directive.is_none(), "{point:?}");
        assert_eq!(point.yaml.is_empty(), point.result, "{point:?}");
    }
    let points_written = ran.out.lines().filter(|line| line.starts_with("ok ") || line.starts_with("not ok ")).count();
    assert_eq!(points_written, 7);
    // The message is one YAML text, which is JSON too: it comes back as it was said.
    let picked = points.iter().find(|point| point.desc.is_some_and(|desc| desc.contains("/pick: "))).unwrap();
    let message = picked.yaml.iter().find_map(|line| line.trim().strip_prefix("message: ")).unwrap();
    let message: String = serde_json::from_str(message).unwrap();
    assert!(
        message.starts_with("wrong") && message.contains("\npicked: That & \"those\"") || message.contains("picked")
    );
    assert!(ran.out.ends_with("; seed 1\n"));
}

#[test]
fn github_annotates_ten_lines_and_sums_up() {
    let sandbox = sandbox(12);
    let mut command = sandbox.command(&["exam", "./d.json", "--answers", "answers.jsonl", "--report", "github"]);
    let summary = sandbox.home.path().join("summary.md");
    command.env("GITHUB_STEP_SUMMARY", &summary).env("GITHUB_WORKSPACE", sandbox.home.path());
    let ran = sandbox.finish(&mut command, "");
    assert_eq!(ran.status, 1, "{}", ran.err);
    let lines: Vec<&str> = ran.out.lines().collect();
    assert_eq!(lines.len(), 11, "{}", ran.out);
    assert!(
        lines[0].starts_with("::error file=answers.jsonl,line=5,title=d/more-0%3A error::error%0A"),
        "{}",
        lines[0]
    );
    let command =
        Regex::new(r"^::(error|warning) (file=answers\.jsonl,line=\d,)?title=d/[a-z0-9-]+%3A [a-z]+::").unwrap();
    assert!(lines[..10].iter().all(|line| command.is_match(line)), "{}", ran.out);
    assert!(lines[10].starts_with("grillme exam not passed: "), "{}", lines[10]);
    assert!(lines[10].ends_with("; 5 questions not annotated: see the job summary"), "{}", lines[10]);
    let summary = fs::read_to_string(summary).unwrap();
    assert!(summary.starts_with("### ❌ grillme exam not passed: "), "{summary}");
    assert_eq!(summary.matches("\n- **d/").count(), 15, "{summary}");
    assert_eq!(hostile(&(ran.out + &summary)), None);
}

#[test]
fn markdown_holds_no_markup_but_its_own() {
    let ran = report(&sandbox(1), "markdown");
    assert!(ran.out.contains("| d/one | 4 | 1 | 1 | 2 | 0 | 0 | "), "{}", ran.out);
    for raw in ["<b>", "<x>", "@me", "]]>"] {
        assert!(!ran.out.contains(raw), "{raw}: {}", ran.out);
    }
    let lines = ran.out.lines().map(str::trim_start);
    assert!(lines.clone().all(|line| !line.starts_with("::") && !line.starts_with("...")), "{}", ran.out);
}

/// What GitHub's reporter does with the result: it adds up the points.
#[test]
fn classroom_gives_partial_points() {
    let ran = report(&sandbox(1), "classroom");
    let result: Value = serde_json::from_str(&ran.out).unwrap();
    let tests = result["tests"].as_array().unwrap();
    let points: f64 = tests.iter().map(|test| test["score"].as_f64().unwrap()).sum();
    assert_eq!((result["status"].as_str(), result["max_score"].as_u64()), (Some("error"), Some(5)));
    assert!((points - 1.6667).abs() < 1e-9, "{points}");
    for test in tests {
        assert!(["pass", "fail", "error"].contains(&test["status"].as_str().unwrap()));
        // Each is printed into the log of the job, where a line that starts with `::` would be a command.
        let printed = ["name", "message", "test_code"].iter().filter_map(|field| test[*field].as_str());
        assert!(printed.clone().all(|text| !text.contains('\n') && !text.starts_with(':')), "{test}");
    }
    assert!(tests.iter().any(|test| test["line_no"] == 3 && test["filename"] == "answers.jsonl"));
}

#[test]
fn a_passed_exam_has_neither_errors_nor_failures() {
    let sandbox = sandbox(0);
    let right = "{\"item\":\"d/pick\",\"answer\":\"a\"}\n{\"item\":\"d/type\",\"answer\":\"hypervisor\"}\n\
                 {\"item\":\"d/sort\",\"answer\":[\"x\",\"y\",\"z\"]}\n{\"item\":\"d/pair\",\"answer\":{\"l\":\"R\",\"m\":\"S\"}}\n";
    sandbox.write("answers.jsonl", right);
    let args = ["exam", "./d.json", "--answers", "answers.jsonl", "--report", "junit=j.xml", "--report", "tap=t.tap"];
    let more = ["--report", "github", "--report", "classroom=c.json", "--report", "markdown=m.md"];
    let ran = sandbox.run(&[&args[..], &more].concat());
    assert_eq!((ran.status, ran.out.as_str()), (0, "grillme exam passed: 100 % (80 % passes)\n"), "{}", ran.err);
    let read = |name: &str| fs::read_to_string(sandbox.home.path().join(name)).unwrap();
    assert_eq!(invalid(JUNIT, &read("j.xml")), Vec::<String>::new());
    assert!(!read("j.xml").contains("<failure") && !read("j.xml").contains("<error"));
    assert!(!read("t.tap").contains("not ok"));
    let result: Value = serde_json::from_str(&read("c.json")).unwrap();
    assert_eq!(result["status"], "pass");
    assert!(read("m.md").starts_with("### ✅ grillme exam passed: 100 %"));
}

/// The same seed, deck and answers give the same bytes, whatever the locale, the time zone and the terminal are; what
/// they are stands in the repository, so on every platform and in every release.
#[test]
fn reports_are_the_same_bytes_everywhere() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/ci");
    let sandbox = Sandbox::new();
    for name in ["deck.json", "failing.jsonl"] {
        // A checkout may have other line ends; the deck's sum is told.
        sandbox.write(name, fs::read_to_string(folder.join(name)).unwrap().replace("\r\n", "\n"));
    }
    for format in ["json", "junit", "tap", "markdown"] {
        let args = ["exam", "./deck.json", "--answers", "failing.jsonl", "--seed", "7", "--report", format];
        let worlds = [("LC_ALL", "tr_TR.ISO-8859-9"), ("TZ", "Pacific/Chatham"), ("TERM", "dumb"), ("COLUMNS", "20")];
        let plain = sandbox.run(&args).out;
        for (name, value) in worlds {
            assert_eq!(sandbox.finish(sandbox.command(&args).env(name, value), "").out, plain, "{name}");
        }
        insta::assert_snapshot!(format!("report_{format}"), plain);
    }
}
