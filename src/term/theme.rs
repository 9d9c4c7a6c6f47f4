//! How dialoguer's lists look, and how one is left at a key that dialoguer does not know.
//!
//! The lists get row numbers for items, and the theme knows the rows: dialoguer measures an item in bytes, and would
//! erase lines above a row of wide characters.

use std::cell::{Cell, RefCell};
use std::fmt::{self, Write};

use dialoguer::theme::Theme;

use crate::render::{Style, cut, width};

/// Columns that marks take before a row: `> [x] `.
const LEAD: usize = 6;

/// Rows cut to the screen, and what was last drawn of them.
pub(super) struct Rows {
    rows: Vec<String>,
    style: Style,
    before: RefCell<Vec<Drawn>>,
    now: RefCell<Vec<Drawn>>,
    unmoved: Cell<bool>,
}

/// A row as it was drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Drawn {
    /// The row's number.
    pub(super) row: usize,
    /// Whether the cursor is on it.
    pub(super) active: bool,
    /// Whether it is ticked, or lifted.
    pub(super) marked: bool,
}

impl Rows {
    /// Makes rows of options, with numbers where those are also shown in full.
    pub(super) fn new(options: &[String], numbered: bool, style: Style) -> Self {
        let room = style.width.saturating_sub(LEAD + 1);
        let row = |(at, option): (usize, &String)| {
            let row = if numbered { format!("{}. {option}", at + 1) } else { option.clone() };
            cut(&row, room, style.ellipsis())
        };
        let rows = options.iter().enumerate().map(row).collect();
        Self { rows, style, before: RefCell::default(), now: RefCell::default(), unmoved: Cell::new(false) }
    }

    /// Tells whether a row does not fit: it is then shown in full above the list.
    pub(super) fn too_wide(row: &str, style: &Style) -> bool {
        width(row) + LEAD + 1 > style.width
    }

    /// Tells whether the list was left at a key that moved nothing.
    pub(super) fn unmoved(&self) -> bool {
        self.unmoved.get()
    }

    /// Gives the rows in the order in which they were last drawn.
    pub(super) fn drawn(&self) -> Vec<Drawn> {
        self.before.borrow().clone()
    }

    fn row(&self, item: &str) -> &str {
        item.parse().ok().and_then(|at: usize| self.rows.get(at)).map_or("", String::as_str)
    }

    fn item(&self, f: &mut dyn Write, mark: &str, item: &str, drawn: (bool, bool)) -> fmt::Result {
        let (active, marked) = drawn;
        self.note(Drawn { row: item.parse().unwrap_or(0), active, marked })?;
        let line = format!("{}{mark} {}", if active { ">" } else { " " }, self.row(item));
        f.write_str(&if active { self.style.bold(&line) } else { line })
    }

    /// Notes that a row is drawn. After every key dialoguer draws the whole list, also after one that it does not know:
    /// then the list is as it was. An error is the one way to make it stop and give that key's meaning a chance.
    fn note(&self, row: Drawn) -> fmt::Result {
        let mut now = self.now.borrow_mut();
        now.push(row);
        if now.len() < self.rows.len() {
            return Ok(());
        }
        let now = std::mem::take(&mut *now);
        if *self.before.borrow() == now {
            self.unmoved.set(true);
            return Err(fmt::Error);
        }
        self.before.replace(now);
        Ok(())
    }
}

impl Theme for Rows {
    fn format_select_prompt_item(&self, f: &mut dyn Write, text: &str, active: bool) -> fmt::Result {
        self.item(f, "", text, (active, false))
    }

    fn format_multi_select_prompt_item(
        &self,
        f: &mut dyn Write,
        text: &str,
        checked: bool,
        active: bool,
    ) -> fmt::Result {
        self.item(f, if checked { " [x]" } else { " [ ]" }, text, (active, checked))
    }

    fn format_sort_prompt_item(&self, f: &mut dyn Write, text: &str, picked: bool, active: bool) -> fmt::Result {
        let lifted = picked && active;
        self.item(f, if lifted { " <>" } else { "   " }, text, (active, lifted))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(texts: &[&str], columns: usize) -> Rows {
        Rows::new(&texts.iter().map(|text| (*text).to_owned()).collect::<Vec<_>>(), false, Style::plain(columns))
    }

    #[test]
    fn rows_are_cut_by_columns_and_named_by_their_numbers() {
        let rows = rows(&["容器容器容器容器", "ok"], 20);
        let mut shown = String::new();
        rows.format_select_prompt_item(&mut shown, "0", true).unwrap();
        rows.format_sort_prompt_item(&mut shown, "1", true, true).unwrap();
        rows.format_multi_select_prompt_item(&mut shown, "1", true, false).unwrap();
        assert_eq!(shown, "> 容器容器容...> <> ok  [x] ok");
    }

    #[test]
    fn a_list_drawn_twice_alike_is_left_and_tells_how_it_stood() {
        let rows = rows(&["a", "b"], 20);
        let draw = |active: usize, marked: usize| {
            let one = |at: usize| {
                let mut shown = String::new();
                rows.format_multi_select_prompt_item(&mut shown, &at.to_string(), at == marked, at == active)
            };
            one(0).and_then(|()| one(1))
        };
        assert!(draw(0, 9).is_ok() && draw(1, 9).is_ok() && draw(1, 1).is_ok());
        assert!(!rows.unmoved());
        assert!(draw(1, 1).is_err() && rows.unmoved());
        let stood = [Drawn { row: 0, active: false, marked: false }, Drawn { row: 1, active: true, marked: true }];
        assert_eq!(rows.drawn(), stood);
    }
}
