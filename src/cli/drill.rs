//! One session at the prompt: ask, mark, show, keep, go on.

use std::collections::BTreeMap;
use std::time::Instant;

use crate::deck::{Flash, Item, Kind, Part, Span, Text};
use crate::grade::{self, Answer, Mark, Proposal, Verdict};
use crate::library::{self, Origin};
use crate::render::{self, Head};
use crate::schedule::{self, CardState, Rating, Review, StudyDay};
use crate::session::{Answered, Card, Drill, Mode, Step};
use crate::store::{Entry, Index, Log, Query, What};
use crate::term::{Button, Guard, Prompter, Reply, ask};

use super::app::App;
use super::chance;
use super::contents::Sources;
use super::error::Stop;

/// The longest answer time that counts, in milliseconds.
const MOST_MS: u128 = 60_000;

/// What a card is about: which deck, and where in it.
pub struct Subject {
    pub origin: Origin,
    pub entry: Entry,
}

/// A session that is running.
pub struct Run<'a> {
    app: &'a App,
    prompter: Box<dyn Prompter>,
    index: Index,
    log: Log,
    drill: Drill,
    subjects: BTreeMap<String, Subject>,
    queries: Vec<Query>,
    sources: Sources,
    by: Option<StudyDay>,
    seed: u64,
    _guard: Guard,
}

/// What the learner did with a card.
enum Outcome {
    Rated { rating: Rating, answer: Option<Answer>, mark: Option<Mark>, hints: u32 },
    Undo,
    Leave,
}

impl<'a> Run<'a> {
    /// Gets ready to ask.
    pub fn new(
        app: &'a App,
        index: Index,
        drill: Drill,
        subjects: BTreeMap<String, Subject>,
        queries: Vec<Query>,
        by: Option<StudyDay>,
    ) -> Result<Self, Stop> {
        let prompter = app.prompter("this command asks; pipe the answers in with --plain, or leave --no-input out");
        let (log, seed, guard) = (app.log()?, app.seed(), Guard::install()?);
        let sources = Sources::default();
        Ok(Self { app, prompter, index, log, drill, subjects, queries, sources, by, seed, _guard: guard })
    }

    /// Asks until nothing is left or the learner leaves, then sums up.
    pub fn play(mut self) -> Result<(), Stop> {
        while let Step::Ask(card) = self.drill.next(self.app.now()) {
            let started = Instant::now();
            match self.ask(&card)? {
                Outcome::Leave => break,
                Outcome::Undo => self.undo()?,
                rated => self.keep(card, rated, started)?,
            }
        }
        self.sum_up()
    }

    fn ask(&mut self, card: &Card) -> Result<Outcome, Stop> {
        let Some(subject) = self.subjects.get(&card.key) else { return Ok(Outcome::Leave) };
        let entry = &subject.entry;
        let span = Span { start: to_usize(entry.start), end: to_usize(entry.end) };
        let item = library::read_item(&subject.origin, to_usize(u64::from(entry.source)), span)?;
        let part = Part::from_suffix(&entry.part).unwrap_or(Part::Whole);
        let style = *self.prompter.style();
        let changed = card.state.rev != 0 && card.state.rev < item.rev;
        let is_new = card.state.phase == schedule::Phase::New;
        let head = Head { deck: &entry.deck, lesson: &entry.lesson, left: self.drill.left(), is_new, changed };
        self.prompter.say(&render::head(&head, &style))?;
        self.prompter.say("")?;
        ask::show(self.prompter.as_mut(), &item, part)?;
        self.prompter.say("")?;
        match &item.kind {
            Kind::Flash(flash) => self.ask_flash(card, &item, flash, part),
            _ => self.ask_graded(card, &item, part),
        }
    }

