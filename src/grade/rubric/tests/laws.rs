//! What holds for any answer.

use proptest::prelude::*;

use super::super::{Coverage, Marker, PointVerdict, Trace};
use super::{Open, open_questions, rubric};
use crate::deck::{Rubric, Text};

/// The longest answer that is read anywhere, in bytes.
const LONGEST: usize = 64 * 1024;

/// A rubric with every piece of the grammar.
fn every_piece() -> Rubric {
    rubric(
        r#"{
        "key_points": [
            {"id": "words", "text": "t", "match": ["shar*|one kernel !vm", "host_kernel|guest_os ~6"], "required": true},
            {"id": "denied", "text": "t", "match": ["no|without boot*|guest"], "weight": 2},
            {"id": "regex", "text": "t", "match": ["/(own|other) +kernel/", "/^because/"]}
        ],
        "misconceptions": [{"id": "wrong", "text": "t", "match": ["vm* obsolete"], "feedback": "f"}]
    }"#,
    )
}

const QUESTION: &str =
    "Do containers share one kernel, or is there a guest OS to boot? Say why a VM has its own kernel.";

fn words() -> impl Strategy<Value = String> {
    let words = "containers share shared one the host's kernel kernal VM vms guest OS boot booting own other because no \
                 not only never don't without is obsolete Do there a to Say why has 容器 👩‍💻 \u{1b}[31m , - ? ! . ;";
    let words: Vec<&str> = words.split(' ').collect();
    prop::collection::vec(prop::sample::select(words), 0..14).prop_map(|words| words.join(" "))
}

fn any_answer() -> impl Strategy<Value = String> {
    prop_oneof![words(), any::<String>(), prop::collection::vec(words(), 0..4).prop_map(|all| all.join("\n"))]
}

fn check(answer: &str, trace: &Trace) {
    let coverage = &trace.coverage;
    assert!((0.0..=coverage.upper).contains(&coverage.auto) && coverage.upper <= 1.0, "{coverage:?}");
    let trials = trace.point_trials.iter().chain(&trace.misconception_trials).flat_map(|trials| &trials.trials);
    for trial in trials {
        let Some(evidence) = &trial.evidence else {
            assert!(trial.verdict == PointVerdict::Miss && trial.missed.is_some(), "{trial:?}");
            continue;
        };
        assert_eq!(answer.get(evidence.range.clone()), Some(evidence.text.raw()));
        assert!(!evidence.words.is_blank() && !evidence.text.is_blank(), "{evidence:?}");
        assert_eq!(evidence.doubts.is_empty(), trial.verdict == PointVerdict::Hit, "{trial:?}");
    }
}

fn hits(coverage: &Coverage) -> Vec<PointVerdict> {
    coverage.points.iter().map(|point| point.verdict).collect()
}

proptest! {
    #[test]
    fn any_answer_gets_one_and_the_same_mark_with_evidence_from_its_own_words(answer in any_answer()) {
        let (rubric, question) = (every_piece(), Text::new(QUESTION));
        let trace = Marker::new(&rubric, &question).trace(&answer);
        check(&answer, &trace);
        prop_assert_eq!(&trace, &Marker::new(&rubric, &question).trace(&answer));
    }

    #[test]
    fn adding_a_sentence_never_removes_a_find_and_lowers_the_score_only_by_a_misconception(
        answer in prop::collection::vec(words(), 0..4).prop_map(|all| all.join("\n")),
        more in words(),
        before in any::<bool>(),
    ) {
        let rubric = every_piece();
        let marker = Marker::new(&rubric, &Text::new(QUESTION));
        let longer = if before { format!("{more}\n{answer}") } else { format!("{answer}\n{more}") };
        let (short, long) = (marker.mark(&answer), marker.mark(&longer));
        for (short, long) in hits(&short).iter().zip(hits(&long)) {
            prop_assert!(*short <= long, "{} to {}", answer, longer);
        }
        prop_assert!(short.misconceptions.len() <= long.misconceptions.len());
        prop_assert!(short.auto <= long.auto || short.misconceptions.len() < long.misconceptions.len());
    }

    #[test]
    fn the_question_pasted_back_scores_nothing_however_it_is_wrapped(
        question in prop::collection::vec(words(), 0..4).prop_map(|all| all.join(" ")),
        breaks in prop::collection::vec(any::<bool>(), 60),
        from in 0usize..30,
        count in 0usize..60,
    ) {
        let rubric = every_piece();
        let pieces: Vec<&str> = question.split(' ').skip(from).take(count).collect();
        let mut pasted = String::new();
        for (word, line) in pieces.iter().zip(breaks.iter().cycle()) {
            pasted.push_str(&word.to_uppercase());
            pasted.push(if *line { '\n' } else { ' ' });
        }
        let coverage = Marker::new(&rubric, &Text::new(question)).mark(&pasted);
        prop_assert_eq!((coverage.auto, coverage.upper), (0.0, 0.0));
    }
}

#[test]
fn the_worked_questions_pasted_back_and_empty_answers_score_nothing() {
    for open in open_questions() {
        let wrapped = open.question.raw().replace(' ', "\n");
        for answer in [open.question.raw(), &wrapped, "", "  \n ", "?!", "\u{1b}[2J"] {
            let coverage = open.marker().mark(answer);
            assert_eq!((coverage.auto, coverage.upper), (0.0, 0.0), "{}: {answer:?}", open.name);
        }
    }
}

#[test]
fn every_model_answer_and_sample_is_marked_as_its_author_says() {
    for open in open_questions() {
        let Open { rubric, answer, name, .. } = &open;
        let model = open.marker().mark(answer.raw());
        assert_eq!((model.auto, model.misconceptions.len()), (1.0, 0), "{name}");
        for sample in &rubric.samples {
            let coverage = open.marker().mark(sample.text.raw());
            let hit = coverage.points.iter().filter(|point| point.verdict == PointVerdict::Hit);
            assert_eq!(hit.map(|point| point.id.clone()).collect::<Vec<_>>(), sample.hits, "{name}: {:?}", sample.text);
            let claims: Vec<_> = coverage.misconceptions.iter().map(|claim| claim.id.clone()).collect();
            assert_eq!(claims, sample.misconceptions, "{name}: {:?}", sample.text);
        }
    }
}

#[test]
fn the_longest_answers_of_every_shape_are_marked() {
    let units = [
        "a",
        "a ",
        "a\n",
        "no kernal\n",
        "share kernel ",
        "kernel, ",
        "x'",
        "e\u{301}\u{301}",
        "容器",
        "👩\u{200d}💻",
        ".",
        "\u{1b}[31m",
        "don't ",
        "½",
        "\u{fdfa}",
        "/",
        "İ",
    ];
    let rubric = every_piece();
    let marker = Marker::new(&rubric, &Text::new(QUESTION));
    for unit in units {
        let answer = unit.repeat(LONGEST / unit.len());
        check(&answer, &marker.trace(&answer));
    }
}
