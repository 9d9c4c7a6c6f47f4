//! The only reader of the process's world: variables, folders, clock, terminal, chance.
//!
//! Absent on purpose: every other module of ours. What is read here is handed down as plain values.

mod clock;
mod folders;
mod limit;
mod terminal;

pub use clock::{Clock, ClockError, Instant};
pub use folders::{FolderError, Folders};
pub use limit::write_past_a_limit_fails;
pub use terminal::{Terminal, locale_is_utf8};

/// Reads a variable; an empty one counts as not set.
pub fn variable(name: &str) -> Option<std::ffi::OsString> {
    std::env::var_os(name).filter(|value| !value.is_empty())
}

/// Gives this machine's name for its log file: its host name reduced to `[a-z0-9-]`, or `local`.
pub fn machine() -> String {
    let host = variable("GRILLME_MACHINE").unwrap_or_else(gethostname::gethostname);
    let plain = |c: char| if c.is_ascii_alphanumeric() { c.to_ascii_lowercase() } else { '-' };
    let name: String = host.to_string_lossy().chars().take(48).map(plain).collect();
    let name = name.trim_matches('-');
    if name.is_empty() { "local".to_owned() } else { name.to_owned() }
}

/// Draws a salt from the system.
pub fn fresh_salt() -> [u8; 16] {
    rand::random()
}

/// Draws a seed from the system, short enough to be typed again.
pub fn fresh_seed() -> u64 {
    u64::from(rand::random::<u32>())
}