    fn ask_flash(&mut self, card: &Card, item: &Item, flash: &Flash, part: Part) -> Result<Outcome, Stop> {
        let buttons = self.buttons(card);
        let mut hints = Hints::new(&item.hints);
        let at_once = loop {
            match ask::flash::reveal(self.prompter.as_mut(), flash, part, &buttons, hints.more())? {
                Reply::Given(at_once) => break at_once,
                Reply::Hint => self.show_hint(&mut hints)?,
                Reply::Undo => return Ok(Outcome::Undo),
                Reply::Leave => return Ok(Outcome::Leave),
            }
        };
        self.after_answer(card, item)?;
        let default = if hints.shown > 0 { Rating::Hard } else { Rating::Good };
        let choice = match at_once {
            Some(at) => Reply::Given(at),
            None => self.prompter.rate(&buttons, index_of(default))?,
        };
        Ok(outcome(choice, None, None, hints.shown))
    }

    fn ask_graded(&mut self, card: &Card, item: &Item, part: Part) -> Result<Outcome, Stop> {
        let shuffle = chance::shuffled(self.seed, &card.key, card.state.reps, listed(item));
        let mut hints = Hints::new(&item.hints);
        let answer = loop {
            self.prompter.clear_typed_ahead();
            match ask::ask(self.prompter.as_mut(), item, part, &shuffle, hints.more())? {
                Reply::Given(answer) => break answer,
                Reply::Hint => self.show_hint(&mut hints)?,
                Reply::Undo => return Ok(Outcome::Undo),
                Reply::Leave => return Ok(Outcome::Leave),
            }
        };
        let marked = answer.and_then(|answer| Some((grade::mark(item, part, &answer)?, answer)));
        let Some((mark, answer)) = marked else { return Ok(Outcome::Leave) };
        let mark = match self.settle(mark)? {
            Reply::Given(mark) => mark,
            Reply::Undo => return Ok(Outcome::Undo),
            _ => return Ok(Outcome::Leave),
        };
        let style = *self.prompter.style();
        self.prompter.say(&render::marking(&mark, &style))?;
        self.after_answer(card, item)?;
        let default = match grade::proposed(&mark, hints.shown) {
            Proposal::Again => Rating::Again,
            Proposal::Hard => Rating::Hard,
            Proposal::Good => Rating::Good,
        };
        let buttons = self.buttons(card);
        let choice = self.prompter.rate(&buttons, index_of(default))?;
        Ok(outcome(choice, Some(answer), Some(mark), hints.shown))
    }

    /// Asks whether an answer one edit away was a slip of the finger.
    fn settle(&mut self, mark: Mark) -> Result<Reply<Mark>, Stop> {
        if mark.verdict != Verdict::Slip {
            return Ok(Reply::Given(mark));
        }
        let style = *self.prompter.style();
        self.prompter.say(&render::slips(&mark, &style))?;
        let right = match self.prompter.confirm("Was it only a slip?", true)? {
            Reply::Given(right) => right,
            Reply::Undo => return Ok(Reply::Undo),
            _ => return Ok(Reply::Leave),
        };
        Ok(Reply::Given(mark.settle_slips(right)))
    }

    fn show_hint(&mut self, hints: &mut Hints<'_>) -> Result<(), Stop> {
        let style = *self.prompter.style();
        if let Some(hint) = hints.next() {
            self.prompter.say(&render::hint(hint, &style))?;
        }
        Ok(())
    }

    fn after_answer(&mut self, card: &Card, item: &Item) -> Result<(), Stop> {
        let style = *self.prompter.style();
        let origin = self.subjects.get(&card.key).map(|subject| subject.origin.clone());
        let sources = origin.map(|origin| self.sources.of(&origin, item)).unwrap_or_default();
        let told = render::afterwards(item, &sources.iter().collect::<Vec<_>>(), &style);
        if !told.is_empty() {
            self.prompter.say(&told)?;
        }
        Ok(())
    }

