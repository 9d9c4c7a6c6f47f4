//! The head of a deck file: enough to list it, without reading its items.

use std::io::BufReader;
use std::path::Path;

use serde::de::{Deserializer, IgnoredAny, MapAccess, Visitor};

use super::{LoadError, read};
use crate::deck::{Id, Text, VERSION, forbidden};

/// What a listing shows of a deck, and whether its file holds the lessons too.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Head {
    pub id: Id,
    pub title: Text,
    pub has_content: bool,
}

#[derive(Default)]
struct Seen {
    format: Option<String>,
    version: Option<u32>,
    id: Option<String>,
    title: Option<String>,
    has_content: bool,
    stopped: bool,
}

/// Reads the head of a deck file. `None` means that something is wrong with it, or unusual; loading the deck tells.
pub(super) fn read_head(path: &Path) -> Result<Option<Head>, LoadError> {
    let reader = BufReader::new(std::io::Read::take(read::open(path)?, read::MAX_FILE));
    Ok(scan(serde_json::Deserializer::from_reader(reader)))
}

/// Reads the head from a text.
pub(super) fn parse_head(text: &str) -> Option<Head> {
    scan(serde_json::Deserializer::from_str(text))
}

fn scan<'de, R: serde_json::de::Read<'de>>(mut parser: serde_json::Deserializer<R>) -> Option<Head> {
    let mut seen = Seen::default();
    let read = parser.deserialize_map(&mut seen);
    (read.is_ok() || seen.stopped).then(|| seen.head()).flatten()
}

impl Seen {
    fn is_complete(&self) -> bool {
        self.format.is_some() && self.version.is_some() && self.id.is_some() && self.title.is_some()
    }

    fn head(self) -> Option<Head> {
        let ours = self.format.as_deref() == Some("grillme-deck") && self.version == Some(VERSION);
        let title = self.title.filter(|title| ours && forbidden(title).is_none())?;
        Some(Head { id: self.id?.parse().ok()?, title: Text::new(title), has_content: self.has_content })
    }
}

impl<'de> Visitor<'de> for &mut Seen {
    type Value = ();

    fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("a deck")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        while let Some(key) = map.next_key::<String>()? {
            match key.as_str() {
                "format" if self.format.is_none() => self.format = Some(map.next_value()?),
                "version" if self.version.is_none() => self.version = Some(map.next_value()?),
                "id" if self.id.is_none() => self.id = Some(map.next_value()?),
                "title" if self.title.is_none() => self.title = Some(map.next_value()?),
                "lessons" | "items" => {
                    self.has_content = true;
                    if self.is_complete() {
                        self.stopped = true;
                        return Ok(());
                    }
                    map.next_value::<IgnoredAny>()?;
                }
                _ => {
                    map.next_value::<IgnoredAny>()?;
                }
            }
        }
        Ok(())
    }
}
