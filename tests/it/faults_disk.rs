//! Disks that are full, files that may not grow, folders that may not be written.
#![cfg(unix)]

use std::fs;
use std::io::Write;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use grillme::store::verify;

use crate::every::CASES;
use crate::sandbox::{Sandbox, answer, many};
use crate::tools;

/// Runs a command with answers waiting on standard input.
fn run(mut command: Command) -> Output {
    let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let _ = child.stdin.take().unwrap().write_all(b"4\n4\n4\n");
    child.wait_with_output().unwrap()
}

fn err(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

/// The lines of a log of more than 1,024 bytes.
fn long_log() -> String {
    let events = (1..9).map(|n| answer(n, "docker/what-container-shares", 3));
    events.map(|event| grillme::store::write_line(&event) + "\n").collect()
}

/// A file that may not grow past 1,024 bytes, with the signal for that ignored, and left as it is: by default it ends
/// the process in the midst of a write, without a word.
#[test]
fn an_answer_that_finds_no_room_is_not_acknowledged_and_leaves_the_log_as_it_was() {
    let writing = CASES.iter().filter(|case| case.writes);
    for (case, trap) in writing.flat_map(|case| ["trap '' XFSZ", "true"].map(|trap| (case, trap))) {
        let sandbox = Sandbox::new();
        sandbox.write("data/progress/here.jsonl", long_log());
        let output = run(sandbox.bash(&format!("{trap}; ulimit -f 1; exec \"$G\" {}", case.args.join(" "))));
        let told = format!("{:?} after {trap}: {:?} {}", case.args, output.status, err(&output));
        assert_eq!(output.status.code(), Some(3), "{told}");
        assert!(told.contains("error: answer not saved: cannot write to ") && told.contains("here.jsonl"), "{told}");
        assert!(told.contains("hint: ") && !told.contains("panicked"), "{told}");
        assert_eq!(fs::read_to_string(sandbox.log()).unwrap(), long_log(), "{told}");
    }
}

#[test]
fn other_files_that_find_no_room_are_named() {
    let sandbox = Sandbox::new();
    sandbox.write("data/progress/here.jsonl", long_log());
    let commands = [
        ("progress export all.jsonl", "all.jsonl"),
        ("progress backup", "data/backups/unfinished-"),
        ("man --dir pages", "pages"),
    ];
    for (args, file) in commands {
        let output = run(sandbox.bash(&format!("ulimit -f 1; exec \"$G\" {args}")));
        let told = format!("{args}: {:?} {}", output.status, err(&output));
        assert!(output.status.code() == Some(3) && told.contains("error: cannot ") && told.contains(file), "{told}");
    }
    let whole = fs::read_dir(sandbox.home.path().join("data/backups")).unwrap();
    let names: Vec<String> = whole.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    assert!(names.iter().all(|name| name.starts_with("unfinished-")), "half a backup passes for one: {names:?}");
}

#[test]
fn a_repair_that_finds_no_room_leaves_the_log_as_it_was() {
    let sandbox = Sandbox::new();
    let damaged = format!("{}junk\n", long_log());
    sandbox.write("data/progress/here.jsonl", &damaged);
    let output = run(sandbox.bash("ulimit -f 1; exec \"$G\" progress repair"));
    assert_eq!(output.status.code(), Some(3), "{}", err(&output));
    assert_eq!(fs::read_to_string(sandbox.log()).unwrap(), damaged);
}

/// What reads still works when nothing can be written, without the index on disk.
#[test]
fn commands_that_only_read_need_no_room() {
    for case in CASES.iter().filter(|case| !case.writes && !case.args.contains(&"backup")) {
        let sandbox = Sandbox::new();
        sandbox.write("data/progress/here.jsonl", long_log());
        let output =
            run(sandbox
                .bash(&format!("ulimit -f 0; exec \"$G\" {} | cat; exit ${{PIPESTATUS[0]}}", case.args.join(" "))));
        assert_eq!(output.status.code(), Some(0), "{:?}: {}", case.args, err(&output));
    }
}

#[test]
#[cfg(target_os = "linux")]
fn a_full_disk_costs_no_acknowledged_answer() {
    let mount = "mount -t tmpfs -o size=64k none";
    if !tools::works(
        "a_full_disk_costs_no_acknowledged_answer",
        "unshare",
        &["-rm", "sh", "-c", &format!("{mount} /mnt")],
    ) {
        return;
    }
    let sandbox = Sandbox::new();
    sandbox.write("many.json", many(400));
    fs::create_dir(sandbox.home.path().join("disk")).unwrap();
    // The disk is gone with the namespace, so the log is copied out.
    let script = format!(
        "{mount} disk && dd if=/dev/zero of=disk/filler bs=1k count=54 2>/dev/null; \
         yes 4 | head -n 400 | \"$G\" cards ./many.json --plain --new 999 --data-dir disk/data; code=$?; \
         cp disk/data/progress/here.jsonl out.jsonl; exit $code"
    );
    let output = run(sandbox.words(&["unshare", "-rm", "bash", "-c", &script]));
    let told = err(&output);
    assert!(output.status.code() == Some(3) && told.contains("error: answer not saved"), "{:?} {told}", output.status);
    let log = fs::read_to_string(sandbox.home.path().join("out.jsonl")).unwrap();
    assert!(log.ends_with('\n'), "a part of an answer stayed");
    let kept = log.lines().filter(|line| grillme::store::parse_line(line.as_bytes()).is_ok()).count();
    assert_eq!(kept, log.lines().count());
    let acknowledged = told.matches("Enter shows the answer").count() - 1;
    assert!(kept >= acknowledged && acknowledged > 10, "{acknowledged} answers were acknowledged, {kept} are there");
}

/// How to run as a user who may not write everywhere: as it is, or through `setpriv` where the tests run as root. The
/// program is copied to where that user may read it.
fn unprivileged(test: &str, sandbox: &Sandbox) -> Option<Vec<String>> {
    let program = sandbox.home.path().join("grillme");
    fs::copy(tools::PROGRAM, &program).unwrap();
    fs::set_permissions(sandbox.home.path(), fs::Permissions::from_mode(0o755)).unwrap();
    let program = program.display().to_string();
    if fs::read_dir("/root").is_err() {
        return Some(vec![program]);
    }
    let drop = ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"];
    if !tools::works(test, drop[0], &[drop[1], drop[2], drop[3], &program, "--version"]) {
        return None;
    }
    Some(drop.map(str::to_owned).into_iter().chain([program]).collect())
}

fn set_mode(path: &Path, mode: u32) {
    fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
}

/// A data folder that may be read by all, and written by nobody but root.
fn read_only(sandbox: &Sandbox) -> Vec<PathBuf> {
    sandbox.write("data/progress/here.jsonl", long_log());
    let folders = ["data/progress", "data"].map(|folder| sandbox.home.path().join(folder));
    set_mode(&sandbox.log(), 0o444);
    folders.iter().for_each(|folder| set_mode(folder, 0o555));
    folders.to_vec()
}

#[test]
fn a_read_only_data_folder_is_named_with_a_remedy_and_what_reads_still_works() {
    let sandbox = Sandbox::new();
    let Some(prefix) = unprivileged("a_read_only_data_folder_is_named_with_a_remedy", &sandbox) else { return };
    let folders = read_only(&sandbox);
    for case in CASES.iter().filter(|case| !case.args.contains(&"cards") || case.writes) {
        let refused = case.writes || ["backup", "--play"].iter().any(|word| case.args.contains(word));
        let words: Vec<&str> = prefix.iter().map(String::as_str).chain(case.args.iter().copied()).collect();
        let output = run(sandbox.words(&words));
        let told = format!("{:?}: {:?} {}", case.args, output.status, err(&output));
        assert!(!told.contains("panicked"), "{told}");
        assert_eq!(output.status.code(), Some(if refused { 3 } else { 0 }), "{told}");
        assert!(!refused || (told.contains("data") && told.contains("ermission denied")), "{told}");
        assert!(!case.writes || told.contains("hint: "), "{told}");
        assert!(!told.contains("(? help"), "it was asked what could not be kept: {told}");
    }
    assert_eq!(fs::read_to_string(sandbox.log()).unwrap(), long_log());
    folders.iter().rev().for_each(|folder| set_mode(folder, 0o755));
}

/// Each write, sync, cut and lock fails once, at each of its first calls, as the kernel would let it.
#[test]
#[cfg(target_os = "linux")]
fn each_system_call_that_fails_is_an_error_or_does_not_matter() {
    if !tools::strace("each_system_call_that_fails_is_an_error_or_does_not_matter") {
        return;
    }
    let calls = [
        "fdatasync:EIO",
        "fsync:EIO",
        "flock:ENOLCK",
        "mkdir:EACCES",
        "pwrite64:ENOSPC",
        "ftruncate:EIO",
        "write:ENOSPC",
        "openat:EACCES",
    ];
    for (call, when) in calls.iter().flat_map(|call| [1, 2, 3].map(|when| (call, when))) {
        let (name, error) = call.split_once(':').unwrap();
        let sandbox = Sandbox::new();
        let log = sandbox.log().display().to_string();
        let inject = format!("inject={name}:error={error}:when={when}");
        let mut words = vec!["strace", "-f", "-qq", "-o", "/dev/null", "-e", "trace=none", "-e", &inject];
        // Of these two only those that touch the log: a prompt is written too, and libraries are opened.
        words.extend(["-P", &log].iter().filter(|_| matches!(name, "write" | "openat")));
        words.extend([tools::PROGRAM, "cards", "docker/docker-vs-vm", "--plain", "--kind", "flash"]);
        let output = run(sandbox.words(&words));
        let told = err(&output);
        let shown = told.matches("Enter shows the answer").count();
        let what = format!("{inject}: {:?} {told}", output.status);
        assert!(!told.contains("panicked"), "{what}");
        let logs = verify(&sandbox.home.path().join("data/progress")).unwrap();
        assert!(logs.ok && logs.events + 1 >= shown, "{what} {}", logs.to_text());
        match output.status.code() {
            Some(0) => assert_eq!(logs.events, 3, "{what}"),
            Some(3) => assert!(told.contains("error: ") && told.contains("/data"), "{what}"),
            _ => panic!("{what}"),
        }
    }
}
