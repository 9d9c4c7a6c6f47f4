//! The integration tests.
#![allow(clippy::unwrap_used, clippy::expect_used)]

mod commands;
mod faults;
mod hostile;
mod index;
mod layers;
mod library;
mod library_catalog;
mod library_laws;
mod log;
mod sandbox;
