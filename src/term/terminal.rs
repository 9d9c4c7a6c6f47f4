//! Keys, lines and lists that redraw, on a terminal.

use std::io;

use console::{Key, Term};

use super::edit::{Edit, Pressed};
use super::lists::List;
use super::numbers::Numbers;
use super::words::{self, keys};
use super::{Asked, Button, PromptError, Prompter, Reply, Written, guard};
use crate::render::{Style, width, wrap};

/// Gives the rows and columns of the terminal that prompts go to.
pub fn size() -> Option<(u16, u16)> {
    Term::stderr().size_checked()
}

/// Asks at a terminal, on standard error.
pub struct Terminal {
    pub(super) term: Term,
    pub(super) style: Style,
    /// Whether the last line written is blank.
    pub(super) blank: bool,
    /// Held between prompts too, once a session began.
    hush: Option<guard::Quiet>,
}

/// A prompt for a line. `mark` stands before the letters for hint, undo and leave.
pub(super) struct Line<'l> {
    pub(super) prompt: &'l str,
    pub(super) keys: &'l str,
    pub(super) help: &'l str,
    pub(super) mark: &'l str,
    pub(super) hint: bool,
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
        guard::draw_on();
        let mut made = Self { term: Term::stderr(), style, blank: false, hush: None };
        made.measure();
        made
    }

    pub(super) fn measure(&mut self) {
        if let Some((_, columns)) = self.term.size_checked() {
            self.style.width = usize::from(columns);
        }
    }

    /// Shows a prompt, waits for a key that means something, and takes the prompt away.
    pub(super) fn key<T>(
        &mut self,
        prompt: &str,
        help: &str,
        meaning: impl Fn(&Key) -> Option<T>,
        hint: bool,
    ) -> Asked<T> {
        let _quiet = guard::Quiet::hold();
        guard::drop_typed_ahead();
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
            // What follows is set for the size that the terminal has by now.
            self.measure();
            match reply {
                Some(reply) => return Ok(reply),
                None => self.say_wrapped(help)?,
            }
        }
    }

    pub(super) fn prompt_lines(&mut self, prompt: &str) -> io::Result<usize> {
        self.measure();
        let lines = words::laid_out(prompt, self.style.width.saturating_sub(1).max(1));
        lines.iter().try_for_each(|line| self.term.write_line(&self.style.dim(line)))?;
        Ok(lines.len())
    }

    /// Reads a key. A terminal that went away reads as Ctrl-D.
    pub(super) fn read_key(&self) -> Result<Key, PromptError> {
        guard::go_on_unless_ending();
        match self.term.read_key() {
            Ok(Key::Char(QUIT)) => Err(PromptError::Interrupted),
            Ok(Key::UnknownEscSeq(start)) => self.swallow(&start),
            Ok(key) => Ok(key),
            Err(e) => self.failed(e).map(|()| Key::Char(END)),
        }
    }

    /// Takes the rest of an escape sequence that stands for no key of ours, so that its end is not read as letters.
    fn swallow(&self, start: &[char]) -> Result<Key, PromptError> {
        let ends = |c: char| ('@'..='~').contains(&c);
        let mut open = match start {
            ['['] | ['O'] => true,
            [.., last] => start.len() > 1 && !ends(*last),
            [] => false,
        };
        while open && guard::more_typed() {
            open = !matches!(self.term.read_key(), Ok(Key::Char(c)) if ends(c));
        }
        Ok(Key::Unknown)
    }

    /// Takes what a read failed with: nothing when the terminal went away. A signal does not come back from here; for
    /// Ctrl-C console has raised one.
    pub(super) fn failed(&self, e: io::Error) -> Result<(), PromptError> {
        if e.kind() == io::ErrorKind::Interrupted {
            guard::wait_for_the_end();
        }
        guard::go_on_unless_it_ends();
        if e.kind() == io::ErrorKind::UnexpectedEof { Ok(()) } else { Err(e.into()) }
    }

    pub(super) fn say_wrapped(&mut self, text: &str) -> io::Result<()> {
        let lines = wrap(text, self.style.prose_width());
        self.keep_lines(&lines)
    }

    /// Writes lines that stay.
    pub(super) fn keep_lines(&mut self, lines: &[String]) -> io::Result<()> {
        self.blank = lines.last().is_some_and(String::is_empty);
        lines.iter().try_for_each(|line| self.term.write_line(line))
    }

    fn redraw(&self, edit: &Edit, lead: &str) -> io::Result<()> {
        let (shown, cursor) = edit.window(self.style.width.saturating_sub(width(lead) + 2));
        self.term.clear_line()?;
        self.term.write_str(&format!("{} {shown}", self.style.bold(lead)))?;
        let back = width(&shown).saturating_sub(cursor);
        if back > 0 { self.term.move_cursor_left(back) } else { Ok(()) }
    }

    /// Reads one line with editing; `None` when the learner leaves.
    fn edited(&mut self, lead: &str) -> Result<Option<String>, PromptError> {
        let mut edit = Edit::default();
        loop {
            self.measure();
            self.redraw(&edit, lead)?;
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

    /// Asks for a line, until it is no call for help; takes the prompt away.
    pub(super) fn ask_line(&mut self, line: &Line<'_>) -> Asked<String> {
        let _quiet = guard::Quiet::hold();
        guard::drop_typed_ahead();
        loop {
            let keys = self.prompt_lines(line.keys)?;
            let size = self.term.size();
            let (above, lead) = self.lead(line.prompt);
            above.iter().try_for_each(|row| self.term.write_line(&self.style.bold(row)))?;
            let text = self.edited(&lead)?;
            if self.term.size() == size {
                self.term.clear_last_lines(keys + above.len() + 1)?;
            }
            self.measure();
            let Some(text) = text else { return Ok(Reply::Leave) };
            match text.strip_prefix(line.mark) {
                _ if text == "?" => self.say_wrapped(line.help)?,
                Some("q") => return Ok(Reply::Leave),
                Some("u") => return Ok(Reply::Undo),
                Some("h") if line.hint => return Ok(Reply::Hint),
                Some("h") => self.say_wrapped(words::NO_HINT)?,
                _ => return Ok(Reply::Given(text)),
            }
        }
    }

    /// Sets what a line is typed behind: the prompt, or a mark below it where it would take half of the row.
    fn lead(&self, prompt: &str) -> (Vec<String>, String) {
        if width(prompt) < self.style.width / 2 {
            return (Vec::new(), format!("{prompt}:"));
        }
        (wrap(prompt, self.style.width.saturating_sub(1).max(1)), ">".to_owned())
    }

    /// Leaves a question and its answer on the screen.
    fn keep_answer<T>(&mut self, prompt: &str, reply: &Reply<T>, shown: impl Fn(&T) -> String) -> io::Result<()> {
        match reply {
            Reply::Given(answer) => self.say_wrapped(&words::answered(prompt, &shown(answer))),
            _ => Ok(()),
        }
    }
}

/// Ctrl-D, and what a terminal that went away reads as.
const END: char = '\u{4}';

/// Ctrl-\\, which ends the program as Ctrl-C does.
const QUIT: char = '\u{1c}';

/// Tells whether a key leaves at a prompt of single keys.
pub(super) fn leaves(key: &Key) -> bool {
    matches!(key, Key::Escape | Key::Char('q' | END))
}

fn meant<T>(key: &Key, meaning: impl Fn(&Key) -> Option<T>, hint: bool) -> Meant<T> {
    if let Some(answer) = meaning(key) {
        return Meant::Reply(Reply::Given(answer));
    }
    match key {
        key if leaves(key) => Meant::Reply(Reply::Leave),
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

fn texts(options: &[String], all: &[usize]) -> String {
    let texts: Vec<&str> = all.iter().filter_map(|at| options.get(*at)).map(String::as_str).collect();
    if texts.is_empty() { "none".to_owned() } else { texts.join("; ") }
}

impl Prompter for Terminal {
    /// Leaves out a blank line after a blank line: prompts that were taken away would double them.
    fn say(&mut self, text: &str) -> io::Result<()> {
        let text = if self.blank { text.trim_start_matches('\n') } else { text };
        if text.is_empty() && self.blank {
            return Ok(());
        }
        self.blank = text.is_empty() || text.ends_with('\n');
        self.term.write_line(text)
    }

    fn style(&self) -> &Style {
        &self.style
    }

    fn hush(&mut self, on: bool) {
        // The one that was held puts the mode back before the next looks at it.
        self.hush = None;
        self.hush = on.then(guard::Quiet::hold);
    }

    fn clear_typed_ahead(&mut self) {
        self.measure();
        let _quiet = guard::Quiet::hold();
        guard::drop_typed_ahead();
    }

    fn reveal(&mut self, buttons: &[Button], hint: bool) -> Asked<Option<usize>> {
        let prompt = format!("Enter shows the answer {}", keys(hint, ""));
        let meaning = |key: &Key| if is_enter(key) { Some(None) } else { button(key, buttons).map(Some) };
        self.key(&prompt, &words::reveal_help(hint), meaning, hint)
    }

    fn rate(&mut self, buttons: &[Button], default: usize) -> Asked<usize> {
        let prompt = [words::buttons_with(buttons, default), keys(false, "")].join(words::GAP);
        let meaning = |key: &Key| if is_enter(key) { Some(default) } else { button(key, buttons) };
        self.key(&prompt, &words::rate_help(buttons, default), meaning, false)
    }

    fn pick(&mut self, prompt: &str, options: &[String], hint: bool) -> Asked<usize> {
        let reply = self.ask_list(List { prompt, options, hint, form: Numbers::One(options.len()) })?;
        self.keep_answer(prompt, &reply, |all| texts(options, all))?;
        Ok(reply.map(|all| all.first().copied().unwrap_or(0)))
    }

    fn pick_many(&mut self, prompt: &str, options: &[String], hint: bool) -> Asked<Vec<usize>> {
        let list = List { prompt, options, hint, form: Numbers::Some(options.len()) };
        let mut reply = self.ask_list(list)?;
        // Whoever takes the cursor for the answer presses Enter at once.
        if matches!(&reply, Reply::Given(all) if all.is_empty()) {
            self.say_wrapped(words::NONE_TICKED)?;
            reply = self.ask_list(list)?;
        }
        self.keep_answer(prompt, &reply, |all| texts(options, all))?;
        Ok(reply)
    }

    fn order(&mut self, prompt: &str, options: &[String], hint: bool) -> Asked<Vec<usize>> {
        self.ask_list(List { prompt, options, hint, form: Numbers::All(options.len()) })
    }

    fn line(&mut self, prompt: &str, hint: bool) -> Asked<String> {
        let keys = format!("{} Enter alone: I do not know", keys(hint, ":"));
        let line = Line { prompt, keys: &keys, help: &words::line_help(hint), mark: ":", hint };
        let reply = self.ask_line(&line)?;
        self.keep_answer(prompt, &reply, |text| if text.is_empty() { words::UNKNOWN.into() } else { text.clone() })?;
        Ok(reply)
    }

    fn write(&mut self, start: &str, draft: &mut dyn FnMut(&str), hint: bool) -> Asked<Written> {
        self.write_text(start, draft, hint)
    }

    fn menu(&mut self, prompt: &str, buttons: &[Button], default: usize, help: &str) -> Asked<usize> {
        let named = if prompt.is_empty() { words::buttons_with(buttons, default) } else { prompt.to_owned() };
        let prompt = [named, keys(false, "")].join(words::GAP);
        let meaning = |key: &Key| if is_enter(key) { Some(default) } else { button(key, buttons) };
        self.key(&prompt, &words::help(help, false, ""), meaning, false)
    }

    fn confirm(&mut self, prompt: &str, default: bool) -> Asked<bool> {
        let asked = format!("{prompt} {} {}", words::yes_no(default), "(? help, q leave)");
        let meaning = |key: &Key| match key {
            Key::Char('y' | 'Y') => Some(true),
            Key::Char('n' | 'N') => Some(false),
            Key::Enter => Some(default),
            _ => None,
        };
        let reply = self.key(&asked, words::CONFIRM_HELP, meaning, false)?;
        self.keep_answer(prompt, &reply, |yes| if *yes { "yes".into() } else { "no".into() })?;
        Ok(reply)
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
