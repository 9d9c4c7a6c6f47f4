//! An exam by hand at a terminal: what was answered is on disk, whatever ends it.

use std::fs;

use crate::exam::{report, sandbox};
use crate::prompts::Event;
use crate::pty::Pty;
use crate::sandbox::Sandbox;

/// Starts an exam of three questions that are typed.
fn start(sandbox: &Sandbox, flags: &[&str]) -> Pty {
    let args = ["exam", "kinds.json", "--kind", "typed", "--kind", "cloze", "--record", "mine.jsonl"];
    let mut command = sandbox.command(&[&args[..], flags].concat());
    fs::create_dir_all(sandbox.home.path().join("tmp")).unwrap();
    command.env("TMPDIR", sandbox.home.path().join("tmp")).env("TERM", "xterm-256color");
    Pty::start(command, (80, 24))
}

#[test]
fn whatever_ends_it_the_record_has_what_was_answered_and_nothing_else_is_left() {
    for event in [Event::CtrlC, Event::Term, Event::Hup, Event::HangUp] {
        let sandbox = sandbox();
        let mut pty = start(&sandbox, &["--save"]);
        pty.wait_at(&["In hole 1:"]);
        pty.send("one\r");
        pty.wait_at(&["In hole 2:"]);
        pty.send("two\r");
        pty.wait_at(&["Answer:"]);
        let expected = event.happen(&mut pty, ":q\r");
        assert_eq!(pty.end(), expected, "{event:?}");
        let record = fs::read_to_string(sandbox.home.path().join("mine.jsonl")).unwrap();
        assert_eq!(record, "{\"item\":\"kinds/holes\",\"answer\":{\"c1\":\"one\",\"c2\":\"two\"}}\n", "{event:?}");
        assert_eq!(sandbox.log_lines(), 2, "one a hole");
        assert_eq!(fs::read_dir(sandbox.home.path().join("tmp")).unwrap().count(), 0, "{event:?}");
        if event != Event::HangUp {
            pty.is_as_before().unwrap();
        }
        let ran = sandbox.run(&["exam", "kinds.json", "--answers", "mine.jsonl", "--report", "json"]);
        assert_eq!(report(&ran)["items"].as_array().unwrap().len(), 11);
    }
}

#[test]
fn the_time_that_is_left_shows_with_each_question_and_leaving_is_asked_about() {
    let sandbox = sandbox();
    let mut pty = start(&sandbox, &["--minutes", "5"]);
    pty.wait_at(&["In hole 1:"]);
    assert!(pty.text().contains("1 of 3 · 5 min left"), "{}", pty.text());
    pty.send(":q\r");
    pty.wait_at(&["End the exam with 3 questions unanswered?"]);
    pty.send("y");
    assert_eq!(pty.end(), 1);
    assert!(pty.shows("--seed 1 asks the same questions."), "{}", pty.text());
}
