//! A pseudo-terminal with an emulated screen, to run the program in as a person does.

use std::fs::File;
use std::io::{ErrorKind, Read, Write};
use std::num::NonZeroU16;
use std::os::unix::ffi::OsStringExt;
use std::os::unix::process::{CommandExt, ExitStatusExt};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::process::{Pid, Signal, ioctl_tiocsctty, kill_process, setsid};
use rustix::pty::{OpenptFlags, grantpt, openpt, ptsname, unlockpt};
use rustix::termios::{LocalModes, Termios, Winsize, tcgetattr, tcsetwinsize};

/// When a program that does not answer is given up.
const PATIENCE: Duration = Duration::from_secs(60);

/// A program on a terminal of its own.
pub struct Pty {
    /// What a person sees.
    pub screen: vt100::Parser,
    /// Every byte that was written.
    pub written: Vec<u8>,
    master: Option<File>,
    slave: File,
    child: Child,
    before: Termios,
}

/// Columns and rows.
pub type Size = (u16, u16);

impl Pty {
    /// Starts a program whose streams are the terminal, but those that `streams` sets otherwise.
    pub fn start(command: Command, size: Size) -> Self {
        Self::start_with(command, size, |_| {})
    }

    pub fn start_with(mut command: Command, size: Size, streams: impl FnOnce(&mut Command)) -> Self {
        let mut flags = OpenptFlags::RDWR | OpenptFlags::NOCTTY;
        if cfg!(target_os = "linux") {
            // No other child may hold the terminal open.
            flags |= OpenptFlags::from_bits_retain(rustix::fs::OFlags::CLOEXEC.bits());
        }
        let master = File::from(openpt(flags).unwrap());
        grantpt(&master).unwrap();
        unlockpt(&master).unwrap();
        let name = std::ffi::OsString::from_vec(ptsname(&master, Vec::new()).unwrap().into_bytes());
        let slave = File::options().read(true).write(true).open(name).unwrap();
        rustix::io::ioctl_fionbio(&master, true).unwrap();
        let before = tcgetattr(&slave).unwrap();
        let stream = || Stdio::from(slave.try_clone().unwrap());
        command.stdin(stream()).stdout(stream()).stderr(stream()).env("TERM", "xterm-256color");
        streams(&mut command);
        lead_a_session_on(&mut command, slave.try_clone().unwrap());
        set_size(&slave, size);
        let screen = vt100::Parser::new(at_least_one(size.1), at_least_one(size.0), 1_000);
        let child = command.spawn().unwrap();
        Self { screen, written: Vec::new(), master: Some(master), slave, child, before }
    }

    /// Types keys.
    pub fn send(&mut self, keys: &str) {
        let master = self.master.as_mut().unwrap();
        master.write_all(keys.as_bytes()).unwrap();
    }

    /// Waits until a text is on the screen, however it is wrapped.
    pub fn wait_for(&mut self, text: &str) {
        self.until(text, |pty| pty.shows(text));
    }

    /// Waits until one of these texts is on the screen and a key is waited for.
    pub fn wait_at(&mut self, texts: &[&str]) {
        self.until(&texts.join(" or "), |pty| texts.iter().any(|text| pty.shows(text)) && pty.waits_for_a_key());
        self.pump(Duration::ZERO);
    }

    /// Waits until a text is on the screen and a key is waited for, or the program ended; tells whether it goes on.
    pub fn shows_or_ends(&mut self, text: &str) -> bool {
        self.until(text, |pty| pty.has_ended() || (pty.shows(text) && pty.waits_for_a_key()));
        !self.has_ended()
    }

    /// Waits until a text was written, however it is wrapped.
    pub fn wait_written(&mut self, text: &str) {
        self.until(text, |pty| bare(&String::from_utf8_lossy(&pty.written)).contains(&bare(text)));
    }

    /// Waits until something else is so.
    pub fn wait_until(&mut self, done: impl Fn() -> bool) {
        self.until("something else", |_| done());
    }

