//! Keys and lists that redraw, on a terminal.

use std::io;

use console::{Key, Term};
use dialoguer::{Confirm, MultiSelect, Select, Sort};

use super::edit::{Edit, Pressed};
use super::theme::Rows;
use super::words::{self, keys};
use super::{Asked, Button, PromptError, Prompter, Reply, guard};
use crate::render::{Style, cut, width, wrap};

/// Gives the rows and columns of the terminal that prompts go to.
pub fn size() -> Option<(u16, u16)> {
    Term::stderr().size_checked()
}

/// Asks at a terminal, on standard error.
pub struct Terminal {
    term: Term,
    style: Style,
}

/// What a key means at a prompt of single keys.
enum Meant<T> {
    Reply(Reply<T>),
    Help,
    Nothing,
}

impl Terminal {
    /// Makes a prompter for the terminal; `style.width` follows the terminal's size.
    pub fn new(style: Style) -> Self {
        let mut made = Self { term: Term::stderr(), style };
        made.measure();
        made
    }

    fn measure(&mut self) {
        if let Some((_, columns)) = self.term.size_checked() {
            self.style.width = usize::from(columns);
        }
    }

    /// Shows a prompt, waits for a key that means something, and takes the prompt away.
    fn key<T>(&mut self, prompt: &str, help: &str, meaning: impl Fn(&Key) -> Option<T>, hint: bool) -> Asked<T> {
        loop {
            let lines = self.prompt_lines(prompt);
            let reply = loop {
                match meant(&self.read_key()?, &meaning, hint) {
                    Meant::Reply(reply) => break Some(reply),
                    Meant::Help => break None,
                    Meant::Nothing => {}
                }
            };
            self.term.clear_last_lines(lines?)?;
            match reply {
                Some(reply) => return Ok(reply),
                None => self.say_wrapped(help)?,
            }
        }
    }

    fn prompt_lines(&mut self, prompt: &str) -> io::Result<usize> {
        self.measure();
        let lines = wrap(prompt, self.style.width.saturating_sub(1).max(1));
        lines.iter().try_for_each(|line| self.term.write_line(&self.style.dim(line)))?;
        Ok(lines.len())
    }

    /// Reads a key. A terminal that went away reads as Ctrl-D.
    fn read_key(&self) -> Result<Key, PromptError> {
        match self.term.read_key() {
            Err(e) if e.kind() == io::ErrorKind::UnexpectedEof => Ok(Key::Char('\u{4}')),
            other => Ok(other?),
        }
    }

    fn say_wrapped(&mut self, text: &str) -> io::Result<()> {
        wrap(text, self.style.prose_width()).iter().try_for_each(|line| self.term.write_line(line))
    }

    /// Makes the rows of a list. Options that do not fit on a row are written in full above it.
    fn rows(&mut self, options: &[String]) -> io::Result<Rows> {
        self.measure();
        if !options.iter().any(|option| Rows::too_wide(option, &self.style)) {
            return Ok(Rows::new(options, self.style));
        }
        let numbered: Vec<String> = options.iter().enumerate().map(|(at, o)| format!("{}. {o}", at + 1)).collect();
        for option in &numbered {
            self.say_wrapped(option)?;
        }
        Ok(Rows::new(&numbered, self.style))
    }

    fn redraw(&self, edit: &Edit, prompt: &str) -> io::Result<()> {
        let prompt = cut(prompt, self.style.width / 2, self.style.ellipsis());
        let lead = width(&prompt) + 2;
        let (shown, cursor) = edit.window(self.style.width.saturating_sub(lead + 1));
        self.term.clear_line()?;
        self.term.write_str(&format!("{}: {shown}", self.style.bold(&prompt)))?;
        let back = width(&shown).saturating_sub(cursor);
        if back > 0 { self.term.move_cursor_left(back) } else { Ok(()) }
    }

    /// Reads one line with editing; `None` when the learner leaves.
    fn edited(&mut self, prompt: &str) -> Result<Option<String>, PromptError> {
        let mut edit = Edit::default();
        loop {
            self.measure();
            self.redraw(&edit, prompt)?;
            let pressed = edit.press(self.read_key()?);
            if pressed != Pressed::Going {
                self.term.write_line("")?;
            }
            match pressed {
                Pressed::Going => {}
                Pressed::Done => return Ok(Some(edit.text().trim().to_owned())),
                Pressed::Leave => return Ok(None),
                Pressed::Interrupt => return Err(PromptError::Interrupted),
            }
        }
    }
}

fn meant<T>(key: &Key, meaning: impl Fn(&Key) -> Option<T>, hint: bool) -> Meant<T> {
    if let Some(answer) = meaning(key) {
        return Meant::Reply(Reply::Given(answer));
    }
    match key {
        Key::Escape | Key::Char('q' | '\u{4}') => Meant::Reply(Reply::Leave),
        Key::Char('u') => Meant::Reply(Reply::Undo),
        Key::Char('h') if hint => Meant::Reply(Reply::Hint),
        Key::Char('?') => Meant::Help,
        _ => Meant::Nothing,
    }
}

