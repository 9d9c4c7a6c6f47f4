//! What is wrong with a text that is no JSON, in words for who writes it by hand: the parser knows only that it
//! could not go on, and where.

use super::{Place, Problem, Span, place};

/// The most characters of a word that a message repeats.
const MOST_SHOWN: usize = 40;

/// A place where the parser could not go on, with what stands around it.
struct Spot<'a> {
    text: &'a str,
    at: usize,
    /// The brackets that are open there, each with its place.
    open: Vec<(u8, usize)>,
    /// Where the text value that is open there starts.
    in_text: Option<usize>,
    /// The last byte before that is not white space, with its place.
    before: Option<(u8, usize)>,
}

/// Makes a problem of what the parser said of the byte at `at`.
pub(super) fn problem(text: &str, at: usize, message: &str) -> Problem {
    if message.starts_with("EOF") {
        return Spot::read(text, text.len()).cut_off();
    }
    let spot = Spot::read(text, at);
    match message {
        _ if message.contains("escape") => spot.escape(message),
        "trailing characters" => spot.comment().unwrap_or_else(|| spot.after_the_end()),
        "invalid number" => spot.number(),
        _ if spot.in_text.is_some() => spot.inside_a_text(),
        _ => {
            spot.comma().or_else(|| spot.comment()).or_else(|| spot.quote()).unwrap_or_else(|| spot.else_than(message))
        }
    }
}

impl<'a> Spot<'a> {
    fn read(text: &'a str, at: usize) -> Self {
        let mut spot = Self { text, at, open: Vec::new(), in_text: None, before: None };
        let mut escaped = false;
        for (place, byte) in text.bytes().enumerate().take(at) {
            match (spot.in_text, byte) {
                (Some(_), _) if escaped => escaped = false,
                (Some(_), b'\\') => escaped = true,
                (Some(_), b'"') => spot.in_text = None,
                (Some(_), _) => continue,
                (None, b'"') => spot.in_text = Some(place),
                (None, b'{' | b'[') => spot.open.push((byte, place)),
                (None, b'}' | b']') => drop(spot.open.pop()),
                (None, _) => {}
            }
            if !byte.is_ascii_whitespace() {
                spot.before = Some((byte, place));
            }
        }
        spot
    }

    fn here(&self) -> Option<char> {
        self.text[self.at..].chars().next()
    }

    fn found(&self, span: Span, message: impl Into<String>) -> Problem {
        Problem::error("syntax", span, message)
    }

    /// The character at the spot.
    fn span(&self) -> Span {
        Span { start: self.at, end: self.at + self.here().map_or(0, char::len_utf8) }
    }

    /// What `belongs` around the spot.
    fn run(&self, belongs: impl Fn(u8) -> bool) -> Span {
        let bytes = self.text.as_bytes();
        let start = bytes[..self.at].iter().rposition(|byte| !belongs(*byte)).map_or(0, |last| last + 1);
        let end = bytes[self.at..].iter().position(|byte| !belongs(*byte)).map_or(bytes.len(), |next| self.at + next);
        if start < end { Span { start, end } } else { self.span() }
    }

    /// Says what is open: `the "{" of line 3, column 5`.
    fn opened(&self) -> Option<String> {
        let (byte, at) = *self.open.last()?;
        let Place { line, column } = place(self.text, at);
        Some(format!("the {:?} of line {line}, column {column}", char::from(byte).to_string()))
    }

    /// The text ends, and something is open.
    fn cut_off(&self) -> Problem {
        let start = self.in_text.or(self.before.map(|(_, at)| at)).unwrap_or(0);
        let end = start + self.text[start..].chars().next().map_or(0, char::len_utf8);
        let span = Span { start, end };
        if self.in_text.is_some() {
            return self
                .found(span, "the file ends inside the text that starts here")
                .hint("close the text with a quotation mark; if the file is cut off, get it whole");
        }
        match self.opened() {
            Some(opened) => self
                .found(span, format!("the file ends too early: {opened} is still open"))
                .hint("close it; if the file is cut off, get it whole"),
            None => self
                .found(span, "the file is empty")
                .hint("a deck starts {\"format\": \"grillme-deck\", \"version\": 1, \"id\": ..."),
        }
    }

    fn after_the_end(&self) -> Problem {
        match self.here() {
            Some('}' | ']') => self
                .found(self.span(), "this bracket closes nothing")
                .hint("remove it; or is one closed too early above?"),
            _ => self
                .found(self.span(), "something stands after the end")
                .hint("a deck file holds one JSON object and nothing after it"),
        }
    }

    fn number(&self) -> Problem {
        self.found(self.run(|byte| byte.is_ascii_alphanumeric() || b"+-.".contains(&byte)), "this is no number")
            .hint("numbers look like 7, 0.5 or -1: a digit before and after the point, no zero in front, no plus")
    }

