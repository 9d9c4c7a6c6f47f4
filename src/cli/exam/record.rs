//! The record of a sitting: every answer, on disk before the next question shows, in the form that `--answers` reads.

use std::fs::{File, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use serde_json::Value;

use crate::deck::escape_json;

use super::super::error::Stop;
use super::answers::Line;

/// A record that is being written.
pub struct Record {
    path: PathBuf,
    file: File,
}

impl Record {
    /// Begins a record in a new file; one that is there may hold the only copy of other answers.
    pub fn create(path: &Path) -> Result<Self, Stop> {
        match OpenOptions::new().append(true).create_new(true).open(path) {
            Ok(file) => Ok(Self { path: path.to_owned(), file }),
            Err(e) if e.kind() == io::ErrorKind::AlreadyExists => {
                let path = path.display();
                Err(Stop::Usage(format!("{path} exists already\nhint: name a new file for the record, or remove it")))
            }
            Err(source) => Err(failed(path, source)),
        }
    }

    /// Adds an answer.
    pub fn add(&mut self, item: &str, answer: &Value) -> Result<(), Stop> {
        let line = Line { item: item.to_owned(), answer: answer.clone() };
        let text = serde_json::to_string(&line).map_err(io::Error::from).map(|json| escape_json(json) + "\n");
        let written = text.and_then(|text| self.file.write_all(text.as_bytes()).and_then(|()| self.file.sync_data()));
        written.map_err(|source| failed(&self.path, source))
    }
}

fn failed(path: &Path, source: io::Error) -> Stop {
    Stop::File { action: "write", path: path.display().to_string(), source }
}
