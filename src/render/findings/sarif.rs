//! SARIF 2.1.0: what code scanning services and editors read.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

use crate::deck::{Severity, escape_json};
use crate::lint::{ERRORS, RULES, Rule};
use crate::render::Placed;

use super::{Checked, said};

/// Writes all problems as one run. A relative path is one below the root of the repository.
pub fn check_sarif(checked: &[Checked]) -> String {
    let mut seen = BTreeMap::new();
    let problems = checked.iter().flat_map(|deck| &deck.problems);
    let results: Vec<Value> = problems.map(|problem| result(problem, &mut seen)).collect();
    let rules: Vec<Value> = all_rules().map(|(rule, level)| describe(rule, level)).collect();
    let driver = json!({
        "name": "grillme",
        "semanticVersion": env!("CARGO_PKG_VERSION"),
        "rules": rules,
    });
    let log = json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{"tool": {"driver": driver}, "columnKind": "unicodeCodePoints", "results": results}],
    });
    escape_json(serde_json::to_string_pretty(&log).unwrap_or_default())
}

fn all_rules() -> impl Iterator<Item = (&'static Rule, Severity)> {
    let errors = ERRORS.iter().map(|rule| (rule, Severity::Error));
    errors.chain(RULES.iter().map(|rule| (rule, Severity::Warning)))
}

fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
    }
}

fn describe(rule: &Rule, severity: Severity) -> Value {
    json!({
        "id": rule.code,
        "shortDescription": {"text": rule.summary},
        "defaultConfiguration": {"level": level(severity)},
    })
}

/// Makes a result; `seen` counts those that nothing but their place tells apart.
fn result(problem: &Placed, seen: &mut BTreeMap<String, usize>) -> Value {
    let mut result = Map::new();
    result.insert("ruleId".into(), problem.rule.into());
    if let Some(index) = all_rules().position(|(rule, _)| rule.code == problem.rule) {
        result.insert("ruleIndex".into(), index.into());
    }
    result.insert("level".into(), level(problem.severity).into());
    let hint = problem.hint.as_ref().map(|hint| format!("\nhelp: {hint}")).unwrap_or_default();
    result.insert("message".into(), json!({"text": format!("{}{hint}", said(problem))}));
    result.insert("locations".into(), json!([location(problem)]));
    result.insert("partialFingerprints".into(), json!({"problem/v1": fingerprint(problem, seen)}));
    Value::Object(result)
}

/// Names a problem by what does not change when lines above it do.
fn fingerprint(problem: &Placed, seen: &mut BTreeMap<String, usize>) -> String {
    let name = format!("{}/{}/{}", problem.file, problem.item.as_deref().unwrap_or_default(), problem.rule);
    let times = seen.entry(name.clone()).or_default();
    *times += 1;
    format!("{name}/{times}")
}

fn location(problem: &Placed) -> Value {
    let mut artifact = Map::new();
    let (uri, is_relative) = uri(&problem.file);
    artifact.insert("uri".into(), uri.into());
    if is_relative {
        artifact.insert("uriBaseId".into(), "%SRCROOT%".into());
    }
    let (start, end) = ((problem.line, problem.column), (problem.end.line, problem.end.column));
    let region = json!({"startLine": start.0, "startColumn": start.1, "endLine": end.0, "endColumn": end.1});
    let mut location = Map::new();
    location.insert("physicalLocation".into(), json!({"artifactLocation": artifact, "region": region}));
    if let Some(item) = &problem.item {
        location.insert("logicalLocations".into(), json!([{"name": item, "kind": "member"}]));
    }
    Value::Object(location)
}

/// Writes a path as a URI, and tells whether it is relative.
fn uri(file: &str) -> (String, bool) {
    let path = file.replace('\\', "/");
    let drive = path.as_bytes().get(1) == Some(&b':');
    match path.strip_prefix("bundled:") {
        Some(rest) => (format!("bundled:{}", encoded(rest)), false),
        None if path.starts_with('/') => (format!("file://{}", encoded(&path)), false),
        None if drive => (format!("file:///{}:{}", &path[..1], encoded(&path[2..])), false),
        None => (encoded(&path), true),
    }
}

fn encoded(path: &str) -> String {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~/".contains(&byte);
    path.bytes().map(|byte| if plain(byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_become_uris() {
        for (path, expected, relative) in [
            ("decks/a b.json", "decks/a%20b.json", true),
            ("decks\\é:%.json", "decks/%C3%A9%3A%25.json", true),
            ("/tmp/a.json", "file:///tmp/a.json", false),
            ("C:\\decks\\a.json", "file:///C:/decks/a.json", false),
            ("bundled:docker/deck.json", "bundled:docker/deck.json", false),
        ] {
            assert_eq!(uri(path), (expected.to_owned(), relative), "{path}");
        }
    }
}
