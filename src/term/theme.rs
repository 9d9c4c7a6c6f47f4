//! How dialoguer's lists look. The lists get row numbers for items, and the theme knows the rows: dialoguer measures
//! an item in bytes, and would erase lines above a row of wide characters.

use std::fmt::{self, Write};

use dialoguer::theme::Theme;

use crate::render::{Style, cut};

/// Columns that marks take before a row: `> [x] `.
const LEAD: usize = 6;

/// Rows cut to the screen.
pub(super) struct Rows {
    rows: Vec<String>,
    style: Style,
}

impl Rows {
    pub(super) fn new(rows: &[String], style: Style) -> Self {
        let room = style.width.saturating_sub(LEAD + 1);
        Self { rows: rows.iter().map(|row| cut(row, room, style.ellipsis())).collect(), style }
    }

    /// Tells whether a row does not fit: it is then shown in full above the list.
    pub(super) fn too_wide(row: &str, style: &Style) -> bool {
        crate::render::width(row) + LEAD + 1 > style.width
    }

    /// Gives the items for dialoguer: numbers of rows.
    pub(super) fn items(&self) -> Vec<String> {
        (0..self.rows.len()).map(|at| at.to_string()).collect()
    }

    fn row(&self, item: &str) -> &str {
        item.parse().ok().and_then(|at: usize| self.rows.get(at)).map_or("", String::as_str)
    }

    fn item(&self, f: &mut dyn Write, mark: &str, item: &str, active: bool) -> fmt::Result {
        let line = format!("{}{mark} {}", if active { ">" } else { " " }, self.row(item));
        f.write_str(&if active { self.style.bold(&line) } else { line })
    }

    fn one_row(&self, f: &mut dyn Write, text: &str) -> fmt::Result {
        f.write_str(&cut(text, self.style.width.saturating_sub(1), self.style.ellipsis()))
    }
}

impl Theme for Rows {
    /// Leaves room for the page that dialoguer adds.
    fn format_prompt(&self, f: &mut dyn Write, prompt: &str) -> fmt::Result {
        f.write_str(&cut(prompt, self.style.width.saturating_sub(14), self.style.ellipsis()))
    }

    fn format_input_prompt_selection(&self, f: &mut dyn Write, prompt: &str, sel: &str) -> fmt::Result {
        self.one_row(f, &format!("{prompt}: {}", self.row(sel)))
    }

    fn format_select_prompt_item(&self, f: &mut dyn Write, text: &str, active: bool) -> fmt::Result {
        self.item(f, "", text, active)
    }

    fn format_multi_select_prompt_item(
        &self,
        f: &mut dyn Write,
        text: &str,
        checked: bool,
        active: bool,
    ) -> fmt::Result {
        self.item(f, if checked { " [x]" } else { " [ ]" }, text, active)
    }

    fn format_sort_prompt_item(&self, f: &mut dyn Write, text: &str, picked: bool, active: bool) -> fmt::Result {
        self.item(f, if picked && active { " [x]" } else { " [ ]" }, text, active)
    }

    fn format_multi_select_prompt_selection(&self, f: &mut dyn Write, prompt: &str, all: &[&str]) -> fmt::Result {
        let rows: Vec<&str> = all.iter().map(|item| self.row(item)).collect();
        let shown = if rows.is_empty() { "none".to_owned() } else { rows.join("; ") };
        self.one_row(f, &format!("{prompt}: {shown}"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_are_cut_by_columns_and_items_are_their_numbers() {
        let rows = Rows::new(&["容器容器容器容器".to_owned(), "ok".to_owned()], Style::plain(20));
        assert_eq!(rows.items(), ["0", "1"]);
        let mut shown = String::new();
        rows.format_select_prompt_item(&mut shown, "0", true).unwrap();
        rows.format_sort_prompt_item(&mut shown, "1", true, true).unwrap();
        rows.format_multi_select_prompt_selection(&mut shown, " Which", &["1", "0"]).unwrap();
        assert_eq!(shown, "> 容器容器容...> [x] ok Which: ok; 容器...");
    }
}