fn button(key: &Key, buttons: &[Button]) -> Option<usize> {
    buttons.iter().position(|button| *key == Key::Char(button.key))
}

fn is_enter(key: &Key) -> bool {
    matches!(key, Key::Enter | Key::Char(' '))
}

/// Turns what dialoguer gives back into a reply: nothing means Esc or `q`.
fn reply<T>(given: dialoguer::Result<Option<T>>) -> Asked<T> {
    match given {
        Ok(answer) => Ok(answer.map_or(Reply::Leave, Reply::Given)),
        Err(dialoguer::Error::IO(e)) if e.kind() == io::ErrorKind::UnexpectedEof => Ok(Reply::Leave),
        Err(dialoguer::Error::IO(e)) => Err(e.into()),
    }
}

/// The row that stands for the next hint.
const HINT_ROW: &str = "(show a hint)";

fn with_hint(options: &[String], hint: bool) -> Vec<String> {
    options.iter().cloned().chain(hint.then(|| HINT_ROW.to_owned())).collect()
}

impl Prompter for Terminal {
    fn say(&mut self, text: &str) -> io::Result<()> {
        self.term.write_line(text)
    }

    fn style(&self) -> &Style {
        &self.style
    }

    fn clear_typed_ahead(&mut self) {
        self.measure();
        guard::drop_typed_ahead();
    }

    fn reveal(&mut self, buttons: &[Button], hint: bool) -> Asked<Option<usize>> {
        let prompt = format!("Enter shows the answer {}", keys(hint, ""));
        let meaning = |key: &Key| if is_enter(key) { Some(None) } else { button(key, buttons).map(Some) };
        self.key(&prompt, &words::reveal_help(hint), meaning, hint)
    }

    fn rate(&mut self, buttons: &[Button], default: usize) -> Asked<usize> {
        let prompt = format!("{}   {}", words::buttons(buttons), keys(false, ""));
        let meaning = |key: &Key| if is_enter(key) { Some(default) } else { button(key, buttons) };
        self.key(&prompt, &words::rate_help(buttons, default), meaning, false)
    }

    fn pick(&mut self, prompt: &str, options: &[String], hint: bool) -> Asked<usize> {
        let rows = self.rows(&with_hint(options, hint))?;
        let select = Select::with_theme(&rows).with_prompt(prompt).items(rows.items()).default(0);
        Ok(match reply(select.interact_on_opt(&self.term))? {
            Reply::Given(at) if at == options.len() => Reply::Hint,
            other => other,
        })
    }

    fn pick_many(&mut self, prompt: &str, options: &[String], hint: bool) -> Asked<Vec<usize>> {
        let rows = self.rows(&with_hint(options, hint))?;
        let prompt = format!("{prompt} (space ticks)");
        let select = MultiSelect::with_theme(&rows).with_prompt(prompt).items(rows.items());
        Ok(match reply(select.interact_on_opt(&self.term))? {
            Reply::Given(all) if all.contains(&options.len()) => Reply::Hint,
            other => other,
        })
    }

    fn order(&mut self, prompt: &str, steps: &[String], _: bool) -> Asked<Vec<usize>> {
        let rows = self.rows(steps)?;
        let prompt = format!("{prompt} (space lifts)");
        reply(Sort::with_theme(&rows).with_prompt(prompt).items(rows.items()).interact_on_opt(&self.term))
    }

    fn line(&mut self, prompt: &str, hint: bool) -> Asked<String> {
        let keys = format!("{} Enter alone: I do not know", keys(hint, ":"));
        self.prompt_lines(&keys)?;
        loop {
            match self.edited(prompt)?.as_deref() {
                None | Some(":q") => return Ok(Reply::Leave),
                Some(":u") => return Ok(Reply::Undo),
                Some(":h") if hint => return Ok(Reply::Hint),
                Some(":h") => self.say_wrapped("There is no hint.")?,
                Some("?") => self.say_wrapped(&words::line_help(hint))?,
                Some(line) => return Ok(Reply::Given(line.to_owned())),
            }
        }
    }

    fn confirm(&mut self, prompt: &str, default: bool) -> Asked<bool> {
        reply(Confirm::new().with_prompt(prompt).default(default).interact_on_opt(&self.term))
    }

    fn pause(&mut self) -> Asked<()> {
        let prompt = format!("Enter goes on {}", keys(false, ""));
        self.key(&prompt, &words::help("Enter goes on.", false, ""), |key| is_enter(key).then_some(()), false)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_of_the_prompt_comes_before_the_common_keys() {
        let answered = |key: char| match meant(&Key::Char(key), |key| (*key == Key::Char('q')).then_some(1), false) {
            Meant::Reply(reply) => Some(reply),
            Meant::Help | Meant::Nothing => None,
        };
        assert_eq!(answered('q'), Some(Reply::Given(1)));
        assert_eq!(answered('u'), Some(Reply::Undo));
        assert_eq!(answered('\u{4}'), Some(Reply::Leave));
        assert_eq!(answered('h'), None);
    }
}
