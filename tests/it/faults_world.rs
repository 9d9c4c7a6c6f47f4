//! Clocks, zones, homes, locales and names as they should not be.

use std::fs;
use std::process::{Command, Stdio};

use crate::live::Live;
use crate::sandbox::{Sandbox, many};

/// Runs a command whose world was changed, and gives its status, output and messages.
fn run(sandbox: &Sandbox, args: &[&str], change: impl FnOnce(&mut Command)) -> (i32, String, String) {
    let mut command = sandbox.command(args);
    change(&mut command);
    let output = command.stdin(Stdio::null()).output().unwrap();
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    let err = text(&output.stderr);
    assert!(!err.contains("panicked"), "{args:?}: {err}");
    (output.status.code().unwrap_or(-1), text(&output.stdout), err)
}

/// The times of a learner whose clock goes astray: before, after, before 1970, past 2038, at both ends of the calendar.
const TIMES: [&str; 11] = [
    "2026-03-01T09:30:00+01:00",
    "2026-02-28T09:30:00+01:00",
    "2025-03-01T09:30:00+01:00",
    "1970-01-01T00:00:00Z",
    "1969-12-31T23:59:59-12:00",
    "2038-01-19T03:14:08Z",
    "2106-02-07T06:28:16+14:00",
    "9999-12-30T21:59:59Z",
    "9999-12-30T00:00:00-12:00",
    "0001-01-01T00:00:00Z",
    "2026-03-01T09:30:00+01:00",
];

#[test]
fn a_clock_that_goes_astray_loses_no_answer_and_breaks_no_command() {
    let sandbox = Sandbox::new();
    sandbox.write("many.json", many(20));
    for (n, time) in TIMES.iter().enumerate() {
        let ran = sandbox.run_with(&["cards", "./many.json", "--plain", &format!("--now={time}")], "4\n1\n");
        assert_eq!(ran.status, 0, "{time}: {}", ran.err);
        assert!(sandbox.log_lines() > n, "{time}: the answer is not there: {}", ran.err);
        for args in [vec![], vec!["list", "./many.json"], vec!["progress", "verify"], vec!["progress", "backup"]] {
            let ran = sandbox.run(&[&args[..], &[&format!("--now={time}")]].concat());
            assert!(ran.status == 0 && !ran.err.contains("panicked"), "{time} {args:?}: {}", ran.err);
        }
        let json = sandbox.run(&["list", "./many.json", "--format", "json", &format!("--now={time}")]);
        serde_json::from_str::<serde_json::Value>(&json.out).unwrap();
    }
    // Whatever the order in which the clock let them be written, the index that grew says what a fresh one says.
    let grown = sandbox.run(&["list", "./many.json", "--format", "json"]);
    fs::remove_dir_all(sandbox.home.path().join("cache")).unwrap();
    assert_eq!(sandbox.run(&["list", "./many.json", "--format", "json"]).out, grown.out);
    let lines = sandbox.log_lines();
    for left in (0..lines).rev() {
        let ran = sandbox.run(&["undo"]);
        assert_eq!(ran.status, 0, "with {left} left: {}", ran.err);
    }
    assert_eq!(sandbox.run(&["undo"]).status, 4);
}

#[test]
fn a_time_beyond_the_calendar_is_wrong_usage() {
    let sandbox = Sandbox::new();
    for time in [
        "10000-01-01T00:00:00Z",
        "0000-01-02T00:00:00Z",
        "2026-02-30T00:00:00Z",
        "2026-03-01T25:00:00Z",
        "2026-03-01T09:30:00+99:00",
    ] {
        let ran = sandbox.run(&["list", "--now", time]);
        assert!(ran.status == 2 && ran.err.starts_with("error: "), "{time}: {} {}", ran.status, ran.err);
    }
}

/// The nights in which clocks are put forward or back: a second before, and a second after. The study day is the one
/// before until 04:00 of the new time.
const NIGHTS: [(&str, &str, &str); 8] = [
    ("Europe/Berlin", "2026-03-29T01:59:59+01:00", "2026-03-29T03:00:00+02:00"),
    ("Europe/Berlin", "2026-10-25T02:59:59+02:00", "2026-10-25T02:00:00+01:00"),
    ("America/New_York", "2026-03-08T01:59:59-05:00", "2026-03-08T03:00:00-04:00"),
    ("America/New_York", "2026-11-01T01:59:59-04:00", "2026-11-01T01:00:00-05:00"),
    ("Australia/Lord_Howe", "2026-10-04T01:59:59+10:30", "2026-10-04T02:30:00+11:00"),
    ("Australia/Lord_Howe", "2026-04-05T01:59:59+11:00", "2026-04-05T01:30:00+10:30"),
    ("Pacific/Apia", "2011-12-29T23:59:59-10:00", "2011-12-31T00:00:00+14:00"),
    ("Africa/Casablanca", "2026-02-15T02:59:59+01:00", "2026-02-15T02:00:00+00:00"),
];

