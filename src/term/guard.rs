//! Leaves the terminal as it was found: cursor shown, line mode restored, also when a signal ends the program.

use std::io;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, PoisonError};
use std::thread;
use std::time::Duration;

use console::Term;

/// The exit status after a signal.
const INTERRUPTED: i32 = 130;

/// Whether signals are watched for already.
static WATCHED: AtomicBool = AtomicBool::new(false);

/// Whether anything is drawn that hides the cursor.
static DRAWN_ON: AtomicBool = AtomicBool::new(false);

/// Whether a signal is ending the program, and whether the thread that asks is out of the way.
static ENDING: AtomicBool = AtomicBool::new(false);
static PARKED: AtomicBool = AtomicBool::new(false);

/// What is to be done before a signal ends the program.
static BEFORE_THE_END: Mutex<Vec<Box<dyn Fn() + Send>>> = Mutex::new(Vec::new());

/// How often, and how long each time, the thread that asks is waited for.
const OUT_OF_THE_WAY: (Duration, u32) = (Duration::from_millis(2), 100);

/// How long the rest of a paste may take to arrive, and how often it is waited for.
const REST: (Duration, u32) = (Duration::from_millis(10), 1000);

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
        if !WATCHED.swap(true, Ordering::SeqCst) {
            watch(mode.clone())?;
        }
        Ok(Self { mode })
    }
}

/// Has something done before a signal ends the program, as ending a child that would go on. It is done only while a
/// [`Guard`] watches, on a thread of its own.
pub fn before_a_signal_ends(run: impl Fn() + Send + 'static) {
    BEFORE_THE_END.lock().unwrap_or_else(PoisonError::into_inner).push(Box::new(run));
}

/// Says that prompts are drawn from now on. Where they are only written, nothing but text may be: the terminal may know
/// no sequences.
pub(super) fn draw_on() {
    DRAWN_ON.store(true, Ordering::SeqCst);
}

/// Leaves the rest to the thread that watches for signals, once one came: a read that a signal interrupts sets the
/// terminal's mode, and must not do so after that thread put it right. Comes back when nobody watches.
pub(super) fn wait_for_the_end() {
    while WATCHED.load(Ordering::SeqCst) {
        PARKED.store(true, Ordering::SeqCst);
        thread::park();
    }
}

/// Waits for the end if a signal is ending the program: what looks like a failure then, such as a child that was ended,
/// is none.
pub fn go_on_unless_ending() {
    if ENDING.load(Ordering::SeqCst) {
        wait_for_the_end();
    }
}

/// Waits for the end if a signal is about to end the program: a terminal that goes away fails before its signal is heard.
pub(super) fn go_on_unless_it_ends() {
    for _ in 0..OUT_OF_THE_WAY.1 {
        go_on_unless_ending();
        thread::sleep(OUT_OF_THE_WAY.0);
    }
}

/// Drops what was typed and not yet read. Where something was, more of it may be on its way: a paste comes in pieces.
/// Unless [`Quiet`] is held, a line that has not ended stays.
pub(super) fn drop_typed_ahead() {
    for _ in 0..REST.1 {
        if !more_typed() {
            return;
        }
        drop_typed();
        thread::sleep(REST.0);
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
    if DRAWN_ON.load(Ordering::SeqCst) {
        let _ = Term::stderr().show_cursor();
    }
}

/// The one way out that is not `main`'s: the main thread is waiting in a read that no signal ends.
#[allow(clippy::exit)]
fn leave(mode: &Mode) -> ! {
    ENDING.store(true, Ordering::SeqCst);
    let before = BEFORE_THE_END.lock().unwrap_or_else(PoisonError::into_inner);
    before.iter().for_each(|run| run());
    if DRAWN_ON.load(Ordering::SeqCst) {
        let waits = (0..OUT_OF_THE_WAY.1).take_while(|_| !PARKED.load(Ordering::SeqCst));
        waits.for_each(|_| thread::sleep(OUT_OF_THE_WAY.0));
    }
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
    use std::sync::Arc;
    use std::sync::atomic::AtomicBool;
    use std::thread;

    use rustix::event::{PollFd, PollFlags, Timespec, poll};
    use rustix::process::getpgrp;
    use rustix::termios::{
        LocalModes, OptionalActions, QueueSelector, Termios, tcflush, tcgetattr, tcgetpgrp, tcsetattr,
    };
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

    /// Holds the terminal's echo and line editing off, so that a paste arriving between two reads leaves no trace on the
    /// screen. Signals keep working; the mode before comes back when this goes out of scope.
    pub(in crate::term) struct Quiet(Mode);

    impl Quiet {
        pub(in crate::term) fn hold() -> Self {
            let before = Mode::read();
            if let Some(mut mode) = before.0.clone() {
                mode.local_modes -= LocalModes::ICANON | LocalModes::ECHO;
                let _ = tcsetattr(stdin(), OptionalActions::Now, &mode);
            }
            Self(before)
        }
    }

    impl Drop for Quiet {
        fn drop(&mut self) {
            self.0.write();
        }
    }

    /// Tells whether more keys wait to be read, so that a long paste is drawn once.
    pub(in crate::term) fn more_typed() -> bool {
        let stdin = stdin();
        let mut waiting = [PollFd::new(&stdin, PollFlags::IN)];
        poll(&mut waiting, Some(&Timespec::default())).is_ok_and(|ready| ready > 0)
    }

    pub(in crate::term) fn outlive_interrupts() -> io::Result<()> {
        signal_hook::flag::register(SIGINT, Arc::new(AtomicBool::new(false))).map(drop)
    }

    pub(super) fn drop_typed() {
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

    pub(in crate::term) struct Quiet;

    impl Quiet {
        pub(in crate::term) fn hold() -> Self {
            Self
        }
    }

    pub(in crate::term) fn more_typed() -> bool {
        false
    }

    pub(in crate::term) fn outlive_interrupts() -> io::Result<()> {
        ctrlc::set_handler(|| {}).map_err(io::Error::other)
    }

    pub(super) fn drop_typed() {}
}

use system::{Mode, drop_typed, watch};
pub(super) use system::{Quiet, more_typed, outlive_interrupts};
