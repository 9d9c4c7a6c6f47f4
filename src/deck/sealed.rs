//! Sealed items: questions whose key is kept as salted, slow hashes only. An exam can mark them; nobody can read them.

use serde::ser::{Serialize, SerializeMap, Serializer};

use super::choice::{at_least, unique_ids};
use super::{
    Choice, ChoiceOption, Context, Fields, FromNode, Id, Kind, KindName, Match, Node, Order, OrderStep, Pair, Problem,
    Rules, Text, Typed,
};

/// The one algorithm there is.
const ALGORITHM: &str = "argon2id";

/// The memory that a seal may ask for, in KiB: a deck is untrusted.
const MEMORY: std::ops::RangeInclusive<u32> = 8..=65_536;

/// The passes that a seal may ask for.
const PASSES: std::ops::RangeInclusive<u32> = 1..=10;

/// The most answers that one item can accept.
const MAX_KEYS: usize = 64;

/// Bytes of a salt.
pub const SALT: usize = 16;

/// Bytes of a key.
pub const KEY: usize = 32;

/// A question without its key, and the seal that its answers are held to.
#[derive(Debug, Clone, PartialEq)]
pub struct Sealed {
    ask: Box<Kind>,
    seal: Seal,
}

/// What the answers to a sealed item are held to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Seal {
    /// Memory of Argon2id, in KiB.
    pub memory: u32,
    /// Passes of Argon2id.
    pub passes: u32,
    /// The item's own salt.
    pub salt: [u8; SALT],
    /// The hash of every answer that is right.
    pub keys: Vec<[u8; KEY]>,
}

impl Sealed {
    /// Puts a seal on a question: choice, typed, order or match. What would tell the key is dropped: which options are
    /// right, accepted texts, feedback; of an order and a match, nothing but what the lists hold may say it.
    pub fn new(ask: Kind, seal: Seal) -> Option<Self> {
        let bare = |id: Id, text: Text| OrderStep { id, text, why: None, feedback: None };
        let ask = match ask {
            Kind::Choice(Choice { prompt, options, multi }) => {
                let option = |ChoiceOption { id, text, .. }| ChoiceOption { id, text, correct: false, feedback: None };
                Kind::Choice(Choice { prompt, options: options.into_iter().map(option).collect(), multi })
            }
            Kind::Typed(typed) => Kind::Typed(Typed { accept: Vec::new(), near: Vec::new(), ..typed }),
            Kind::Order(Order { prompt, steps, .. }) => {
                let steps = steps.into_iter().map(|step| bare(step.id, step.text)).collect();
                Kind::Order(Order { prompt, steps, before: Default::default(), extra: Vec::new() })
            }
            Kind::Match(matching) => Kind::Match(matching),
            _ => return None,
        };
        Some(Self { ask: Box::new(ask), seal })
    }

    /// Gives the question. Its key is empty; the pairs of a match and the steps of an order are lists, and their places
    /// mean nothing.
    pub fn ask(&self) -> &Kind {
        &self.ask
    }

    /// Gives the seal.
    pub fn seal(&self) -> &Seal {
        &self.seal
    }

    /// Reads a sealed item of a kind; `node` is its seal.
    pub(super) fn read(name: KindName, node: &Node<'_>, fields: &mut Fields<'_>, cx: &mut Context<'_>) -> Option<Kind> {
        let seal = Seal::from_node(node, cx);
        let ask = match name {
            KindName::Choice => read_choice(fields, cx),
            KindName::Typed => {
                let (prompt, rules) = (fields.required("prompt", cx), fields.optional("rules", cx).unwrap_or_default());
                prompt.map(|prompt| Kind::Typed(Typed { prompt, accept: Vec::new(), near: Vec::new(), rules }))
            }
            KindName::Order => read_order(fields, cx),
            KindName::Match => read_match(fields, cx),
            other => {
                let message = format!("a {} item cannot be sealed", other.word());
                cx.report(Problem::error("bad-seal", node.span(), message).hint("choice, typed, order and match can"));
                return Kind::read(other, fields, cx);
            }
        };
        Some(Kind::Sealed(Self { ask: Box::new(ask?), seal: seal? }))
    }
}

