//! The rules of matching, one by one.

use super::super::{Coverage, Doubt, Marker, Missed, PointVerdict, Trial, mark_open};
use super::{one_point, rubric};
use crate::deck::Text;

/// Writes what a pattern makes of an answer in one line.
fn tried(pattern: &str, question: &str, answer: &str) -> String {
    let rubric = one_point(&[pattern]);
    let trace = Marker::new(&rubric, &Text::new(question)).trace(answer);
    shown(&trace.point_trials[0].trials[0])
}

fn shown(trial: &Trial) -> String {
    let words = trial.evidence.as_ref().map(|evidence| evidence.words.raw()).unwrap_or_default();
    let doubt = |doubt: &Doubt| match doubt {
        Doubt::Typo { wrote, meant } => format!(", {} for {}", wrote.raw(), meant.raw()),
        Doubt::Negation { word } => format!(", denied by {}", word.raw()),
    };
    let doubts: String = trial.evidence.iter().flat_map(|evidence| &evidence.doubts).map(doubt).collect();
    match (&trial.verdict, &trial.missed) {
        (PointVerdict::Hit, None) => format!("hit: {words}"),
        (PointVerdict::Ask, None) => format!("ask: {words}{doubts}"),
        (PointVerdict::Miss, Some(Missed::Absent { parts })) => {
            format!("miss: no {}", parts.iter().map(Text::raw).collect::<Vec<_>>().join(", no "))
        }
        (PointVerdict::Miss, Some(Missed::Excluded { word })) => format!("miss: has {}", word.raw()),
        (PointVerdict::Miss, Some(missed)) => format!("miss: {missed:?}"),
        other => panic!("{other:?}"),
    }
}

fn check(table: &[(&str, &str, &str)]) {
    for (pattern, answer, expected) in table {
        assert_eq!(tried(pattern, "Why?", answer), *expected, "{pattern} in {answer:?}");
    }
}

#[test]
fn a_space_is_and_within_one_sentence_in_any_order() {
    check(&[
        ("kernel shar*", "They share one kernel.", "hit: share one kernel"),
        ("kernel shar*", "One kernel is shared by all.", "hit: kernel is shared"),
        ("kernel shar*", "They share. One kernel runs.", "miss: Apart"),
        ("kernel shar*", "They share\none kernel", "miss: Apart"),
        ("kernel shar*", "They share docker.sock, a kernel.", "hit: share docker.sock a kernel"),
        ("kernel shar*", "One kernel.", "miss: no shar*"),
        ("kernel shar*|one", "Nope.", "miss: no kernel, no shar*|one"),
    ]);
}

#[test]
fn of_alternatives_the_first_as_written_is_the_evidence() {
    check(&[
        ("module|load kernel", "load the kernel module", "hit: kernel module"),
        ("load|module kernel", "load the kernel module", "hit: load the kernel"),
        ("kernel", "a kernel and a kernel", "hit: kernel"),
        ("kernal|process", "a kernel process", "hit: process"),
    ]);
}

#[test]
fn words_that_must_not_occur_count_in_their_sentence_only() {
    check(&[
        ("own kernel !vm*|virtual_machine", "Each has its own kernel.", "hit: own kernel"),
        ("own kernel !vm*|virtual_machine", "Each VM has its own kernel.", "miss: has vm"),
        ("own kernel !vm*|virtual_machine", "A virtual machine has its own kernel.", "miss: has virtual"),
        ("own kernel !vm*", "VMs do. Containers have their own kernel.", "hit: own kernel"),
        ("own kernel !vms", "Each VM has its own kernel.", "hit: own kernel"),
    ]);
}

#[test]
fn within_asks_for_a_stretch_of_so_many_words() {
    check(&[
        ("fast* boot ~3", "fast to boot", "hit: fast to boot"),
        ("fast* boot ~3", "fast and easy to boot", "miss: Far"),
        ("fast* boot ~3", "fast disks, but a fast boot", "hit: fast boot"),
        ("fast* guest_os ~3", "fast guest os", "hit: fast guest os"),
        ("fast* guest_os ~2", "fast guest os", "miss: Far"),
    ]);
}

#[test]
fn a_typo_is_asked_about() {
    check(&[
        ("shar* kernel", "shar teh host kernal", "ask: shar teh host kernal, kernal for kernel"),
        ("shar* kernel", "share the kernal. Share the kernel.", "hit: share the kernel"),
        ("kernel|process", "a kernal, a process", "hit: process"),
        ("container*", "contaners", "ask: contaners, contaners for container*"),
        ("host", "hots", "miss: no host"),
        ("no|without guest", "no guets", "miss: no guest"),
    ]);
}

#[test]
fn a_negation_before_any_of_the_words_is_asked_about() {
    check(&[
        ("shar* kernel", "They do not share the kernel.", "ask: share the kernel, denied by not"),
        ("shar* kernel", "They don’t share the kernel.", "ask: share the kernel, denied by not"),
        ("shar* kernel", "The kernel is never shared.", "ask: kernel is never shared, denied by never"),
        ("shar* kernel", "Not only do they share the kernel.", "hit: share the kernel"),
        ("shar* kernel", "No. They share the kernel.", "hit: share the kernel"),
        ("shar* kernel", "No kernel is shared. They share a kernel!", "hit: share a kernel"),
        ("no|without guest", "There is no guest, without doubt no guest.", "hit: no guest"),
        ("isn't shared", "It isn't shared.", "hit: is not shared"),
        ("kernel !not", "neither kernel", "ask: kernel, denied by neither"),
        ("kernel", "no kernal", "ask: kernal, kernal for kernel, denied by no"),
    ]);
}

