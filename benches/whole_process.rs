//! What whole runs of the program cost, as processor time, wall time and peak memory, with a deck of 100,000 cards and a
//! log of 1,000,000 answers. It judges nothing: the machine may be busy. The bars are in the last column.
//!
//!     cargo bench --bench whole_process [-- CARDS REVIEWS_A_CARD]

mod support;

use std::fs;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Instant;

/// How often a quick run is repeated; the median counts.
const QUICK: usize = 21;

/// How often a run of seconds is repeated.
const SLOW: usize = 3;

/// How many answers the price of one is taken from.
const ANSWERS: usize = 100;

/// How many questions an exam asks.
const QUESTIONS: usize = 10_000;

/// Makes this program run one command and write what it cost, so that each run has a process that only waits for it.
const PROBE: &str = "--probe";

/// What one run cost: milliseconds and megabytes. Processor time and memory are known on Unix only.
#[derive(Debug, Clone, Copy, Default)]
struct Cost {
    cpu_ms: f64,
    wall_ms: f64,
    peak_mb: f64,
}

fn main() -> io::Result<()> {
    let args: Vec<String> = std::env::args().skip(1).filter(|arg| arg != "--bench").collect();
    match args.split_first() {
        Some((first, rest)) if first == PROBE => probe(rest),
        _ => measure(&args),
    }
}

fn measure(args: &[String]) -> io::Result<()> {
    let number = |at: usize, usual: usize| args.get(at).and_then(|text| text.parse().ok()).unwrap_or(usual);
    let (cards, reviews) = (number(0, 100_000), number(1, 10));
    let home = tempfile::tempdir()?;
    let world = World { home: home.path().to_owned() };
    fs::create_dir_all(world.home.join("data/progress"))?;
    fs::write(world.home.join("big.json"), support::deck(cards))?;
    fs::write(world.home.join("data/progress/bench.jsonl"), support::log(cards, reviews))?;
    say(&format!(
        "{cards} cards, {} answers\n{:<34} {:>9} {:>9} {:>8}",
        cards * reviews,
        "",
        "cpu ms",
        "wall ms",
        "peak MB"
    ))?;
    small(&world)?;
    large(&world)?;
    examined(&world)?;
    writing(&world)
}

/// Runs that have only the bundled decks and no log.
fn small(world: &World) -> io::Result<()> {
    let bare = world.median("--version, bundled decks", QUICK, &Run::bundled(&["--version"]), "")?;
    let list = world.median("list, bundled decks", QUICK, &Run::bundled(&["list"]), "")?;
    line("list - version", list.less(bare), "under 10 ms")?;
    world.median("cards docker, first card", QUICK, &Run::bundled(&["cards", "docker", "--plain"]), "").map(drop)
}

/// Runs that read the large deck and log.
fn large(world: &World) -> io::Result<()> {
    let cards = ["cards", "big", "--plain"];
    world.median("index built, first card", SLOW, &Run { anew: true, ..Run::of(&cards) }, "under 3000 ms")?;
    world.median("cards big, first card", QUICK, &Run::of(&cards), "under 30 ms")?;
    for args in [
        &["cards", "--plain"][..],
        &[],
        &["list"],
        &["list", "docker"],
        &["show", "docker/vm-own-kernel"],
        &["completions", "bash"],
    ] {
        world.median(&format!("grillme {}", args.join(" ")), QUICK, &Run::of(args), "")?;
    }
    for args in [&["list", "big"][..], &["progress", "verify"], &["progress", "export"]] {
        world.median(&args.join(" "), SLOW, &Run::of(args), "")?;
    }
    Ok(())
}

/// An exam of many questions, with an answers file.
fn examined(world: &World) -> io::Result<()> {
    let path = |name: &str| world.home.join(name).display().to_string();
    let (deck, answers, report) = (path("asked.json"), path("answers.jsonl"), format!("json={}", path("report.json")));
    fs::write(&deck, support::exam::deck(QUESTIONS))?;
    fs::write(&answers, support::exam::answers(QUESTIONS))?;
    let args = ["exam", &deck, "--answers", &answers, "--pass", "0", "--report", &report];
    world.median("exam of 10,000 questions", SLOW, &Run::bundled(&args), "under 1000 ms, 200 MB").map(drop)
}

/// Runs that write to the log.
fn writing(world: &World) -> io::Result<()> {
    let cards = ["cards", "big", "--plain"];
    let answers = "\n3\n".repeat(ANSWERS);
    let many = world.median("a session of 100 answers", SLOW, &Run { input: &answers, ..Run::of(&cards) }, "")?;
    let none = world.median("a session of none", SLOW, &Run::of(&cards), "")?;
    line("one durable answer", many.less(none).divided(ANSWERS), "under 5 ms")?;
    world.median("undo", SLOW, &Run::of(&["undo"]), "")?;
    world.median("suspend one card", SLOW, &Run::of(&["suspend", "big/card-5"]), "")?;
    world.median("suspend 10,000 cards", 1, &Run::of(&["suspend", "big", "--tag", "t3", "--yes"]), "").map(drop)
}

