//! A session that is talked to step by step, so that something can happen in its midst.

use std::io::{Read, Write};
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

pub struct Live {
    child: Child,
    input: Option<ChildStdin>,
    parts: Receiver<Vec<u8>>,
    shown: String,
    /// Up to where `shown` was waited for.
    met: usize,
}

impl Live {
    pub fn start(mut command: Command) -> Self {
        let mut child = command.stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::piped()).spawn().unwrap();
        let (mut err, (send, parts)) = (child.stderr.take().unwrap(), channel());
        std::thread::spawn(move || {
            let mut part = [0; 4096];
            while let Ok(n @ 1..) = err.read(&mut part) {
                let _ = send.send(part[..n].to_vec());
            }
        });
        Self { input: child.stdin.take(), child, parts, shown: String::new(), met: 0 }
    }

    /// Waits until a text shows, after what was waited for before. The limit is only there to end a test that hangs.
    pub fn wait_for(&mut self, text: &str) {
        while !self.shown[self.met..].contains(text) {
            let part = self.parts.recv_timeout(Duration::from_secs(120));
            let part = part.unwrap_or_else(|_| panic!("{text:?} never showed: {}", self.shown));
            self.shown += &String::from_utf8_lossy(&part);
        }
        self.met += self.shown[self.met..].find(text).unwrap() + text.len();
    }

    pub fn answer(&mut self, line: &str) {
        self.input.as_mut().unwrap().write_all(line.as_bytes()).unwrap();
    }

    /// Closes the input and gives the exit status (-1 after a signal) and all that was shown.
    pub fn end(mut self) -> (i32, String) {
        drop(self.input.take());
        let status = self.child.wait().unwrap().code().unwrap_or(-1);
        while let Ok(part) = self.parts.recv() {
            self.shown += &String::from_utf8_lossy(&part);
        }
        (status, self.shown)
    }
}
