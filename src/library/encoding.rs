//! From the bytes of a file to its text. A file in another encoding is one problem of its deck, at its place.

use crate::deck::{Problem, Span};

/// How much of a file in another encoding is kept behind the spot, in bytes: enough to show the line.
const SHOWN: usize = 256;

/// How many characters at the start of a file must look like UTF-16 where no mark says so.
const LOOKED_AT: usize = 8;

/// Reads bytes as text. What is not UTF-8 gives as much text as shows the spot, and the problem there.
pub(super) fn decode(bytes: Vec<u8>) -> (String, Option<Problem>) {
    if let Some(unit) = utf16(&bytes) {
        return wide(&bytes, unit);
    }
    match String::from_utf8(bytes) {
        Ok(text) => (text, None),
        Err(error) => {
            let at = error.utf8_error().valid_up_to();
            garbled(error.as_bytes(), at)
        }
    }
}

/// Makes a number of the two bytes of a UTF-16 unit.
type Unit = fn([u8; 2]) -> u16;

/// Tells which UTF-16 it is, by the mark or by the zeros between the characters of a JSON text, which has none.
fn utf16(bytes: &[u8]) -> Option<Unit> {
    match bytes {
        [0xff, 0xfe, ..] => return Some(u16::from_le_bytes),
        [0xfe, 0xff, ..] => return Some(u16::from_be_bytes),
        _ => {}
    }
    let start = bytes.get(..2 * LOOKED_AT)?;
    let all = |zeros: usize| start.iter().enumerate().all(|(at, byte)| (*byte == 0) == (at % 2 == zeros));
    match (all(0), all(1)) {
        (true, _) => Some(u16::from_be_bytes),
        (_, true) => Some(u16::from_le_bytes),
        _ => None,
    }
}

fn wide(bytes: &[u8], unit: Unit) -> (String, Option<Problem>) {
    let units = bytes[..bytes.len().min(2 * SHOWN)].chunks_exact(2).map(|pair| unit([pair[0], pair[1]]));
    let text: String = char::decode_utf16(units).map(|read| read.unwrap_or(char::REPLACEMENT_CHARACTER)).collect();
    let text = text.trim_start_matches('\u{feff}').to_owned();
    let span = Span { start: 0, end: text.chars().next().map_or(0, char::len_utf8) };
    let problem = Problem::error("not-utf8", span, "the file is in UTF-16").hint("save it as UTF-8");
    (text, Some(problem))
}

/// `at` is the first byte that belongs to no character.
fn garbled(bytes: &[u8], at: usize) -> (String, Option<Problem>) {
    let text = String::from_utf8_lossy(&bytes[..bytes.len().min(at + SHOWN)]).into_owned();
    // What stands there now is the character that stands for any that cannot be read.
    let span = Span { start: at, end: at + char::REPLACEMENT_CHARACTER.len_utf8() };
    let message = format!("the file is not UTF-8: the byte {:02X} here belongs to no character", bytes[at]);
    (text, Some(Problem::error("not-utf8", span, message).hint("save it as UTF-8")))
}
