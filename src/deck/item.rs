//! An item: what every kind has in common, and the list of kinds.

use serde::Serialize;

use super::id::read_refs;
use super::values::{one_of, wrong_type_with};
use super::{
    Checklist, Choice, Cloze, Context, Diagram, Fields, Flash, FromNode, Id, Interview, Match, Node, Order, Part,
    Problem, Scenario, Sealed, Shape, Span, Stimulus, Text, Typed, WhatIf,
};

/// Level of content.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Tier {
    /// For newcomers.
    Beginner,
    /// For practitioners.
    Intermediate,
    /// For those who decide.
    Expert,
}

impl Tier {
    /// The tiers by the words that decks and flags use.
    pub const WORDS: [(&'static str, Self); 3] =
        [("beginner", Self::Beginner), ("intermediate", Self::Intermediate), ("expert", Self::Expert)];

    /// Gives the word for it.
    pub fn word(self) -> &'static str {
        Self::WORDS[self as usize].0
    }

    /// Finds it by its word.
    ///
    /// ```
    /// use grillme::deck::Tier;
    /// assert_eq!(Tier::from_word("expert"), Some(Tier::Expert));
    /// assert_eq!(Tier::from_word("guru"), None);
    /// ```
    pub fn from_word(word: &str) -> Option<Self> {
        Self::WORDS.iter().find(|(known, _)| *known == word).map(|(_, tier)| *tier)
    }
}

/// What an item asks of the mind, after Bloom's revised taxonomy.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
#[allow(missing_docs)]
pub enum Skill {
    Remember,
    Understand,
    Apply,
    Analyse,
    Evaluate,
    Create,
}

impl Skill {
    const WORDS: [(&'static str, Self); 6] = [
        ("remember", Self::Remember),
        ("understand", Self::Understand),
        ("apply", Self::Apply),
        ("analyse", Self::Analyse),
        ("evaluate", Self::Evaluate),
        ("create", Self::Create),
    ];
}

/// When and how the facts of an item were checked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Verified {
    /// The day, `YYYY-MM-DD`.
    pub on: String,
    /// How, for example `read-source`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub method: Option<Text>,
    /// The versions the item speaks of.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub applies_to: Option<Text>,
}

impl FromNode for Verified {
    const EXPECTED: &'static str = "an object with `on`";

    fn from_node(node: &Node<'_>, cx: &mut Context<'_>) -> Option<Self> {
        let mut fields = Fields::open(node, cx)?;
        let on: Option<Day> = fields.required("on", cx);
        let (method, applies_to) = (fields.optional("method", cx), fields.optional("applies_to", cx));
        fields.close(cx);
        Some(Self { on: on?.0, method, applies_to })
    }
}

struct Day(String);

impl FromNode for Day {
    const EXPECTED: &'static str = "a day as \"YYYY-MM-DD\"";

    fn from_node(node: &Node<'_>, cx: &mut Context<'_>) -> Option<Self> {
        read_date(node, cx).map(Self)
    }
}

/// Reads a day written as `YYYY-MM-DD`, one that the calendar has.
pub(super) fn read_date(node: &Node<'_>, cx: &mut Context<'_>) -> Option<String> {
    if !matches!(node.shape(), Shape::String | Shape::Null) {
        wrong_type_with(node, Shape::String, Some("write it as \"YYYY-MM-DD\"".to_owned()), cx);
        return None;
    }
    let text = String::from_node(node, cx)?;
    let shape = text.bytes().enumerate().all(|(i, b)| if matches!(i, 4 | 7) { b == b'-' } else { b.is_ascii_digit() });
    if text.len() == 10 && shape && text.parse::<jiff::civil::Date>().is_ok() {
        return Some(text);
    }
    cx.report(Problem::error("bad-date", node.span(), format!("{text:?} is no date")).hint("write it as YYYY-MM-DD"));
    None
}

/// The name of an item kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
#[allow(missing_docs)]
pub enum KindName {
    Flash,
    Cloze,
    Choice,
    Typed,
    Order,
    Match,
    Diagram,
    Whatif,
    Scenario,
    Checklist,
    Interview,
}

impl KindName {
    /// The kinds by the words that decks and flags use.
    pub const WORDS: [(&'static str, Self); 11] = [
        ("flash", Self::Flash),
        ("cloze", Self::Cloze),
        ("choice", Self::Choice),
        ("typed", Self::Typed),
        ("order", Self::Order),
        ("match", Self::Match),
        ("diagram", Self::Diagram),
        ("whatif", Self::Whatif),
        ("scenario", Self::Scenario),
        ("checklist", Self::Checklist),
        ("interview", Self::Interview),
    ];

    /// Gives the word for it.
    pub fn word(self) -> &'static str {
        Self::WORDS[self as usize].0
    }

