//! grillme: a quiz and flash-card drill tool for the command line.
//!
//! This file is the map. A module uses only the modules above it in the list; `tests/it/layers.rs` fails when one
//! reaches down or sideways into something it must not know.
//!
//! | module | does | knows nothing of |
//! |---|---|---|
//! | [`deck`] | the nouns of content: deck, lesson, item, kind, card key; how each is read from JSON, with spans | files, clock, chance, terminal |
//! | [`grade`] | answer + item -> score and verdicts | everything but `deck` |
//! | [`schedule`] | memory + rating + study day -> memory; steps, fuzz, queue order, limits, leeches, the tier ladder | files, clock, chance (it arrives as a number) |
//! | [`session`] | what to ask next, and what an answer changes; a pure state machine | store, terminal |
//! | [`library`] | finds and reads decks: bundled, user folders, paths; resolves selectors | store, terminal |
//! | [`lint`] | the rules behind `check`, each with a code and a source span | store, terminal |
//! | [`store`] | the review log (append, read, merge, repair) and its disposable SQLite index | session, terminal |
//! | [`render`] | values -> text and JSON; Markdown, tables; the one place that makes untrusted text safe | standard output, store |
//! | [`term`] | the `Prompter` and its back ends; the only user of dialoguer and console | store, schedule |
//! | [`mod@env`] | clock, seed, folders, variables: the only reader of the process's world | every other module |
//! | [`cli`] | arguments in, calls out; one file a command: load, decide, act, render | nothing imports it |

pub mod cli;
pub mod deck;
pub mod env;
pub mod grade;
pub mod library;
pub mod lint;
pub mod render;
pub mod schedule;
pub mod session;
pub mod store;
pub mod term;
