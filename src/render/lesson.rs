//! A lesson as a page: its head, then block after block, each kind with its own look.

use crate::deck::{DeckHead, Lesson, Source, Text, Theory, TheoryKind};

use crate::schedule::Coverage;

use super::{Style, counted, drawing, markdown, safe, safe_line, safe_str, verbatim, width, wrap};

/// Columns that a block's margin may take.
const MARGIN: usize = 2;

/// Sets the head of a lesson: title, what it belongs to, summary, and the objectives, each with what the learner has
/// shown of it: `shown`, in the lesson's order.
pub fn lesson_head(deck: &DeckHead, lesson: &Lesson, shown: &[Coverage], style: &Style) -> Vec<String> {
    let mut lines = titled(&safe_line(&lesson.title), if style.unicode { "═" } else { "=" }, style);
    lines.extend(dim(&facts(deck, lesson, style), style));
    if let Some(summary) = &lesson.summary {
        lines.push(String::new());
        lines.extend(markdown(&safe(summary), style));
    }
    if !lesson.objectives.is_empty() {
        lines.push(String::new());
        lines.push(style.bold("Afterwards you can"));
    }
    for (at, objective) in lesson.objectives.iter().enumerate() {
        lines.extend(markdown(&format!("- {}", safe_line(&objective.text)), style));
        let so_far = shown.get(at).map(|shown| dim(&shown_so_far(shown), &narrower(style)));
        lines.extend(so_far.into_iter().flatten().map(|line| format!("  {line}")));
    }
    lines
}

/// Says what a learner has shown of an objective.
pub fn shown_so_far(shown: &Coverage) -> String {
    let Coverage { items, answered, right } = shown;
    match answered {
        0 => format!("{}, none answered yet", counted(*items, "item")),
        _ => format!("{answered} of {} answered, {right} right lately", counted(*items, "item")),
    }
}

fn facts(deck: &DeckHead, lesson: &Lesson, style: &Style) -> String {
    let mut facts = vec![safe_line(&deck.title)];
    facts.extend(lesson.minutes.map(|minutes| format!("{minutes} min")));
    if !lesson.prerequisites.is_empty() {
        let names: Vec<&str> = lesson.prerequisites.iter().map(|id| id.as_str()).collect();
        facts.push(format!("know first: {}", names.join(", ")));
    }
    facts.join(if style.unicode { " · " } else { " - " })
}

/// Sets a block of theory with its heading.
pub fn theory(block: &Theory, style: &Style) -> Vec<String> {
    let mut lines = theory_start(block, style);
    lines.extend(theory_rest(block, style));
    lines
}

/// Sets what a block shows at once: all of it, but of a trade-off only what is gained.
pub fn theory_start(block: &Theory, style: &Style) -> Vec<String> {
    let mut lines = heading(block).map(|text| titled(&text, rule(style), style)).unwrap_or_default();
    lines.extend(match &block.kind {
        TheoryKind::Para { body } => markdown(&safe(body), style),
        TheoryKind::Bullets { items } => items.iter().flat_map(|item| entry(item, style)).collect(),
        TheoryKind::Diagram { body, alt } => drawing(body, Some(alt), style),
        TheoryKind::Code { body, .. } => verbatim(&safe(body), style),
        TheoryKind::Tradeoff { gain, .. } => side("+", "Gain:", gain, Style::green, style),
        TheoryKind::Example { body } => beside(body, ["┊ ", ": "], Style::green, style),
        TheoryKind::Note { body } => beside(body, ["│ ", "| "], Style::cyan, style),
        TheoryKind::ProductionNote { body } => beside(body, ["┃ ", "! "], Style::yellow, style),
    });
    lines
}

/// Sets what a block keeps back for the learner to say first: the cost of a trade-off; empty for other kinds.
pub fn theory_rest(block: &Theory, style: &Style) -> Vec<String> {
    match &block.kind {
        TheoryKind::Tradeoff { cost, .. } => side("-", "Cost:", cost, Style::red, style),
        _ => Vec::new(),
    }
}

