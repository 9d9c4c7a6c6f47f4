//! Text on standard output, through a pager where a person reads it at a terminal.

use std::io::{self, Write};

use crate::env;
use crate::term::Pager;

use super::app::App;
use super::error::Stop;

/// Writes text, through `$PAGER` or `less` when standard output is a terminal that can page and `paged` allows it.
pub fn write(app: &App, text: &str, paged: bool) -> Result<(), Stop> {
    let able = app.terminal.stdout && app.terminal.stdin && !app.terminal.dumb && !app.global.plain;
    let able = able && !app.global.no_input && paged;
    if let Some(pager) = able.then(|| pager(app)).flatten() {
        // A bare `less` would show colours as marks. What the learner has set is left alone.
        let less = env::variable("LESS").is_none().then_some("FRX");
        match pager.show(text, less) {
            Ok(true) => return Ok(()),
            Ok(false) => {}
            Err(e) => app.notice(&format!("the pager failed: {e}; --no-pager leaves it out")),
        }
    }
    Ok(io::stdout().lock().write_all(text.as_bytes())?)
}

fn pager(app: &App) -> Option<Pager> {
    let Some(line) = env::variable("PAGER") else { return Some(Pager::usual()) };
    Pager::parse(&line.to_string_lossy()).unwrap_or_else(|e| {
        app.notice(&format!("PAGER is not a command line: {e}"));
        None
    })
}
