//! The integration tests.
#![allow(clippy::unwrap_used, clippy::expect_used)]

mod any_input;
mod check;
#[cfg(unix)]
mod ci;
mod claims;
mod commands;
mod docker_commands;
mod documents;
mod every;
mod exam;
#[cfg(unix)]
mod exam_answerer;
mod exam_formats;
#[cfg(unix)]
mod exam_hand;
mod exam_marking;
mod exam_sheet;
mod faults;
mod faults_disk;
mod faults_session;
mod faults_streams;
mod faults_world;
#[cfg(target_os = "linux")]
mod first_deck;
mod first_format;
mod format_page;
mod hostile;
mod hostile_bombs;
mod hostile_decks;
mod hostile_doors;
mod hostile_logs;
mod hostile_trace;
mod index;
mod index_queries;
mod interview;
mod laws;
mod layers;
mod lesson;
mod library;
mod library_catalog;
mod library_laws;
mod library_ties;
mod library_words;
mod listing;
mod live;
mod log;
mod mark;
mod marking_page;
mod payload;
#[cfg(unix)]
mod picture;
mod play;
#[cfg(unix)]
mod prompts;
#[cfg(unix)]
mod prompts_open;
#[cfg(unix)]
mod pty;
mod reading;
mod readme;
mod retired;
mod sandbox;
mod schema;
mod schema_cases;
mod seal;
#[cfg(target_os = "linux")]
mod shell;
#[cfg(unix)]
mod terminal;
mod tiers;
mod tools;
mod undo;
