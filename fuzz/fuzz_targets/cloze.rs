#![no_main]
#![allow(dead_code)]

#[path = "../../tests/it/laws.rs"]
mod laws;

libfuzzer_sys::fuzz_target!(|text: &str| laws::cloze(text));
