//! Values become text: cards, marks, lists, problems, Markdown, tables.
//!
//! Absent on purpose: standard output, the store. This is the one place that makes untrusted text safe: a
//! [`Text`](crate::deck::Text) reaches a screen, a report or a message only through [`safe()`] or [`safe_line`].

mod card;
mod inline;
mod item;
mod listing;
mod markdown;
mod marking;
mod problems;
mod safe;
mod stimulus;
mod style;
mod summary;
mod table;
mod today;
mod wrap;

pub use card::{Head, afterwards, head, hint};
pub use item::item;
pub use listing::{CardLine, DeckLine, deck, decks, standing};
pub use markdown::{markdown, verbatim};
pub use marking::{marking, slips};
pub use problems::{Placed, placed, problem};
pub use safe::{safe, safe_line, safe_str};
pub use stimulus::{drawing, stimulus};
pub use style::{MAX_PROSE, Style};
pub use summary::{Summary, counted, summary};
pub use table::table;
pub use today::{DeckDay, today};
pub use wrap::{cut, pad, width, wrap};