    /// Tells whether a text is on the screen, however it is wrapped.
    pub fn shows(&self, text: &str) -> bool {
        bare(&self.text()).contains(&bare(text))
    }

    /// Gives the screen's rows.
    pub fn text(&self) -> String {
        self.screen.screen().contents()
    }

    /// Changes the size of the terminal.
    pub fn resize(&mut self, size: Size) {
        self.screen.set_size(at_least_one(size.1), at_least_one(size.0));
        set_size(&self.slave, size);
    }

    /// Sends a signal.
    pub fn signal(&self, signal: Signal) {
        let pid = Pid::from_child(&self.child);
        kill_process(pid, signal).unwrap();
    }

    /// Takes the terminal away.
    pub fn hang_up(&mut self) {
        self.master = None;
    }

    /// Waits for the end; gives the exit status, or minus the signal that ended the program.
    pub fn end(&mut self) -> i32 {
        self.until("the end", Self::has_ended);
        self.pump(Duration::ZERO);
        let status = self.child.wait().unwrap();
        status.code().unwrap_or_else(|| -status.signal().unwrap_or(999))
    }

    /// Tells whether the terminal is as it was before: its mode, and the cursor visible.
    pub fn is_as_before(&self) -> Result<(), String> {
        let now = tcgetattr(&self.slave).map_err(|e| e.to_string())?;
        let (local, input) = (now.local_modes, now.input_modes);
        if (local, input, now.output_modes)
            != (self.before.local_modes, self.before.input_modes, self.before.output_modes)
        {
            return Err(format!("the mode is {local:?} {input:?}"));
        }
        if self.screen.screen().hide_cursor() { Err("the cursor is hidden".to_owned()) } else { Ok(()) }
    }

    /// Tells whether a key is waited for: signals from keys are off only while one is read.
    fn waits_for_a_key(&self) -> bool {
        tcgetattr(&self.slave).is_ok_and(|mode| !mode.local_modes.contains(LocalModes::ISIG))
    }

    fn has_ended(&mut self) -> bool {
        self.child.try_wait().unwrap().is_some()
    }

    fn until(&mut self, what: &str, done: impl Fn(&mut Self) -> bool) {
        let start = Instant::now();
        while !done(self) {
            if start.elapsed() > PATIENCE {
                let _ = self.child.kill();
                panic!("waited in vain for {what:?}:\n{}", self.text());
            }
            self.pump(Duration::from_millis(5));
        }
    }

    /// Takes in what was written, after waiting so long for the first of it.
    fn pump(&mut self, wait: Duration) {
        let Some(master) = self.master.as_mut() else { return std::thread::sleep(wait) };
        let wait = Timespec { tv_sec: 0, tv_nsec: i64::from(wait.subsec_nanos()) as _ };
        let _ = poll(&mut [PollFd::new(master, PollFlags::IN)], Some(&wait));
        let mut bytes = [0; 4096];
        loop {
            match master.read(&mut bytes) {
                Ok(0) => return,
                Ok(count) => {
                    self.screen.process(&bytes[..count]);
                    self.written.extend_from_slice(&bytes[..count]);
                }
                Err(e) if e.kind() == ErrorKind::Interrupted => {}
                Err(_) => return,
            }
        }
    }
}

impl Drop for Pty {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Makes the child the leader of a session on this terminal.
#[allow(unsafe_code)]
fn lead_a_session_on(command: &mut Command, terminal: File) {
    let lead = move || {
        setsid()?;
        ioctl_tiocsctty(&terminal)?;
        Ok(())
    };
    // SAFETY: between fork and exec the child makes two system calls and touches no memory of other threads.
    unsafe { command.pre_exec(lead) };
}

fn set_size(slave: &File, (columns, rows): Size) {
    tcsetwinsize(slave, Winsize { ws_row: rows, ws_col: columns, ws_xpixel: 0, ws_ypixel: 0 }).unwrap();
}

fn at_least_one(count: u16) -> NonZeroU16 {
    NonZeroU16::new(count).unwrap_or(NonZeroU16::MIN)
}

fn bare(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}
