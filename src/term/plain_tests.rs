//! What a screen reader hears, and what a pipe can say.

use super::*;
use crate::term::PromptError;

type Over<'i> = Plain<&'i [u8], Vec<u8>>;

/// Asks with the given input; gives the reply and all that was written.
fn asked<'i, T>(input: &'i str, ask: impl Fn(&mut Over<'i>) -> Asked<T>) -> (Reply<T>, String) {
    let (reply, shown) = tried(input.as_bytes(), ask);
    (reply.unwrap(), shown)
}

fn tried<'i, T>(input: &'i [u8], ask: impl Fn(&mut Over<'i>) -> Asked<T>) -> (Result<Reply<T>, PromptError>, String) {
    let mut plain = Plain::new(input, Vec::new(), Style::plain(60), true);
    let reply = ask(&mut plain);
    (reply, String::from_utf8(plain.output).unwrap())
}

fn options() -> Vec<String> {
    ["Control groups", "Namespaces", "A new root"].map(str::to_owned).to_vec()
}

fn ratings() -> Vec<Button> {
    let button = |(key, name, caption): (char, &str, &str)| Button { key, name: name.into(), caption: caption.into() };
    [('1', "Again", "1m"), ('2', "Hard", "6m"), ('3', "Good", "10m"), ('4', "Easy", "7d")].map(button).to_vec()
}

#[test]
fn a_choice_is_a_numbered_list_and_a_number() {
    let (reply, shown) = asked("2\n", |p| p.pick("Which one?", &options(), true));
    assert_eq!(reply, Reply::Given(1));
    let expected = "\
Which one?
  1. Control groups
  2. Namespaces
  3. A new root
Number (? help, h hint, u undo, q leave): 2
";
    assert_eq!(shown, expected);
}

#[test]
fn long_options_wrap_under_themselves() {
    let long = vec!["one that goes on and on until it does not fit on a line of sixty columns".to_owned()];
    let (_, shown) = asked("1\n", |p| p.pick("Which one?", &long, false));
    let expected = "\
Which one?
  1. one that goes on and on until it does not fit on a line
     of sixty columns
Number (? help, u undo, q leave): 1
";
    assert_eq!(shown, expected);
}

#[test]
fn what_is_no_answer_is_told_what_is_expected_and_asked_again() {
    let (reply, shown) = asked("0\n4\nx y\n\n1 2\n3\n", |p| p.pick("Which one?", &options(), false));
    assert_eq!(reply, Reply::Given(2));
    assert_eq!(shown.matches("Give one number from 1 to 3.\n").count(), 5, "{shown}");
    let (reply, shown) = asked("1 1\n9\n3, 1\n", |p| p.pick_many("Which ones?", &options(), false));
    assert_eq!(reply, Reply::Given(vec![0, 2]));
    assert_eq!(shown.matches("Give numbers from 1 to 3, each once, or nothing for none.\n").count(), 2, "{shown}");
    let (reply, shown) = asked("1 2\n3 1 2\n", |p| p.order("First to last", &options(), false));
    assert_eq!(reply, Reply::Given(vec![2, 0, 1]));
    assert!(shown.contains("Give all 3 numbers in their order, as in 3 2 1.\n"), "{shown}");
    let (reply, shown) = asked("good\n5\n3\n", |p| p.rate(&ratings(), 0));
    assert_eq!(reply, Reply::Given(2));
    assert_eq!(shown.matches("Give one digit: 1 Again 1m, 2 Hard 6m, 3 Good 10m, 4 Easy\n7d.\n").count(), 2, "{shown}");
    let (reply, shown) = asked("perhaps\nYES\n", |p| p.confirm("Go on?", false));
    assert_eq!(reply, Reply::Given(true));
    assert_eq!(shown, "Go on? [y/N]: perhaps\nAnswer y or n; q leaves.\nGo on? [y/N]: YES\n");
}

#[test]
fn enter_means_the_default_or_none() {
    assert_eq!(asked("\n", |p| p.rate(&ratings(), 1)).0, Reply::Given(1));
    assert_eq!(asked("\n", |p| p.reveal(&ratings(), false)).0, Reply::Given(None));
    assert_eq!(asked("4\n", |p| p.reveal(&ratings(), false)).0, Reply::Given(Some(3)));
    assert_eq!(asked("\n", |p| p.confirm("Go on?", true)).0, Reply::Given(true));
    assert_eq!(asked("\n", |p| p.pick_many("Which ones?", &options(), false)).0, Reply::Given(vec![]));
    assert_eq!(asked("\n", |p| p.line("Answer", false)).0, Reply::Given(String::new()));
    assert_eq!(asked("\n", |p| p.pause()).0, Reply::Given(()));
}

#[test]
fn the_rating_is_read_out_with_what_follows_from_it() {
    let (_, shown) = asked("3\n", |p| p.rate(&ratings(), 2));
    assert_eq!(shown, "1 Again 1m, 2 Hard 6m, 3 Good 10m, 4 Easy 7d\nRating [3] (? help, u undo, q leave): 3\n");
}