#[test]
fn a_regular_expression_sees_the_normalised_answer_a_line_a_sentence() {
    check(&[
        ("/(one|same) kernel/", "The SAME  Kernel.", "hit: same kernel"),
        ("/^one kernel$/", "Yes. One kernel. No.", "hit: one kernel"),
        ("/erne/", "A kernel.", "hit: kernel"),
        ("/ kernel /", "a kernel b", "hit: kernel"),
        ("/kernel.shared/", "One kernel. Shared.", "miss: Regex"),
        (r"/kernel\sshared/", "One kernel. Shared.", "hit: kernel shared"),
        ("/kernel.*shared/", "The kernel is not shared", "ask: kernel is not shared, denied by not"),
        (r"/\bno (kernel|guest)/", "There is no guest.", "hit: no guest"),
        ("/guest/", "There is no guest.", "ask: guest, denied by no"),
        (r"/\b/", "word", "miss: Regex"),
    ]);
}

#[test]
fn the_question_pasted_back_is_no_evidence_but_a_choice_it_offers_is() {
    let question = "Which one has its own kernel, a container or a VM?";
    let table = [
        ("kernel", "Which one has its own kernel, a container or a VM?", "miss: Question"),
        ("kernel", "which one has its own kernel", "miss: Question"),
        ("kernel", "has its own\nkernel", "miss: Question"),
        ("kernel", "A VM has its own kernel.", "hit: kernel"),
        ("vm", "A VM.", "miss: Question"),
        ("vm", "A VM. It boots its own.", "hit: vm"),
        ("/own kernel/", "Which one has its own kernel", "miss: Question"),
        (r"/kernel\syes/", "has its own kernel. Yes.", "miss: Regex"),
    ];
    for (pattern, answer, expected) in table {
        assert_eq!(tried(pattern, question, answer), expected, "{pattern} in {answer:?}");
    }
}

#[test]
fn the_best_pattern_decides_and_the_first_of_several_is_named() {
    let marked = |answer: &str| {
        let coverage = mark_open(&one_point(&["kernels shar*", "one_kernel", "common kernel"]), &Text::new(""), answer);
        let evidence = coverage.points[0].evidence.clone();
        (coverage.points[0].verdict, evidence.map(|evidence| evidence.pattern.raw().to_owned()).unwrap_or_default())
    };
    assert_eq!(marked("They share one kernel."), (PointVerdict::Hit, "kernels shar*".to_owned()));
    assert_eq!(marked("They never share kernels. One kernel runs."), (PointVerdict::Hit, "one_kernel".to_owned()));
    assert_eq!(marked("They never share kernels."), (PointVerdict::Ask, "kernels shar*".to_owned()));
    assert_eq!(marked("Nothing."), (PointVerdict::Miss, String::new()));
}

#[test]
fn evidence_is_the_learners_own_words_in_their_place() {
    let answer = "Well — they SHARE\u{a0}the ho\u{ad}st’s “Kernel”, 容器 👍.";
    let coverage = mark_open(&one_point(&["shar* kernel"]), &Text::new(""), answer);
    let evidence = coverage.points[0].evidence.clone().unwrap();
    assert_eq!(evidence.text.raw(), "SHARE\u{a0}the ho\u{ad}st’s “Kernel");
    assert_eq!(&answer[evidence.range], evidence.text.raw());
    assert_eq!(evidence.words.raw(), "share the host s kernel");
}

const WRONG: &str = r#"{
    "key_points": [{"id": "shared", "text": "The kernel is shared", "match": ["shar* kernel"], "required": true}],
    "misconceptions": [
        {"id": "hardware", "text": "Hardware", "match": ["virtual* hardware"], "feedback": "No.", "cap": 0.2},
        {"id": "kernel", "text": "A kernel each", "match": ["own kernel"], "feedback": "No."}
    ]
}"#;

fn wrong(answer: &str) -> (Coverage, Vec<String>) {
    let coverage = mark_open(&rubric(WRONG), &Text::new("Do they have virtual hardware each?"), answer);
    let ids = coverage.misconceptions.iter().map(|claim| claim.id.to_string()).collect();
    (coverage, ids)
}

#[test]
fn a_misconception_caps_the_score_when_nothing_speaks_against_it() {
    let (coverage, ids) = wrong("They share a kernel. Each has its own kernel. The hardware is virtual.");
    assert_eq!((coverage.auto, coverage.cap, ids), (0.2, 0.2, vec!["hardware".to_owned(), "kernel".to_owned()]));
    let (coverage, ids) = wrong("They share a kernel, none has its own kernel. The hardware is not virtual.");
    assert_eq!((coverage.auto, coverage.upper, coverage.cap, ids), (1.0, 1.0, 1.0, vec![]));
}

#[test]
fn a_misconception_that_the_question_asks_for_is_claimed_by_a_statement_but_not_by_the_question() {
    assert_eq!(wrong("They have virtual hardware each.").1, ["hardware"]);
    assert_eq!(wrong("Do they have virtual hardware each? No.").1, [] as [&str; 0]);
}
