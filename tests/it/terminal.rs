//! The program on a terminal as a person sees it: what is drawn, what keys do, which terminals get which prompts.

use std::fs::File;
use std::process::{Command, Stdio};

use crate::prompts::KINDS;
use crate::pty::{Pty, Size};
use crate::sandbox::{Sandbox, many};

const WIDE: &str = r#"{"format": "grillme-deck", "version": 1, "id": "wide", "title": "Wide", "items": [
  {"id": "one", "kind": "choice", "prompt": "Which one is it?", "options": [
    {"id": "a", "text": "容器共享主机的内核，而虚拟机自带内核；这就是全部的区别所在", "correct": true},
    {"id": "b", "text": "🐳🐳🐳🐳🐳🐳🐳🐳🐳🐳🐳🐳🐳🐳🐳🐳🐳🐳🐳🐳🐳🐳🐳🐳🐳🐳", "correct": false},
    {"id": "c", "text": "Neither", "correct": false}]}]}"#;

fn sandbox() -> Sandbox {
    let sandbox = Sandbox::new();
    sandbox.write("kinds.json", KINDS);
    sandbox
}

fn cards(sandbox: &Sandbox, items: &[&str]) -> Command {
    let mut args = vec!["cards", "./kinds.json"];
    items.iter().for_each(|item| args.extend(["--item", item]));
    sandbox.command(&args)
}

/// Starts a session at its first prompt, which shows `text`.
fn at(sandbox: &Sandbox, items: &[&str], size: Size, text: &str) -> Pty {
    let mut pty = Pty::start(cards(sandbox, items), size);
    pty.wait_at(&[text]);
    pty
}

#[test]
fn a_card_leaves_nothing_behind_but_what_was_asked_and_said() {
    let sandbox = sandbox();
    let mut pty = at(&sandbox, &["choice"], (60, 30), "A new root");
    pty.send("jk");
    pty.wait_at(&["> Control groups"]);
    let list = "

kinds · kinds · 1 left · new

What limits memory?

Which one?
(arrows move, Enter picks, ? hint and more)
> Control groups
  Namespaces
  A new root
";
    assert_eq!(pty.text(), list[1..].trim_end_matches('\n'));
    pty.send("\r");
    pty.wait_at(&["3 Good"]);
    pty.send("3");
    pty.wait_for("back in 10m");
    pty.wait_at(&["A new root"]);
    pty.send("q");
    assert_eq!(pty.end(), 0);
    let whole = "

kinds · kinds · 1 left · new

What limits memory?

Which one? Control groups

✓ Right.
    They count.
Good, back in 10m.

kinds · kinds · 1 left

What limits memory?

1 card answered, 1 right at the first try, 0 s.
1 card left for today. None is due tomorrow.
";
    assert_eq!(pty.text(), whole[1..].trim_end_matches('\n'));
}

#[test]
fn a_key_that_a_list_does_not_know_offers_the_others_and_goes_back_to_the_list_as_it_was() {
    let sandbox = sandbox();
    let mut pty = at(&sandbox, &["choice"], (60, 30), "A new root");
    pty.send("j");
    pty.wait_at(&["> Namespaces"]);
    pty.send("?");
    pty.wait_at(&["(h hint, u undo, q leave; any other key goes back to the list)"]);
    assert!(!pty.shows("A new root"));
    pty.send("x");
    pty.wait_at(&["> Namespaces"]);
    pty.send("?");
    pty.wait_at(&["(h hint, u undo"]);
    pty.send("h");
    pty.wait_at(&["Hint: It groups."]);
    pty.wait_at(&["(arrows move, Enter picks, ? more)"]);
    pty.send("?");
    pty.wait_at(&["(u undo, q leave;"]);
    pty.send("u");
    pty.wait_at(&["There is nothing to undo."]);
    pty.send("q");
    assert_eq!(pty.end(), 0);
}

#[test]
fn ticks_and_an_order_outlive_a_look_at_the_help() {
    let sandbox = sandbox();
    let mut pty = at(&sandbox, &["several"], (60, 30), "A port");
    pty.send(" j ");
    pty.wait_at(&["> [x]"]);
    pty.send("?");
    pty.wait_at(&["goes back"]);
    pty.send("x");
    pty.wait_at(&["Enter ends"]);
    assert_eq!(pty.text().matches("[x]").count(), 2, "{}", pty.text());
    pty.send("\r");
    pty.wait_at(&["3 Good"]);
    drop(pty);
    let mut pty = at(&sandbox, &["order"], (60, 30), "space lifts");
    let first = |pty: &Pty| pty.text().lines().find(|line| line.starts_with('>')).map(str::to_owned);
    let before = first(&pty);
    pty.send(" j ");
    pty.wait_at(&["space lifts"]);
    pty.send("?");
    pty.wait_at(&["goes back"]);
    pty.send("x");
    pty.wait_at(&["space lifts"]);
    assert_ne!(first(&pty), before, "the first step was moved down: {}", pty.text());
}

