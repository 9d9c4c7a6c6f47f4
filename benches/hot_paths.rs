//! The paths that a learner waits for: reading a deck, finding what is due, replaying the log, setting a page.

mod support;

use divan::{Bencher, black_box};
use grillme::deck::{Context, Node, read_deck};
use grillme::render::{Style, markdown};
use grillme::schedule::{CardEvent, CardState, Event, Moment, Rating, Review, Scheduler, Settings, fold};
use grillme::store::{Entry, Index, Log, Query};

fn main() {
    divan::main();
}

const CARDS: usize = 10_000;

#[divan::bench]
fn load_a_deck_of_10_000_cards(bencher: Bencher<'_, '_>) {
    let text = support::deck(CARDS);
    bencher.bench(|| {
        let mut problems = Vec::new();
        let node = Node::parse(&text).ok();
        node.and_then(|node| read_deck(&node, &mut Context::new(0, &mut problems)))
    });
}

#[divan::bench]
fn replay_ten_answers_of_one_card(bencher: Bencher<'_, '_>) {
    let scheduler = Scheduler::new(Settings::default());
    let event = |n: i64| {
        let moment = Moment::new(support::NOW_MS + n * 86_400_000 * 3, 0);
        let review = Review::new(moment, Rating::Good);
        CardEvent { at_ms: moment.at_ms, id: n.unsigned_abs().into(), what: Event::Review(review) }
    };
    let events: Vec<CardEvent> = (0..10).map(event).collect();
    bencher.bench(|| fold(&scheduler, "big/card-1", black_box(&events)));
}

#[divan::bench]
fn four_buttons_of_one_card(bencher: Bencher<'_, '_>) {
    let scheduler = Scheduler::new(Settings::default());
    let now = Moment::new(support::NOW_MS, 0);
    bencher.bench(|| scheduler.outcomes(black_box(&CardState::default()), now, None, 0.5));
}

/// An index in memory over logs that hold 100,000 answers.
fn index(folder: &std::path::Path) -> Result<Index, grillme::store::StoreError> {
    let scheduler = Scheduler::new(Settings::default());
    let mut log = Log::new(folder, "bench");
    if !log.path().exists() {
        let _ = std::fs::create_dir_all(folder);
        let _ = std::fs::write(log.path(), support::log(CARDS, 9));
        support::events(1, 1).try_for_each(|event| log.append(&event))?;
    }
    let (mut index, _) = Index::open(None, folder, &scheduler)?;
    let entry = |n: usize| Entry {
        key: format!("big/card-{n}"),
        deck: "big".to_owned(),
        item: format!("card-{n}"),
        part: String::new(),
        lesson: "big".to_owned(),
        kind: "flash".to_owned(),
        tier: None,
        tags: Vec::new(),
        rev: 1,
        source: 0,
        start: 0,
        end: 0,
        position: n as u64,
        confusable: Vec::new(),
    };
    let entries: Vec<Entry> = (0..CARDS).map(entry).collect();
    index.put_contents(("big", "big", "1"), &entries, &[], &scheduler)?;
    Ok(index)
}

#[divan::bench(sample_count = 5)]
fn build_the_index_of_90_000_answers(bencher: Bencher<'_, '_>) {
    let home = tempfile::tempdir().ok();
    let folder = home.as_ref().map(|home| home.path().join("progress")).unwrap_or_default();
    bencher.bench_local(|| index(&folder).is_ok());
}

#[divan::bench]
fn find_what_is_due(bencher: Bencher<'_, '_>) {
    let home = tempfile::tempdir().ok();
    let folder = home.as_ref().map(|home| home.path().join("progress")).unwrap_or_default();
    let Ok(index) = index(&folder) else { return };
    let query = Query { origin: "big".to_owned(), deck: "big".to_owned(), ..Query::default() };
    let now = Moment::new(support::NOW_MS, 3_600);
    bencher.bench_local(|| index.due(std::slice::from_ref(&query), now, 0, 200).map(|found| found.len()));
}

#[divan::bench]
fn set_a_page_of_markdown(bencher: Bencher<'_, '_>) {
    let text = "Some **strong** words, `code`, and a list:\n\n- one entry that is long enough to wrap at the width\n- another\n\n```sh\ndocker run --rm -it alpine\n```\n".repeat(20);
    let style = Style { color: true, unicode: true, plain: false, width: 80 };
    bencher.bench(|| markdown(black_box(&text), &style));
}
