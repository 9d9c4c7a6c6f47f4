//! How each kind is shown and asked.

use super::{ask, flash, in_turn, show};
use crate::deck::{Context, FromNode, Item, Kind, Move, Node, Part};
use crate::grade::{Answer, mark};
use crate::render::Style;
use crate::term::{Button, Plain, Reply, Scripted, Step};

fn item(kind: &str, fields: &str) -> Item {
    let json = format!(r#"{{"id": "it", "kind": "{kind}", {fields}}}"#);
    let mut problems = Vec::new();
    let item = Item::from_node(&Node::parse(&json).unwrap(), &mut Context::new(0, &mut problems));
    assert_eq!(problems, []);
    item.unwrap()
}

/// Shows and asks at a numbered list; gives the answer and all that a screen reader hears.
fn heard(item: &Item, part: Part, shuffle: &[usize], input: &str) -> (Reply<Option<Answer>>, String) {
    let mut shown = Vec::new();
    let mut plain = Plain::new(input.as_bytes(), &mut shown, Style::plain(72), true);
    show(&mut plain, item, part).unwrap();
    let reply = ask(&mut plain, item, part, shuffle, !item.hints.is_empty()).unwrap();
    (reply, String::from_utf8(shown).unwrap())
}

/// Asks with replies laid down beforehand; gives the answer and the prompts.
fn scripted(
    item: &Item,
    shuffle: &[usize],
    steps: impl IntoIterator<Item = Step>,
) -> (Reply<Option<Answer>>, Vec<String>) {
    let mut p = Scripted::new(steps);
    let reply = ask(&mut p, item, Part::Whole, shuffle, true).unwrap();
    (reply, p.said)
}

fn score(item: &Item, reply: Reply<Option<Answer>>) -> f64 {
    let Reply::Given(Some(answer)) = reply else { panic!("{reply:?} is no answer") };
    mark(item, Part::Whole, &answer).unwrap().score
}

const CHOICE: &str = r#""prompt": "What limits memory?", "options": [
    {"id": "a", "text": "Control groups", "correct": true},
    {"id": "b", "text": "Namespaces", "correct": false},
    {"id": "c", "text": "Capabilities", "correct": MULTI}]"#;

#[test]
fn a_choice_lists_its_options_shuffled_and_gives_their_ids() {
    let one = item("choice", &CHOICE.replace("MULTI", "false"));
    let (reply, shown) = heard(&one, Part::Whole, &[2, 0, 1], "2\n");
    let expected = "\
What limits memory?
Which one?
  1. Capabilities
  2. Control groups
  3. Namespaces
Number (? help, u undo, q leave): 2
";
    assert_eq!(shown, expected);
    assert_eq!(reply, Reply::Given(Some(Answer::Options(vec!["a".parse().unwrap()]))));
}

#[test]
fn a_choice_of_several_takes_any_number_of_them() {
    let several = item("choice", &format!("\"multi\": true, {}", CHOICE.replace("MULTI", "true")));
    let (reply, shown) = heard(&several, Part::Whole, &[2, 1, 0], "1 3\n");
    assert!(shown.contains("Which ones?\n  1. Capabilities\n"), "{shown}");
    assert!(shown.contains("Numbers, none or more (? help"), "{shown}");
    assert!((score(&several, reply) - 1.0).abs() < f64::EPSILON);
    let none = scripted(&several, &[0, 1, 2], [Step::Indices(vec![])]).0;
    assert_eq!(none, Reply::Given(Some(Answer::Options(vec![]))));
}

#[test]
fn a_cloze_opens_the_holes_of_one_number_and_fills_the_others() {
    let text =
        r#""text": "A {{c1::container}} shares the {{c2::kernel::the core}} of its host; that {{c2::kernel}} is one.""#;
    let cloze = item("cloze", text);
    let (reply, shown) = heard(&cloze, Part::Cloze(1), &[], "container\n");
    assert!(shown.starts_with("A [...] shares the kernel of its host; that kernel is one.\nIn the hole ("), "{shown}");
    assert_eq!(reply, Reply::Given(Some(Answer::Text("container".into()))));
    let (_, shown) = heard(&cloze, Part::Cloze(2), &[], "kernel\n");
    let expected = "A container shares the [the core] of its host; that [...] is one.\nThe holes have one answer (";
    assert!(shown.starts_with(expected), "{shown}");
}

