//! A large deck of questions that an exam asks, with an answer to each.

use std::fmt::Write;

/// A deck called `asked` with this many questions: choice, typed, order, match, cloze and interview in turn.
pub fn deck(questions: usize) -> String {
    let items: Vec<String> = (0..questions).map(item).collect();
    format!(r#"{{"format":"grillme-deck","version":1,"id":"asked","title":"Asked","items":[{}]}}"#, items.join(",\n"))
}

/// An answers file for it, as a learner may fill it in.
pub fn answers(questions: usize) -> String {
    (0..questions).fold(String::new(), |mut lines, n| {
        let _ = writeln!(lines, r#"{{"item":"asked/q-{n}","answer":{}}}"#, answer(n));
        lines
    })
}

fn item(n: usize) -> String {
    let head = format!(r#""id":"q-{n}","tier":"beginner","explanation":"{}""#, words(n, 20));
    let each = |count: usize, one: &dyn Fn(usize) -> String| (0..count).map(one).collect::<Vec<_>>().join(",");
    let prompt = format!(r#""prompt":"{}?""#, words(n, 12));
    let own = match n % 6 {
        0 => {
            let option = |at: usize| {
                let (text, right) = (words(n + at, 6), at == n % 4);
                format!(r#"{{"id":"o{at}","text":"{text} {at}","correct":{right},"feedback":"{text}"}}"#)
            };
            format!(r#""kind":"choice",{prompt},"options":[{}]"#, each(4, &option))
        }
        1 => {
            format!(r#""kind":"typed",{prompt},"accept":["{}",{{"regex":"[0-9]+ mb"}},{{"number":{n}}}]"#, words(n, 2))
        }
        2 => {
            let step = |at: usize| format!(r#"{{"id":"s{at}","text":"{} {at}"}}"#, words(n + at, 5));
            format!(r#""kind":"order",{prompt},"steps":[{}]"#, each(6, &step))
        }
        3 => {
            let pair = |at: usize| format!(r#"{{"id":"p{at}","left":"left {at}","right":"right {at}"}}"#);
            format!(r#""kind":"match",{prompt},"pairs":[{}]"#, each(5, &pair))
        }
        4 => format!(r#""kind":"cloze","text":"{} {{{{c1::one}}}} and {{{{c2::two}}}}.""#, words(n, 10)),
        _ => {
            let point = |at: usize| {
                let (first, second) = (words(n + at, 2), words(n + at * 3, 1));
                format!(r#"{{"id":"k{at}","text":"{first}","match":["{first}*","{second} here"]}}"#)
            };
            let rubric = format!(r#"{{"key_points":[{}]}}"#, each(5, &point));
            format!(r#""kind":"interview",{prompt},"answer":"{}.","rubric":{rubric}"#, words(n, 40))
        }
    };
    format!("{{{head},{own}}}")
}

fn answer(n: usize) -> String {
    match n % 6 {
        0 => r#""o1""#.to_owned(),
        1 => format!(r#""{n}""#),
        2 => r#"["s1","s0","s2","s3","s5","s4"]"#.to_owned(),
        3 => r#"{"p0":"right 0","p1":"right 2"}"#.to_owned(),
        4 => r#"{"c1":"one","c2":"none"}"#.to_owned(),
        _ => format!(r#""{}. {}.""#, words(n, 40), words(n + 3, 40)),
    }
}

fn words(from: usize, count: usize) -> String {
    (0..count).map(|at| format!("word{}", (from * 31 + at * 17) % 500)).collect::<Vec<_>>().join(" ")
}
