//! Numbered lists and lines: pipes, screen readers, dumb and tiny terminals.

use std::io::{self, BufRead, Read, Write};

use super::words::{self, buttons as named, keys};
use super::{Asked, Button, Prompter, Reply};
use crate::render::{Style, safe_str, wrap};

/// The longest line read, in bytes.
const MAX_LINE: u64 = 64 * 1024;

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

    /// Reads a line without its end; `None` at the end of the input.
    fn read(&mut self) -> io::Result<Option<String>> {
        self.output.flush()?;
        let mut bytes = Vec::new();
        self.input.by_ref().take(MAX_LINE).read_until(b'\n', &mut bytes)?;
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

    /// Asks until a line means something. `mark` stands before the letters for hint, undo and leave.
    fn ask<T>(&mut self, p: &Words, mark: &str, meaning: impl Fn(&str) -> Meant<T>) -> Asked<T> {
        loop {
            write!(self.output, "{}: ", p.prompt)?;
            let Some(line) = self.read()? else { return Ok(Reply::Leave) };
            let command = line.strip_prefix(mark).filter(|rest| rest.len() == 1);
            let unclear = match (line.as_str(), command) {
                ("?", _) => p.help.clone(),
                ("\u{1b}", _) | (_, Some("q")) => return Ok(Reply::Leave),
                (_, Some("u")) => return Ok(Reply::Undo),
                (_, Some("h")) if p.hint => return Ok(Reply::Hint),
                (_, Some("h")) => "There is no hint.".to_owned(),
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

    /// Writes a list, each entry in full.
    fn list(&mut self, prompt: &str, options: &[String]) -> io::Result<()> {
        self.say_wrapped(prompt)?;
        let digits = options.len().to_string().len();
        let room = self.style.prose_width().saturating_sub(digits + 4).max(1);
        for (at, option) in options.iter().enumerate() {
            for (row, line) in wrap(option, room).iter().enumerate() {
                let lead = if row == 0 { format!("{:>digits$}.", at + 1) } else { " ".repeat(digits + 1) };
                writeln!(self.output, "  {lead} {line}")?;
            }
        }
        Ok(())
    }
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

/// Reads numbers from 1 to `count`, none twice, separated by spaces or commas; gives indices.
fn numbers(line: &str, count: usize) -> Option<Vec<usize>> {
    let mut all = Vec::new();
    for word in line.split([' ', ',', '\t']).filter(|word| !word.is_empty()) {
        let number: usize = word.parse().ok()?;
        let at = number.checked_sub(1).filter(|at| *at < count && !all.contains(at))?;
        all.push(at);
    }
    Some(all)
}

fn or<T>(answer: Option<T>, expected: String) -> Meant<T> {
    answer.map_or(Meant::Unclear(expected), Meant::Answer)
}

fn example(count: usize) -> String {
    (1..=count).rev().map(|n| n.to_string()).collect::<Vec<_>>().join(" ")
}

impl<R: BufRead, W: Write> Prompter for Plain<R, W> {
    fn say(&mut self, text: &str) -> io::Result<()> {
        writeln!(self.output, "{text}")
    }

    fn style(&self) -> &Style {
        &self.style
    }

    /// Keeps everything: lines from a pipe are answers, however early they came.
    fn clear_typed_ahead(&mut self) {}

    fn reveal(&mut self, buttons: &[Button], hint: bool) -> Asked<Option<usize>> {
        let prompt = format!("Enter shows the answer {}", keys(hint, ""));
        let expected = "Press Enter to see the answer, or give a rating's digit.".to_owned();
        self.ask(&Words { prompt, help: words::reveal_help(hint), hint }, "", |line| match line {
            "" => Meant::Answer(None),
            line => or(key_of(line, buttons).map(Some), expected.clone()),
        })
    }

    fn rate(&mut self, buttons: &[Button], default: usize) -> Asked<usize> {
        self.say_wrapped(&named(buttons))?;
        let enter = buttons.get(default).map_or(' ', |button| button.key);
        let prompt = format!("Rating [{enter}] {}", keys(false, ""));
        let expected = format!("Give one digit: {}.", named(buttons));
        let help = words::rate_help(buttons, default);
        self.ask(&Words { prompt, help, hint: false }, "", |line| match line {
            "" => Meant::Answer(default),
            line => or(key_of(line, buttons), expected.clone()),
        })
    }

    fn pick(&mut self, prompt: &str, options: &[String], hint: bool) -> Asked<usize> {
        self.list(prompt, options)?;
        let expected = format!("Give one number from 1 to {}.", options.len());
        let words =
            Words { prompt: format!("Number {}", keys(hint, "")), help: words::help(&expected, hint, ""), hint };
        let one = |line: &str| numbers(line, options.len()).filter(|all| all.len() == 1)?.pop();
        self.ask(&words, "", |line| or(one(line), expected.clone()))
    }

    fn pick_many(&mut self, prompt: &str, options: &[String], hint: bool) -> Asked<Vec<usize>> {
        self.list(prompt, options)?;
        let expected = format!("Give numbers from 1 to {}, each once, or nothing for none.", options.len());
        let prompt = format!("Numbers, none or more {}", keys(hint, ""));
        let words = Words { prompt, help: words::help(&expected, hint, ""), hint };
        let sorted = |mut all: Vec<usize>| {
            all.sort_unstable();
            all
        };
        self.ask(&words, "", |line| or(numbers(line, options.len()).map(sorted), expected.clone()))
    }

    fn order(&mut self, prompt: &str, steps: &[String], hint: bool) -> Asked<Vec<usize>> {
        self.list(prompt, steps)?;
        let expected = format!("Give all {} numbers in their order, as in {}.", steps.len(), example(steps.len()));
        let words = Words { prompt: format!("Order {}", keys(hint, "")), help: words::help(&expected, hint, ""), hint };
        let all = |line: &str| numbers(line, steps.len()).filter(|all| all.len() == steps.len());
        self.ask(&words, "", |line| or(all(line), expected.clone()))
    }

    fn line(&mut self, prompt: &str, hint: bool) -> Asked<String> {
        let words = Words { prompt: format!("{prompt} {}", keys(hint, ":")), help: words::line_help(hint), hint };
        self.ask(&words, ":", |line| Meant::Answer(line.to_owned()))
    }

    fn confirm(&mut self, prompt: &str, default: bool) -> Asked<bool> {
        let prompt = format!("{prompt} [{}]", if default { "Y/n" } else { "y/N" });
        let help = "Answer y or n; q leaves.".to_owned();
        let words = Words { prompt, help: help.clone(), hint: false };
        self.ask(&words, "", |line| match line.to_lowercase().as_str() {
            "" => Meant::Answer(default),
            "y" | "yes" => Meant::Answer(true),
            "n" | "no" => Meant::Answer(false),
            _ => Meant::Unclear(help.clone()),
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
