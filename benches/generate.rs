//! Writes a large deck and a long log into a folder, for whole-process timings:
//!
//!     cargo bench --bench generate -- FOLDER CARDS REVIEWS_A_CARD

mod support;

use std::fs;
use std::io::Write as _;
use std::path::Path;

fn main() -> std::io::Result<()> {
    let args: Vec<String> = std::env::args().skip(1).filter(|arg| !arg.starts_with("--")).collect();
    let [folder, cards, reviews] = args.as_slice() else {
        return writeln!(std::io::stderr(), "usage: cargo bench --bench generate -- FOLDER CARDS REVIEWS_A_CARD");
    };
    let number = |text: &str| text.parse::<usize>().unwrap_or(0);
    let progress = Path::new(folder).join("data/progress");
    fs::create_dir_all(&progress)?;
    fs::write(Path::new(folder).join("big.json"), support::deck(number(cards)))?;
    fs::write(progress.join("bench.jsonl"), support::log(number(cards), number(reviews)))
}
