//! An item as a page: what is asked, and what is right.

use crate::deck::{Accepted, Ask, Choice, Item, Kind, Order, Pattern, Rubric, Sealed, Text, Typed, WhatIf};

use super::{Style, drawing, markdown, safe, safe_line, stimulus};

/// Sets an item with its question and its answer.
pub fn item(item: &Item, style: &Style) -> String {
    let mut page = Page { lines: Vec::new(), style };
    for shown in &item.stimulus {
        page.lines.extend(stimulus(shown, style));
        page.blank();
    }
    match &item.kind {
        Kind::Flash(k) => {
            page.asked(&k.front, &k.back);
            if let (Some(front), Some(back)) = (&k.reverse_front, &k.reverse_back) {
                page.blank();
                page.asked(front, back);
            }
        }
        Kind::Cloze(k) => page.text(&k.written(|_, answer, _| format!("[**{}**]", answer.raw()))),
        Kind::Choice(k) => page.choice(k),
        Kind::Typed(k) => page.typed(k),
        Kind::Order(k) => page.order(k),
        Kind::Match(k) => {
            page.prose(&k.prompt);
            k.pairs.iter().for_each(|pair| page.entry(&format!("{} = {}", pair.left.raw(), pair.right.raw())));
        }
        Kind::Diagram(k) => {
            page.prose(&k.prompt);
            page.lines.extend(drawing(&k.art, Some(&k.alt), style));
            k.holes().iter().for_each(|(hole, right)| page.entry(&format!("[{hole}] {}", joined(right, " / "))));
        }
        Kind::Whatif(k) => page.whatif(k),
        Kind::Scenario(k) => {
            page.prose(&k.prompt);
            k.steps.iter().for_each(|step| {
                page.blank();
                step.stimulus.iter().for_each(|shown| page.lines.extend(stimulus(shown, style)));
                page.ask(&step.ask);
            });
            page.labelled("Debrief:", k.debrief.as_ref());
        }
        Kind::Checklist(k) => {
            page.prose(&k.prompt);
            k.steps.iter().for_each(|step| page.entry(&format!("**{}:** {}", step.text.raw(), step.look_for.raw())));
        }
        Kind::Interview(k) => {
            page.asked(&k.prompt, &k.answer);
            page.rubric(&k.rubric);
            page.labelled("Senior angle:", k.senior_angle.as_ref());
            k.follow_ups.iter().for_each(|more| {
                page.blank();
                page.asked(&more.prompt, &more.answer);
            });
        }
        Kind::Sealed(k) => page.sealed(k),
    }
    page.lines.join("\n")
}

/// Sets the answer to a step of a scenario; the question was just read and is not repeated.
pub fn solution(ask: &Ask, style: &Style) -> String {
    let mut page = Page { lines: Vec::new(), style };
    page.solution(ask);
    page.lines.join("\n")
}

/// Lines being set.
struct Page<'s> {
    lines: Vec<String>,
    style: &'s Style,
}