#[test]
fn letters_ask_for_help_hint_undo_and_leave() {
    fn pick(p: &mut Over<'_>) -> Asked<usize> {
        p.pick("Which one?", &options(), true)
    }
    assert_eq!(asked("h\n", pick).0, Reply::Hint);
    assert_eq!(asked("u\n", pick).0, Reply::Undo);
    assert_eq!(asked("q\n", pick).0, Reply::Leave);
    assert_eq!(asked("\u{1b}\n", pick).0, Reply::Leave);
    let (reply, shown) = asked("?\n1\n", pick);
    assert_eq!(reply, Reply::Given(0));
    let help = "Give one number from 1 to 3. h shows a hint. u takes your\nlast answer back. q leaves; what you answered is kept.\n";
    assert!(shown.contains(help), "{shown}");
    let (reply, shown) = asked("h\n1\n", |p| p.pick("Which one?", &options(), false));
    assert_eq!(reply, Reply::Given(0));
    assert!(shown.contains("There is no hint.\n"), "{shown}");
}

#[test]
fn where_letters_are_answers_commands_take_a_colon() {
    fn line(p: &mut Over<'_>) -> Asked<String> {
        p.line("Answer", true)
    }
    for answer in ["q", "u", "h", "Q", "quit", ": q", ":quit", "a:q"] {
        assert_eq!(asked(&format!("{answer}\n"), line).0, Reply::Given(answer.to_owned()));
    }
    let replies = [":h\n", ":u\n", ":q\n"].map(|input| asked(input, line).0);
    assert_eq!(replies, [Reply::Hint, Reply::Undo, Reply::Leave]);
    let (reply, shown) = asked("?\n  runc \n", line);
    assert_eq!(reply, Reply::Given("runc".to_owned()));
    assert!(shown.starts_with("Answer (? help, :h hint, :u undo, :q leave): ?\nType your answer;"), "{shown}");
}

#[test]
fn the_end_of_the_input_leaves_every_prompt_and_ends_the_line() {
    let ends = [
        asked("", |p| p.reveal(&ratings(), true).map(|reply| reply.map(drop))),
        asked("", |p| p.rate(&ratings(), 0).map(|reply| reply.map(drop))),
        asked("", |p| p.pick("", &options(), false).map(|reply| reply.map(drop))),
        asked("", |p| p.pick_many("", &options(), false).map(|reply| reply.map(drop))),
        asked("", |p| p.order("", &options(), false).map(|reply| reply.map(drop))),
        asked("", |p| p.line("Answer", false).map(|reply| reply.map(drop))),
        asked("", |p| p.confirm("Go on?", true).map(|reply| reply.map(drop))),
        asked("", Prompter::pause),
    ];
    for (reply, shown) in ends {
        assert!(reply == Reply::Leave && shown.ends_with('\n'), "{shown:?}");
    }
    assert_eq!(asked("3", |p| p.rate(&ratings(), 0)).0, Reply::Given(2), "a last line needs no end");
}

#[test]
fn a_line_of_windows_or_in_no_encoding_is_read() {
    assert_eq!(asked("2\r\n", |p| p.pick("", &options(), false)).0, Reply::Given(1));
    let (reply, shown) = tried(b"caf\xe9\n", |p| p.line("Answer", false));
    assert_eq!(reply.unwrap(), Reply::Given("caf\u{fffd}".to_owned()));
    assert!(shown.ends_with("caf\u{fffd}\n"), "{shown}");
}

#[test]
fn hostile_input_is_echoed_inert() {
    let (reply, shown) = asked("\u{1b}]0;title\u{7}\u{202e}x\n", |p| p.line("Answer", false));
    assert_eq!(reply, Reply::Given("\u{1b}]0;title\u{7}\u{202e}x".to_owned()));
    assert!(shown.ends_with(": <U+001B>]0;title<U+0007><U+202E>x\n"), "{shown:?}");
}

#[test]
fn a_terminal_echoes_by_itself() {
    let mut plain = Plain::new("runc\n".as_bytes(), Vec::new(), Style::plain(60), false);
    assert_eq!(plain.line("Answer", false).unwrap(), Reply::Given("runc".to_owned()));
    assert_eq!(String::from_utf8(plain.output).unwrap(), "Answer (? help, :u undo, :q leave): ");
}

#[test]
fn a_line_that_is_too_long_is_left_out_as_a_whole() {
    let long = "x".repeat(200_000);
    for (input, expected) in [
        (format!("{long}\nrunc\n"), Reply::Given("runc".to_owned())),
        (format!("{long}\n{long}\nrunc\n"), Reply::Given("runc".to_owned())),
        (long.clone(), Reply::Leave),
        (format!("{}\n", &long[..60_000]), Reply::Given(long[..60_000].to_owned())),
    ] {
        let (reply, shown) = asked(&input, |p| p.line("Answer", false));
        assert_eq!(reply, expected);
        assert_eq!(shown.contains("left out"), reply != Reply::Given(long[..60_000].to_owned()));
    }
}

#[test]
fn input_without_an_end_is_given_up() {
    let mut plain = Plain::new(io::BufReader::new(io::repeat(b'x')), Vec::new(), Style::plain(60), true);
    assert_eq!(plain.line("Answer", false).unwrap(), Reply::Leave);
}
