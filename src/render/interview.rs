//! What an interview says around its questions.

use serde::Serialize;

use crate::deck::{Text, Tier};
use crate::grade::Coverage;
use crate::schedule::Standing;

use super::{Style, counted, fair, markdown, safe, safe_line, safe_str, score, wrap};

/// Sets the model answer under its heading.
pub fn model_answer(answer: &Text, style: &Style) -> String {
    format!("\n{}\n{}", style.bold("Model answer"), markdown(&safe(answer), style).join("\n"))
}

/// Sets a draft that was kept.
pub fn earlier_draft(text: &str, style: &Style) -> String {
    let lines = safe_str(text.trim())
        .lines()
        .flat_map(|line| wrap(line, style.prose_width().saturating_sub(2)))
        .collect::<Vec<_>>();
    let bar = style.dim(style.bar());
    let lines: Vec<String> = lines.iter().map(|line| format!("{bar}{line}")).collect();
    format!("You had begun to write:\n{}", lines.join("\n"))
}

/// What there is to say of the time an answer took, in milliseconds, against a fair time in seconds; nothing within it.
pub fn overtime(took_ms: u64, seconds: Option<u32>) -> Option<String> {
    let seconds = seconds?;
    let took = u32::try_from(took_ms / 1000).unwrap_or(u32::MAX);
    (took > seconds).then(|| format!("You took {}; {} would be fair.", fair(took), fair(seconds)))
}

/// What there is to say of how much an answer covers: by itself, at most, and after the learner's ticks.
pub fn coverage_told(coverage: Option<&Coverage>, confirmed: f64, style: &Style) -> String {
    let told = match coverage {
        Some(found) if percent(found.auto) != percent(confirmed) => {
            format!("Key points covered: {}, found without asking: {}.", percent(confirmed), percent(found.auto))
        }
        _ => format!("Key points covered: {}.", percent(confirmed)),
    };
    style.bold(&told)
}

/// Writes a share as `83 %`.
pub fn percent(share: f64) -> String {
    format!("{:.0} %", share.clamp(0.0, 1.0) * 100.0)
}

/// One question of a session, for its summary.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct InterviewRound {
    /// `deck/item`.
    #[serde(rename = "item")]
    pub key: String,
    /// The tier it was asked at.
    pub tier: Tier,
    /// 1 Again, 2 Hard, 3 Good, 4 Easy.
    pub rating: u8,
    /// The coverage that was found without asking, 0 to 1; none where the answer was thought through.
    pub auto: Option<f64>,
    /// The coverage after the learner's ticks, 0 to 1.
    pub confirmed: f64,
    /// The points that stayed open, from the deck and not yet safe.
    pub open: Vec<Text>,
}

/// The end of a session, for programs.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct InterviewDocument<'a> {
    schema_version: u32,
    /// The answers, oldest first.
    answers: &'a [&'a InterviewRound],
    /// The learner's tier in each deck.
    standings: Vec<DeckStanding<'a>>,
    /// Questions left unanswered.
    left: usize,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
struct DeckStanding<'a> {
    deck: &'a str,
    #[serde(flatten)]
    standing: &'a Standing,
}

impl<'a> InterviewDocument<'a> {
    /// Makes the document.
    pub fn new(answers: &'a [&'a InterviewRound], standings: &'a [(String, Standing)], left: usize) -> Self {
        let standing = |(deck, standing): &'a (String, Standing)| DeckStanding { deck, standing };
        Self { schema_version: 1, answers, standings: standings.iter().map(standing).collect(), left }
    }
}

/// Sets the end of a session: how many, how well by tier, what stayed open, and where the learner stands now.
pub fn interview_summary(
    rounds: &[&InterviewRound],
    standings: &[(String, Standing)],
    left: usize,
    style: &Style,
) -> String {
    let mut lines = vec![String::new()];
    if rounds.is_empty() {
        lines.push("Nothing answered.".to_owned());
        return lines.join("\n");
    }
    let mean = rounds.iter().map(|round| round.confirmed).sum::<f64>() / rounds.len() as f64;
    let head =
        format!("{} answered, {} of their key points covered.", counted(rounds.len(), "question"), percent(mean));
    lines.extend(wrap(&head, style.prose_width()).iter().map(|line| style.bold(line)));
    lines.extend(open_points(rounds, style));
    for (deck, standing) in standings {
        lines.extend(wrap(&stands(deck, standing), style.prose_width()));
    }
    if left > 0 {
        lines.push(format!("{} left; run the command again to go on.", counted(left, "question")));
    }
    lines.join("\n")
}

fn open_points(rounds: &[&InterviewRound], style: &Style) -> Vec<String> {
    let open =
        rounds.iter().flat_map(|round| round.open.iter().map(|text| format!("{}: {}", round.key, safe_line(text))));
    let lines: Vec<String> = open
        .flat_map(|told| {
            let lines = wrap(&told, style.prose_width().saturating_sub(4).max(8));
            let lead = |at: usize| if at == 0 { style.bullet() } else { " " };
            lines.iter().enumerate().map(|(at, line)| format!("  {} {line}", lead(at))).collect::<Vec<_>>()
        })
        .collect();
    if lines.is_empty() { lines } else { [vec!["Points that stayed open:".to_owned()], lines].concat() }
}

fn stands(deck: &str, standing: &Standing) -> String {
    format!("Your tier in {deck}: {}; {}.", standing.tier.word(), score(standing))
}