impl Page<'_> {
    fn blank(&mut self) {
        self.lines.push(String::new());
    }

    fn text(&mut self, text: &str) {
        self.lines.extend(markdown(&super::safe_str(text), self.style));
    }

    fn prose(&mut self, text: &Text) {
        self.lines.extend(markdown(&safe(text), self.style));
    }

    fn entry(&mut self, text: &str) {
        self.text(&format!("- {}", text.replace('\n', " ")));
    }

    fn asked(&mut self, question: &Text, answer: &Text) {
        self.prose(question);
        self.labelled("Answer:", Some(answer));
    }

    fn labelled(&mut self, label: &str, text: Option<&Text>) {
        if let Some(text) = text {
            self.blank();
            self.text(&format!("**{label}** {}", text.raw()));
        }
    }

    fn ask(&mut self, ask: &Ask) {
        self.prose(ask.prompt());
        if matches!(ask, Ask::Open { .. }) {
            self.blank();
        }
        self.solution(ask);
    }

    fn solution(&mut self, ask: &Ask) {
        match ask {
            Ask::Choice(choice) => self.options(choice),
            Ask::Typed(typed) => self.accepted(typed),
            Ask::Open { answer, rubric, .. } => {
                self.text(&format!("**Answer:** {}", answer.raw()));
                self.rubric(rubric);
            }
        }
    }

    fn sealed(&mut self, sealed: &Sealed) {
        match sealed.ask() {
            Kind::Choice(k) => self.listed(&k.prompt, k.options.iter().map(|option| &option.text)),
            Kind::Order(k) => self.listed(&k.prompt, k.steps.iter().map(|step| &step.text)),
            Kind::Match(k) => {
                self.listed(&k.prompt, k.pairs.iter().map(|pair| &pair.left));
                self.blank();
                k.rights().for_each(|right| self.entry(right.raw()));
            }
            Kind::Typed(k) => self.prose(&k.prompt),
            _ => {}
        }
        self.blank();
        self.text("The key is sealed: only `grillme exam` can mark an answer.");
    }

    fn listed<'t>(&mut self, prompt: &Text, texts: impl Iterator<Item = &'t Text>) {
        self.prose(prompt);
        texts.for_each(|text| self.entry(text.raw()));
    }

    fn choice(&mut self, choice: &Choice) {
        self.prose(&choice.prompt);
        self.options(choice);
    }

    fn options(&mut self, choice: &Choice) {
        for option in &choice.options {
            let mark = if option.correct { self.style.right() } else { self.style.wrong() };
            let said = option.feedback.as_ref().map(|text| format!(" ({})", text.raw())).unwrap_or_default();
            self.entry(&format!("{mark} {}{said}", option.text.raw()));
        }
    }

    fn typed(&mut self, typed: &Typed) {
        self.prose(&typed.prompt);
        self.accepted(typed);
    }

    fn accepted(&mut self, typed: &Typed) {
        accepted_texts(&typed.accept).iter().for_each(|accepted| self.entry(accepted));
    }

    fn order(&mut self, order: &Order) {
        self.prose(&order.prompt);
        for (at, step) in order.steps.iter().enumerate() {
            self.text(&format!("{}. {}", at + 1, safe_line(&step.text)));
        }
        order.extra.iter().for_each(|step| self.entry(&format!("does not belong: {}", step.text.raw())));
    }

    fn whatif(&mut self, whatif: &WhatIf) {
        self.prose(&whatif.prompt);
        for case in &whatif.cases {
            let label = |id: &str| whatif.parameter(id).map_or_else(|| id.to_owned(), |p| p.label.raw().to_owned());
            let set: Vec<String> =
                case.set.iter().map(|(id, value)| format!("{} = {}", label(id), value.raw())).collect();
            let moves = whatif.metrics.iter().filter_map(|metric| {
                Some(format!("{} {}", metric.label.raw(), case.then.get(metric.id.as_str())?.word()))
            });
            let moves = moves.collect::<Vec<_>>().join(", ");
            let why = case.why.as_ref().map(|why| format!(". {}", why.raw())).unwrap_or_default();
            self.entry(&format!("**{}:** {moves}{why}", set.join(", ")));
        }
    }

    fn rubric(&mut self, rubric: &Rubric) {
        self.blank();
        self.text("**Key points**");
        rubric.key_points.iter().for_each(|point| self.entry(point.text.raw()));
    }
}

fn joined(texts: &[Text], with: &str) -> String {
    texts.iter().map(Text::raw).collect::<Vec<_>>().join(with)
}

/// Lists what is accepted, as a learner can read it: an expression only where nothing plainer says it.
fn accepted_texts(accepted: &[Accepted]) -> Vec<String> {
    let plain = |accepted: &&Accepted| !matches!(accepted.pattern, Pattern::Regex(_));
    let any = accepted.iter().any(|each| plain(&each));
    accepted.iter().filter(|each| !any || plain(each)).map(accepted_text).collect()
}

fn accepted_text(accepted: &Accepted) -> String {
    match &accepted.pattern {
        Pattern::Text(text) => text.raw().to_owned(),
        Pattern::Regex(text) => format!("what fits `{}`", text.raw()),
        Pattern::Number { value, tolerance } if *tolerance > 0.0 => format!("{value}, give or take {tolerance}"),
        Pattern::Number { value, .. } => value.to_string(),
    }
}
