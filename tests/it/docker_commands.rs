//! Every `docker` command that the bundled deck shows as right parses: its command and flags are those of the client's
//! documented reference, from a table with the versions that it was taken from.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use regex::Regex;
use serde::Deserialize;
use serde_json::Value;

/// Flags, and whether each takes a value.
type Flags = BTreeMap<String, bool>;

#[derive(Deserialize)]
struct Reference {
    global: Flags,
    groups: Vec<String>,
    commands: BTreeMap<String, Flags>,
}

/// Commands whose flags end where the command to run in a container begins.
const RUN_SOMETHING: [&str; 9] = [
    "run",
    "create",
    "exec",
    "container run",
    "container create",
    "container exec",
    "compose run",
    "compose exec",
    "compose top",
];

fn reference() -> Reference {
    serde_json::from_str(include_str!("../data/docker-commands.json")).unwrap()
}

impl Reference {
    /// Says why the words after `docker` do not parse, if they do not.
    fn wrong(&self, words: &[String]) -> Option<String> {
        let (mut name, mut at) = (String::new(), 0);
        while let Some(word) = words.get(at) {
            let flags = if name.is_empty() { &self.global } else { &self.commands[&name] };
            if word.starts_with('-') {
                match taken(flags, word) {
                    Some(takes) => at += 1 + usize::from(takes),
                    None => return Some(format!("`docker {name}` has no flag {word}")),
                }
                continue;
            }
            let longer = if name.is_empty() { word.clone() } else { format!("{name} {word}") };
            if self.commands.contains_key(&longer) {
                (name, at) = (longer, at + 1);
            } else if word == "..." {
                return None;
            } else if name.is_empty() || self.groups.contains(&name) && !name.starts_with("buildx ") {
                return Some(format!("there is no `docker {longer}`"));
            } else if RUN_SOMETHING.contains(&name.as_str()) {
                return None;
            } else {
                at += 1;
            }
        }
        None
    }
}

/// Tells whether the next word is the value of this one; nothing when it is no such flag.
fn taken(flags: &Flags, word: &str) -> Option<bool> {
    if word == "--" || word == "-" || word == "--help" {
        return Some(false);
    }
    if let Some((name, _)) = word.split_once('=').filter(|_| word.starts_with("--")) {
        return flags.contains_key(name).then_some(false);
    }
    if word.starts_with("--") {
        return flags.get(word).copied();
    }
    let letters = &word[1..];
    for (at, letter) in letters.char_indices() {
        let takes = flags.get(&format!("-{letter}"))?;
        if *takes {
            return Some(at + letter.len_utf8() == letters.len());
        }
    }
    Some(false)
}

/// Splits shell text into simple commands, each a list of words: quotes are taken off, what a command ends with is not
/// part of it, and a command in `$( )` or after a pipe is one of its own.
fn commands(text: &str) -> Vec<Vec<String>> {
    let (mut all, mut words, mut word, mut quoted): (Vec<Vec<String>>, Vec<String>, Option<String>, Option<char>) =
        (Vec::new(), Vec::new(), None, None);
    let text = text.replace("\\\n", " ");
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        match (quoted, c) {
            (Some(quote), c) if c == quote => quoted = None,
            (Some('"') | None, '$') if chars.peek() == Some(&'(') => {
                // What is inside is found again on its own; here it is one word.
                let (mut depth, mut inner) = (0, String::new());
                for c in chars.by_ref() {
                    depth += i32::from(c == '(') - i32::from(c == ')');
                    inner.push(c);
                    if depth == 0 {
                        break;
                    }
                }
                all.extend(commands(inner.trim_start_matches('(').trim_end_matches(')')));
                word.get_or_insert_default().push('x');
            }
            (Some(_), c) => word.get_or_insert_default().push(c),
            (None, '\'' | '"') => {
                quoted = Some(c);
                word.get_or_insert_default();
            }
            (None, '\n' | '|' | ';' | '&' | '<' | '>' | '(' | ')') => {
                words.extend(word.take());
                all.push(std::mem::take(&mut words));
            }
            (None, '#') if word.is_none() => {
                words.extend(word.take());
                all.push(std::mem::take(&mut words));
                chars.by_ref().take_while(|c| *c != '\n').for_each(drop);
            }
            (None, c) if c.is_whitespace() => words.extend(word.take()),
            (None, c) => word.get_or_insert_default().push(c),
        }
    }
    words.extend(word.take());
    all.push(words);
    all
}

/// Gives the words after `docker`, where a command is one of docker's.
fn of_docker(words: &[String]) -> Option<&[String]> {
    let before = |word: &String| {
        matches!(word.as_str(), "$" | "#" | "%" | "sudo" | "time" | "exec" | "!" | "if" | "then" | "while" | "do")
            || (word.contains('=') && !word.starts_with('-'))
    };
    let start = words.iter().take_while(|word| before(word)).count();
    (words.get(start).map(String::as_str) == Some("docker")).then(|| &words[start + 1..])
}