#[test]
fn nights_in_which_the_clock_jumps_keep_days_and_order() {
    for (zone, before, after) in NIGHTS {
        let sandbox = Sandbox::new();
        sandbox.write("many.json", many(2));
        for (time, card) in [(before, "card-0"), (after, "card-1")] {
            let args = ["cards", "./many.json", "--plain", "--now", time, "--item", card];
            assert_eq!(sandbox.run_with(&args, "4\n").status, 0, "{zone} {time}");
        }
        let log = fs::read_to_string(sandbox.log()).unwrap();
        let lines: Vec<serde_json::Value> = log.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
        let (first, second) = (&lines[0], &lines[1]);
        assert_eq!(second["at"].as_i64().unwrap() - first["at"].as_i64().unwrap(), 1_000, "{zone}: one second apart");
        let civil: jiff::civil::Date = after[..10].parse().unwrap();
        let expected = civil.yesterday().unwrap().to_string();
        assert_eq!(second["day"].as_str().unwrap(), expected, "{zone}");
        let undone = sandbox.run(&["undo", "--now", after]);
        assert_eq!(undone.out, "Took back: the answer to many/card-1.\n", "{zone}");
    }
}

#[test]
fn the_real_clock_works_in_every_zone_and_a_wrong_one_is_named() {
    let sandbox = Sandbox::used();
    let at = |zone: Option<&str>| {
        run(&sandbox, &["list", "docker"], |command| {
            command.env_remove("GRILLME_NOW").env_remove("TZ").envs(zone.map(|zone| ("TZ", zone)));
        })
    };
    let zones = ["UTC", "Europe/Berlin", "Australia/Lord_Howe", "UTC0", "EST5EDT", ":Europe/Berlin", "<-03>3"];
    for zone in [None, Some("")].into_iter().chain(zones.map(Some)) {
        let (status, _, err) = at(zone);
        assert_eq!((status, err.as_str()), (0, ""), "{zone:?}");
    }
    for zone in ["Nowhere/Land", "../../etc/passwd", "relative", "Europe/Berlin\u{1b}[31m", "/etc/passwd", "\u{1}"] {
        let (status, out, err) = at(Some(zone));
        assert!(status == 3 && out.is_empty(), "{zone:?}: {status} {err}");
        assert!(
            err.starts_with("error: the time zone is not known") && err.contains("hint: set TZ"),
            "{zone:?}: {err}"
        );
        assert!(!err.contains('\u{1b}') && !err.contains('\u{1}'), "{zone:?}: {err:?}");
    }
}

#[test]
#[cfg(unix)]
fn a_home_that_is_none_is_an_error_that_names_the_way_out() {
    use std::ffi::OsStr;
    use std::os::unix::ffi::OsStrExt;
    let sandbox = Sandbox::new();
    for home in [None, Some(&b""[..]), Some(b"relative"), Some(b"./here"), Some(b"~")] {
        for args in
            [&["list", "docker"][..], &["cards", "docker/docker-vs-vm", "--plain"], &["undo"], &["progress", "verify"]]
        {
            let (status, _, err) = run(&sandbox, args, |command| {
                command.env_remove("GRILLME_DATA_DIR").env_remove("HOME").env_remove("XDG_CACHE_HOME");
                command.envs(home.map(|home| ("HOME", OsStr::from_bytes(home))));
            });
            let said = "error: the home folder is not known (HOME is missing or not an absolute path)\nhint: name a folder \
                        with --data-dir\n";
            assert_eq!((status, err.as_str()), (3, said), "{home:?} {args:?}");
        }
        // A command that needs no home needs none, and `--data-dir` is the way out.
        for args in [&["list"][..], &["check", "docker"], &["--data-dir", "there", "list", "docker"]] {
            let (status, _, err) = run(&sandbox, args, |command| {
                command.env_remove("GRILLME_DATA_DIR").env_remove("HOME").env_remove("XDG_CACHE_HOME");
                command.envs(home.map(|home| ("HOME", OsStr::from_bytes(home))));
            });
            assert_eq!((status, err.as_str()), (0, ""), "{home:?} {args:?}");
        }
    }
    let strange = OsStr::from_bytes(b"h\xff\xfeme");
    let home = sandbox.home.path().join(strange);
    for (answers, lines) in [("4\n", 1), ("4\n", 2)] {
        let mut command = sandbox.command(&["cards", "docker/docker-vs-vm", "--plain", "--kind", "flash"]);
        command.env_remove("GRILLME_DATA_DIR").env_remove("XDG_CACHE_HOME").env("HOME", &home);
        let mut live = Live::start(command);
        live.answer(answers);
        let (status, shown) = live.end();
        assert_eq!(status, 0, "{shown}");
        let data =
            if cfg!(target_os = "macos") { "Library/Application Support/grillme" } else { ".local/share/grillme" };
        let log = fs::read_to_string(home.join(data).join("progress/here.jsonl")).unwrap();
        assert_eq!(log.lines().count(), lines, "{shown}");
    }
}

