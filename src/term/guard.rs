//! Leaves the terminal as it was found: cursor shown, line mode restored, also when a signal ends the program.

use std::io;

use console::Term;

/// The exit status after a signal.
const INTERRUPTED: i32 = 130;

/// Restores the terminal when it goes out of scope or when a signal arrives, in which case the program ends with
/// status 130. Make one before the first prompt.
pub struct Guard {
    mode: Mode,
}

impl Guard {
    /// Remembers the terminal's mode and starts to watch for INT, TERM, HUP and QUIT.
    ///
    /// # Errors
    /// When the handlers cannot be installed.
    pub fn install() -> io::Result<Self> {
        let mode = Mode::read();
        watch(mode.clone())?;
        Ok(Self { mode })
    }
}

impl Drop for Guard {
    fn drop(&mut self) {
        restore(&self.mode);
    }
}

/// Best effort: the terminal may be gone, and there is nobody left to tell.
fn restore(mode: &Mode) {
    mode.write();
    let term = Term::stderr();
    if term.is_term() {
        let _ = term.show_cursor();
    }
}

/// The one way out that is not `main`'s: the main thread is waiting in a read that no signal ends.
#[allow(clippy::exit)]
fn leave(mode: &Mode) -> ! {
    restore(mode);
    let term = Term::stderr();
    if term.is_term() {
        let _ = term.write_line("");
    }
    std::process::exit(INTERRUPTED)
}

#[cfg(unix)]
mod system {
    use std::io::{self, stdin};
    use std::thread;

    use rustix::process::getpgrp;
    use rustix::termios::{OptionalActions, QueueSelector, Termios, tcflush, tcgetattr, tcgetpgrp, tcsetattr};
    use signal_hook::consts::{SIGHUP, SIGINT, SIGQUIT, SIGTERM};
    use signal_hook::iterator::Signals;

    /// The terminal's mode, where standard input is a terminal.
    #[derive(Clone)]
    pub(super) struct Mode(Option<Termios>);

    impl Mode {
        pub(super) fn read() -> Self {
            Self(tcgetattr(stdin()).ok())
        }

        /// Restores the mode, unless another job owns the terminal: the kernel would stop us for touching it.
        pub(super) fn write(&self) {
            let ours = tcgetpgrp(stdin()).is_ok_and(|group| group == getpgrp());
            if let Some(mode) = self.0.as_ref().filter(|_| ours) {
                let _ = tcsetattr(stdin(), OptionalActions::Now, mode);
            }
        }
    }

    pub(super) fn watch(mode: Mode) -> io::Result<()> {
        let mut signals = Signals::new([SIGINT, SIGTERM, SIGHUP, SIGQUIT])?;
        let wait = move || {
            if signals.forever().next().is_some() {
                super::leave(&mode);
            }
        };
        thread::Builder::new().name("signals".to_owned()).spawn(wait).map(drop)
    }

    pub(in crate::term) fn drop_typed_ahead() {
        let _ = tcflush(stdin(), QueueSelector::IFlush);
    }
}

#[cfg(not(unix))]
mod system {
    use std::io;

    /// Consoles keep their mode by themselves.
    #[derive(Clone)]
    pub(super) struct Mode;

    impl Mode {
        pub(super) fn read() -> Self {
            Self
        }

        pub(super) fn write(&self) {}
    }

    pub(super) fn watch(mode: Mode) -> io::Result<()> {
        ctrlc::set_handler(move || super::leave(&mode)).map_err(io::Error::other)
    }

    pub(in crate::term) fn drop_typed_ahead() {}
}

pub(super) use system::drop_typed_ahead;
use system::{Mode, watch};