/// A text of the deck that may show commands: where it stands, and what it says.
struct Shown {
    place: String,
    text: String,
}

/// Lists the shell texts in a value: code spans and fences of its prose, its code and terminals, its accepted answers.
/// Left out is what is shown as wrong (options, near misses) or said by learners (samples, patterns).
fn shown(value: &Value, place: &str, all: &mut Vec<Shown>) {
    match value {
        Value::Object(fields) => {
            let wrong_option =
                fields.contains_key("text") && fields.contains_key("feedback") && fields.get("correct").is_none();
            let shell = ["code", "terminal"].iter().any(|kind| fields.get("kind").is_some_and(|v| v == kind));
            for (name, value) in fields {
                let id = fields.get("id").and_then(Value::as_str).unwrap_or(name);
                let here = format!("{place}/{id}");
                match (name.as_str(), value) {
                    ("near" | "samples" | "match" | "misconceptions", _) => {}
                    ("text", _) if wrong_option => {}
                    ("body", Value::String(text)) if shell => all.push(Shown { place: here, text: text.clone() }),
                    ("accept", Value::Array(answers)) => {
                        let texts =
                            answers.iter().filter_map(|answer| answer.as_str().or_else(|| answer["text"].as_str()));
                        all.extend(texts.map(|text| Shown { place: here.clone(), text: text.to_owned() }));
                    }
                    (_, value) => shown(value, &here, all),
                }
            }
        }
        Value::Array(values) => values.iter().for_each(|value| shown(value, place, all)),
        Value::String(text) => {
            // The holes of a cloze filled in.
            let holes = Regex::new(r"\{\{c\d+::(.*?)(?:::.*?)?\}\}").unwrap();
            let text = holes.replace_all(text, "$1");
            let spans = text.split('`').skip(1).step_by(2);
            all.extend(spans.map(|span| Shown { place: place.to_owned(), text: span.to_owned() }));
        }
        _ => {}
    }
}

/// Lists what does not parse in a JSON document, and counts the commands.
fn check(reference: &Reference, name: &str, document: &Value) -> (usize, Vec<String>) {
    let (mut texts, mut count, mut complaints) = (Vec::new(), 0, Vec::new());
    shown(document, name, &mut texts);
    for Shown { place, text } in texts {
        for words in commands(&text) {
            let Some(words) = of_docker(&words) else { continue };
            count += 1;
            complaints.extend(reference.wrong(words).map(|why| format!("{place}: {why}: docker {}", words.join(" "))));
        }
    }
    (count, complaints)
}

#[test]
fn every_command_of_the_bundled_deck_is_one_of_the_documented_client() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("data/docker");
    let (reference, mut count, mut complaints) = (reference(), 0, Vec::new());
    for file in fs::read_dir(folder).unwrap() {
        let path = file.unwrap().path();
        if path.extension().is_some_and(|extension| extension == "json") {
            let document = serde_json::from_str(&fs::read_to_string(&path).unwrap()).unwrap();
            let found = check(&reference, path.file_stem().unwrap().to_str().unwrap(), &document);
            count += found.0;
            complaints.extend(found.1);
        }
    }
    assert!(complaints.is_empty(), "{} of {count}:\n{}", complaints.len(), complaints.join("\n"));
    assert!(count > 100, "only {count} commands were found");
}

#[test]
fn what_does_not_parse_is_noticed_wherever_it_is_shown() {
    let reference = reference();
    let complaints = |document: Value| check(&reference, "x", &document).1;
    let none = serde_json::json!({
        "kind": "terminal",
        "body": "$ sudo docker run -d --rm -p 80:80 \\\n    --name=web nginx -x | docker ps -aq # docker no\nA=1 docker compose -f x.yaml up -d",
        "prompt": "Why `docker logs -f --tail 5 web` and not `dockerd --x`?",
        "accept": ["docker rm -fv web", { "text": "docker exec -it web sh -c 'ls --x'" }],
        "near": [{ "text": "docker run --no-such web" }],
    });
    assert_eq!(complaints(none), [""; 0]);
    for (field, text, why) in [
        ("body", "docker run --memry 5m app", "`docker run` has no flag --memry"),
        ("prompt", "Type `docker rmc web`.", "there is no `docker rmc`"),
        ("prompt", "Type `docker ps -ax`.", "`docker ps` has no flag -ax"),
        ("accept", "docker compose upp", "there is no `docker compose upp`"),
        ("body", "x=$(docker ps --al)", "`docker ps` has no flag --al"),
    ] {
        let value = if field == "accept" { serde_json::json!([text]) } else { serde_json::json!(text) };
        let found = complaints(serde_json::json!({ "kind": "code", field: value }));
        assert!(found.len() == 1 && found[0].contains(why), "{text}: {found:?}");
    }
}
