//! Columns, aligned by display width.

use super::{Style, pad, width, wrap};

/// Columns between two columns of a table.
const GAP: usize = 2;

/// The narrowest that a column is made.
const NARROWEST: usize = 4;

/// Sets rows of safe, one-line cells as aligned columns, the first row as heads if `heads`. A table wider than the
/// screen gets narrower columns, widest first, with cells that wrap.
///
/// ```
/// use grillme::render::{Style, table};
/// let rows = [vec!["deck".into(), "due".into()], vec!["docker".into(), "12".into()]];
/// assert_eq!(table(&rows, true, &Style::plain(80)), ["deck    due", "------  ---", "docker  12"]);
/// ```
pub fn table(rows: &[Vec<String>], heads: bool, style: &Style) -> Vec<String> {
    let widths = widths(rows, style.width);
    let mut lines = Vec::new();
    for (at, row) in rows.iter().enumerate() {
        let set = set_row(row, &widths);
        if heads && at == 0 {
            lines.extend(set.iter().map(|line| style.bold(line)));
            let rules: Vec<String> = widths.iter().map(|w| if style.unicode { "─" } else { "-" }.repeat(*w)).collect();
            lines.push(style.dim(&rules.join(&" ".repeat(GAP))));
        } else {
            lines.extend(set);
        }
    }
    lines
}

fn widths(rows: &[Vec<String>], screen: usize) -> Vec<usize> {
    let columns = rows.iter().map(Vec::len).max().unwrap_or(0);
    let widest = |at: usize| rows.iter().filter_map(|row| row.get(at)).map(|cell| width(cell)).max().unwrap_or(0);
    let mut widths: Vec<usize> = (0..columns).map(widest).collect();
    let room = screen.saturating_sub(GAP * columns.saturating_sub(1));
    while widths.iter().sum::<usize>() > room {
        match widths.iter_mut().max().filter(|widest| **widest > NARROWEST) {
            Some(widest) => *widest -= 1,
            None => break,
        }
    }
    widths
}

fn set_row(row: &[String], widths: &[usize]) -> Vec<String> {
    let cells: Vec<Vec<String>> = row.iter().zip(widths).map(|(cell, w)| wrap(cell, (*w).max(1))).collect();
    let height = cells.iter().map(Vec::len).max().unwrap_or(0);
    let line = |at: usize| {
        let cell = |(cell, w): (&Vec<String>, &usize)| pad(cell.get(at).map_or("", String::as_str), *w);
        let set: Vec<String> = cells.iter().zip(widths).map(cell).collect();
        set.join(&" ".repeat(GAP)).trim_end().to_owned()
    };
    (0..height).map(line).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(rows: &[&[&str]]) -> Vec<Vec<String>> {
        rows.iter().map(|row| row.iter().map(|cell| (*cell).to_owned()).collect()).collect()
    }

    #[test]
    fn wide_characters_keep_the_columns_straight() {
        let rows = rows(&[&["漢字", "x"], &["a", "y"], &["b"]]);
        assert_eq!(table(&rows, false, &Style::plain(80)), ["漢字  x", "a     y", "b"]);
    }

    #[test]
    fn a_table_wider_than_the_screen_wraps_its_widest_cells() {
        let rows = rows(&[&["flag", "meaning"], &["-it", "interactive with a terminal"]]);
        let expected = ["flag  meaning", "----  --------------", "-it   interactive", "      with a", "      terminal"];
        assert_eq!(table(&rows, true, &Style::plain(20)), expected);
        assert_eq!(table(&[], true, &Style::plain(20)), [""; 0]);
    }
}