/// One run of the program.
#[derive(Clone, Copy)]
struct Run<'a> {
    args: &'a [&'a str],
    input: &'a str,
    /// Whether the large deck and log are there.
    large: bool,
    /// Whether the index is deleted before.
    anew: bool,
}

impl<'a> Run<'a> {
    fn of(args: &'a [&'a str]) -> Self {
        Self { args, input: "", large: true, anew: false }
    }

    fn bundled(args: &'a [&'a str]) -> Self {
        Self { large: false, ..Self::of(args) }
    }
}

/// A home folder of its own.
struct World {
    home: PathBuf,
}

impl World {
    fn median(&self, name: &str, times: usize, run: &Run<'_>, bar: &str) -> io::Result<Cost> {
        let mut costs = (0..times).map(|_| self.run(run)).collect::<io::Result<Vec<Cost>>>()?;
        costs.sort_by(|a, b| {
            (a.cpu_ms, a.wall_ms).partial_cmp(&(b.cpu_ms, b.wall_ms)).unwrap_or(std::cmp::Ordering::Equal)
        });
        let median = costs[times / 2];
        line(name, median, bar)?;
        Ok(median)
    }

    fn run(&self, run: &Run<'_>) -> io::Result<Cost> {
        let (data, cache) = if run.large { ("data", "cache") } else { ("small-data", "small-cache") };
        let (data, cache) = (self.home.join(data), self.home.join(cache));
        if run.anew && cache.exists() {
            fs::remove_dir_all(&cache)?;
        }
        let mut command = Command::new(std::env::current_exe()?);
        command.arg(PROBE).args(run.args).env("HOME", &self.home).env("XDG_CACHE_HOME", cache);
        command.env("GRILLME_DATA_DIR", data).env("GRILLME_MACHINE", "bench").env("GRILLME_SEED", "1");
        command.env("GRILLME_NOW", "2026-03-01T09:30:00+01:00").env_remove("GRILLME_DECKS");
        if run.large {
            command.env("GRILLME_DECKS", self.home.join("big.json"));
        }
        let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn()?;
        if let Some(mut stdin) = child.stdin.take() {
            stdin.write_all(run.input.as_bytes())?;
        }
        let output = child.wait_with_output()?;
        let numbers: Vec<f64> =
            String::from_utf8_lossy(&output.stdout).split_whitespace().filter_map(|word| word.parse().ok()).collect();
        match numbers[..] {
            [cpu_ms, wall_ms, peak_mb] => Ok(Cost { cpu_ms, wall_ms, peak_mb }),
            _ => Err(io::Error::other(format!("grillme {} failed", run.args.join(" ")))),
        }
    }
}

fn probe(args: &[String]) -> io::Result<()> {
    let mut command = Command::new(Path::new(env!("CARGO_BIN_EXE_grillme")));
    let started = Instant::now();
    let status = command.args(args).stdout(Stdio::null()).stderr(Stdio::null()).status()?;
    let wall_ms = started.elapsed().as_secs_f64() * 1000.0;
    if !status.success() {
        return Err(io::Error::other("the command failed"));
    }
    let (cpu_ms, peak_mb) = used_by_children();
    writeln!(io::stdout(), "{cpu_ms} {wall_ms} {peak_mb}")
}

/// Gives the processor milliseconds and the peak megabytes of the one child there was.
#[cfg(unix)]
fn used_by_children() -> (f64, f64) {
    use nix::sys::{resource, time::TimeValLike};
    let Ok(used) = resource::getrusage(resource::UsageWho::RUSAGE_CHILDREN) else { return (0.0, 0.0) };
    let micros = (used.user_time() + used.system_time()).num_microseconds();
    // Linux counts kilobytes, macOS bytes.
    let unit = if cfg!(target_os = "macos") { 1e6 } else { 1e3 };
    (to_f64(micros) / 1000.0, to_f64(used.max_rss()) / unit)
}

#[cfg(not(unix))]
fn used_by_children() -> (f64, f64) {
    (0.0, 0.0)
}

#[allow(clippy::cast_precision_loss)]
fn to_f64(number: i64) -> f64 {
    number as f64
}

impl Cost {
    fn less(self, other: Self) -> Self {
        let (cpu_ms, wall_ms) = (self.cpu_ms - other.cpu_ms, self.wall_ms - other.wall_ms);
        Self { cpu_ms, wall_ms, peak_mb: self.peak_mb }
    }

    fn divided(self, by: usize) -> Self {
        let by = to_f64(i64::try_from(by).unwrap_or(1));
        Self { cpu_ms: self.cpu_ms / by, wall_ms: self.wall_ms / by, ..self }
    }
}

fn line(name: &str, cost: Cost, bar: &str) -> io::Result<()> {
    say(&format!("{name:<34} {:>9.2} {:>9.2} {:>8.1}  {bar}", cost.cpu_ms, cost.wall_ms, cost.peak_mb))
}

fn say(text: &str) -> io::Result<()> {
    writeln!(io::stdout(), "{text}")
}
