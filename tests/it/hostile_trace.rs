//! What every command asks of the system: it starts nothing, talks to nobody, and writes only where it says.
#![cfg(target_os = "linux")]

use std::fs;
use std::io::Write;
use std::path::Path;
use std::process::Stdio;

use crate::every::{CASES, case};
use crate::sandbox::Sandbox;
use crate::tools;

/// Runs a command under a trace of all that starts, connects, or changes a file, and gives the trace.
fn trace(sandbox: &Sandbox, args: &[&str]) -> String {
    let file = sandbox.home.path().join("trace");
    let calls = "trace=execve,execveat,fork,vfork,socket,connect,bind,sendto,ptrace,open,openat,openat2,creat,rename,renameat,\
                 renameat2,unlink,unlinkat,rmdir,mkdir,mkdirat,link,linkat,symlink,symlinkat,truncate,chmod,fchmodat,chown,\
                 fchownat,mknod,mknodat,mount,chdir,chroot,kill,tkill,setxattr,utimensat";
    let strace = ["strace", "-f", "-qq", "-y", "-s", "1000", "-e", calls, "-o", file.to_str().unwrap(), tools::PROGRAM];
    let mut command = sandbox.words(&[&strace[..], args].concat());
    let mut child = command.stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
    let _ = child.stdin.take().unwrap().write_all(b"4\n4\n");
    assert!(child.wait().unwrap().success(), "{args:?}");
    fs::read_to_string(file).unwrap()
}

/// The call of a line and the paths in it.
fn call(line: &str) -> (&str, Vec<&str>) {
    let rest = line.split_once(' ').map_or(line, |(_, rest)| rest.trim_start());
    let name = rest.split('(').next().unwrap_or_default();
    (name, rest.split('"').skip(1).step_by(2).collect())
}

/// Lists what a command may not do.
fn breaches(trace: &str, allowed: &[&Path]) -> Vec<String> {
    let mut found = Vec::new();
    let mut started = 0;
    for line in
        trace.lines().filter(|line| !line.contains("+++") && !line.contains("---") && !line.contains("resumed>"))
    {
        let (name, paths) = call(line);
        let inside = || paths.iter().all(|path| allowed.iter().any(|folder| Path::new(path).starts_with(folder)));
        let writes = ["O_WRONLY", "O_RDWR", "O_CREAT", "O_TRUNC", "O_APPEND"].iter().any(|flag| line.contains(flag));
        let ok = match name {
            "execve" => {
                started += 1;
                started == 1
            }
            "open" | "openat" | "openat2" => !writes || inside() || paths == ["/dev/null"],
            // A descriptor for a pipe to the process itself is how a signal is waited for.
            "socket" => false,
            "sendto" => line.contains("UNIX-STREAM"),
            _ => inside() && !paths.is_empty(),
        };
        if !ok {
            found.push(line.to_owned());
        }
    }
    found
}

#[test]
fn no_command_starts_or_contacts_anything_or_writes_elsewhere() {
    if !tools::strace("no_command_starts_or_contacts_anything_or_writes_elsewhere") {
        return;
    }
    let named = [case(&["progress", "export", "named"]), case(&["man", "--dir", "named"])];
    for case in CASES.iter().chain(&named) {
        let sandbox = Sandbox::used();
        let home = sandbox.home.path();
        let folders = [home.join("data"), home.join("cache"), home.join("named")];
        let trace = trace(&sandbox, case.args);
        assert!(trace.contains("execve("), "{trace}");
        let found = breaches(&trace, &folders.each_ref().map(|path| path.as_path()));
        // A named output may be given as a path from here.
        let found: Vec<String> = found.into_iter().filter(|line| !line.contains("\"named")).collect();
        assert!(found.is_empty(), "{:?}:\n{}", case.args, found.join("\n"));
    }
}

#[test]
fn the_check_of_a_trace_sees_a_breach() {
    let allowed = [Path::new("/home/data")];
    let lines = [
        "1 execve(\"/bin/grillme\", [\"grillme\"], 0x1 /* 2 vars */) = 0\n2 execve(\"/bin/sh\", [\"sh\"], 0x1) = 0",
        "1 openat(AT_FDCWD</tmp>, \"/etc/hosts\", O_WRONLY|O_CREAT, 0666) = 3</etc/hosts>",
        "1 socket(AF_INET, SOCK_STREAM, IPPROTO_IP) = 3",
        "1 unlink(\"/home/other\") = 0",
        "1 rename(\"/home/data/a\", \"/home/b\") = 0",
        "1 mkdir(\"/home/database\", 0777) = 0",
    ];
    for line in lines {
        assert_eq!(breaches(line, &allowed).len(), 1, "{line}");
    }
    let fine = "1 openat(AT_FDCWD</tmp>, \"/home/data/x\", O_WRONLY|O_CREAT, 0666) = 3\n1 mkdir(\"/home/data/y\", 0700) = 0\n\
                1 openat(AT_FDCWD</tmp>, \"/etc/hosts\", O_RDONLY|O_CLOEXEC) = 3";
    assert_eq!(breaches(fine, &allowed), [] as [String; 0]);
}

/// A deck cannot name a file: whatever its texts say, only its own files are read.
#[test]
fn a_deck_makes_nothing_be_read_but_itself() {
    if !tools::strace("a_deck_makes_nothing_be_read_but_itself") {
        return;
    }
    let sandbox = Sandbox::new();
    let text = include_str!("../data/every-field.json");
    let tempting = [
        "file:///etc/passwd",
        "/etc/passwd",
        "../../etc/passwd",
        "$(touch pwned)",
        "`touch pwned`",
        "![x](/etc/passwd)",
    ];
    for (n, bait) in tempting.iter().enumerate() {
        let names = ["Back", "A hint", "Because.", "https://example.org/a", "Front?", "Look."];
        sandbox.write("deck.json", text.replacen(names[n], &format!("{} {bait}", names[n]), 1));
        let trace = trace(&sandbox, &["show", "./deck.json/flash"]);
        let outside = trace.lines().filter(|line| line.contains("passwd") || line.contains("pwned"));
        assert_eq!(outside.collect::<Vec<_>>(), [] as [&str; 0]);
        assert!(trace.contains("deck.json"), "{trace}");
    }
    assert!(!sandbox.home.path().join("pwned").exists());
}