    /// A backslash before something that it does not belong to; the parser may have read on past the text's end.
    fn escape(&self, message: &str) -> Problem {
        let start = self.text[..self.at].rfind('\\').unwrap_or(self.at);
        let end = start + self.text[start..].chars().take(2).map(char::len_utf8).sum::<usize>();
        self.found(Span { start, end }, format!("{message} in a text"))
            .hint("a backslash itself is written \\\\; \\n is a line break, \\\" a quotation mark, \\u00e9 a character")
    }

    /// A text that holds a character which none can.
    fn inside_a_text(&self) -> Problem {
        let control = self.text[self.at..].find(|c: char| c < ' ').map_or(self.at, |more| self.at + more);
        let span = Span { start: control, end: control + 1 };
        match self.text.as_bytes().get(control) {
            Some(b'\t') => self.found(span, "a text holds a tab").hint("write it as \\t"),
            Some(b'\n' | b'\r') => self
                .found(self.start_of_text(), "the line ends inside the text that starts here")
                .hint("close the text with a quotation mark; a line break in a text is written \\n"),
            _ => self.found(span, "a text holds a control character").hint("remove it"),
        }
    }

    fn start_of_text(&self) -> Span {
        let start = self.in_text.unwrap_or(self.at);
        Span { start, end: start + 1 }
    }

    /// A comma too many.
    fn comma(&self) -> Option<Problem> {
        let (previous, at) = self.before?;
        match (previous, self.here()?) {
            (b',', ']' | '}') => {
                let span = Span { start: at, end: at + 1 };
                Some(self.found(span, "nothing follows this comma").hint("remove it"))
            }
            (b',' | b'[' | b'{', ',') => {
                Some(self.found(self.span(), "nothing stands before this comma").hint("remove it"))
            }
            (b':', ',' | ']' | '}') => Some(self.found(self.span(), "a value is missing before this")),
            _ => None,
        }
    }

    fn comment(&self) -> Option<Problem> {
        let rest = &self.text[self.at..];
        let starts = ["//", "/*", "#"].iter().any(|mark| rest.starts_with(mark));
        let problem = || self.found(self.span(), "JSON has no comments");
        starts.then(|| problem().hint("remove it, or keep it in a field of your own: \"x-note\": \"...\""))
    }

    /// A quotation mark of the wrong sort, or one that ends a text too early.
    fn quote(&self) -> Option<Problem> {
        if matches!(self.here()?, '\'' | '`' | '\u{2018}'..='\u{201f}') {
            let problem = self.found(self.span(), "names and texts stand between plain double quotation marks");
            return Some(problem.hint("write \" in its place"));
        }
        let follows = self.before.is_some_and(|(byte, at)| byte == b'"' && at + 1 == self.at);
        let problem = || self.found(self.span(), "the text has ended before this");
        (follows && !matches!(self.here()?, '"' | '{' | '[' | '}' | ']' | ':'))
            .then(|| problem().hint("a quotation mark inside a text is written \\\""))
    }

    fn else_than(&self, message: &str) -> Problem {
        let word = self.run(|byte| byte.is_ascii_alphanumeric() || b"_-.+".contains(&byte));
        match (message, self.here()) {
            ("expected ident", _) => self.no_value(word),
            (_, Some('}' | ']')) => self.wrong_bracket(),
            ("expected `:`", _) => self.found(self.span(), "a colon is missing before this"),
            ("expected `,` or `}`" | "expected `,` or `]`", _) => {
                self.found(self.span(), "a comma is missing before this").hint("write one after the value before it")
            }
            ("key must be a string", _) => self
                .found(word, "the name of a field is missing, or stands without quotation marks")
                .hint("write it as in \"front\": \"...\""),
            ("expected value", Some('a'..='z' | 'A'..='Z')) => self.no_value(word),
            ("expected value", Some('.' | '+')) => self.number(),
            _ => self.found(self.span(), message),
        }
    }

    fn no_value(&self, word: Span) -> Problem {
        let written: String = self.text[word.start..word.end].chars().take(MOST_SHOWN).collect();
        let problem = self.found(word, format!("{written} is no JSON value"));
        match written.to_ascii_lowercase().as_str() {
            lower @ ("true" | "false" | "null") => problem.hint(format!("write {lower}")),
            _ => problem.hint("a text stands between double quotation marks"),
        }
    }