    /// Tells whether its cards belong to the daily session: interview questions have a queue of their own,
    /// scenarios and checklists are not scheduled.
    pub fn in_daily_session(self) -> bool {
        !matches!(self, Self::Scenario | Self::Checklist | Self::Interview)
    }

    /// Tells whether answering it means producing something, not only recognising it.
    pub fn is_productive(self) -> bool {
        !matches!(self, Self::Flash | Self::Choice | Self::Match | Self::Checklist)
    }
}

/// What is particular to the kind of an item.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(tag = "kind", rename_all = "lowercase")]
#[allow(missing_docs)]
pub enum Kind {
    Flash(Flash),
    Cloze(Cloze),
    Choice(Choice),
    Typed(Typed),
    Order(Order),
    Match(Match),
    Diagram(Diagram),
    Whatif(WhatIf),
    Scenario(Scenario),
    Checklist(Checklist),
    Interview(Interview),
    /// One of the others without its key; it is written with their names.
    #[serde(untagged)]
    Sealed(Sealed),
}

impl Kind {
    /// Gives the kind's name.
    pub fn name(&self) -> KindName {
        match self {
            Self::Flash(_) => KindName::Flash,
            Self::Cloze(_) => KindName::Cloze,
            Self::Choice(_) => KindName::Choice,
            Self::Typed(_) => KindName::Typed,
            Self::Order(_) => KindName::Order,
            Self::Match(_) => KindName::Match,
            Self::Diagram(_) => KindName::Diagram,
            Self::Whatif(_) => KindName::Whatif,
            Self::Scenario(_) => KindName::Scenario,
            Self::Checklist(_) => KindName::Checklist,
            Self::Interview(_) => KindName::Interview,
            Self::Sealed(sealed) => sealed.ask().name(),
        }
    }

    /// Gives what is asked: the kind itself, or the question that a seal is on.
    pub fn asked(&self) -> &Self {
        match self {
            Self::Sealed(sealed) => sealed.ask(),
            open => open,
        }
    }

    pub(super) fn read(name: KindName, fields: &mut Fields<'_>, cx: &mut Context<'_>) -> Option<Self> {
        Some(match name {
            KindName::Flash => Self::Flash(Flash::read(fields, cx)?),
            KindName::Cloze => Self::Cloze(Cloze::read(fields, cx)?),
            KindName::Choice => Self::Choice(Choice::read(fields, cx)?),
            KindName::Typed => Self::Typed(Typed::read(fields, cx)?),
            KindName::Order => Self::Order(Order::read(fields, cx)?),
            KindName::Match => Self::Match(Match::read(fields, cx)?),
            KindName::Diagram => Self::Diagram(Diagram::read(fields, cx)?),
            KindName::Whatif => Self::Whatif(WhatIf::read(fields, cx)?),
            KindName::Scenario => Self::Scenario(Scenario::read(fields, cx)?),
            KindName::Checklist => Self::Checklist(Checklist::read(fields, cx)?),
            KindName::Interview => Self::Interview(Interview::read(fields, cx)?),
        })
    }
}

/// One question an author wrote.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Item {
    /// Unique in its deck.
    pub id: Id,
    /// Rises when the item's meaning changes; 1 at first.
    pub rev: u32,
    /// Level of content.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tier: Option<Tier>,
    /// What it asks of the mind.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub skill: Option<Skill>,
    /// Ids of the lesson's objectives it serves.
    pub objectives: Vec<Id>,
    /// The author's labels.
    pub tags: Vec<Text>,
    /// What is shown before the question: a log, code, a table.
    pub stimulus: Vec<Stimulus>,
    /// Shown one by one on request; each lowers the rating.
    pub hints: Vec<Text>,
    /// Shown after the answer.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub explanation: Option<Text>,
    /// A question to think on after the answer.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub why: Option<Text>,
    /// Ids of the deck's sources.
    pub refs: Vec<Id>,
    /// When the facts were checked.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub verified: Option<Verified>,
    /// Ids of items that look alike.
    pub confusable_with: Vec<Id>,
    /// Ids of items to know first.
    pub requires: Vec<Id>,
    /// A fair time to answer, in seconds.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub seconds: Option<u32>,
    /// The fields of its kind.
    #[serde(flatten)]
    pub kind: Kind,
    /// Which of the deck's source files it was read from.
    #[serde(skip)]
    pub source: usize,
    /// Where in that file.
    #[serde(skip)]
    pub span: Span,
}

impl Item {
    /// Tells whether its key is sealed: only an exam can ask it.
    pub fn is_sealed(&self) -> bool {
        matches!(self.kind, Kind::Sealed(_))
    }

