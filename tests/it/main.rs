//! The integration tests.
#![allow(clippy::unwrap_used, clippy::expect_used)]

mod layers;
mod library;
mod library_catalog;
mod library_laws;
mod log;
