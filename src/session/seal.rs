//! Sealing a deck: questions stay, keys become salted, slow hashes.

use serde::Serialize;
use serde_json::{Map, Value};

use super::examinable;
use crate::deck::{Choice, ChoiceOption, Deck, DeckHead, Id, Item, Kind, Lesson, Match, Order, OrderStep, Pattern};
use crate::deck::{SEAL_SALT, Seal, Sealed, Stimulus, Text, Typed, VERSION};
use crate::grade::Answer;
use crate::grade::given::order_listed;
use crate::grade::handle::{by_text, handles};
use crate::grade::sealed::{hash, written, written_pairs};

/// Memory of a new seal, in KiB, and its passes: what OWASP advises for passwords.
const MEMORY: u32 = 19_456;
const PASSES: u32 = 2;

/// Fields of an item that are left out of every item of a sealed deck: they refer to what may not be in it.
const REFERRING: [&str; 2] = ["confusable_with", "requires"];

/// A sealed deck, and what came of its items.
#[derive(Debug)]
pub struct Sealing {
    /// The deck, as a JSON document.
    pub deck: String,
    /// How many items are sealed.
    pub sealed: usize,
    /// The items whose key can still be read, each with the reason.
    pub open: Vec<(Id, &'static str)>,
}

/// A lesson as decks have it, with its items as documents.
#[derive(Serialize)]
struct Shelf<'d> {
    id: &'d Id,
    title: &'d Text,
    #[serde(skip_serializing_if = "Option::is_none")]
    summary: Option<&'d Text>,
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    objectives: &'d [crate::deck::Objective],
    items: Vec<Entry<'d>>,
}

/// An item of the new deck.
#[derive(Serialize)]
#[serde(untagged)]
enum Entry<'d> {
    Sealed(Box<Public<'d>>),
    Open(Map<String, Value>),
}

#[derive(Serialize)]
struct Document<'d> {
    format: &'static str,
    version: u32,
    #[serde(flatten)]
    head: &'d DeckHead,
    lessons: Vec<Shelf<'d>>,
}

/// Seals the items of a deck that `wanted` picks and an exam can ask; the others are left out, and so is the theory of
/// lessons. `source`
/// gives an item as it is written; `salt` gives a new salt for each item.
///
/// An item that cannot be sealed stays as it is, with its key.
pub fn seal(
    deck: &Deck,
    wanted: impl Fn(&Lesson, &Item) -> bool,
    source: impl Fn(&Item) -> Option<Map<String, Value>>,
    mut salt: impl FnMut() -> [u8; SEAL_SALT],
) -> Sealing {
    let mut sealing = Sealing { deck: String::new(), sealed: 0, open: Vec::new() };
    let mut lessons = Vec::new();
    for lesson in &deck.lessons {
        let items = lesson.items.iter().filter(|item| examinable(item) && wanted(lesson, item));
        let items: Vec<Entry<'_>> = items.filter_map(|item| sealing.take(item, &source, &mut salt)).collect();
        if !items.is_empty() {
            let Lesson { id, title, summary, objectives, .. } = lesson;
            lessons.push(Shelf { id, title, summary: summary.as_ref(), objectives, items });
        }
    }
    let head = DeckHead { retired: Vec::new(), ..deck.head.clone() };
    let document = Document { format: "grillme-deck", version: VERSION, head: &head, lessons };
    sealing.deck = serde_json::to_string_pretty(&document).unwrap_or_default();
    sealing
}

impl Sealing {
    fn take<'d>(
        &mut self,
        item: &'d Item,
        source: &impl Fn(&Item) -> Option<Map<String, Value>>,
        salt: &mut impl FnMut() -> [u8; SEAL_SALT],
    ) -> Option<Entry<'d>> {
        match question(&item.kind) {
            Ok((ask, keys)) => {
                let mut seal = Seal { memory: MEMORY, passes: PASSES, salt: salt(), keys: Vec::new() };
                seal.keys = keys.iter().filter_map(|key| hash(&seal, key)).collect();
                // The order of the keys would tell which answer the author put first.
                seal.keys.sort_unstable();
                seal.keys.dedup();
                let sealed = Sealed::new(ask, seal).filter(|sealed| !sealed.seal().keys.is_empty())?;
                self.sealed += 1;
                Some(Entry::Sealed(Box::new(Public::of(item, sealed))))
            }
            Err(reason) => {
                if !item.is_sealed() {
                    self.open.push((item.id.clone(), reason));
                }
                let mut whole = source(item)?;
                whole.retain(|name, _| !REFERRING.contains(&name.as_str()));
                Some(Entry::Open(whole))
            }
        }
    }
}

