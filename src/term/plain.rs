//! Numbered lists and lines: pipes, screen readers, dumb and tiny terminals.

use std::io::{self, BufRead, Read, Write};

use super::area::END;
use super::numbers::Numbers;
use super::words::{self, keys};
use super::{Asked, Button, Prompter, Reply, Written, guard};
use crate::render::{Style, safe_str, wrap};

/// The longest line read, in bytes.
const MAX_LINE: u64 = 64 * 1024;

/// How often that much is skipped in search of the end of a line.
const MAX_PIECES: usize = 1024;

/// Asks by writing prompts and reading lines. The end of the input leaves.
pub struct Plain<R, W> {
    input: R,
    output: W,
    style: Style,
    echo: bool,
}

/// What a line means at a prompt.
enum Meant<T> {
    Answer(T),
    /// Nothing; the text says what is expected.
    Unclear(String),
}

impl<R: BufRead, W: Write> Plain<R, W> {
    /// Makes a prompter. With `echo` it writes what it read, which a terminal does by itself and a pipe does not.
    pub fn new(input: R, output: W, style: Style, echo: bool) -> Self {
        Self { input, output, style, echo }
    }

    /// Reads a line without its end; `None` at the end of the input. One that is too long is left out.
    fn read(&mut self) -> io::Result<Option<String>> {
        self.output.flush()?;
        let mut bytes = self.piece()?;
        while is_cut(&bytes) {
            // What never ends is no line, and nothing comes after it.
            let rest = (0..MAX_PIECES).map(|_| self.piece()).find(|rest| !rest.as_ref().is_ok_and(|r| is_cut(r)));
            let Some(_) = rest.transpose()? else { return Ok(None) };
            writeln!(self.output)?;
            self.say_wrapped("That line is longer than 64 KiB, and was left out.")?;
            bytes = self.piece()?;
        }
        if bytes.is_empty() {
            writeln!(self.output)?;
            return Ok(None);
        }
        let line = String::from_utf8_lossy(&bytes).trim().to_owned();
        if self.echo {
            writeln!(self.output, "{}", safe_str(&line).replace('\n', " "))?;
        }
        Ok(Some(line))
    }

    /// Reads up to the end of a line, or as much of it as is taken at once.
    fn piece(&mut self) -> io::Result<Vec<u8>> {
        let mut bytes = Vec::new();
        self.input.by_ref().take(MAX_LINE).read_until(b'\n', &mut bytes)?;
        Ok(bytes)
    }

    /// Asks until a line means something. `mark` stands before the letters for hint, undo and leave.
    fn ask<T>(&mut self, p: &Words, mark: &str, meaning: impl Fn(&str) -> Meant<T>) -> Asked<T> {
        self.clear_typed_ahead();
        loop {
            write!(self.output, "{}: ", p.prompt)?;
            let Some(line) = self.read()? else { return Ok(Reply::Leave) };
            let command = line.strip_prefix(mark).filter(|rest| rest.len() == 1);
            let unclear = match (line.as_str(), command) {
                ("?", _) => p.help.clone(),
                ("\u{1b}", _) | (_, Some("q")) => return Ok(Reply::Leave),
                (_, Some("u")) => return Ok(Reply::Undo),
                (_, Some("h")) if p.hint => return Ok(Reply::Hint),
                (_, Some("h")) => words::NO_HINT.to_owned(),
                (line, _) => match meaning(line) {
                    Meant::Answer(answer) => return Ok(Reply::Given(answer)),
                    Meant::Unclear(expected) => expected,
                },
            };
            self.say_wrapped(&unclear)?;
        }
    }

    fn say_wrapped(&mut self, text: &str) -> io::Result<()> {
        wrap(text, self.style.prose_width()).iter().try_for_each(|line| writeln!(self.output, "{line}"))
    }

    /// Asks for numbers of a list, each entry of which is written in full.
    fn numbers(&mut self, prompt: &str, options: &[String], hint: bool, form: Numbers) -> Asked<Vec<usize>> {
        self.say_wrapped(prompt)?;
        let lines = words::numbered(options, self.style.prose_width());
        lines.iter().try_for_each(|line| writeln!(self.output, "{line}"))?;
        let expected = form.expected();
        let prompt = format!("{} {}", form.prompt(), keys(hint, ""));
        let words = Words { prompt, help: words::help(&expected, hint, ""), hint };
        self.ask(&words, "", |line| or(form.read(line), &expected))
    }
}

fn is_cut(piece: &[u8]) -> bool {
    piece.len() as u64 == MAX_LINE && piece.last() != Some(&b'\n')
}

/// The words of one prompt.
struct Words {
    prompt: String,
    help: String,
    hint: bool,
}

fn key_of(line: &str, buttons: &[Button]) -> Option<usize> {
    buttons.iter().position(|button| line.chars().eq([button.key]))
}

/// Names the buttons as a screen reader would: `1 Again <1m, 2 Hard 6m`.
fn spoken(all: &[Button]) -> String {
    words::buttons(all).replace(words::GAP, ", ")
}

fn or<T>(answer: Option<T>, expected: &str) -> Meant<T> {
    answer.map_or_else(|| Meant::Unclear(expected.to_owned()), Meant::Answer)
}