#[test]
fn a_cloze_as_a_whole_opens_every_hole_and_asks_for_each_in_turn() {
    let cloze = item("cloze", r#""text": "A {{c1::container}} shares the {{c2::kernel::the core}} of its host.""#);
    let (reply, shown) = heard(&cloze, Part::Whole, &[], "box\n:u\ncontainer\nkernel\n");
    assert!(shown.starts_with("A [1] shares the [2: the core] of its host.\nIn hole 1 ("), "{shown}");
    let labels = [(1, "container".to_owned()), (2, "kernel".to_owned())].into();
    assert_eq!(reply, Reply::Given(Some(Answer::Labels(labels))));
    let single = item("cloze", r#""text": "A {{c1::container}} runs.""#);
    let (reply, shown) = heard(&single, Part::Whole, &[], "container\n");
    assert!(shown.starts_with("A [...] runs.\nIn the hole ("), "{shown}");
    assert_eq!(reply, Reply::Given(Some(Answer::Labels([(1, "container".to_owned())].into()))));
}

#[test]
fn a_typed_question_takes_a_line() {
    let typed = item("typed", r#""prompt": "Run what?", "accept": ["docker ps"], "hints": ["Two words."]"#);
    let (reply, shown) = heard(&typed, Part::Whole, &[], " docker ps \n");
    assert_eq!(shown, "Run what?\nAnswer (? help, :h hint, :u undo, :q leave): docker ps\n");
    assert_eq!(reply, Reply::Given(Some(Answer::Text("docker ps".into()))));
    assert_eq!(heard(&typed, Part::Whole, &[], ":h\n").0, Reply::Hint);
    assert_eq!(heard(&typed, Part::Whole, &[], "").0, Reply::Leave);
}

const ORDER: &str = r#""prompt": "In order?", "steps": [
    {"id": "a", "text": "Pull"}, {"id": "b", "text": "Make"}, {"id": "c", "text": "Start"}]"#;

#[test]
fn steps_are_put_in_order_by_their_numbers() {
    let order = item("order", ORDER);
    let (reply, shown) = heard(&order, Part::Whole, &[2, 0, 1], "2 3 1\n");
    let expected = "\
In order?
First to last
  1. Start
  2. Pull
  3. Make
Order (? help, u undo, q leave): 2 3 1
";
    assert_eq!(shown, expected);
    assert!((score(&order, reply) - 1.0).abs() < f64::EPSILON);
}

#[test]
fn steps_that_do_not_belong_are_left_out_first_and_undo_goes_back_to_them() {
    let order = item("order", &format!(r#"{ORDER}, "extra": [{{"id": "x", "text": "Boot"}}]"#));
    let shuffle = [3, 2, 1, 0];
    let steps = [Step::Indices(vec![1]), Step::Undo, Step::Indices(vec![0]), Step::Indices(vec![2, 1, 0])];
    let (reply, said) = scripted(&order, &shuffle, steps);
    let prompts = ["Which steps do not belong?", "First to last", "Which steps do not belong?", "First to last"];
    assert_eq!(said, prompts);
    assert!((score(&order, reply) - 1.0).abs() < f64::EPSILON);
    assert_eq!(scripted(&order, &shuffle, [Step::Undo]).0, Reply::Undo);
    let everything = scripted(&order, &shuffle, [Step::Indices(vec![0, 1, 2, 3])]);
    assert_eq!(everything.0, Reply::Given(Some(Answer::Sequence(vec![]))), "nothing is left to put in order");
}

#[test]
fn each_left_side_is_matched_in_turn_and_undo_steps_back() {
    let pairs = r#""prompt": "Match.", "extra_right": ["what it hears"], "pairs": [
        {"id": "ns", "left": "Namespaces", "right": "what it sees"},
        {"id": "cg", "left": "Control groups", "right": "what it uses"}]"#;
    let matching = item("match", pairs);
    let (reply, shown) = heard(&matching, Part::Whole, &[2, 1, 0], "4\nu\n3\n2\n");
    let list = "  1. what it hears\n  2. what it uses\n  3. what it sees\n  4. I do not know\n";
    let asked = |left: &str, number: &str| format!("{left}\n{list}Number (? help, u undo, q leave): {number}\n");
    let expected =
        ["Match.\n".to_owned(), asked("Namespaces", "4"), asked("Control groups", "u"), asked("Namespaces", "3")];
    assert_eq!(shown, expected.concat() + &asked("Control groups", "2"));
    assert!((score(&matching, reply) - 1.0).abs() < f64::EPSILON);
    let (unknown, _) = scripted(&matching, &[0, 1, 2], [Step::Index(3), Step::Index(1)]);
    let Reply::Given(Some(Answer::Pairs(pairs))) = unknown else { panic!("{unknown:?}") };
    assert_eq!(pairs.into_values().collect::<Vec<_>>(), [Some(1), None], "by id: cg, then ns");
}

#[test]
fn a_drawing_is_also_told_in_words_and_its_holes_asked_in_turn() {
    let fields = r#""prompt": "Name the layers.", "art": "| [1] |\n| [2] |", "alt": "Two boxes.",
        "labels": {"1": ["app"], "2": ["kernel"]}"#;
    let diagram = item("diagram", fields);
    let (reply, shown) = heard(&diagram, Part::Whole, &[], "app\n:u\nApp\nkernel\n");
    let expected = "\
Name the layers.

  | [1] |
  | [2] |
In words: Two boxes.
[1] (? help, :u undo, :q leave): app
[2] (? help, :u undo, :q leave): :u
[1] (? help, :u undo, :q leave): App
[2] (? help, :u undo, :q leave): kernel
";
    assert_eq!(shown, expected);
    assert!((score(&diagram, reply) - 1.0).abs() < f64::EPSILON);
}

#[test]
fn each_metric_of_each_change_is_predicted() {
    let fields = r#""prompt": "What moves?", "parameters": [
            {"id": "limit", "label": "Memory limit", "values": ["low", "high"]}],
        "base": {"limit": "low"},
        "metrics": [{"id": "kills", "label": "Kills"}, {"id": "use", "label": "Use"}],
        "cases": [{"set": {"limit": "high"}, "then": {"kills": "down", "use": "up"}}]"#;
    let whatif = item("whatif", fields);
    let (reply, shown) = heard(&whatif, Part::Whole, &[], "2\n1\n");
    let moves = "  1. up\n  2. down\n  3. same\nNumber (? help, u undo, q leave): ";
    let expected = format!(
        "What moves?\n\nAt first: Memory limit = low.\n\
         Memory limit = high: Kills?\n{moves}2\nMemory limit = high: Use?\n{moves}1\n"
    );
    assert_eq!(shown, expected);
    let Reply::Given(Some(Answer::Moves(cases))) = reply else { panic!("{reply:?}") };
    assert_eq!(cases.len(), 1);
    assert_eq!((cases[0]["kills"], cases[0]["use"]), (Move::Down, Move::Up));
}

#[test]
fn a_flash_card_shows_its_back_on_request_and_reversed_the_other_way_round() {
    let fields = r#""front": "It hides processes", "back": "A **namespace**", "reverse_front": "What does a namespace do?",
        "reverse_back": "Hide""#;
    let card = item("flash", fields);
    let Kind::Flash(flash) = &card.kind else { panic!("no flash card") };
    let buttons = [Button { key: '1', name: "Again".into(), caption: "1m".into() }];
    let mut p = Scripted::new([Step::Hint, Step::Enter, Step::Index(0), Step::Undo]);
    show(&mut p, &card, Part::Whole).unwrap();
    let reveal = |p: &mut Scripted, part| flash::reveal(p, flash, part, &buttons, true).unwrap();
    assert_eq!(reveal(&mut p, Part::Whole), Reply::Hint);
    assert_eq!(reveal(&mut p, Part::Whole), Reply::Given(None));
    show(&mut p, &card, Part::Reverse).unwrap();
    assert_eq!(reveal(&mut p, Part::Reverse), Reply::Given(Some(0)));
    assert_eq!(reveal(&mut p, Part::Reverse), Reply::Undo);
    let expected = [
        "It hides processes",
        "reveal",
        "reveal",
        "",
        "A namespace",
        "What does a namespace do?",
        "reveal",
        "",
        "Hide",
        "reveal",
    ];
    assert_eq!(p.said, expected);
    assert_eq!(ask(&mut p, &card, Part::Whole, &[], false).unwrap(), Reply::Given(None), "it is rated, not graded");
}

#[test]
fn what_stands_before_a_question_is_shown_first() {
    let fields = r#""prompt": "What died?", "accept": ["nginx"],
        "stimulus": [{"kind": "log", "title": "dmesg", "body": "oom-kill: nginx"}]"#;
    let (_, shown) = heard(&item("typed", fields), Part::Whole, &[], "nginx\n");
    assert!(shown.starts_with("dmesg\n  oom-kill: nginx\n\nWhat died?\nAnswer ("), "{shown}");
}

#[test]
fn an_order_of_options_that_does_not_fit_lists_what_there_is() {
    let one = item("choice", &CHOICE.replace("MULTI", "false"));
    let (_, shown) = heard(&one, Part::Whole, &[9, 1], "1\n");
    assert!(shown.contains("Which one?\n  1. Namespaces\nNumber"), "{shown}");
}

#[test]
fn undo_in_turn_goes_back_one_prompt_and_at_the_first_is_the_callers() {
    let asked = |replies: &[Reply<u8>]| {
        let (mut replies, mut places) = (replies.iter().cloned(), Vec::new());
        let given = in_turn(3, |at| {
            places.push(at);
            Ok(replies.next().unwrap_or(Reply::Leave))
        });
        (given.unwrap(), places)
    };
    use Reply::{Given, Hint, Leave, Undo};
    assert_eq!(asked(&[Given(1), Given(2), Given(3)]), (Given(vec![1, 2, 3]), vec![0, 1, 2]));
    assert_eq!(asked(&[Given(1), Undo, Given(4), Given(2), Undo, Undo, Undo]), (Undo, vec![0, 1, 0, 1, 2, 1, 0]));
    assert_eq!(asked(&[Undo]), (Undo, vec![0]));
    assert_eq!(asked(&[Given(1), Hint]), (Hint, vec![0, 1]));
    assert_eq!(asked(&[Given(1), Leave]), (Leave, vec![0, 1]));
}
