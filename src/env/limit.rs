//! A limit on the size of files.

/// Makes a write past the limit on the size of files (`ulimit -f`) fail like one on a full disk. By itself the system
/// ends the process there, in the midst of an answer and without a word.
#[cfg(unix)]
pub fn write_past_a_limit_fails() {
    // Whoever handles the signal is told of the limit by the write. If it cannot be handled, all is as before.
    let _ = signal_hook::flag::register(signal_hook::consts::SIGXFSZ, std::sync::Arc::default());
}

/// There is no such limit here.
#[cfg(not(unix))]
pub fn write_past_a_limit_fails() {}