/// Sets the sources of a lesson's theory, each once, with its address; empty if there are none.
pub fn lesson_sources(deck: &DeckHead, lesson: &Lesson, style: &Style) -> Vec<String> {
    let mut seen: Vec<&str> = Vec::new();
    for id in lesson.theory.iter().flat_map(|block| &block.refs).map(|id| id.as_str()) {
        if !seen.contains(&id) {
            seen.push(id);
        }
    }
    let sources: Vec<&Source> = seen.iter().filter_map(|id| deck.sources.get(*id)).collect();
    let mut lines = if sources.is_empty() { Vec::new() } else { titled("Sources", rule(style), style) };
    for source in sources {
        lines.extend(entry(&source.title, style));
        // In one piece however long, so that a terminal can open it and a reader copy it.
        let address = source.url.as_ref().map(safe_line).filter(|address| !address.starts_with("man:"));
        lines.extend(address.map(|address| format!("  {}", style.dim(&address))));
    }
    lines
}

/// Names a block: its title, and for the kinds that are no plain text what it is.
fn heading(block: &Theory) -> Option<String> {
    let label = match block.kind {
        TheoryKind::Tradeoff { .. } => Some("Trade-off"),
        TheoryKind::Example { .. } => Some("Example"),
        TheoryKind::Note { .. } => Some("Note"),
        TheoryKind::ProductionNote { .. } => Some("Production note"),
        TheoryKind::Para { .. } | TheoryKind::Diagram { .. } | TheoryKind::Bullets { .. } | TheoryKind::Code { .. } => {
            None
        }
    };
    match (label, block.title.as_ref().map(safe_line)) {
        (Some(label), Some(title)) => Some(format!("{label}: {title}")),
        (label, title) => title.or_else(|| label.map(str::to_owned)),
    }
}

/// Sets a heading over a rule.
fn titled(text: &str, rule: &str, style: &Style) -> Vec<String> {
    let lines = wrap(text, style.prose_width());
    let longest = lines.iter().map(|line| width(line)).max().unwrap_or(0);
    // A screen reader would read a rule sign by sign.
    let rule = (!style.plain).then(|| style.dim(&rule.repeat(longest)));
    lines.iter().map(|line| style.bold(line)).chain(rule).collect()
}

fn rule(style: &Style) -> &'static str {
    if style.unicode { "─" } else { "-" }
}

fn entry(text: &Text, style: &Style) -> Vec<String> {
    markdown(&format!("- {}", safe(text).replace('\n', " ")), style)
}

fn dim(text: &str, style: &Style) -> Vec<String> {
    wrap(&safe_str(text), style.prose_width()).iter().map(|line| style.dim(line)).collect()
}

/// Sets one side of a trade-off: a sign, a label, and the text hanging beside them.
fn side(sign: &str, label: &str, text: &Text, paint: fn(&Style, &str) -> String, style: &Style) -> Vec<String> {
    let set = markdown(&format!("**{label}** {}", safe(text)), &narrower(style));
    let lead = |at: usize| if at == 0 { format!("{} ", paint(style, sign)) } else { "  ".to_owned() };
    set.iter().enumerate().map(|(at, line)| format!("{}{line}", lead(at)).trim_end().to_owned()).collect()
}

/// Sets a text beside a bar.
fn beside(text: &Text, [rich, ascii]: [&str; 2], paint: fn(&Style, &str) -> String, style: &Style) -> Vec<String> {
    let bar = style.either_in_words("", if style.unicode { rich } else { ascii });
    let set = markdown(&safe(text), &narrower(style));
    set.iter().map(|line| format!("{}{line}", paint(style, bar)).trim_end().to_owned()).collect()
}

fn narrower(style: &Style) -> Style {
    Style { width: style.prose_width().saturating_sub(MARGIN).max(8), ..*style }
}
