//! Values become text: cards, marks, lists, problems, Markdown, tables.
//!
//! Absent on purpose: standard output, the store. This is the one place that makes untrusted text safe: a
//! [`Text`](crate::deck::Text) reaches a screen, a report or a message only through [`safe()`] or [`safe_line`].

mod card;
mod coverage;
mod escape;
mod findings;
mod inline;
mod interview;
mod item;
mod lesson;
mod lessons;
mod listing;
mod markdown;
mod marking;
mod mock;
mod movement;
mod points;
mod problems;
mod quiz;
pub mod report;
mod safe;
mod sheet;
mod stimulus;
mod style;
mod summary;
mod table;
mod today;
mod wrap;

pub use card::{Head, afterwards, head, headline, hint, kept};
pub use coverage::{MarkDocument, Marked, marked};
pub use escape::{markdown_text, workflow_data, workflow_property, xml_attribute, xml_text};
pub use findings::{Checked, annotation, check_github, check_markdown, check_sarif};
pub use interview::{
    InterviewDocument, InterviewRound, coverage_told, earlier_draft, interview_summary, model_answer, overtime, percent,
};
pub use item::{item, solution};
pub use lesson::{lesson_head, lesson_sources, shown_so_far, theory, theory_rest, theory_start};
pub use lessons::{LessonLine, ObjectiveLine, lessons};
pub use listing::{CardLine, DeckLine, ItemLine, deck, decks, standing};
pub use markdown::{markdown, verbatim};
pub use marking::{marking, slips};
pub use mock::{Told, exchange, mock_report, transcript};
pub use movement::{movement, score};
pub use points::{point_asked, points, ticked};
pub use problems::{Placed, placed, problem};
pub use quiz::{QuizEnd, Review, pace, quiz};
pub use safe::{safe, safe_line, safe_str};
pub use sheet::{Asked, fair, sheet};
pub use stimulus::{drawing, stimulus};
pub use style::{MAX_PROSE, Style};
pub use summary::{SessionDocument, Summary, counted, summary};
pub use table::table;
pub use today::{DeckDay, InterviewDay, today};
pub use wrap::{cut, pad, width, wrap};
