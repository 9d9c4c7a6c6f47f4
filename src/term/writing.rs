//! Writing a text of several lines on a terminal: drawn in place, wrapped at the screen's width.

use std::io;

use console::Term;

use super::area::{Area, Wrote};
use super::terminal::Terminal;
use super::{Asked, PromptError, Reply, Written, guard, words};

/// Where a text being written stands on the screen.
#[derive(Default)]
struct Drawn {
    size: (u16, u16),
    rows: usize,
    row: usize,
}

impl Terminal {
    /// Lets a text of several lines be written; see [`Prompter::write`](super::Prompter::write).
    pub(super) fn write_text(&mut self, start: &str, draft: &mut dyn FnMut(&str), hint: bool) -> Asked<Written> {
        let mut area = Area::with(start);
        loop {
            self.prompt_lines(&words::write_keys(hint))?;
            let ended = self.written(&mut area, draft)?;
            return Ok(match ended {
                Wrote::Done => Reply::Given(Written::Answer(area.text().trim().to_owned())),
                Wrote::Interrupt => return Err(PromptError::Interrupted),
                Wrote::Command('e') => Reply::Given(Written::Editor(area.text())),
                Wrote::Command('u') => Reply::Undo,
                Wrote::Command('h') if hint => Reply::Hint,
                Wrote::Command('h') => {
                    self.say_wrapped(words::NO_HINT)?;
                    continue;
                }
                Wrote::Command('?') => {
                    self.say_wrapped(&words::write_help(hint))?;
                    continue;
                }
                Wrote::Leave | Wrote::Going | Wrote::Command(_) => Reply::Leave,
            });
        }
    }

    /// Lets a text be written in place until something ends it.
    fn written(&mut self, area: &mut Area, draft: &mut dyn FnMut(&str)) -> Result<Wrote, PromptError> {
        let _quiet = guard::Quiet::hold();
        let (mut drawn, mut kept) = (Drawn::default(), area.text());
        loop {
            if !guard::more_typed() {
                self.draw(area, &mut drawn)?;
            }
            let wrote = area.press(self.read_key()?, self.area_width());
            // A paste is drawn and kept once, when all of it is there.
            if wrote != Wrote::Going || !guard::more_typed() {
                let text = area.text();
                if text != kept {
                    draft(&text);
                    kept = text;
                }
            }
            if wrote != Wrote::Going {
                self.draw(area, &mut drawn)?;
                self.term.move_cursor_down(drawn.rows.saturating_sub(drawn.row + 1))?;
                self.term.write_line("")?;
                self.blank = false;
                return Ok(wrote);
            }
        }
    }

    /// Draws the text over the one before. On a screen of another size the old rows may lie anywhere: it starts anew.
    fn draw(&mut self, area: &Area, drawn: &mut Drawn) -> io::Result<()> {
        let screen = Term::buffered_stderr();
        let size = screen.size_checked().unwrap_or((24, 80));
        self.measure();
        if drawn.size == size {
            screen.move_cursor_down(drawn.rows.saturating_sub(drawn.row + 1))?;
            for above in (0..drawn.rows).rev() {
                screen.clear_line()?;
                if above > 0 {
                    screen.move_cursor_up(1)?;
                }
            }
        } else if drawn.rows > 0 {
            screen.write_line("")?;
        }
        let layout = area.layout(self.area_width(), usize::from(size.0).saturating_sub(2));
        screen.write_str(&layout.rows.join("\n"))?;
        screen.move_cursor_up(layout.rows.len().saturating_sub(layout.row + 1))?;
        screen.move_cursor_left(self.style.width)?;
        if layout.column > 0 {
            screen.move_cursor_right(layout.column)?;
        }
        *drawn = Drawn { size, rows: layout.rows.len(), row: layout.row };
        screen.flush()
    }

    /// Gives the columns that a written text is broken at; one stays free for the cursor.
    fn area_width(&self) -> usize {
        self.style.prose_width().min(self.style.width.saturating_sub(1)).max(1)
    }
}
