//! The integration tests.

mod library;
mod library_laws;
