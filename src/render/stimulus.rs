//! What is shown before a question.

use crate::deck::{Stimulus, StimulusKind, Text};

use super::markdown::{art, fits};
use super::{Style, markdown, safe, safe_line, table, verbatim, wrap};

/// Sets a stimulus as lines: its title, then its body as its kind asks.
pub fn stimulus(stimulus: &Stimulus, style: &Style) -> Vec<String> {
    let mut lines = Vec::new();
    if let Some(title) = &stimulus.title {
        lines.extend(wrap(&safe_line(title), style.prose_width()).iter().map(|line| style.bold(line)));
    }
    lines.extend(match stimulus.kind {
        StimulusKind::Text => markdown(&safe(&stimulus.body), style),
        StimulusKind::Diagram => drawing(&stimulus.body, stimulus.alt.as_ref(), style),
        StimulusKind::Code | StimulusKind::Log | StimulusKind::Terminal => verbatim(&safe(&stimulus.body), style),
        StimulusKind::Table => {
            let rows: Vec<Vec<String>> = stimulus.rows.iter().map(|row| row.iter().map(safe_line).collect()).collect();
            table(&rows, true, style)
        }
    });
    lines
}

/// Sets a drawing as lines; in plain mode also in words, and only in words where the screen is too narrow for it.
pub fn drawing(drawn: &Text, alt: Option<&Text>, style: &Style) -> Vec<String> {
    let body = safe(drawn);
    let mut lines = if alt.is_none() || fits(&body, style) { art(&body, style) } else { Vec::new() };
    if let Some(alt) = alt.filter(|_| style.plain || lines.is_empty()) {
        let lead = if lines.is_empty() { "The drawing, too wide for this screen, in words:" } else { "In words:" };
        lines.extend(wrap(&format!("{lead} {}", safe_line(alt)), style.prose_width()));
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(kind: StimulusKind, body: &str) -> Stimulus {
        let title = Some(Text::new("What\u{1b} you see"));
        Stimulus { kind, title, lang: None, alt: Some(Text::new("a box")), body: Text::new(body), rows: Vec::new() }
    }

    #[test]
    fn every_kind_is_set_as_it_asks() {
        let style = Style::plain(30);
        let head = "What<U+001B> you see";
        let log = of(StimulusKind::Log, "12:00 oom\r\n12:01 kill\n");
        assert_eq!(stimulus(&log, &style), [head, "  12:00 oom<U+000D>", "  12:01 kill"]);
        let text = of(StimulusKind::Text, "one\ntwo");
        assert_eq!(stimulus(&text, &style), [head, "one two"]);
        let cell = |text: &str| Text::new(text);
        let rows = vec![vec![cell("a"), cell("b")], vec![cell("1\n2"), cell("3")]];
        let table = Stimulus { rows, ..of(StimulusKind::Table, "") };
        let ascii = Style { plain: false, ..style };
        assert_eq!(stimulus(&table, &ascii), [head, "a    b", "---  -", "1 2  3"]);
        assert_eq!(stimulus(&table, &style), [head, "a 1 2", "  b 3"]);
    }

    #[test]
    fn a_drawing_that_is_too_wide_comes_in_words_alone() {
        let rich = Style { plain: false, ..Style::plain(12) };
        let drawn = of(StimulusKind::Diagram, "+---------+\n+---------+");
        let words = ["The drawing,", "too wide for", "this screen,", "in words: a", "box"];
        assert_eq!(stimulus(&drawn, &rich)[2..], words);
        let wordless = Stimulus { alt: None, ..drawn };
        assert_eq!(stimulus(&wordless, &rich)[2..], ["  +------...", "  +------..."]);
    }

    #[test]
    fn a_drawing_comes_in_words_only_in_plain_mode() {
        let drawn = of(StimulusKind::Diagram, "+-+\n+-+");
        let rich = Style { plain: false, ..Style::plain(30) };
        assert_eq!(stimulus(&drawn, &rich), ["What<U+001B> you see", "  +-+", "  +-+"]);
        assert_eq!(stimulus(&drawn, &Style::plain(30))[3..], ["In words: a box"]);
    }
}
