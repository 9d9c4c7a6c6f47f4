//! The nouns of content: deck, lesson, item, kind, card key, and how each is read from JSON with its place kept.
//!
//! Absent on purpose: files, clock, chance, terminal. A deck arrives as text and leaves as values; what is wrong with
//! it leaves as [`Problem`]s, all of them at once, each with a [`Span`].
//!
//! Every item kind is one file here with one `read` function; `Kind::read` is the list of them.

mod checklist;
mod choice;
mod cloze;
#[allow(clippy::module_inception)]
mod deck;
mod diagram;
mod fields;
mod flash;
mod id;
mod interview;
mod item;
mod key_pattern;
mod lesson;
mod matching;
mod names;
mod node;
mod order;
mod pattern;
mod place;
mod problem;
mod rubric;
mod scenario;
mod sealed;
mod stimulus;
mod syntax;
#[cfg(test)]
mod syntax_tests;
mod text;
mod theory;
mod typed;
mod values;
mod whatif;

pub use checklist::{Checklist, ChecklistStep};
pub use choice::{Choice, ChoiceOption};
pub use cloze::{Cloze, ClozeError, Piece, parse_cloze};
pub use deck::{Deck, DeckHead, Retired, Source, VERSION, read_deck, read_deck_head};
pub use diagram::{Diagram, holes_in};
pub use fields::{Context, Fields, FromNode, MAX_ENTRIES, MAX_PROBLEMS};
pub use flash::Flash;
pub use id::{CardKey, Id, ItemKey, MAX_ID_LENGTH, Part};
pub use interview::{FollowUp, Interview};
pub use item::{Item, Kind, KindName, Skill, Tier, Verified};
pub use key_pattern::{KeyForm, KeyPattern, KeyPatternError, KeyWords, Phrase, PhraseWord, Term};
pub use lesson::{Lesson, Objective, read_lesson};
pub use matching::{Match, Pair};
pub use node::{MAX_NESTING, Node, Shape};
pub use order::{Order, OrderStep};
pub use pattern::{Accepted, Near, Pattern};
pub use place::{Place, Places, place};
pub use problem::{Problem, Severity, Span};
pub use rubric::{KeyPoint, Misconception, Rubric, Sample};
pub use scenario::{Ask, Scenario, ScenarioStep};
pub use sealed::{KEY as SEAL_KEY, SALT as SEAL_SALT, Seal, Sealed};
pub use stimulus::{Stimulus, StimulusKind};
pub use text::{Text, escape_json, forbidden};
pub use theory::{Theory, TheoryKind};
pub use typed::{Rules, Typed, TypoRule};
pub use whatif::{Case, Metric, Move, Parameter, WhatIf};