/// What stays of an item that is sealed: nothing that its author wrote to be read after the answer.
#[derive(Serialize)]
struct Public<'d> {
    id: &'d Id,
    rev: u32,
    #[serde(skip_serializing_if = "Option::is_none")]
    tier: Option<crate::deck::Tier>,
    #[serde(skip_serializing_if = "Option::is_none")]
    skill: Option<crate::deck::Skill>,
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    tags: &'d [Text],
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    stimulus: &'d [Stimulus],
    #[serde(skip_serializing_if = "Option::is_none")]
    seconds: Option<u32>,
    #[serde(flatten)]
    sealed: Sealed,
}

impl<'d> Public<'d> {
    fn of(item: &'d Item, sealed: Sealed) -> Self {
        let Item { id, rev, tier, skill, tags, stimulus, seconds, .. } = item;
        Self { id, rev: *rev, tier: *tier, skill: *skill, tags, stimulus, seconds: *seconds, sealed }
    }
}

/// Gives a question in which neither ids nor places tell the key, and every answer that is right as it is hashed; or
/// the reason why it cannot be sealed.
fn question(kind: &Kind) -> Result<(Kind, Vec<String>), &'static str> {
    match kind {
        Kind::Choice(choice) => Ok(choice_question(choice)),
        Kind::Typed(typed) => typed_question(typed),
        Kind::Order(order) => order_question(order),
        Kind::Match(matching) => Ok(match_question(matching)),
        Kind::Sealed(_) => Err("it is sealed already"),
        Kind::Cloze(_) | Kind::Diagram(_) => Err("its holes are marked one by one"),
        Kind::Whatif(_) | Kind::Scenario(_) => Err("its parts are marked one by one"),
        Kind::Interview(_) => Err("it is marked by key points"),
        Kind::Flash(_) | Kind::Checklist(_) => Err("no exam asks it"),
    }
}

/// Hashes are made of what an answer is written as.
fn key(ask: &Kind, answer: Answer) -> Vec<String> {
    written(ask, &answer).flatten().into_iter().collect()
}

fn named(names: &[String], at: usize) -> Option<Id> {
    names.get(at)?.parse().ok()
}

fn choice_question(choice: &Choice) -> (Kind, Vec<String>) {
    let listed: Vec<_> = choice.options.iter().map(|option| (&option.id, &option.text)).collect();
    let names = handles(&listed);
    let texts: Vec<&Text> = listed.iter().map(|(_, text)| *text).collect();
    let option = |at: usize| Some(ChoiceOption { id: named(&names, at)?, ..choice.options[at].clone() });
    let options: Vec<ChoiceOption> = by_text(&texts).into_iter().filter_map(option).collect();
    let right = options.iter().filter(|option| option.correct).map(|option| option.id.clone()).collect();
    let ask = Kind::Choice(Choice { options, ..choice.clone() });
    let keys = key(&ask, Answer::Options(right));
    (ask, keys)
}

fn typed_question(typed: &Typed) -> Result<(Kind, Vec<String>), &'static str> {
    let ask = Kind::Typed(typed.clone());
    let mut keys = Vec::new();
    for accepted in &typed.accept {
        let Pattern::Text(text) = &accepted.pattern else { return Err("it accepts more than texts") };
        keys.extend(key(&ask, Answer::Text(text.raw().to_owned())));
    }
    Ok((ask, keys))
}

fn order_question(order: &Order) -> Result<(Kind, Vec<String>), &'static str> {
    if !order.before.is_empty() {
        return Err("more than one order is right");
    }
    let listed = order_listed(order);
    let names = handles(&listed);
    let texts: Vec<&Text> = listed.iter().map(|(_, text)| *text).collect();
    let step =
        |at: usize| Some(OrderStep { id: named(&names, at)?, text: texts[at].clone(), why: None, feedback: None });
    let steps: Vec<OrderStep> = by_text(&texts).into_iter().filter_map(step).collect();
    let right = (0..order.steps.len()).filter_map(|at| named(&names, at)).collect();
    let ask = Kind::Order(Order { prompt: order.prompt.clone(), steps, before: Default::default(), extra: Vec::new() });
    let keys = key(&ask, Answer::Sequence(right));
    Ok((ask, keys))
}

fn match_question(matching: &Match) -> (Kind, Vec<String>) {
    let keys = vec![written_pairs(matching)];
    let mut rights: Vec<Text> = matching.rights().cloned().collect();
    rights.sort_by(|a, b| a.raw().cmp(b.raw()));
    let extra_right = rights.split_off(matching.pairs.len());
    let mut pairs = matching.pairs.clone();
    for (pair, right) in pairs.iter_mut().zip(rights) {
        pair.right = right;
    }
    (Kind::Match(Match { prompt: matching.prompt.clone(), pairs, extra_right }), keys)
}