#[test]
fn a_pasted_text_of_several_lines_answers_one_prompt_only() {
    let sandbox = sandbox();
    let mut pty = at(&sandbox, &["typed", "slip"], (60, 24), "Answer:");
    pty.send("runc\n1\n1\n4\n4\n");
    pty.wait_at(&["[3 Good"]);
    assert!(pty.shows("Answer: runc ✓ Right."), "{}", pty.text());
    assert_eq!(sandbox.log_lines(), 0, "nothing that was pasted rates");
    pty.send("3");
    pty.wait_at(&["Who starts"]);
    assert_eq!(sandbox.log_lines(), 1);
}

#[test]
fn what_is_typed_before_a_prompt_shows_is_no_answer() {
    let sandbox = sandbox();
    let mut pty = Pty::start(cards(&sandbox, &["first"]), (60, 24));
    pty.send("4444");
    pty.wait_at(&["Enter shows the answer"]);
    // The next key is the first that counts.
    pty.send("\r");
    pty.wait_at(&["3 Good"]);
    assert_eq!(sandbox.log_lines(), 0);
}

#[test]
fn options_wider_than_the_screen_are_shown_in_full_and_picked_from_rows_that_fit() {
    let sandbox = Sandbox::new();
    sandbox.write("wide.json", WIDE);
    let mut pty = Pty::start(sandbox.command(&["cards", "./wide.json"]), (40, 24));
    pty.wait_at(&["Neither"]);
    pty.send("kk");
    pty.wait_at(&["> 2. "]);
    pty.send("j");
    pty.wait_at(&["> 3. "]);
    let shown = "
wide · wide · 1 left · new

Which one is it?

Which one?
  1. 🐳🐳🐳🐳🐳🐳🐳🐳🐳🐳🐳🐳🐳🐳🐳🐳🐳
     🐳🐳🐳🐳🐳🐳🐳🐳🐳
  2. Neither
  3. 容器共享主机的内核，而虚拟机自带内
     核；这就是全部的区别所在
(arrows move, Enter picks, ? more)
  1. 🐳🐳🐳🐳🐳🐳🐳🐳🐳🐳🐳🐳🐳🐳…
  2. Neither
> 3. 容器共享主机的内核，而虚拟机…
";
    assert_eq!(pty.text().trim_matches('\n'), shown.trim_matches('\n'));
    pty.send("\r");
    pty.wait_at(&["3 Good"]);
    let answer = "Which one?\n容器共享主机的内核，而虚拟机自带内核；这\n就是全部的区别所在\n\n✓ Right.";
    assert!(pty.text().contains(answer), "{}", pty.text());
}

#[test]
fn a_list_that_does_not_fit_on_the_screen_is_numbered_and_typed() {
    let sandbox = sandbox();
    let mut pty = at(&sandbox, &["choice"], (40, 5), "Number:");
    pty.send("7\r");
    pty.wait_at(&["Give one number from 1 to 3."]);
    pty.send("?\r");
    pty.wait_at(&["takes your last answer back"]);
    pty.send("1\r");
    pty.wait_at(&["[3 Good"]);
    assert!(pty.shows("✓ Right."), "{}", pty.text());
}

#[test]
fn sizes_too_small_for_lists_get_lines() {
    for size in [(1, 1), (80, 1), (80, 2), (19, 24), (4, 3)] {
        let sandbox = sandbox();
        let mut pty = Pty::start(cards(&sandbox, &["first", "choice"]), size);
        pty.wait_written("leave):");
        pty.send("4\n");
        pty.wait_written("Number");
        pty.send("q\n");
        assert_eq!((pty.end(), sandbox.log_lines()), (0, 1), "{size:?}");
        pty.is_as_before().unwrap();
    }
}

#[test]
fn a_terminal_that_changes_its_size_is_followed() {
    let sandbox = sandbox();
    let mut pty = at(&sandbox, &["several", "order"], (80, 24), "A port");
    pty.send(" ");
    pty.wait_at(&["> [x]"]);
    // Too small for dialoguer, which would panic: the list goes on as numbers.
    pty.resize((80, 2));
    pty.send("j");
    pty.wait_at(&["Numbers"]);
    pty.resize((30, 40));
    pty.send("1\r");
    pty.wait_at(&["3 Good"]);
    pty.send("3");
    pty.wait_at(&["space lifts"]);
    assert!(pty.text().contains("(arrows move, space lifts and\ndrops, Enter ends, ? more)\n> "), "{}", pty.text());
    pty.resize((200, 50));
    pty.send("q");
    assert_eq!((pty.end(), sandbox.log_lines()), (0, 1));
    pty.is_as_before().unwrap();
    assert!(!pty.shows("panicked"), "{}", pty.text());
}

#[test]
fn colours_follow_no_color_only_when_it_is_not_empty() {
    for (value, colour) in [(None, true), (Some(""), true), (Some("1"), false)] {
        let sandbox = sandbox();
        let mut command = cards(&sandbox, &["choice"]);
        value.map(|value| command.env("NO_COLOR", value));
        let mut pty = Pty::start(command, (80, 24));
        pty.wait_at(&["A new root"]);
        let bold = pty.written.windows(4).any(|bytes| bytes == b"\x1b[1m");
        assert_eq!(bold, colour, "NO_COLOR={value:?}");
    }
}

