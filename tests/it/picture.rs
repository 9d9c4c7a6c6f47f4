//! The README's pictures: what the program shows on a terminal, drawn as SVG. A picture that is no longer what a person
//! would see fails here; `GRILLME_DRAW=1 cargo test --test it picture` draws the pictures anew.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use vt100::{Cell, Color, Screen};

use crate::pty::{Pty, Size};
use crate::sandbox::Sandbox;

/// A character's width and height, and the margin around the screen, in pixels.
const WIDE: usize = 8;
const HIGH: usize = 18;
const MARGIN: usize = 14;

/// How a run of characters looks.
#[derive(PartialEq)]
struct Look {
    colour: &'static str,
    bold: bool,
    faint: bool,
}

impl Look {
    fn of(cell: &Cell) -> Self {
        let colour = match cell.fgcolor() {
            Color::Idx(1 | 9) => "#ff7b72",
            Color::Idx(2 | 10) => "#7ee787",
            Color::Idx(3 | 11) => "#e3b341",
            Color::Idx(4 | 12) => "#79c0ff",
            Color::Idx(5 | 13) => "#d2a8ff",
            Color::Idx(6 | 14) => "#56d4dd",
            Color::Idx(8) => "#8b949e",
            Color::Default | Color::Idx(_) | Color::Rgb(..) => "#e6edf3",
        };
        Self { colour, bold: cell.bold(), faint: cell.dim() }
    }
}

/// Draws the rows of a screen that something stands in.
fn draw(screen: &Screen) -> String {
    let (rows, columns) = (screen.size().0.get(), screen.size().1.get());
    let empty =
        |row: u16| (0..columns).all(|column| screen.cell(row, column).is_none_or(|c| c.contents().trim() == ""));
    let used = (0..rows).rev().find(|row| !empty(*row)).map_or(0, |row| row + 1);
    let (width, height) = (usize::from(columns) * WIDE + 2 * MARGIN, usize::from(used) * HIGH + 2 * MARGIN);
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width} {height}\" width=\"{width}\" height=\"{height}\">\n\
         <rect width=\"100%\" height=\"100%\" rx=\"8\" fill=\"#0d1117\"/>\n\
         <g font-family=\"ui-monospace, SFMono-Regular, Menlo, Consolas, monospace\" font-size=\"13.3\" \
         xml:space=\"preserve\">\n"
    );
    for row in 0..used {
        for (column, text, look) in runs(screen, row, columns) {
            let (x, y) = (MARGIN + usize::from(column) * WIDE, MARGIN + usize::from(row) * HIGH + 13);
            let length = text.chars().count() * WIDE;
            let bold = if look.bold { " font-weight=\"bold\"" } else { "" };
            let faint = if look.faint { " opacity=\".6\"" } else { "" };
            let text = text.replace('&', "&amp;").replace('<', "&lt;");
            let colour = look.colour;
            let _ = writeln!(
                svg,
                "<text x=\"{x}\" y=\"{y}\" textLength=\"{length}\" fill=\"{colour}\"{bold}{faint}>{text}</text>"
            );
        }
    }
    svg + "</g>\n</svg>\n"
}

/// Gives the runs of one look in a row, each with the column it starts in, without the spaces around them.
fn runs(screen: &Screen, row: u16, columns: u16) -> Vec<(u16, String, Look)> {
    let mut runs: Vec<(u16, String, Look)> = Vec::new();
    for column in 0..columns {
        let Some(cell) = screen.cell(row, column) else { continue };
        let (text, look) = (if cell.has_contents() { cell.contents() } else { " " }, Look::of(cell));
        match runs.last_mut() {
            Some((_, run, before)) if *before == look => *run += text,
            _ => runs.push((column, text.to_owned(), look)),
        }
    }
    let trimmed = |(column, text, look): (u16, String, Look)| {
        let before = u16::try_from(text.len() - text.trim_start().len()).unwrap();
        (column + before, text.trim().to_owned(), look)
    };
    runs.into_iter().map(trimmed).filter(|(_, text, _)| !text.is_empty()).collect()
}

/// Holds a picture to what a person sees after these keys, each typed at a prompt that shows the text before it.
fn picture(name: &str, args: &[&str], size: Size, keys: &[(&str, &str)], last: &str) {
    let sandbox = Sandbox::new();
    let mut pty = Pty::start(sandbox.command(args), size);
    for (text, keys) in keys {
        pty.wait_at(&[text]);
        pty.send(keys);
    }
    pty.wait_at(&[last]);
    let (svg, path) = (draw(pty.screen.screen()), Path::new(env!("CARGO_MANIFEST_DIR")).join("docs").join(name));
    if std::env::var_os("GRILLME_DRAW").is_some() {
        fs::write(&path, &svg).unwrap();
    }
    let drawn = fs::read_to_string(&path).unwrap().replace("\r\n", "\n");
    assert!(drawn == svg, "docs/{name} is not what the program shows: GRILLME_DRAW=1 draws it anew\n{}", pty.text());
}

#[test]
fn a_card_is_shown_as_it_is() {
    let args = ["cards", "docker", "--item", "why-denser"];
    picture("session.svg", &args, (80, 40), &[("Which", "\r")], "3 Good");
}

#[test]
fn an_interview_question_is_shown_as_it_is() {
    let answer = "They share the host's kernel, so no guest has to boot.\r.\r";
    let args = ["interview", "docker", "--item", "q-why-lighter"];
    picture("interview.svg", &args, (80, 40), &[("Alone on a line", answer)], "Did you say this?");
}