#[test]
fn locales_change_no_word_and_no_number() {
    let sandbox = Sandbox::used();
    let in_locale = |name: &str, args: &[&str]| {
        run(&sandbox, args, |command| {
            command.env_remove("LANG").env("LC_ALL", name);
        })
    };
    for args in [&["list", "docker", "--format", "json"][..], &["progress", "export"], &["check", "--rules"]] {
        let (_, expected, _) = in_locale("C.UTF-8", args);
        for name in ["C", "POSIX", "tr_TR.UTF-8", "tr_TR", "de_DE.UTF-8", "\u{1b}[31m", "nonsense"] {
            let (status, out, err) = in_locale(name, args);
            assert_eq!((status, err.as_str()), (0, ""), "{name} {args:?}");
            assert_eq!(out.replace('-', "─"), expected.replace('-', "─"), "{name} {args:?}");
        }
    }
    // In Turkish, a capital i has a dot: ids and words must not be compared by such rules.
    let (status, _, err) = in_locale("tr_TR.UTF-8", &["list", "DOCKER"]);
    assert!(status == 2 && err.contains("did you mean \"docker\"?"), "{err}");
}

/// Logs, decks and folders whose names are no text; two such logs are told apart.
#[test]
#[cfg(target_os = "linux")]
fn names_that_are_no_text_are_files_like_others() {
    use std::ffi::OsStr;
    use std::os::unix::ffi::OsStrExt;
    let sandbox = Sandbox::used();
    let name = |bytes: &'static [u8]| OsStr::from_bytes(bytes);
    let logs = sandbox.home.path().join("data/progress");
    let log = fs::read_to_string(sandbox.log()).unwrap();
    fs::write(logs.join(name(b"\xff.jsonl")), &log).unwrap();
    fs::write(logs.join(name(b"\xfe.jsonl")), log.lines().next().unwrap().to_owned() + "\n").unwrap();
    for args in [&["list", "docker"][..], &["list", "docker"], &["progress", "verify"], &["progress", "export"]] {
        let (status, _, err) = run(&sandbox, args, |_| {});
        assert_eq!((status, err.as_str()), (0, ""), "{args:?}");
    }
    let (status, out, _) = run(&sandbox, &["progress", "verify", "--format", "json"], |_| {});
    let document: serde_json::Value = serde_json::from_str(&out).unwrap();
    assert_eq!((status, document["files"].as_array().unwrap().len()), (0, 3));
    let (status, _, err) = run(&sandbox, &["progress", "backup"], |_| {});
    assert_eq!((status, err.as_str()), (0, ""));
    let deck = sandbox.home.path().join(name(b"d\xff.json"));
    fs::write(&deck, many(1)).unwrap();
    for args in [&["check"][..], &["list"], &["cards", "--plain"], &["suspend"]] {
        let (status, _, err) = run(&sandbox, args, |command| {
            command.arg(name(b"./d\xff.json"));
        });
        assert!(status == 0 || (status == 2 && err.starts_with("error: ")), "{args:?}: {status} {err}");
    }
    let (status, out, err) = run(&sandbox, &["list"], |command| {
        command.env("GRILLME_DECKS", &deck);
    });
    assert!(status == 0 && out.contains("many"), "{out} {err}");
    let (status, _, err) = run(&sandbox, &["list", "docker"], |command| {
        command.env("GRILLME_DATA_DIR", sandbox.home.path().join(name(b"d\xfet")));
    });
    assert_eq!((status, err.as_str()), (0, ""));
}
