//! The process of an answerer: its pipes, served by a thread each so that nothing it does or leaves undone can block,
//! and its end, together with all that it started.

use std::io::{self, BufRead, BufReader, Read, Write};
use std::process::{ChildStdin, ChildStdout, Command, ExitStatus, Stdio};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, SyncSender, channel, sync_channel};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::Duration;

use process_wrap::std::{ChildWrapper, CommandWrap};

use crate::term;

use super::super::answers::MAX_LINE;

/// Lines that may wait to be heard; a child that writes more has to wait.
const WAITING: usize = 4;

/// How long a child may take to end by itself, and how often that is looked at.
const GRACE: (Duration, u32) = (Duration::from_millis(10), 200);

/// What a child wrote.
pub enum Heard {
    /// A line, with what ends it.
    Line(Vec<u8>),
    /// The start of a line that is too long; the rest of it is thrown away.
    TooLong,
}

type Process = Arc<Mutex<Box<dyn ChildWrapper>>>;

/// A child that is running, or has ended.
pub struct Child {
    process: Process,
    to: Option<Sender<String>>,
    from: Receiver<Heard>,
}

impl Child {
    /// Starts a command by the shell, in a process group (on Windows, a job) of its own. Its standard error is ours.
    pub fn spawn(command: &str) -> io::Result<Self> {
        let mut shell = CommandWrap::from(shell(command));
        #[cfg(unix)]
        shell.wrap(process_wrap::std::ProcessGroup::leader());
        #[cfg(windows)]
        shell.wrap(process_wrap::std::JobObject);
        let mut child = shell.spawn()?;
        let (stdin, stdout) = (child.stdin().take(), child.stdout().take());
        let process: Process = Arc::new(Mutex::new(child));
        let ended = Arc::clone(&process);
        term::before_a_signal_ends(move || kill(&ended));
        let (to, lines) = channel();
        let (heard, from) = sync_channel(WAITING);
        if let (Some(stdin), Some(stdout)) = (stdin, stdout) {
            thread::Builder::new().name("to answerer".to_owned()).spawn(move || write_all(&lines, stdin))?;
            thread::Builder::new().name("from answerer".to_owned()).spawn(move || read_all(stdout, &heard))?;
        }
        Ok(Self { process, to: Some(to), from })
    }

    /// Sends a line. Whether it arrives shows in what comes back.
    pub fn send(&self, line: String) {
        if let Some(to) = &self.to {
            let _ = to.send(line);
        }
    }

    /// Waits for a line.
    pub fn hear(&self, most: Duration) -> Result<Heard, RecvTimeoutError> {
        self.from.recv_timeout(most)
    }

    /// Tells how it ended, if it does within the time of grace.
    pub fn status(&mut self) -> Option<ExitStatus> {
        for _ in 0..GRACE.1 {
            if let Ok(Some(status)) = locked(&self.process).try_wait() {
                return Some(status);
            }
            thread::sleep(GRACE.0);
        }
        None
    }

    /// Ends it and all that it started.
    pub fn kill(&self) {
        kill(&self.process);
    }

    /// Lets it end by closing its input, and ends it if it does not.
    pub fn end(mut self) {
        self.to = None;
        self.status();
    }
}

impl Drop for Child {
    fn drop(&mut self) {
        self.kill();
    }
}

/// Kills the group, then waits, so that no zombie stays. What it started may outlive it, so its group is killed even
/// when it has ended.
fn kill(process: &Process) {
    let mut process = locked(process);
    let _ = process.start_kill();
    let _ = process.wait();
}

fn locked(process: &Process) -> MutexGuard<'_, Box<dyn ChildWrapper>> {
    process.lock().unwrap_or_else(PoisonError::into_inner)
}

fn shell(command: &str) -> Command {
    #[cfg(unix)]
    let mut shell = {
        let mut shell = Command::new("sh");
        shell.arg("-c").arg(command);
        shell
    };
    #[cfg(not(unix))]
    let mut shell = {
        use std::os::windows::process::CommandExt;
        let mut shell = Command::new("cmd");
        // What stands between the outer quotes is taken as it is.
        shell.raw_arg("/d /s /c").raw_arg(format!("\"{command}\""));
        shell
    };
    shell.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::inherit());
    shell
}

/// Writes lines until there are no more or the child no longer reads. A child that never reads blocks only this thread.
fn write_all(lines: &Receiver<String>, mut to: ChildStdin) {
    while let Ok(line) = lines.recv() {
        if to.write_all(line.as_bytes()).and_then(|()| to.flush()).is_err() {
            return;
        }
    }
}

/// Reads lines until the child closes its output or nobody listens. Of a line without an end, no more is held than the
/// longest line.
fn read_all(from: ChildStdout, heard: &SyncSender<Heard>) {
    let mut from = BufReader::new(from);
    loop {
        let mut bytes = Vec::new();
        match from.by_ref().take(MAX_LINE + 1).read_until(b'\n', &mut bytes) {
            Ok(0) | Err(_) => return,
            Ok(_) => {}
        }
        let whole = bytes.ends_with(b"\n") || bytes.len() as u64 <= MAX_LINE;
        let told = if whole { Heard::Line(bytes) } else { Heard::TooLong };
        if heard.send(told).is_err() || (!whole && !skip_line(&mut from)) {
            return;
        }
    }
}

/// Throws away the rest of a line; tells whether it has an end.
fn skip_line(from: &mut impl BufRead) -> bool {
    loop {
        let (used, found) = match from.fill_buf() {
            Ok([]) | Err(_) => return false,
            Ok(bytes) => match bytes.iter().position(|byte| *byte == b'\n') {
                Some(at) => (at + 1, true),
                None => (bytes.len(), false),
            },
        };
        from.consume(used);
        if found {
            return true;
        }
    }
}
