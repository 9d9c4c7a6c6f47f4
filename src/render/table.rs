//! Columns, aligned by display width.

use super::{Style, pad, width, wrap};

/// Columns between two columns of a table.
const GAP: usize = 2;

/// Sets rows of safe, one-line cells as aligned columns, the first row as heads if `heads`. A table wider than the
/// screen gets narrower columns, widest first, with cells that wrap; where that would break words, every row becomes a
/// few lines of its own, as it does in plain mode.
///
/// ```
/// use grillme::render::{Style, table};
/// let rows = [vec!["deck".into(), "due".into()], vec!["docker".into(), "12".into()]];
/// let ascii = Style { plain: false, ..Style::plain(80) };
/// assert_eq!(table(&rows, true, &ascii), ["deck    due", "------  ---", "docker  12"]);
/// assert_eq!(table(&rows, true, &Style::plain(80)), ["deck docker", "  due 12"]);
/// ```
pub fn table(rows: &[Vec<String>], heads: bool, style: &Style) -> Vec<String> {
    // Columns mean nothing to a screen reader.
    let widths = if style.plain { None } else { widths(rows, style.width) };
    let Some(widths) = widths else { return records(rows, heads, style) };
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

/// Shares the screen out among the columns; `None` where a word would not fit into its column.
fn widths(rows: &[Vec<String>], screen: usize) -> Option<Vec<usize>> {
    let mut columns = vec![(0, 0); rows.iter().map(Vec::len).max().unwrap_or(0)];
    for row in rows {
        for ((widest, word), cell) in columns.iter_mut().zip(row) {
            *widest = width(cell).max(*widest);
            *word = longest_word(cell).max(*word);
        }
    }
    let room = screen.saturating_sub(GAP * columns.len().saturating_sub(1));
    let under = |cap: usize| columns.iter().map(move |(widest, word)| (*widest).min(cap).max(*word));
    // The widest cap under which all columns fit; the first of those that it cuts share what it leaves.
    let cap = (0..=room).rev().find(|cap| under(*cap).sum::<usize>() <= room)?;
    let mut left = room - under(cap).sum::<usize>();
    let share = |(width, (widest, _)): (usize, &(usize, usize))| {
        let more = usize::from(left > 0 && width < *widest);
        left -= more;
        width + more
    };
    Some(under(cap).zip(&columns).map(share).collect())
}

fn longest_word(cell: &str) -> usize {
    cell.split_whitespace().map(width).max().unwrap_or(0)
}

/// Sets each row as its first cell, and below it the others, each behind its head.
fn records(rows: &[Vec<String>], heads: bool, style: &Style) -> Vec<String> {
    let names = rows.first().filter(|_| heads);
    let name = |at: usize| {
        names
            .and_then(|names| names.get(at))
            .filter(|name| !name.is_empty())
            .map_or(String::new(), |name| format!("{name} "))
    };
    let mut lines = Vec::new();
    for row in rows.iter().skip(usize::from(heads)) {
        let cells = row.iter().enumerate().filter(|(_, cell)| !cell.is_empty());
        let mut cells = cells.map(|(at, cell)| format!("{}{cell}", name(at)));
        let first = cells.next().unwrap_or_default();
        lines.extend(wrap(&first, style.width.max(1)).iter().map(|line| style.bold(line)));
        let rest: Vec<String> = cells.collect();
        let rest = wrap(&rest.join(", "), style.width.saturating_sub(GAP).max(1));
        lines.extend(rest.iter().filter(|line| !line.is_empty()).map(|line| format!("  {line}")));
    }
    lines
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

    fn ascii(width: usize) -> Style {
        Style { plain: false, ..Style::plain(width) }
    }

    #[test]
    fn wide_characters_keep_the_columns_straight() {
        let rows = rows(&[&["漢字", "x"], &["a", "y"], &["b"]]);
        assert_eq!(table(&rows, false, &ascii(80)), ["漢字  x", "a     y", "b"]);
    }

    #[test]
    fn a_table_wider_than_the_screen_wraps_its_widest_cells() {
        let rows = rows(&[&["flag", "meaning"], &["-it", "interactive with a terminal"]]);
        let expected = ["flag  meaning", "----  --------------", "-it   interactive", "      with a", "      terminal"];
        assert_eq!(table(&rows, true, &ascii(20)), expected);
        assert_eq!(table(&[], true, &ascii(20)), [""; 0]);
    }

    #[test]
    fn where_words_would_be_broken_every_row_stands_alone() {
        let rows =
            rows(&[&["card", "due", "recall"], &["docker/cgroups-limit", "new", "-"], &["docker/tmpfs", "", "90 %"]]);
        let expected = ["card", "docker/cgroups-limit", "  due new, recall -", "card docker/tmpfs", "  recall 90 %"];
        assert_eq!(table(&rows, true, &ascii(24)), expected);
        assert_eq!(table(&rows[1..2], false, &ascii(24)), ["docker/cgroups-limit", "  new, -"]);
    }
}
