//! Descriptors that are closed, pipes that nobody reads, devices that are full.
#![cfg(unix)]

use std::process::{Output, Stdio};

use grillme::store::verify;

use crate::every::{CASES, Case};
use crate::sandbox::Sandbox;

/// Runs a case with its streams changed by the shell, as in `2>&-`. An answer waits on standard input.
fn run(case: &Case, streams: &str) -> (Sandbox, Output) {
    let sandbox = Sandbox::used();
    let quoted: Vec<String> = case.args.iter().map(|arg| format!("'{arg}'")).collect();
    let mut command = sandbox.bash(&format!("printf '4\\n' | \"$G\" {} {streams}", quoted.join(" ")));
    let output = command.stdin(Stdio::null()).output().unwrap();
    (sandbox, output)
}

fn check(case: &Case, streams: &str, status: i32, expected: &str) {
    let (sandbox, output) = run(case, streams);
    let err = String::from_utf8_lossy(&output.stderr);
    let told = format!("{:?} {streams}: {:?} {err}", case.args, output.status);
    assert_eq!(output.status.code(), Some(status), "{told}");
    assert!(!err.contains("panicked") && err.contains(expected), "{told}");
    // No message landed in the log, which would have got the number of a descriptor that was closed.
    let logs = verify(&sandbox.home.path().join("data/progress")).unwrap();
    assert!(logs.ok && logs.events >= 2, "{told} {}", logs.to_text());
}

#[test]
fn no_command_minds_that_descriptors_are_closed() {
    for case in &CASES {
        for streams in ["<&-", ">&-", "2>&-", "<&- >&- 2>&-"] {
            check(case, streams, 0, "");
        }
    }
}

#[test]
fn no_command_minds_a_pipe_that_nobody_reads() {
    for case in &CASES {
        let sandbox = Sandbox::used();
        for closed in ["stdout", "stderr"] {
            let mut command = sandbox.command(case.args);
            command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
            let mut child = command.spawn().unwrap();
            match closed {
                "stdout" => drop(child.stdout.take()),
                _ => drop(child.stderr.take()),
            }
            let output = child.wait_with_output().unwrap();
            let err = String::from_utf8_lossy(&output.stderr);
            assert_eq!(output.status.code(), Some(0), "{:?} without {closed}: {err}", case.args);
            assert!(!err.contains("panicked"), "{:?} without {closed}: {err}", case.args);
        }
    }
}

#[test]
#[cfg(target_os = "linux")]
fn every_command_says_that_its_output_could_not_be_written() {
    for case in &CASES {
        let (status, message) = if case.prints { (3, "error: cannot write the output: ") } else { (0, "") };
        check(case, ">/dev/full", status, message);
    }
}

#[test]
#[cfg(target_os = "linux")]
fn prompts_that_cannot_be_shown_end_the_session() {
    for case in CASES.iter().filter(|case| !case.prints) {
        check(case, "2>/dev/full", 3, "");
    }
}

#[test]
fn what_a_command_did_stays_done_when_it_cannot_say_so() {
    for case in CASES.iter().filter(|case| case.writes && case.prints && cfg!(target_os = "linux")) {
        let (sandbox, _) = run(case, ">/dev/full");
        assert!(sandbox.log_lines() > 2, "{:?}", case.args);
    }
}