impl<R: BufRead, W: Write> Prompter for Plain<R, W> {
    fn say(&mut self, text: &str) -> io::Result<()> {
        writeln!(self.output, "{text}")
    }

    fn style(&self) -> &Style {
        &self.style
    }

    /// Keeps everything from a pipe: its lines are answers, however early they came.
    fn clear_typed_ahead(&mut self) {
        if !self.echo {
            guard::drop_typed_ahead();
        }
    }

    fn reveal(&mut self, buttons: &[Button], hint: bool) -> Asked<Option<usize>> {
        let prompt = format!("Enter shows the answer {}", keys(hint, ""));
        let expected = "Press Enter to see the answer, or give a rating's digit.";
        self.ask(&Words { prompt, help: words::reveal_help(hint), hint }, "", |line| match line {
            "" => Meant::Answer(None),
            line => or(key_of(line, buttons).map(Some), expected),
        })
    }

    fn rate(&mut self, buttons: &[Button], default: usize) -> Asked<usize> {
        self.say_wrapped(&spoken(buttons))?;
        let enter = buttons.get(default).map_or(' ', |button| button.key);
        let prompt = format!("Rating [{enter}] {}", keys(false, ""));
        let expected = format!("Give one digit: {}.", spoken(buttons));
        let help = words::rate_help(buttons, default);
        self.ask(&Words { prompt, help, hint: false }, "", |line| match line {
            "" => Meant::Answer(default),
            line => or(key_of(line, buttons), &expected),
        })
    }

    fn pick(&mut self, prompt: &str, options: &[String], hint: bool) -> Asked<usize> {
        let picked = self.numbers(prompt, options, hint, Numbers::One(options.len()))?;
        Ok(picked.map(|all| all.first().copied().unwrap_or(0)))
    }

    fn pick_many(&mut self, prompt: &str, options: &[String], hint: bool) -> Asked<Vec<usize>> {
        self.numbers(prompt, options, hint, Numbers::Some(options.len()))
    }

    fn order(&mut self, prompt: &str, steps: &[String], hint: bool) -> Asked<Vec<usize>> {
        self.numbers(prompt, steps, hint, Numbers::All(steps.len()))
    }

    fn line(&mut self, prompt: &str, hint: bool) -> Asked<String> {
        let words = Words { prompt: format!("{prompt} {}", keys(hint, ":")), help: words::line_help(hint), hint };
        self.ask(&words, ":", |line| Meant::Answer(line.to_owned()))
    }

    fn write(&mut self, start: &str, draft: &mut dyn FnMut(&str), hint: bool) -> Asked<Written> {
        self.say_wrapped(&words::write_keys(hint))?;
        let mut text = start.to_owned();
        text.lines().try_for_each(|line| writeln!(self.output, "{}", safe_str(line)))?;
        loop {
            write!(self.output, "> ")?;
            let line = self.read()?;
            match line.as_deref() {
                None if text.trim().is_empty() => return Ok(Reply::Leave),
                None | Some(END) => return Ok(Reply::Given(Written::Answer(text.trim().to_owned()))),
                Some(":q" | "\u{1b}") => return Ok(Reply::Leave),
                Some(":u") => return Ok(Reply::Undo),
                Some(":e") => return Ok(Reply::Given(Written::Editor(text))),
                Some(":h") if hint => return Ok(Reply::Hint),
                Some(":h") => self.say_wrapped(words::NO_HINT)?,
                Some("?") => self.say_wrapped(&words::write_help(hint))?,
                Some(line) => {
                    text.extend((!text.is_empty()).then_some('\n'));
                    text.push_str(line);
                    draft(&text);
                }
            }
        }
    }

    fn menu(&mut self, prompt: &str, buttons: &[Button], default: usize, help: &str) -> Asked<usize> {
        let named = if prompt.is_empty() { spoken(buttons) } else { prompt.replace(words::GAP, ", ") };
        self.say_wrapped(&named)?;
        let enter = buttons.get(default).map_or(' ', |button| button.key);
        let prompt = format!("Key [{enter}] {}", keys(false, ""));
        let expected = format!("Give one key: {named}.");
        let words = Words { prompt, help: words::help(help, false, ""), hint: false };
        self.ask(&words, "", |line| match line {
            "" => Meant::Answer(default),
            line => or(key_of(line, buttons), &expected),
        })
    }

    fn confirm(&mut self, prompt: &str, default: bool) -> Asked<bool> {
        let prompt = format!("{prompt} {}", words::yes_no(default));
        let words = Words { prompt, help: words::CONFIRM_HELP.to_owned(), hint: false };
        self.ask(&words, "", |line| match line.to_lowercase().as_str() {
            "" => Meant::Answer(default),
            "y" | "yes" => Meant::Answer(true),
            "n" | "no" => Meant::Answer(false),
            _ => Meant::Unclear(words::CONFIRM_HELP.to_owned()),
        })
    }

    fn pause(&mut self) -> Asked<()> {
        let help = words::help("Enter goes on.", false, "");
        let prompt = format!("Enter goes on {}", keys(false, ""));
        let words = Words { prompt, help: help.clone(), hint: false };
        self.ask(&words, "", |line| if line.is_empty() { Meant::Answer(()) } else { Meant::Unclear(help.clone()) })
    }
}

#[cfg(test)]
#[path = "plain_tests.rs"]
mod tests;