fn read_choice(fields: &mut Fields<'_>, cx: &mut Context<'_>) -> Option<Kind> {
    let prompt = fields.required("prompt", cx);
    let options = read_listed("options", "option", fields, cx);
    let multi = fields.optional("multi", cx).unwrap_or(false);
    let option = |Listed { id, text }| ChoiceOption { id, text, correct: false, feedback: None };
    Some(Kind::Choice(Choice { prompt: prompt?, options: options?.into_iter().map(option).collect(), multi }))
}

fn read_order(fields: &mut Fields<'_>, cx: &mut Context<'_>) -> Option<Kind> {
    let (prompt, steps) = (fields.required("prompt", cx), read_listed("steps", "step", fields, cx));
    let step = |Listed { id, text }| OrderStep { id, text, why: None, feedback: None };
    let steps = steps?.into_iter().map(step).collect();
    Some(Kind::Order(Order { prompt: prompt?, steps, before: Default::default(), extra: Vec::new() }))
}

fn read_match(fields: &mut Fields<'_>, cx: &mut Context<'_>) -> Option<Kind> {
    let (prompt, left) = (fields.required("prompt", cx), read_listed("left", "left side", fields, cx));
    let right: Option<(Node<'_>, Vec<Text>)> = fields.required_at("right", cx);
    let ((node, mut right), left) = (right?, left?);
    if right.len() < left.len() {
        let message = format!("{} right sides cannot belong to {} left ones", right.len(), left.len());
        cx.error("bad-seal", node.span(), message);
        return None;
    }
    let extra_right = right.split_off(left.len());
    let pairs = left.into_iter().zip(right).map(|(Listed { id, text }, right)| Pair { id, left: text, right });
    Some(Kind::Match(Match { prompt: prompt?, pairs: pairs.collect(), extra_right }))
}

fn read_listed(name: &'static str, noun: &str, fields: &mut Fields<'_>, cx: &mut Context<'_>) -> Option<Vec<Listed>> {
    let (node, listed): (Node<'_>, Vec<Listed>) = fields.required_at(name, cx)?;
    unique_ids(listed.iter().map(|one| &one.id), &node, cx);
    at_least(2, noun, &listed, &node, cx);
    Some(listed)
}

/// Something to pick or to place.
struct Listed {
    id: Id,
    text: Text,
}

impl FromNode for Listed {
    const EXPECTED: &'static str = "an object with `id` and `text`";

    fn from_node(node: &Node<'_>, cx: &mut Context<'_>) -> Option<Self> {
        let mut fields = Fields::open(node, cx)?;
        let (id, text) = (fields.required("id", cx), fields.required("text", cx));
        fields.close(cx);
        Some(Self { id: id?, text: text? })
    }
}

impl FromNode for Seal {
    const EXPECTED: &'static str = "a seal";

    fn from_node(node: &Node<'_>, cx: &mut Context<'_>) -> Option<Self> {
        let mut fields = Fields::open(node, cx)?;
        let algorithm: Option<(Node<'_>, String)> = fields.required_at("algorithm", cx);
        let memory = fields.required_at("memory", cx).and_then(|given| bounded(given, "memory", &MEMORY, cx));
        let passes = fields.required_at("passes", cx).and_then(|given| bounded(given, "passes", &PASSES, cx));
        let salt = fields.required::<Hex<SALT>>("salt", cx);
        let keys: Option<(Node<'_>, Vec<Hex<KEY>>)> = fields.required_at("keys", cx);
        fields.close(cx);
        if let Some((node, written)) = algorithm.as_ref().filter(|(_, written)| written != ALGORITHM) {
            let message = format!("{written:?} is no algorithm of a seal");
            cx.report(Problem::error("bad-seal", node.span(), message).hint(format!("there is {ALGORITHM:?}")));
            return None;
        }
        let (node, keys) = keys?;
        at_least(1, "key", &keys, &node, cx);
        if keys.len() > MAX_KEYS {
            cx.error("bad-seal", node.span(), format!("a seal has at most {MAX_KEYS} keys"));
            return None;
        }
        algorithm?;
        let keys = keys.into_iter().map(|key| key.0).collect();
        Some(Self { memory: memory?, passes: passes?, salt: salt?.0, keys })
    }
}

fn bounded(
    (node, value): (Node<'_>, u32),
    name: &str,
    range: &std::ops::RangeInclusive<u32>,
    cx: &mut Context<'_>,
) -> Option<u32> {
    if !range.contains(&value) {
        let message = format!("`{name}` goes from {} to {}", range.start(), range.end());
        cx.error("bad-seal", node.span(), message);
        return None;
    }
    Some(value)
}

/// So many bytes, written in hexadecimal.
struct Hex<const N: usize>([u8; N]);

impl<const N: usize> FromNode for Hex<N> {
    const EXPECTED: &'static str = "bytes in hexadecimal";

    fn from_node(node: &Node<'_>, cx: &mut Context<'_>) -> Option<Self> {
        let written = String::from_node(node, cx)?;
        let digits = written.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'));
        if !digits || written.len() != 2 * N {
            let message = format!("expected {} digits from 0 to 9 and a to f", 2 * N);
            cx.error("bad-seal", node.span(), message);
            return None;
        }
        let mut bytes = [0; N];
        for (byte, at) in bytes.iter_mut().zip((0..written.len()).step_by(2)) {
            *byte = u8::from_str_radix(&written[at..at + 2], 16).unwrap_or_default();
        }
        Some(Self(bytes))
    }
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

#[derive(serde::Serialize)]
struct Shown<'s> {
    id: &'s Id,
    text: &'s Text,
}

impl Serialize for Sealed {
    /// Writes it as decks have it.
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("kind", &self.ask.name())?;
        match self.ask() {
            Kind::Choice(choice) => {
                map.serialize_entry("prompt", &choice.prompt)?;
                let options = choice.options.iter().map(|ChoiceOption { id, text, .. }| Shown { id, text });
                map.serialize_entry("options", &options.collect::<Vec<_>>())?;
                map.serialize_entry("multi", &choice.multi)?;
            }
            Kind::Typed(Typed { prompt, rules, .. }) => {
                map.serialize_entry("prompt", prompt)?;
                map.serialize_entry::<_, Rules>("rules", rules)?;
            }
            Kind::Order(order) => {
                map.serialize_entry("prompt", &order.prompt)?;
                let steps = order.steps.iter().map(|OrderStep { id, text, .. }| Shown { id, text });
                map.serialize_entry("steps", &steps.collect::<Vec<_>>())?;
            }
            Kind::Match(matching) => {
                map.serialize_entry("prompt", &matching.prompt)?;
                let left = matching.pairs.iter().map(|Pair { id, left, .. }| Shown { id, text: left });
                map.serialize_entry("left", &left.collect::<Vec<_>>())?;
                map.serialize_entry("right", &matching.rights().collect::<Vec<_>>())?;
            }
            _ => {}
        }
        map.serialize_entry("sealed", &self.seal)?;
        map.end()
    }
}

impl Serialize for Seal {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(5))?;
        map.serialize_entry("algorithm", ALGORITHM)?;
        map.serialize_entry("memory", &self.memory)?;
        map.serialize_entry("passes", &self.passes)?;
        map.serialize_entry("salt", &hex(&self.salt))?;
        map.serialize_entry("keys", &self.keys.iter().map(|key| hex(key)).collect::<Vec<_>>())?;
        map.end()
    }
}
