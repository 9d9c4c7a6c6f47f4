//! Marking open answers: one as learners write, and the longest that are read, in the shapes that take longest.
//!
//!     cargo bench --bench marking

use divan::{Bencher, black_box};
use grillme::deck::{Context, FromNode, Item, Kind, Node, Rubric, Text};
use grillme::grade::Marker;

fn main() {
    divan::main();
}

/// The longest answer that is read, in bytes.
const LONGEST: usize = 64 * 1024;

/// The bundled interview questions, with their rubrics and model answers.
fn questions() -> Vec<(Text, Text, Rubric)> {
    let json = include_str!("../data/docker/07-docker-vs-vm.json");
    let mut problems = Vec::new();
    let items = Node::parse(json).ok().and_then(|node| node.find(&["items"]));
    let items = items.and_then(|items| Vec::<Item>::from_node(&items, &mut Context::new(0, &mut problems)));
    let open = items.unwrap_or_default().into_iter().filter_map(|item| match item.kind {
        Kind::Interview(k) => Some((k.prompt, k.answer, k.rubric)),
        _ => None,
    });
    open.collect()
}

fn filled(unit: impl Fn(usize) -> String) -> String {
    let mut text = String::new();
    for n in 0.. {
        let next = unit(n);
        if text.len() + next.len() > LONGEST {
            break;
        }
        text.push_str(&next);
    }
    text
}

/// The longest answers: prose, no word twice, a denied point in every sentence, a slip in every sentence, one letter.
fn longest(shape: &str) -> String {
    match shape {
        "prose" => {
            let model = questions().first().map(|(_, answer, _)| answer.raw().to_owned()).unwrap_or_default();
            filled(|_| format!("{model}\n"))
        }
        "no word twice" => filled(|n| format!("kernl{} ", letters(n))),
        "denied" => filled(|_| "no shared kernel\n".to_owned()),
        "slips" => filled(|_| "share teh kernal. ".to_owned()),
        "one sentence" => filled(|_| "share the host kernel of a virtual machine, ".to_owned()),
        _ => "a ".repeat(LONGEST / 2),
    }
}

/// Writes a number in letters.
fn letters(mut n: usize) -> String {
    let mut text = String::new();
    loop {
        text.push(char::from(b'a' + u8::try_from(n % 26).unwrap_or(0)));
        n /= 26;
        if n == 0 {
            return text;
        }
    }
}

#[divan::bench]
fn mark_the_model_answers_of_all_bundled_questions(bencher: Bencher<'_, '_>) {
    let questions = questions();
    bencher.bench(|| {
        let score = |(question, answer, rubric): &(Text, Text, Rubric)| {
            Marker::new(rubric, question).mark(black_box(answer.raw())).auto
        };
        questions.iter().map(score).sum::<f64>()
    });
}

#[divan::bench(args = ["prose", "no word twice", "denied", "slips", "one sentence", "one letter"], sample_count = 10)]
fn mark_64_kib(bencher: Bencher<'_, '_>, shape: &str) {
    let (questions, answer) = (questions(), longest(shape));
    let Some((question, _, rubric)) = questions.first() else { return };
    bencher.bench(|| Marker::new(rubric, question).mark(black_box(&answer)).auto);
}

/// A rubric as large as a deck may hold, of patterns that take longest.
fn largest(pattern: &str) -> Option<Rubric> {
    let patterns = vec![format!("{pattern:?}"); 128].join(",");
    let json = format!(r#"{{"key_points": [{{"id": "point", "text": "t", "match": [{patterns}]}}]}}"#);
    let mut problems = Vec::new();
    Rubric::from_node(&Node::parse(&json).ok()?, &mut Context::new(0, &mut problems))
}

#[divan::bench(args = ["words", "terms", "window", "regex"], sample_count = 1)]
fn mark_64_kib_by_the_largest_hostile_rubric(bencher: Bencher<'_, '_>, kind: &str) {
    let pattern = match kind {
        "words" => (0..90).map(|n| format!("kernels{}", letters(n * 7))).collect::<Vec<_>>().join("|"),
        "terms" => (0..16).map(|n| format!("zz{}|share*|kernel*|the*|t*", letters(n))).collect::<Vec<_>>().join(" "),
        "window" => format!("{} ~64", vec!["share*|kernel*|the*|t*|no*"; 15].join(" ")),
        _ => r"/([a-z]+ ?){20}(x|[a-z ]{1,60}y){20}z/".to_owned(),
    };
    let Some(rubric) = largest(&pattern) else { return };
    let answer = longest(if kind == "words" { "no word twice" } else { "slips" });
    bencher.bench(|| Marker::new(&rubric, &Text::new("")).mark(black_box(&answer)).auto);
}
