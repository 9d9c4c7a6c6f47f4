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
    /// Where the last text value before it starts.
    last_text: usize,
    /// The last byte before that is not white space, with its place.
    before: Option<(u8, usize)>,
}

/// Makes a problem of what the parser said of the byte at `at`.
pub(super) fn problem(text: &str, at: usize, message: &str) -> Problem {
    if message.starts_with("EOF") {
        return Spot::read(text, text.len()).cut_off();
    }
    // Of a character that no text may hold, the parser names a place before it.
    let control = text[at..].find(|c: char| c < ' ').filter(|_| message.starts_with("control character"));
    let at = at + control.unwrap_or(0);
    let spot = Spot::read(text, at);
    match message {
        _ if message.contains("escape") => spot.escape(message),
        "trailing characters" => spot.comment().unwrap_or_else(|| spot.after_the_end()),
        "invalid number" => spot.number(),
        _ if spot.in_text.is_some() => spot.inside_a_text(),
        _ => {
            let known = spot.comma().or_else(|| spot.comment()).or_else(|| spot.in_place_of(message));
            let known = known.or_else(|| spot.out_of_place(message)).or_else(|| spot.quote());
            known.unwrap_or_else(|| spot.else_than(message))
        }
    }
}

impl<'a> Spot<'a> {
    fn read(text: &'a str, at: usize) -> Self {
        let mut spot = Self { text, at, open: Vec::new(), in_text: None, last_text: 0, before: None };
        let mut escaped = false;
        for (place, byte) in text.bytes().enumerate().take(at) {
            match (spot.in_text, byte) {
                (Some(_), _) if escaped => escaped = false,
                (Some(_), b'\\') => escaped = true,
                (Some(_), b'"') => spot.in_text = None,
                (Some(_), _) => continue,
                (None, b'"') => (spot.in_text, spot.last_text) = (Some(place), place),
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

    /// A mark that other languages have where JSON has a comma or a colon.
    fn in_place_of(&self, message: &str) -> Option<Problem> {
        let (name, mark) = match (message, self.here()?) {
            ("expected `,` or `}`" | "expected `,` or `]`", ';') => ("comma", ','),
            ("expected `:`", '=') => ("colon", ':'),
            _ => return None,
        };
        let problem = self.found(self.span(), format!("a {name} is needed in place of this"));
        Some(problem.hint(format!("write {mark} in its place")))
    }

    /// An object or a list where a name is due, or a name with its value where a list goes on.
    fn out_of_place(&self, message: &str) -> Option<Problem> {
        let (within, _) = *self.open.last()?;
        match (within, self.here()?) {
            (b'{', here @ ('{' | '[')) if message != "expected `:`" && message != "expected value" => {
                Some(self.no_name(here))
            }
            (b'[', ':') => Some(self.name_in_a_list()),
            (b'{', ':') if message == "expected `,` or `}`" => Some(
                self.found(self.span(), "this colon follows a value, not a name")
                    .hint("is there a comma missing before the name, or one value too many?"),
            ),
            _ => None,
        }
    }

    fn no_name(&self, here: char) -> Problem {
        let what = if here == '{' { "an object" } else { "a list" };
        let problem = self.found(self.span(), format!("{what} cannot stand here, where the name of a field is due"));
        let starts = self.before.is_some_and(|(byte, _)| byte == b'{');
        match self.opened() {
            Some(opened) if self.open.len() > 1 && !starts => {
                problem.hint(format!("close {opened} first, or open a list with ["))
            }
            _ => problem.hint("name it, as in \"items\": [ ... ]; several objects stand in a list, between [ and ]"),
        }
    }

    fn name_in_a_list(&self) -> Problem {
        let span = match self.before {
            Some((b'"', end)) => Span { start: self.last_text, end: end + 1 },
            _ => self.span(),
        };
        let problem = self.found(span, "names and values stand in { }, not in [ ]");
        let opened = self.open.last().map(|(_, at)| format!(" that starts in line {}", place(self.text, *at).line));
        let opened = opened.unwrap_or_default();
        problem.hint(format!("open an object with {{ before this, or write {{ }} in place of the [ ]{opened}"))
    }

    /// The end of the value before the spot.
    fn end_of_value(&self) -> Span {
        let end = self.before.map(|(_, at)| Span { start: at, end: at + 1 });
        end.filter(|span| self.text.get(span.start..span.end).is_some()).unwrap_or_else(|| self.span())
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
                self.found(self.end_of_value(), "a comma is missing after this")
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
