//! Whatever happens to the program, an answer that was acknowledged is there.

use std::fs;
use std::io::{Read, Write};
use std::process::{Child, Stdio};
use std::thread::sleep;
use std::time::Duration;

use grillme::schedule::{Scheduler, Settings};
use grillme::store::{Index, verify};

use crate::sandbox::{Sandbox, many};

/// Starts a session whose answers are all there at once.
fn start(sandbox: &Sandbox, answers: usize) -> Child {
    let args = ["cards", "./many.json", "--plain", "--new", "100000"];
    let mut command = sandbox.command(&args);
    command.env_remove("GRILLME_NOW");
    let mut child = command.stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::piped()).spawn().unwrap();
    let _ = child.stdin.take().unwrap().write_all("4\n".repeat(answers).as_bytes());
    child
}

/// Counts the answers that were acknowledged: the next question, or the summary, was shown after them.
fn acknowledged(child: &mut Child) -> usize {
    let mut shown = Vec::new();
    child.stderr.take().unwrap().read_to_end(&mut shown).unwrap();
    let shown = String::from_utf8_lossy(&shown).into_owned();
    let heads = shown.matches(" left").count();
    heads.saturating_sub(1)
}

fn logged(sandbox: &Sandbox) -> usize {
    let report = verify(&sandbox.home.path().join("data/progress")).unwrap();
    report.events
}

fn agrees_with_a_replay(sandbox: &Sandbox) {
    let logs = sandbox.home.path().join("data/progress");
    let (fresh, _) = Index::open(None, &logs, &Scheduler::new(Settings::default())).unwrap();
    let list = sandbox.run(&["list", "./many.json", "--format", "json"]);
    assert_eq!(list.status, 0, "{}", list.err);
    let listed = list.out.matches("\"reps\": 0").count();
    let cards = list.out.matches("\"card\":").count();
    let known =
        (0..cards).filter(|n| fresh.state(&format!("many/card-{n}")).unwrap().is_some_and(|s| s.reps > 0)).count();
    assert_eq!(cards - listed, known);
}

/// Kills sessions at random moments: `rounds` times `writers` at once.
fn kill(rounds: usize, writers: usize) {
    let sandbox = Sandbox::new();
    sandbox.write("many.json", many(5_000));
    sandbox.run(&["list", "./many.json", "--item", "card-0"]);
    let (mut promised, mut state) = (0, 0x9e37_79b9_u64);
    for _ in 0..rounds {
        let mut children: Vec<Child> = (0..writers).map(|_| start(&sandbox, 300)).collect();
        for child in &mut children {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            sleep(Duration::from_micros(state >> 46));
            child.kill().unwrap();
        }
        for mut child in children {
            promised += acknowledged(&mut child);
            child.wait().unwrap();
        }
    }
    let kept = logged(&sandbox);
    assert!(promised > 0, "nothing was answered before the kills");
    assert!(kept >= promised, "{promised} answers were acknowledged, {kept} are there");
    let report = sandbox.run(&["progress", "verify"]);
    assert!(report.out.matches("line ").count() <= rounds * writers, "{}", report.out);
    agrees_with_a_replay(&sandbox);
}

#[test]
fn kills_at_random_moments_lose_no_acknowledged_answer() {
    kill(6, 4);
}

/// The long form: `cargo test --release --test it -- --ignored a_thousand_kills`.
#[test]
#[ignore = "takes minutes"]
fn a_thousand_kills_of_eight_writers_lose_no_acknowledged_answer() {
    kill(125, 8);
}

#[test]
fn writers_at_once_lose_nothing() {
    writers(4, 50);
}

/// The long form: `cargo test --release --test it -- --ignored eight_writers`.
#[test]
#[ignore = "takes minutes"]
fn eight_writers_of_a_thousand_answers_lose_nothing() {
    writers(8, 1_000);
}

fn writers(count: usize, answers: usize) {
    let sandbox = Sandbox::new();
    sandbox.write("many.json", many(answers));
    let mut children: Vec<Child> = (0..count).map(|_| start(&sandbox, answers)).collect();
    let promised: usize = children.iter_mut().map(acknowledged).sum();
    children.iter_mut().for_each(|child| assert!(child.wait().unwrap().success()));
    assert!(promised >= answers, "{promised}");
    assert!(logged(&sandbox) >= promised, "{} of {promised}", logged(&sandbox));
    assert_eq!(sandbox.run(&["progress", "verify"]).status, 0);
    agrees_with_a_replay(&sandbox);
}

#[test]
#[cfg(target_os = "linux")]
fn an_answer_that_cannot_be_written_is_not_acknowledged() {
    let sandbox = Sandbox::new();
    sandbox.run_with(&["cards", "docker", "--plain"], "4\n");
    let before = fs::read(sandbox.log()).unwrap();
    // The log may not grow past its size: the disk is full. SIGXFSZ is ignored, so that write() fails instead.
    let script = format!("trap '' XFSZ; ulimit -f 1; exec '{}' cards docker --plain", env!("CARGO_BIN_EXE_grillme"));
    let filler = "x".repeat(1_024 - before.len() % 512 + 512);
    fs::write(sandbox.log(), [before.as_slice(), filler.as_bytes()].concat()).unwrap();
    let before = fs::read(sandbox.log()).unwrap();
    let mut command = std::process::Command::new("bash");
    let template = sandbox.command(&[]);
    command
        .arg("-c")
        .arg(script)
        .env_clear()
        .envs(template.get_envs().filter_map(|(name, value)| Some((name, value?))));
    command.env("XDG_CACHE_HOME", "/dev/null").current_dir(sandbox.home.path());
    let mut child = command.stdin(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    child.stdin.take().unwrap().write_all(b"4\n4\n").unwrap();
    let output = child.wait_with_output().unwrap();
    let err = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(3), "{err}");
    assert!(err.contains("answer not saved"), "{err}");
    assert_eq!(fs::read(sandbox.log()).unwrap(), before);
}

/// Traces the system calls of a session: the sync of an answer comes before the next question is written.
#[test]
#[cfg(target_os = "linux")]
fn an_answer_is_synced_before_the_next_question_shows() {
    if std::process::Command::new("strace").arg("-V").output().is_err() {
        // Without strace only the order cannot be seen; that answers survive is tested above.
        return;
    }
    let sandbox = Sandbox::new();
    let trace = sandbox.home.path().join("trace");
    let mut command = std::process::Command::new("strace");
    let template = sandbox.command(&[]);
    command
        .args(["-f", "-e", "trace=write,fdatasync", "-s", "400", "-o"])
        .arg(&trace)
        .arg(env!("CARGO_BIN_EXE_grillme"));
    command.args(["cards", "docker", "--plain"]).env_clear();
    command.envs(template.get_envs().filter_map(|(name, value)| Some((name, value?)))).current_dir(sandbox.home.path());
    let mut child = command.stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
    child.stdin.take().unwrap().write_all(b"4\n4\n4\n").unwrap();
    assert!(child.wait().unwrap().success());
    let text = fs::read_to_string(trace).unwrap();
    let mut open = 0;
    for line in text.lines() {
        if line.contains("\\\"kind\\\":\\\"review\\\"") {
            open += 1;
        } else if line.contains("fdatasync(") && line.contains("= 0") {
            open = 0;
        } else if line.contains(" left") {
            assert_eq!(open, 0, "a question shows before the answer is synced: {line}");
        }
    }
    assert!(text.matches("fdatasync(").count() >= 2, "{text}");
}