    fn wrong_bracket(&self) -> Problem {
        let problem = self.found(self.span(), "this bracket does not fit");
        match self.opened() {
            Some(opened) => problem.hint(format!("{opened} is still open")),
            None => problem,
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::deck::Node;
    use proptest::prelude::*;

    /// Says of a text that is no JSON what is marked in it, and why.
    fn told(text: &str) -> String {
        let problem = Node::parse(text).unwrap_err();
        let marked = &text[problem.span.start..problem.span.end];
        let hint = problem.hint.map(|hint| format!(" ({hint})")).unwrap_or_default();
        format!("{}+{marked}: {}{hint}", problem.span.start, problem.message)
    }

    fn starts(text: &str, told_of: &str) {
        assert!(told(text).starts_with(told_of), "{text}: {}", told(text));
    }

    #[test]
    fn commas_and_brackets_are_named_where_the_mistake_is() {
        starts("{\"a\":1,\n}", "6+,: nothing follows this comma (remove it)");
        starts("{\"a\":[1, ]}", "7+,: nothing follows this comma (remove it)");
        starts("{\"a\":1,,\"b\":2}", "7+,: nothing stands before this comma");
        starts("{,\"a\":1}", "1+,: nothing stands before this comma");
        starts("{\"a\":,\"b\":1}", "5+,: a value is missing before this");
        starts("{\"a\":}", "5+}: a value is missing before this");
        starts("{\"a\":1 \"b\":2}", "7+\": a comma is missing before this (write one after");
        starts("{\"a\":\"x\"\"b\":2}", "8+\": a comma is missing before this");
        starts("{\"a\":[{}{}]}", "8+{: a comma is missing before this");
        starts("{\"a\" 1}", "5+1: a colon is missing before this");
        starts("{\"a\":1]", "6+]: this bracket does not fit (the \"{\" of line 1, column 1 is still open)");
        starts("{\n \"a\":[1}", "9+}: this bracket does not fit (the \"[\" of line 2, column 6 is still open)");
        starts("{\"a\":1}}", "7+}: this bracket closes nothing");
        starts("{\"a\":1} x", "8+x: something stands after the end");
    }

    #[test]
    fn a_cut_off_file_says_what_is_open() {
        starts("{\"a\":{\"b\":1}", "11+}: the file ends too early: the \"{\" of line 1, column 1 is still open");
        starts("{\"a\":\n[1,2", "9+2: the file ends too early: the \"[\" of line 2, column 1 is still open");
        starts("{\"a\":\"b", "5+\": the file ends inside the text that starts here");
        starts("{\"a\":\"b\\\"", "5+\": the file ends inside the text that starts here");
        starts(" ", "0+ : the file is empty");
        starts("", "0+: the file is empty");
    }

    #[test]
    fn texts_and_quotation_marks_are_explained() {
        starts("{a:1}", "1+a: the name of a field is missing, or stands without quotation marks (write it as in");
        starts("{'a':1}", "1+': names and texts stand between plain double quotation marks");
        starts("{\"a\":\u{201c}x\u{201d}}", "5+\u{201c}: names and texts stand between plain double");
        starts("{\"a\":\"say \"hi\" to\"}", "11+h: the text has ended before this (a quotation mark inside a text");
        starts("{\"a\":\"x\ty\"}", "7+\t: a text holds a tab (write it as \\t)");
        starts("{\"a\":\"xy\nz\"}", "5+\": the line ends inside the text that starts here");
        starts("{\"a\":\"x\\qy\"}", "7+\\q: invalid escape in a text (a backslash itself is written \\\\");
        starts("{\"a\":\"\\u12\"}", "6+\\u: invalid escape in a text");
    }

    #[test]
    fn words_numbers_and_comments_are_explained() {
        starts("{\"a\":True}", "5+True: True is no JSON value (write true)");
        starts("{\"a\":nul}", "5+nul: nul is no JSON value");
        starts("{\"a\":NaN}", "5+NaN: NaN is no JSON value");
        starts(&"word".repeat(100), &format!("0+{}: {} is no JSON value", "word".repeat(100), "word".repeat(10)));
        starts("hello", "0+hello: hello is no JSON value (a text stands between");
        for number in [".5", "01", "1.", "+1", "-"] {
            starts(&format!("{{\"a\":{number}}}"), &format!("5+{number}: this is no number"));
        }
        starts("// c\n{}", "0+/: JSON has no comments");
        starts("{\"a\":1 # c\n}", "7+#: JSON has no comments");
        starts("{} /* c */", "3+/: JSON has no comments");
    }

    proptest! {
        /// Whatever is no JSON is told at a place that the text has.
        #[test]
        fn the_place_is_always_in_the_text(text in "[\\[\\]{},:\"'\\\\/#a-z01.+\\- \n\té“😀]{0,40}") {
            if let Err(problem) = Node::parse(&text) {
                prop_assert!(text.get(problem.span.start..problem.span.end).is_some(), "{:?}", problem.span);
                prop_assert!(!problem.message.is_empty());
            }
        }
    }
}