    fn buttons(&self, card: &Card) -> Vec<Button> {
        let now = self.app.now();
        let chance = schedule::chance(&card.key, card.state.reps);
        let outcomes = self.app.scheduler.outcomes(&card.state, now, self.by, chance);
        let caption = |after: &CardState| match self.drill.mode() {
            Mode::Scheduled => schedule::interval_label(now, after),
            Mode::Cram => String::new(),
        };
        let button = |(rating, after): (&Rating, &CardState)| Button {
            key: char::from(b'0' + rating.as_u8()),
            name: rating.label().to_owned(),
            caption: caption(after),
        };
        Rating::ALL.iter().zip(&outcomes).map(button).collect()
    }

    /// Keeps an answer: on disk first, then in the index and the session.
    fn keep(&mut self, card: Card, outcome: Outcome, started: Instant) -> Result<(), Stop> {
        let Outcome::Rated { rating, answer, mark, hints } = outcome else { return Ok(()) };
        let took_ms = u32::try_from(started.elapsed().as_millis().min(MOST_MS)).unwrap_or(u32::MAX);
        let rev = self.subjects.get(&card.key).map_or(1, |subject| subject.entry.rev);
        if self.drill.mode() == Mode::Cram {
            let after = card.state.clone();
            self.drill.answer(Answered { card, after, rating, took_ms, event: None });
            return Ok(());
        }
        let moment = self.app.now();
        let what = What::Review {
            card: card.key.clone(),
            rating: rating.as_u8(),
            ms: took_ms,
            rev,
            by: self.by,
            hints,
            given: answer.as_ref().map(given),
            score: mark.as_ref().map(|mark| mark.score),
            auto: mark.as_ref().map(|mark| grade::proposed(mark, hints) as u8),
        };
        let event = self.app.event(moment, what);
        self.log.append(&event)?;
        self.index.refresh(&self.app.scheduler)?;
        let review = Review { moment, rating, by: self.by, rev };
        let chance = schedule::chance(&card.key, card.state.reps);
        let after = self.app.scheduler.answer(&card.state, &review, chance);
        self.tell_leech(&card, &after)?;
        self.drill.answer(Answered { card, after, rating, took_ms, event: Some(event.id.as_u128()) });
        Ok(())
    }

    fn tell_leech(&mut self, card: &Card, after: &CardState) -> Result<(), Stop> {
        if after.leech && !card.state.leech {
            let text =
                format!("{} was forgotten {} times: rewrite it, or `grillme suspend` it.", card.key, after.lapses);
            self.prompter.say(&text)?;
        }
        Ok(())
    }

    /// Takes back the last answer: of this session, or else the last one in the log.
    fn undo(&mut self) -> Result<(), Stop> {
        let Some((key, of)) = self.last()? else {
            self.prompter.say("There is nothing to undo.")?;
            return Ok(());
        };
        if let Some(of) = of {
            let what = What::Undo { card: key.clone(), of: uuid::Uuid::from_u128(of) };
            let event = self.app.event(self.app.now(), what);
            self.log.append(&event)?;
            self.index.refresh(&self.app.scheduler)?;
        }
        match self.drill.undo() {
            Some(last) => self.prompter.say(&format!("Took back {}.", last.card.key))?,
            None => self.prompter.say(&format!("Took back {key}, answered before this session."))?,
        }
        if !self.subjects.contains_key(&key) {
            return Ok(());
        }
        let state = self.index.state(&key)?.unwrap_or_default();
        self.drill.put_first(Card { key, state });
        Ok(())
    }

    fn last(&self) -> Result<Option<(String, Option<u128>)>, Stop> {
        if let Some(last) = self.drill.answered().last() {
            return Ok(Some((last.card.key.clone(), last.event)));
        }
        if self.drill.mode() == Mode::Cram {
            return Ok(None);
        }
        Ok(self.index.last_review()?.map(|last| (last.card, Some(last.id.as_u128()))))
    }

