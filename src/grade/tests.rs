//! Every kind by its table: the whole mark for each answer.

use std::collections::BTreeMap;

use super::{Answer, Finding, Mark, Proposal, Verdict, mark, mark_open, proposed, scenario};
use crate::deck::{Ask, Context, FromNode, Id, Item, Kind, Move, Node, Part, Text};

fn item(kind: &str, fields: &str) -> Item {
    let json = format!(r#"{{"id": "it", "kind": "{kind}", {fields}}}"#);
    let mut problems = Vec::new();
    let item = Item::from_node(&Node::parse(&json).unwrap(), &mut Context::new(0, &mut problems));
    assert_eq!(problems, []);
    item.unwrap()
}

pub(super) fn ids(names: &str) -> Vec<Id> {
    names.split_whitespace().map(|name| name.parse().unwrap()).collect()
}

/// Writes a mark on one line for its score and verdict, and one for each finding.
fn written(mark: &Mark) -> String {
    let text = |text: &Option<Text>| text.as_ref().map_or("-".to_owned(), |text| text.raw().to_owned());
    let line = |f: &Finding| {
        let [given, expected, feedback] = [&f.given, &f.expected, &f.feedback].map(text);
        format!("\n{} {:?} | {given} | {expected} | {feedback}", f.what.raw(), f.verdict)
    };
    let lines: String = mark.findings.iter().map(line).collect();
    format!("{:.3} {:?}{lines}", mark.score, mark.verdict)
}

#[track_caller]
fn check(item: &Item, part: Part, answer: &Answer, expected: &str) {
    let mark = mark(item, part, answer).expect("a mark");
    assert_eq!(written(&mark), expected, "{answer:?}");
}

pub(super) fn typed(answer: &str) -> Answer {
    Answer::Text(answer.to_owned())
}

#[test]
fn a_typed_answer_is_right_near_a_slip_or_wrong() {
    let term = item(
        "typed",
        r#""prompt": "Q", "accept": ["hypervisor", {"text": "virtual machine monitor", "feedback": "In full."}],
           "near": [{"text": "hypervisors", "feedback": "One."}, {"regex": "docker.*", "feedback": "No."}]"#,
    );
    let table = [
        ("Hypervisor.", "1.000 Right\nQ Right | Hypervisor. | hypervisor | -"),
        (" virtual  machine Monitor", "1.000 Right\nQ Right | virtual  machine Monitor | hypervisor | In full."),
        ("hypervisors", "0.000 Wrong\nQ Wrong | hypervisors | hypervisor | One."),
        ("Docker Engine", "0.000 Wrong\nQ Wrong | Docker Engine | hypervisor | No."),
        ("hypervisro", "0.000 Slip\nQ Slip | hypervisro | hypervisor | -"),
        ("virtual machin monitor", "0.000 Slip\nQ Slip | virtual machin monitor | hypervisor | -"),
        ("kernel", "0.000 Wrong\nQ Wrong | kernel | hypervisor | -"),
        ("  ", "0.000 Wrong\nQ Wrong | - | hypervisor | -"),
    ];
    for (answer, expected) in table {
        check(&term, Part::Whole, &typed(answer), expected);
    }
}

#[test]
fn rules_of_an_item_decide_on_case_and_slips() {
    let verdict = |accept: &str, rules: &str, answer: &str| {
        let item = item("typed", &format!(r#""prompt": "Q", "accept": [{accept}], "rules": {{{rules}}}"#));
        mark(&item, Part::Whole, &typed(answer)).unwrap().verdict
    };
    let table = [
        (r#""Dockerfile""#, "", "dockerfile", Verdict::Right),
        (r#""Dockerfile""#, r#""case": true"#, "dockerfile", Verdict::Wrong),
        (r#""Dockerfile""#, r#""case": true"#, "Dockerfle", Verdict::Slip),
        (r#""hypervisor""#, r#""typos": "none""#, "hypervisr", Verdict::Wrong),
        (r#""docker system prune -a""#, "", "docker sytem prune -a", Verdict::Wrong),
        (r#""prune images", "docker image prune -a""#, "", "prune image", Verdict::Wrong),
        (r#""docker build .""#, "", "docker build", Verdict::Wrong),
        (r#""café""#, "", "cafe", Verdict::Right),
        (r#"{"regex": "6\\.8(\\.0)?"}"#, "", " 6.8.0 ", Verdict::Right),
        (r#"{"regex": "6\\.8(\\.0)?"}"#, "", "16.8.0", Verdict::Wrong),
        (r#"{"number": 1000, "tolerance": 10}"#, "", "1,010", Verdict::Right),
        (r#"{"number": 1000, "tolerance": 10}"#, "", "1e3", Verdict::Right),
        (r#"{"number": 1000, "tolerance": 10}"#, "", "1011", Verdict::Wrong),
        (r#"{"number": 1000}"#, "", "1000 MB", Verdict::Wrong),
    ];
    for (accept, rules, answer, expected) in table {
        assert_eq!(verdict(accept, rules, answer), expected, "{answer:?} for {accept} {rules}");
    }
}

#[test]
fn what_would_be_right_is_shown_for_people() {
    let shown = |accept: &str| {
        let item = item("typed", &format!(r#""prompt": "Q", "accept": [{accept}]"#));
        mark(&item, Part::Whole, &typed("")).unwrap().findings.remove(0).expected
    };
    assert_eq!(shown(r#"{"regex": "a+"}"#), Some(Text::new("/a+/")));
    assert_eq!(shown(r#"{"number": 2.5, "tolerance": 0.5}"#), Some(Text::new("2.5 ± 0.5")));
    assert_eq!(shown(r#"{"number": 7}"#), Some(Text::new("7")));
}

#[test]
fn a_cloze_is_marked_for_the_holes_of_one_number() {
    let cloze = item("cloze", r#""text": "A {{c1::`kernel`}} runs a {{c2::process}}.", "accept": {"c1": ["core"]}"#);
    let table = [
        (1, "Kernel", "1.000 Right\nc1 Right | Kernel | `kernel` | -"),
        (1, "core", "1.000 Right\nc1 Right | core | `kernel` | -"),
        (1, "process", "0.000 Wrong\nc1 Wrong | process | `kernel` | -"),
        (2, "proces", "0.000 Slip\nc2 Slip | proces | process | -"),
        (2, "", "0.000 Wrong\nc2 Wrong | - | process | -"),
    ];
    for (number, answer, expected) in table {
        check(&cloze, Part::Cloze(number), &typed(answer), expected);
    }
    assert_eq!(mark(&cloze, Part::Cloze(3), &typed("kernel")), None);
    assert_eq!(mark(&cloze, Part::Whole, &typed("kernel")), None);
}

#[test]
fn a_choice_is_exact_and_a_multiple_one_counts_right_minus_wrong() {
    let options = r#""prompt": "Q", "options": [{"id": "a", "text": "A", "correct": true, "feedback": "Yes."},
        {"id": "b", "text": "B", "feedback": "No."}, {"id": "c", "text": "C"}"#;
    let one = item("choice", &format!("{options}]"));
    let many = item("choice", &format!(r#"{options}, {{"id": "d", "text": "D", "correct": true}}], "multi": true"#));
    let (a, missed_a) = ("\nA Right | A | A | Yes.", "\nA Wrong | - | A | Yes.");
    let (d, missed_d) = ("\nD Right | D | D | -", "\nD Wrong | - | D | -");
    let (b, c) = ("\nB Wrong | B | - | No.", "\nC Wrong | C | - | -");
    let table = [
        (&one, "a", format!("1.000 Right{a}")),
        (&one, "a a", format!("1.000 Right{a}")),
        (&one, "b", format!("0.000 Wrong{missed_a}{b}")),
        (&one, "a b", format!("0.000 Wrong{a}{b}")),
        (&one, "", format!("0.000 Wrong{missed_a}")),
        (&one, "z", format!("0.000 Wrong{missed_a}\nz Wrong | z | - | -")),
        (&many, "d a", format!("1.000 Right{a}{d}")),
        (&many, "a", format!("0.500 Partial{a}{missed_d}")),
        (&many, "a b d", format!("0.500 Partial{a}{b}{d}")),
        (&many, "b c", format!("0.000 Wrong{missed_a}{b}{c}{missed_d}")),
        (&many, "a b c d", format!("0.000 Wrong{a}{b}{c}{d}")),
    ];
    for (item, picked, expected) in table {
        check(item, Part::Whole, &Answer::Options(ids(picked)), &expected);
    }
}

const STEPS: &str = r#""prompt": "Q", "steps": [{"id": "a", "text": "A"}, {"id": "b", "text": "B", "why": "Why b."},
    {"id": "c", "text": "C", "why": "Why c.", "feedback": "After b."}],
    "extra": [{"id": "x", "text": "X", "feedback": "Not here."}]"#;

#[test]
fn an_order_scores_its_pairs_and_pays_for_what_does_not_belong() {
    let order = item("order", STEPS);
    let table = [
        ("a b c", "1.000 Right\nA Right | 1 | 1 | -\nB Right | 2 | 2 | -\nC Right | 3 | 3 | -"),
        ("a c b", "0.667 Partial\nA Right | 1 | 1 | -\nB Partial | 3 | 2 | Why b.\nC Partial | 2 | 3 | After b."),
        ("c b a", "0.000 Wrong\nA Wrong | 3 | 1 | -\nB Wrong | 2 | 2 | Why b.\nC Wrong | 1 | 3 | After b."),
        ("a b", "0.333 Partial\nA Partial | 1 | 1 | -\nB Partial | 2 | 2 | Why b.\nC Wrong | - | 3 | After b."),
        (
            "a x b c",
            "0.667 Partial\nA Right | 1 | 1 | -\nB Right | 3 | 2 | -\nC Right | 4 | 3 | -\nX Wrong | 2 | - | Not here.",
        ),
        (
            "a b c a q",
            "0.333 Partial\nA Right | 1 | 1 | -\nB Right | 2 | 2 | -\nC Right | 3 | 3 | -\nA Wrong | 4 | - | -\nq Wrong | 5 | - | -",
        ),
        ("", "0.000 Wrong\nA Wrong | - | 1 | -\nB Wrong | - | 2 | Why b.\nC Wrong | - | 3 | After b."),
    ];
    for (sequence, expected) in table {
        check(&order, Part::Whole, &Answer::Sequence(ids(sequence)), expected);
    }
}

#[test]
fn a_partial_order_takes_any_sequence_that_keeps_it() {
    let order = item("order", &format!(r#"{STEPS}, "before": {{"a": ["c"]}}"#));
    let table = [
        ("b a c", "1.000 Right\nA Right | - | - | -\nB Right | - | - | -\nC Right | - | - | -"),
        ("c b a", "0.000 Wrong\nA Wrong | 3 | before C | -\nB Right | - | - | -\nC Wrong | 1 | after A | After b."),
        ("a c", "0.667 Partial\nA Right | - | - | -\nB Wrong | - | - | Why b.\nC Right | - | - | -"),
    ];
    for (sequence, expected) in table {
        check(&order, Part::Whole, &Answer::Sequence(ids(sequence)), expected);
    }
}

#[test]
fn what_follows_from_a_partial_order_counts_too() {
    let order = item("order", &format!(r#"{STEPS}, "before": {{"a": ["b"], "b": ["c"]}}"#));
    let expected = "0.333 Partial\nA Partial | 2 | before C | -\nB Partial | 3 | before C | Why b.\nC Wrong | 1 | after A | After b.";
    check(&order, Part::Whole, &Answer::Sequence(ids("c a b")), expected);
}

#[test]
fn a_match_counts_right_minus_wrong_and_leaves_gaps_alone() {
    let fields = r#""prompt": "Q", "pairs": [{"id": "a", "left": "A", "right": "1"},
        {"id": "b", "left": "B", "right": "2"}, {"id": "c", "left": "C", "right": "2"}], "extra_right": ["3"]"#;
    let pairing = item("match", fields);
    type Given<'a> = &'a [(&'a str, Option<usize>)];
    let table: [(Given<'_>, &str); 6] = [
        (
            &[("a", Some(0)), ("b", Some(1)), ("c", Some(2))],
            "1.000 Right\nA Right | 1 | 1 | -\nB Right | 2 | 2 | -\nC Right | 2 | 2 | -",
        ),
        (
            &[("a", Some(0)), ("b", Some(2)), ("c", Some(1))],
            "1.000 Right\nA Right | 1 | 1 | -\nB Right | 2 | 2 | -\nC Right | 2 | 2 | -",
        ),
        (
            &[("a", Some(0)), ("b", None)],
            "0.333 Partial\nA Right | 1 | 1 | -\nB Wrong | - | 2 | -\nC Wrong | - | 2 | -",
        ),
        (
            &[("a", Some(0)), ("b", Some(3))],
            "0.000 Wrong\nA Right | 1 | 1 | -\nB Wrong | 3 | 2 | -\nC Wrong | - | 2 | -",
        ),
        (
            &[("a", Some(99)), ("z", Some(0))],
            "0.000 Wrong\nA Wrong | - | 1 | -\nB Wrong | - | 2 | -\nC Wrong | - | 2 | -",
        ),
        (&[], "0.000 Wrong\nA Wrong | - | 1 | -\nB Wrong | - | 2 | -\nC Wrong | - | 2 | -"),
    ];
    for (pairs, expected) in table {
        let pairs = pairs.iter().map(|(id, at)| (id.parse().unwrap(), *at)).collect();
        check(&pairing, Part::Whole, &Answer::Pairs(pairs), expected);
    }
}

pub(super) fn labels(given: &[(u32, &str)]) -> Answer {
    Answer::Labels(given.iter().map(|(hole, text)| (*hole, (*text).to_owned())).collect())
}

#[test]
fn a_diagram_is_marked_label_by_label() {
    let fields = r#""prompt": "Q", "art": "[1]-[2]", "alt": "a line",
        "labels": {"1": ["guest kernel", "guest OS"], "2": ["/dev/kvm"]}"#;
    let diagram = item("diagram", fields);
    let table: [(&[(u32, &str)], &str); 5] = [
        (
            &[(1, "Guest OS"), (2, "/dev/kvm")],
            "1.000 Right\n[1] Right | Guest OS | guest kernel | -\n[2] Right | /dev/kvm | /dev/kvm | -",
        ),
        (
            &[(1, "guest kernal"), (2, "/dev/kvm")],
            "0.500 Slip\n[1] Slip | guest kernal | guest kernel | -\n[2] Right | /dev/kvm | /dev/kvm | -",
        ),
        (
            &[(1, "guest kernel"), (2, "/dev/kvn")],
            "0.500 Partial\n[1] Right | guest kernel | guest kernel | -\n[2] Wrong | /dev/kvn | /dev/kvm | -",
        ),
        (
            &[(1, "/dev/kvm"), (2, "guest kernel"), (9, "x")],
            "0.000 Wrong\n[1] Wrong | /dev/kvm | guest kernel | -\n[2] Wrong | guest kernel | /dev/kvm | -",
        ),
        (&[], "0.000 Wrong\n[1] Wrong | - | guest kernel | -\n[2] Wrong | - | /dev/kvm | -"),
    ];
    for (given, expected) in table {
        check(&diagram, Part::Whole, &labels(given), expected);
    }
}

#[test]
fn a_whatif_is_marked_metric_by_metric_in_every_case() {
    let fields = r#""prompt": "Q", "parameters": [{"id": "unit", "label": "Unit"}],
        "metrics": [{"id": "t", "label": "Time"}, {"id": "d", "label": "Density"}],
        "cases": [{"set": {"unit": "VM"}, "then": {"t": "up", "d": "down"}, "why": "It boots."},
                  {"set": {"unit": "Box"}, "then": {"t": "same", "d": "same"}}]"#;
    let whatif = item("whatif", fields);
    let case = |moves: &[(&str, Move)]| {
        moves.iter().map(|(id, to)| ((*id).to_owned(), *to)).collect::<BTreeMap<String, Move>>()
    };
    let right = case(&[("t", Move::Up), ("d", Move::Down)]);
    let same = case(&[("t", Move::Same), ("d", Move::Same)]);
    let table: [(Vec<BTreeMap<String, Move>>, &str); 3] = [
        (
            vec![right.clone(), same, right.clone()],
            "1.000 Right\nUnit = VM: Time Right | up | up | -\nUnit = VM: Density Right | down | down | It boots.\n\
             Unit = Box: Time Right | same | same | -\nUnit = Box: Density Right | same | same | -",
        ),
        (
            vec![right, case(&[("t", Move::Up), ("z", Move::Up)])],
            "0.500 Partial\nUnit = VM: Time Right | up | up | -\nUnit = VM: Density Right | down | down | It boots.\n\
             Unit = Box: Time Wrong | up | same | -\nUnit = Box: Density Wrong | - | same | -",
        ),
        (
            vec![],
            "0.000 Wrong\nUnit = VM: Time Wrong | - | up | -\nUnit = VM: Density Wrong | - | down | It boots.\n\
             Unit = Box: Time Wrong | - | same | -\nUnit = Box: Density Wrong | - | same | -",
        ),
    ];
    for (moves, expected) in table {
        check(&whatif, Part::Whole, &Answer::Moves(moves), expected);
    }
}

#[test]
fn a_settled_slip_counts_as_the_learner_says() {
    let diagram = item(
        "diagram",
        r#""prompt": "Q", "art": "[1]-[2]", "alt": "a", "labels": {"1": ["kernel"], "2": ["hypervisor"]}"#,
    );
    let slip = mark(&diagram, Part::Whole, &labels(&[(1, "kernel"), (2, "hypervisr")])).unwrap();
    let after = |was_slip| {
        let mark = slip.clone().settle_slips(was_slip);
        (mark.score, mark.verdict, mark.findings[1].verdict)
    };
    assert_eq!(after(true), (1.0, Verdict::Right, Verdict::Right));
    assert_eq!(after(false), (0.5, Verdict::Partial, Verdict::Wrong));
}

#[test]
fn a_mark_proposes_a_rating() {
    let table = [
        (1.0, Verdict::Right, 0, Proposal::Good),
        (1.0, Verdict::Right, 1, Proposal::Hard),
        (0.8, Verdict::Partial, 0, Proposal::Hard),
        (0.79, Verdict::Partial, 0, Proposal::Again),
        (0.8, Verdict::Slip, 0, Proposal::Hard),
        (0.0, Verdict::Slip, 0, Proposal::Again),
        (0.0, Verdict::Wrong, 0, Proposal::Again),
    ];
    for (score, verdict, hints, expected) in table {
        let mark = Mark { score, verdict, findings: Vec::new() };
        assert_eq!(proposed(&mark, hints), expected, "{score} {verdict:?} {hints}");
    }
}

#[test]
fn a_scenario_is_worth_the_mean_of_its_steps() {
    let story = item(
        "scenario",
        r#""prompt": "It is down.", "steps": [
            {"id": "read", "ask": "choice", "prompt": "First?",
             "options": [{"id": "a", "text": "A", "correct": true}, {"id": "b", "text": "B", "feedback": "No."}]},
            {"id": "fix", "ask": "typed", "prompt": "Second?", "accept": ["journalctl"]}]"#,
    );
    let steps = |answers: &[(&str, Answer)]| {
        Answer::Steps(answers.iter().map(|(id, answer)| (id.parse().unwrap(), answer.clone())).collect())
    };
    let pick = |id: &str| ("read", Answer::Options(ids(id)));
    let table = [
        (
            steps(&[pick("a"), ("fix", typed("journalctl"))]),
            "1.000 Right\nFirst? Right | - | - | -\nSecond? Right | - | - | -",
        ),
        (
            steps(&[pick("b"), ("fix", typed("journalctl"))]),
            "0.500 Partial\nFirst? Wrong | - | - | -\nSecond? Right | - | - | -",
        ),
        (
            steps(&[pick("a"), ("fix", typed("journalctll"))]),
            "0.500 Partial\nFirst? Right | - | - | -\nSecond? Wrong | - | - | -",
        ),
        (
            steps(&[("read", typed("a")), ("gone", typed("x"))]),
            "0.000 Wrong\nFirst? Wrong | - | - | -\nSecond? Wrong | - | - | -",
        ),
    ];
    for (answer, expected) in table {
        check(&story, Part::Whole, &answer, expected);
    }
    assert_eq!(mark(&story, Part::Whole, &typed("a")), None);
}

#[test]
fn an_open_answer_is_marked_by_its_key_points_and_the_learner_has_the_last_word() {
    let story = item(
        "scenario",
        r#""prompt": "P", "steps": [{"id": "say", "ask": "open", "prompt": "Why so light?", "answer": "A", "rubric": {
            "key_points": [{"id": "kernel", "text": "Shared kernel", "weight": 3, "match": ["shar* kernel"]},
                           {"id": "boot", "text": "No boot", "match": ["no boot*"]}],
            "misconceptions": [{"id": "vm", "text": "It is a VM", "match": ["is vm"], "feedback": "No.", "cap": 0.5}]}}]"#,
    );
    let Kind::Scenario(scenario) = &story.kind else { panic!("no scenario") };
    let Ask::Open { prompt, rubric, .. } = &scenario.steps[0].ask else { panic!("not open") };
    let answer = "It is a VM. They share one kernel.";
    let ticked = |ticks: &[(&str, bool)]| {
        let ticks = ticks.iter().map(|(id, tick)| (id.parse().unwrap(), *tick)).collect();
        written(&scenario::mark_ticked(rubric, &mark_open(rubric, prompt, answer), &ticks))
    };
    let kernel = "Shared kernel Right | \"share one kernel\" | - | -";
    let claim = "It is a VM Wrong | \"is a VM\" | - | No.";
    assert_eq!(ticked(&[]), format!("0.500 Partial\n{kernel}\nNo boot Wrong | - | - | -\n{claim}"));
    assert_eq!(ticked(&[("vm", false)]), format!("0.750 Partial\n{kernel}\nNo boot Wrong | - | - | -"));
    let all = format!("1.000 Right\n{kernel}\nNo boot Right | - | - | -");
    assert_eq!(ticked(&[("vm", false), ("boot", true)]), all);
    assert_eq!(
        ticked(&[("kernel", false), ("vm", false)]),
        "0.000 Wrong\nShared kernel Wrong | - | - | -\nNo boot Wrong | - | - | -"
    );
    let unattended = scenario::mark_step(&scenario.steps[0], &typed(answer)).unwrap();
    assert_eq!(written(&unattended), ticked(&[]));
}