    /// Lists the parts of the item that are scheduled, each as one card.
    pub fn parts(&self) -> Vec<Part> {
        match &self.kind {
            Kind::Scenario(_) | Kind::Checklist(_) | Kind::Sealed(_) => Vec::new(),
            Kind::Flash(flash) if flash.reverse_front.is_some() => vec![Part::Whole, Part::Reverse],
            Kind::Cloze(cloze) => cloze.numbers().into_iter().map(Part::Cloze).collect(),
            _ => vec![Part::Whole],
        }
    }

    /// Gives the line that stands for the item in a list: its question, or its text with the holes closed.
    pub fn stem(&self) -> Text {
        match self.kind.asked() {
            Kind::Flash(k) => k.front.clone(),
            Kind::Cloze(k) => Text::new(k.with_holes()),
            Kind::Choice(k) => k.prompt.clone(),
            Kind::Typed(k) => k.prompt.clone(),
            Kind::Order(k) => k.prompt.clone(),
            Kind::Match(k) => k.prompt.clone(),
            Kind::Diagram(k) => k.prompt.clone(),
            Kind::Whatif(k) => k.prompt.clone(),
            Kind::Scenario(k) => k.prompt.clone(),
            Kind::Checklist(k) => k.prompt.clone(),
            Kind::Interview(k) => k.prompt.clone(),
            // Nothing is sealed twice.
            Kind::Sealed(_) => Text::default(),
        }
    }
}

impl FromNode for Item {
    const EXPECTED: &'static str = "an item";

    fn from_node(node: &Node<'_>, cx: &mut Context<'_>) -> Option<Self> {
        cx.enter_item(node.find(&["id"]).and_then(|id| id.string()));
        let item = read_item(node, cx);
        cx.enter_item(None);
        item
    }
}

/// The most kinds that a hint lists.
const MOST_KINDS: usize = 3;

fn read_item(node: &Node<'_>, cx: &mut Context<'_>) -> Option<Item> {
    let mut f = Fields::open(node, cx)?;
    let id = f.required("id", cx);
    let name: Option<KindName> = f.required("kind", cx);
    let rev = f.optional("rev", cx).unwrap_or(1);
    let tier = f.take("tier").and_then(|n| one_of(&n, &Tier::WORDS, "unknown-tier", cx));
    let skill = f.take("skill").and_then(|n| one_of(&n, &Skill::WORDS, "unknown-skill", cx));
    let (objectives, tags, stimulus) = (f.list("objectives", cx), f.list("tags", cx), f.list("stimulus", cx));
    let (hints, explanation, why) = (f.list("hints", cx), f.optional("explanation", cx), f.optional("why", cx));
    let (refs, verified) = (read_refs(&mut f, cx), f.optional("verified", cx));
    let (confusable_with, requires) = (f.list("confusable_with", cx), f.list("requires", cx));
    let seconds = f.optional("seconds", cx);
    // Without a kind nobody knows the other fields: calling them unknown would bury the one error that counts.
    let Some(name) = name else {
        f.abandon(cx);
        return None;
    };
    let seal = f.take("sealed");
    let is_sealed = seal.is_some();
    let kind = match seal {
        Some(seal) => Sealed::read(name, &seal, &mut f, cx),
        None => Kind::read(name, &mut f, cx),
    };
    f.close_with(|field| of_other_kinds(field).filter(|_| !is_sealed), cx);
    let (source, span) = (cx.source(), node.span());
    Some(Item {
        id: id?,
        rev,
        tier,
        skill,
        objectives,
        tags,
        stimulus,
        hints,
        explanation,
        why,
        refs,
        verified,
        confusable_with,
        requires,
        seconds,
        kind: kind?,
        source,
        span,
    })
}

/// Says which kinds have a field that the one at hand does not have.
fn of_other_kinds(field: &str) -> Option<String> {
    let has = |kind: KindName| {
        let mut fields = Fields::none();
        Kind::read(kind, &mut fields, &mut Context::new(0, &mut Vec::new()));
        fields.known().contains(&field)
    };
    let kinds: Vec<&str> = KindName::WORDS.iter().filter(|(_, kind)| has(*kind)).map(|(word, _)| *word).collect();
    match &kinds[..] {
        [] => None,
        [one] => Some(format!("`{field}` is a field of {one} items")),
        [first @ .., last] if first.len() < MOST_KINDS => {
            Some(format!("`{field}` is a field of {} and {last} items", first.join(", ")))
        }
        _ => Some(format!("`{field}` is a field of other kinds of items")),
    }
}

impl FromNode for KindName {
    const EXPECTED: &'static str = "the kind of item";

    fn from_node(node: &Node<'_>, cx: &mut Context<'_>) -> Option<Self> {
        one_of(node, &Self::WORDS, "unknown-kind", cx)
    }
}
