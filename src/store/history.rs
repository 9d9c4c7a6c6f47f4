//! The log read as a whole, for what the index does not keep.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use uuid::Uuid;

use super::{Event, StoreError, What, log_files, scan};

/// Reads all events of a folder of logs that satisfy `wanted`, each once, in order of (time, id); what was taken back is
/// left out.
///
/// # Errors
/// A log cannot be read.
pub fn events(folder: &Path, wanted: impl Fn(&Event) -> bool) -> Result<Vec<Event>, StoreError> {
    let (mut found, mut undone) = (BTreeMap::new(), BTreeSet::<Uuid>::new());
    for path in log_files(folder)? {
        scan(&path, 0, |record| {
            if let What::Undo { of, .. } = &record.event.what {
                undone.insert(*of);
            }
            if wanted(&record.event) {
                found.insert(record.event.id, record.event.clone());
            }
        })?;
    }
    let mut events: Vec<Event> = found.into_values().filter(|event| !undone.contains(&event.id)).collect();
    events.sort_by_key(|event| (event.at_ms, event.id));
    Ok(events)
}