#[test]
fn a_locale_without_utf_8_gets_ascii_marks_only() {
    for item in ["flash", "choice", "order", "diagram", "whatif"] {
        let sandbox = sandbox();
        let mut command = cards(&sandbox, &["first", item]);
        command.env("LANG", "C");
        let mut pty = Pty::start(command, (80, 24));
        pty.wait_at(&["Enter shows"]);
        pty.send("4");
        pty.wait_at(&["1 left"]);
        pty.send("\u{1b}");
        assert_eq!(pty.end(), 0);
        assert!(pty.written.is_ascii(), "{}", pty.text());
    }
}

#[test]
fn plain_prompts_and_dumb_terminals_get_lines_without_any_sequence() {
    for plain in [true, false] {
        let sandbox = sandbox();
        let mut command = cards(&sandbox, &["first", "choice"]);
        if plain {
            command.arg("--plain");
        }
        let mut pty = Pty::start_with(command, (80, 24), |command| {
            command.env("TERM", if plain { "xterm-256color" } else { "dumb" });
        });
        pty.wait_for("Enter shows the answer (? help, u undo, q leave):");
        pty.send("4\n");
        pty.wait_for("Number (? help, h hint, u undo, q leave):");
        pty.send("\u{4}");
        assert_eq!((pty.end(), sandbox.log_lines()), (0, 1), "{}", pty.text());
        assert!(!pty.written.contains(&0x1b), "{}", pty.text());
    }
}

#[test]
fn ctrl_c_at_a_plain_prompt_ends_with_130() {
    let sandbox = sandbox();
    let mut command = cards(&sandbox, &["first"]);
    command.arg("--plain");
    let mut pty = Pty::start(command, (80, 24));
    pty.wait_for("leave):");
    pty.send("\u{3}");
    assert_eq!(pty.end(), 130);
    pty.is_as_before().unwrap();
}

#[test]
fn piped_input_is_read_though_messages_go_to_a_terminal() {
    let sandbox = sandbox();
    let answers = sandbox.write("answers", "4\n1\n");
    let mut pty = Pty::start_with(cards(&sandbox, &["first", "choice"]), (80, 24), |command| {
        command.stdin(File::open(answers).unwrap());
    });
    assert_eq!((pty.end(), sandbox.log_lines()), (0, 1), "{}", pty.text());
    assert!(pty.shows("Number (? help, h hint, u undo, q leave): 1"), "{}", pty.text());
}

#[test]
fn messages_that_go_to_a_file_hold_no_sequence_and_the_terminal_is_read() {
    let sandbox = sandbox();
    let path = sandbox.write("messages", "");
    let mut pty = Pty::start_with(cards(&sandbox, &["first", "choice"]), (80, 24), |command| {
        command.stderr(File::create(&path).unwrap());
    });
    let said = |text: &str| std::fs::read_to_string(&path).unwrap().ends_with(text);
    pty.wait_until(|| said("leave): "));
    pty.send("4\n");
    pty.wait_until(|| said("Number (? help, h hint, u undo, q leave): "));
    pty.send("q\n");
    assert_eq!((pty.end(), sandbox.log_lines()), (0, 1));
    let said = std::fs::read(&path).unwrap();
    assert!(!said.contains(&0x1b) && said.ends_with(b"None is due tomorrow.\n"), "{}", String::from_utf8_lossy(&said));
}

#[test]
fn no_input_never_waits_on_a_terminal_either() {
    let commands: &[(&[&str], i32)] = &[
        (&[], 0),
        (&["cards", "./kinds.json"], 2),
        (&["cards", "./kinds.json", "--cram"], 2),
        (&["suspend", "./many.json"], 2),
        (&["suspend", "./many.json"], 2),
        (&["bury", "./many.json"], 2),
        (&["list", "./kinds.json"], 0),
        (&["show", "./kinds.json/choice"], 0),
        (&["check", "./kinds.json"], 0),
        (&["undo"], 4),
        (&["progress", "verify"], 0),
        (&["progress", "repair"], 0),
        (&["progress", "export"], 0),
    ];
    for (args, status) in commands {
        let sandbox = sandbox();
        sandbox.write("many.json", many(12));
        let mut command = sandbox.command(args);
        command.arg("--no-input");
        let mut pty = Pty::start(command, (80, 24));
        assert_eq!(pty.end(), *status, "{args:?}: {}", pty.text());
    }
}

#[test]
fn a_terminal_that_closes_its_output_ends_a_listing_quietly() {
    let sandbox = Sandbox::new();
    sandbox.write("many.json", many(5_000));
    let mut child =
        sandbox.command(&["list", "./many.json"]).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    drop(child.stdout.take());
    let ended = child.wait_with_output().unwrap();
    assert_eq!((ended.status.code(), ended.stderr), (Some(0), Vec::new()));
}
