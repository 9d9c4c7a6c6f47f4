//! Lists on a terminal: dialoguer's where they fit on the screen, else a numbered list and a line.

use std::panic::{self, AssertUnwindSafe};

use console::Key;
use dialoguer::{MultiSelect, Select, Sort};

use super::numbers::Numbers;
use super::terminal::{Line, Terminal, leaves};
use super::theme::{Drawn, Rows};
use super::{Asked, PromptError, Reply, guard, words};
use crate::render::wrap;

/// What is asked by a list.
#[derive(Clone, Copy)]
pub(super) struct List<'l> {
    pub(super) prompt: &'l str,
    pub(super) options: &'l [String],
    pub(super) hint: bool,
    pub(super) form: Numbers,
}

/// How a list of dialoguer's ended.
enum Ended {
    Given(Vec<usize>),
    Leave,
    /// At a key that dialoguer does not know; how the rows stood.
    Unknown(Vec<Drawn>),
    /// The screen became too small for it.
    TooSmall,
}

impl List<'_> {
    fn keys(&self) -> String {
        let how = match self.form {
            Numbers::One(_) => "arrows move, Enter picks",
            Numbers::Some(_) => "arrows move, space ticks, Enter ends",
            Numbers::All(_) => "arrows move, space lifts and drops, Enter ends",
        };
        format!("({how}, {})", if self.hint { "? hint and more" } else { "? more" })
    }

    fn others(&self) -> String {
        let hint = if self.hint { "h hint, " } else { "" };
        format!("({hint}u undo, q leave; any other key goes back to the list)")
    }

    fn draw(&self, terminal: &console::Term, rows: &Rows, stood: &[Drawn]) -> dialoguer::Result<Option<Vec<usize>>> {
        let items: Vec<String> = stood.iter().map(|row| row.row.to_string()).collect();
        match self.form {
            Numbers::One(_) => {
                let at = stood.iter().position(|row| row.active).unwrap_or(0);
                let picked = Select::with_theme(rows).items(items).default(at).interact_on_opt(terminal);
                picked.map(|picked| picked.map(|at| vec![at]))
            }
            Numbers::Some(_) => {
                let ticks: Vec<bool> = stood.iter().map(|row| row.marked).collect();
                MultiSelect::with_theme(rows).items(items).defaults(&ticks).interact_on_opt(terminal)
            }
            Numbers::All(_) => Sort::with_theme(rows).items(items).interact_on_opt(terminal),
        }
    }
}

impl Terminal {
    /// Asks by a list; gives indices.
    pub(super) fn ask_list(&mut self, list: List<'_>) -> Asked<Vec<usize>> {
        let _quiet = guard::Quiet::hold();
        guard::drop_typed_ahead();
        let mut stood: Vec<Drawn> =
            (0..list.options.len()).map(|row| Drawn { row, active: row == 0, marked: false }).collect();
        while let Some(head) = self.head(&list) {
            let size = self.term.size();
            head.iter().try_for_each(|line| self.term.write_line(line))?;
            let ended = self.run_list(&list, &stood)?;
            // On a screen of another size the head may lie anywhere.
            if self.term.size() == size {
                self.term.clear_last_lines(head.len())?;
            }
            self.measure();
            match ended {
                Ended::Given(all) => return Ok(Reply::Given(all)),
                Ended::Leave => return Ok(Reply::Leave),
                Ended::TooSmall => break,
                Ended::Unknown(rows) => stood = rows,
            }
            if let Some(reply) = self.others(&list)? {
                return Ok(reply);
            }
        }
        self.ask_numbers(&list)
    }

    /// Sets what stands above the rows: the question, options that are too wide for a row, the keys. Gives `None` where
    /// that and the rows do not fit on the screen.
    fn head(&mut self, list: &List<'_>) -> Option<Vec<String>> {
        self.measure();
        let style = self.style;
        let room = style.width.saturating_sub(1).max(1);
        let mut head: Vec<String> = wrap(list.prompt, room).iter().map(|line| style.bold(line)).collect();
        if list.options.iter().any(|option| Rows::too_wide(option, &style)) {
            head.extend(words::numbered(list.options, room));
        }
        head.extend(wrap(&list.keys(), room).iter().map(|line| style.dim(line)));
        let height = head.len() + list.options.len() + 1;
        (height <= usize::from(self.term.size().0)).then_some(head)
    }

    fn run_list(&mut self, list: &List<'_>, stood: &[Drawn]) -> Result<Ended, PromptError> {
        let wide = list.options.iter().any(|option| Rows::too_wide(option, &self.style));
        let rows = Rows::new(list.options, wide, self.style);
        let row = |at: usize| stood.get(at).map_or(at, |drawn| drawn.row);
        let ended = match unless_it_panics(|| list.draw(&self.term, &rows, stood)) {
            None => Ended::TooSmall,
            Some(Ok(Some(all))) => Ended::Given(all.into_iter().map(row).collect()),
            Some(Ok(None)) => Ended::Leave,
            Some(Err(_)) if rows.unmoved() => {
                // The last row was not drawn again.
                self.term.clear_last_lines(stood.len().saturating_sub(1))?;
                Ended::Unknown(rows.drawn())
            }
            Some(Err(dialoguer::Error::IO(e))) => self.failed(e).map(|()| Ended::Leave)?,
        };
        self.term.show_cursor()?;
        Ok(ended)
    }

    /// Offers the keys that dialoguer does not know; `None` goes back to the list.
    fn others(&mut self, list: &List<'_>) -> Result<Option<Reply<Vec<usize>>>, PromptError> {
        let back = |key: &Key| {
            let known = leaves(key) || matches!(key, Key::Char('u')) || (list.hint && matches!(key, Key::Char('h')));
            (!known).then(Vec::new)
        };
        let reply = self.key(&list.others(), "", back, list.hint)?;
        Ok(if matches!(reply, Reply::Given(_)) { None } else { Some(reply) })
    }

    /// Asks by a numbered list and a line.
    fn ask_numbers(&mut self, list: &List<'_>) -> Asked<Vec<usize>> {
        self.measure();
        let style = self.style;
        let room = style.width.saturating_sub(1).max(1);
        wrap(list.prompt, room).iter().try_for_each(|line| self.term.write_line(&style.bold(line)))?;
        words::numbered(list.options, room).iter().try_for_each(|line| self.term.write_line(line))?;
        let expected = list.form.expected();
        let help = words::help(&expected, list.hint, "");
        let keys = words::keys(list.hint, "");
        let line = Line { prompt: list.form.prompt(), keys: &keys, help: &help, mark: "", hint: list.hint };
        loop {
            match self.ask_line(&line)? {
                Reply::Given(text) => match list.form.read(&text) {
                    Some(all) => return Ok(Reply::Given(all)),
                    None => self.say_wrapped(&expected)?,
                },
                other => return Ok(other.map(|_| Vec::new())),
            }
        }
    }
}

/// Runs a list; gives `None` when it panics, as dialoguer does when the screen shrinks below three rows under a list.
fn unless_it_panics<T>(list: impl FnOnce() -> T) -> Option<T> {
    let hook = panic::take_hook();
    panic::set_hook(Box::new(|_| {}));
    let ended = panic::catch_unwind(AssertUnwindSafe(list)).ok();
    panic::set_hook(hook);
    ended
}