    fn sum_up(mut self) -> Result<(), Stop> {
        let style = *self.prompter.style();
        let now = self.app.now();
        let tomorrow = self.index.due_on(&self.queries, now.day.plus(1))?;
        let later = match self.drill.next(now) {
            Step::Later(at_ms) => Some((at_ms - now.at_ms).max(0)),
            _ => None,
        };
        let stems = self.missed_stems();
        let tally = self.drill.tally();
        let summary = render::Summary {
            tally: &tally,
            left: self.drill.left(),
            stems: &stems,
            tomorrow,
            later_ms: later,
            cram: self.drill.mode() == Mode::Cram,
        };
        self.prompter.say(&render::summary(&summary, &style))?;
        Ok(())
    }

    fn missed_stems(&self) -> BTreeMap<String, Text> {
        let stem = |key: &str| {
            let subject = self.subjects.get(key)?;
            let span = Span { start: to_usize(subject.entry.start), end: to_usize(subject.entry.end) };
            let item = library::read_item(&subject.origin, to_usize(u64::from(subject.entry.source)), span).ok()?;
            Some((key.to_owned(), item.stem()))
        };
        self.drill.tally().missed.iter().filter_map(|missed| stem(&missed.key)).collect()
    }
}

/// The hints of an item, given one by one.
struct Hints<'h> {
    all: &'h [Text],
    shown: u32,
}

impl<'h> Hints<'h> {
    fn new(all: &'h [Text]) -> Self {
        Self { all, shown: 0 }
    }

    fn more(&self) -> bool {
        to_usize(u64::from(self.shown)) < self.all.len()
    }

    fn next(&mut self) -> Option<&'h Text> {
        let hint = self.all.get(to_usize(u64::from(self.shown)))?;
        self.shown += 1;
        Some(hint)
    }
}

fn outcome(choice: Reply<usize>, answer: Option<Answer>, mark: Option<Mark>, hints: u32) -> Outcome {
    match choice {
        Reply::Given(at) => {
            let rating = Rating::ALL.get(at).copied().unwrap_or(Rating::Good);
            Outcome::Rated { rating, answer, mark, hints }
        }
        Reply::Undo => Outcome::Undo,
        Reply::Hint | Reply::Leave => Outcome::Leave,
    }
}

fn index_of(rating: Rating) -> usize {
    usize::from(rating.as_u8()) - 1
}

fn to_usize(n: u64) -> usize {
    usize::try_from(n).unwrap_or(usize::MAX)
}

/// Counts what is listed in shuffled order.
fn listed(item: &Item) -> usize {
    match &item.kind {
        Kind::Choice(choice) => choice.options.len(),
        Kind::Order(order) => order.steps.len() + order.extra.len(),
        Kind::Match(matching) => matching.rights().count(),
        _ => 0,
    }
}

/// Writes an answer for the log.
fn given(answer: &Answer) -> String {
    match answer {
        Answer::Text(text) => text.clone(),
        Answer::Options(ids) | Answer::Sequence(ids) => ids.iter().map(|id| id.as_str()).collect::<Vec<_>>().join(" "),
        Answer::Pairs(pairs) => {
            let pair = |(left, right): (&crate::deck::Id, &Option<usize>)| {
                format!("{left}={}", right.map_or_else(String::new, |right| (right + 1).to_string()))
            };
            pairs.iter().map(pair).collect::<Vec<_>>().join(" ")
        }
        Answer::Labels(labels) => {
            labels.iter().map(|(hole, text)| format!("{hole}: {text}")).collect::<Vec<_>>().join("; ")
        }
        Answer::Moves(cases) => {
            let case = |moves: &BTreeMap<String, crate::deck::Move>| {
                moves.iter().map(|(metric, way)| format!("{metric} {}", way.word())).collect::<Vec<_>>().join(", ")
            };
            cases.iter().map(case).collect::<Vec<_>>().join("; ")
        }
    }
}
