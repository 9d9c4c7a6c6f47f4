//! Values become text, on any `&mut dyn Write`: Markdown, tables, what is shown before a question.
//!
//! Absent on purpose: standard output, the store. This is the one place that makes untrusted text safe: a
//! [`Text`](crate::deck::Text) reaches a screen, a report or a message only through [`safe()`] or [`safe_line`].

mod inline;
mod markdown;
mod safe;
mod stimulus;
mod style;
mod table;
mod wrap;

pub use markdown::{markdown, verbatim};
pub use safe::{safe, safe_line, safe_str};
pub use stimulus::{drawing, stimulus};
pub use style::{MAX_PROSE, Style};
pub use table::table;
pub use wrap::{cut, pad, width, wrap};
