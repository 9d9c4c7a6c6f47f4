//! One session at the prompt: ask, mark, show, keep, go on.

mod end;

use std::collections::BTreeMap;
use std::time::Instant;

use crate::deck::{Item, Part, Span};
use crate::grade::{self, Proposal};
use crate::library::{self, LoadError, Origin};
use crate::render::{self, Head};
use crate::schedule::{self, CardState, Rating, Review, StudyDay};
use crate::session::{Answered, Card, Drill, Mode, Step};
use crate::store::{Detail, Entry, Event, Index, Log, Query, What};
use crate::term::{Button, Reply};

use super::app::App;
use super::asker::{self, Asker, Question, Response};
use super::error::Stop;

/// What to do where nobody may be asked.
const INSTEAD: &str = "this command asks; pipe the answers in with --plain, or leave --no-input out";

/// Said to who leaves between the answer and its rating.
const UNRATED: &str = "Without a rating the last answer does not count: the card is asked again next time.";

/// The longest answer time that counts, in milliseconds.
const MOST_MS: u128 = 60_000;

/// What a card is about: which deck, and where in it.
pub struct Subject {
    pub origin: Origin,
    pub entry: Entry,
}

impl Subject {
    /// Reads the item; where another one stands in its place by now, the deck is searched for it.
    pub fn item(&self) -> Result<Item, LoadError> {
        let span = Span { start: to_usize(self.entry.start), end: to_usize(self.entry.end) };
        let read = library::read_item(&self.origin, to_usize(u64::from(self.entry.source)), span);
        match read {
            Ok(item) if item.id.as_str() == self.entry.item => Ok(item),
            Ok(_) | Err(LoadError::Changed { .. }) => self.searched(),
            Err(error) => Err(error),
        }
    }

    fn searched(&self) -> Result<Item, LoadError> {
        let deck = library::load(&self.origin)?.deck;
        let found = deck.item(&self.entry.item).map(|(_, item)| item.clone());
        found.ok_or_else(|| LoadError::Changed { name: self.origin.name() })
    }
}

/// A session that is running.
pub struct Run<'a> {
    app: &'a App,
    asker: Asker,
    index: Index,
    log: Log,
    drill: Drill,
    subjects: BTreeMap<String, Subject>,
    queries: Vec<Query>,
    by: Option<StudyDay>,
}

/// What the learner did with a card.
enum Outcome {
    Rated(Rating, Response),
    Undo,
    /// The answer just given is taken back, or hidden again: the card is asked once more.
    Again,
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
        certainty: bool,
    ) -> Result<Self, Stop> {
        Ok(Self {
            app,
            asker: Asker::new(app, INSTEAD)?.with_certainty(certainty),
            index,
            log: if drill.mode() == Mode::Cram { app.log()? } else { app.session_log()? },
            drill,
            subjects,
            queries,
            by,
        })
    }

    /// Asks until nothing is left or the learner leaves, then sums up.
    pub fn play(mut self) -> Result<(), Stop> {
        while let Step::Ask(card) = self.drill.next(self.app.now()) {
            let started = Instant::now();
            match self.ask(&card)? {
                Outcome::Leave => break,
                Outcome::Undo => self.undo()?,
                Outcome::Again => {}
                rated => self.keep(card, rated, started)?,
            }
        }
        self.sum_up()
    }

    fn ask(&mut self, card: &Card) -> Result<Outcome, Stop> {
        let buttons = self.buttons(card);
        let Some(subject) = self.subjects.get(&card.key) else { return Ok(Outcome::Leave) };
        let (entry, item) = (&subject.entry, subject.item()?);
        let style = *self.asker.prompter.style();
        let changed = card.state.rev != 0 && card.state.rev < item.rev;
        let is_new = card.state.phase == schedule::Phase::New;
        let head = Head { deck: &entry.deck, lesson: &entry.lesson, left: self.drill.left(), is_new, changed };
        self.asker.say(&render::head(&head, &style))?;
        self.asker.say("")?;
        let part = Part::from_suffix(&entry.part).unwrap_or(Part::Whole);
        let (key, reps) = (card.key.as_str(), card.state.reps);
        let question = Question { origin: &subject.origin, item: &item, part, key, reps };
        match self.asker.ask(&question, &buttons)? {
            Reply::Given(response) => self.rate(response, &buttons),
            Reply::Undo => Ok(Outcome::Undo),
            Reply::Hint | Reply::Leave => Ok(Outcome::Leave),
        }
    }

    fn rate(&mut self, response: Response, buttons: &[Button]) -> Result<Outcome, Stop> {
        let choice = match response.at_once {
            Some(at) => Reply::Given(at),
            None => self.asker.prompter.rate(buttons, index_of(suggested(&response)))?,
        };
        let answered = response.answer.is_some();
        Ok(match choice {
            Reply::Given(at) => Outcome::Rated(Rating::ALL.get(at).copied().unwrap_or(Rating::Good), response),
            Reply::Undo => {
                self.asker.say(if answered { "Took back the answer you just gave." } else { "Asked again." })?;
                Outcome::Again
            }
            Reply::Hint | Reply::Leave => {
                if answered {
                    self.asker.tell(UNRATED)?;
                }
                Outcome::Leave
            }
        })
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
        let Outcome::Rated(rating, Response { answer, mark, hints, sure, .. }) = outcome else { return Ok(()) };
        let took_ms = u32::try_from(started.elapsed().as_millis().min(MOST_MS)).unwrap_or(u32::MAX);
        let rev = self.subjects.get(&card.key).map_or(1, |subject| subject.entry.rev);
        if self.drill.mode() == Mode::Cram {
            let after = card.state.clone();
            self.drill.answer(Answered { card, after, rating, took_ms, event: None });
            return self.tell_kept(rating, "");
        }
        let moment = self.app.now();
        let what = What::Review {
            card: card.key.clone(),
            rating: rating.as_u8(),
            ms: took_ms,
            rev,
            by: self.by,
            hints,
            given: answer.as_ref().map(asker::given),
            score: mark.as_ref().map(|mark| mark.score),
            auto: mark.as_ref().map(|mark| grade::proposed(mark, hints) as u8 + 1),
            detail: Detail { sure, ..Detail::default() },
        };
        let event = self.app.event(moment, what);
        self.append(&event)?;
        let review = Review { by: self.by, rev, sure, ..Review::new(moment, rating) };
        let chance = schedule::chance(&card.key, card.state.reps);
        let after = self.app.scheduler.answer(&card.state, &review, chance);
        self.tell_kept(rating, &schedule::interval_label(moment, &after))?;
        self.tell_leech(&card, &after)?;
        self.drill.answer(Answered { card, after, rating, took_ms, event: Some(event.id.as_u128()) });
        Ok(())
    }

    fn tell_kept(&mut self, rating: Rating, back_in: &str) -> Result<(), Stop> {
        let style = *self.asker.prompter.style();
        self.asker.say(&render::kept(rating.label(), back_in, &style))
    }

    /// Puts an event on disk, then in the index. What others wrote since the card was shown is read first: a log that
    /// has lost answers by now must show it before it grows again.
    fn append(&mut self, event: &Event) -> Result<(), Stop> {
        self.refresh()?;
        self.asker.keep(&mut self.log, event)?;
        self.refresh()
    }

    fn refresh(&mut self) -> Result<(), Stop> {
        let notes = self.index.refresh(&self.app.scheduler)?;
        self.app.tell_damage(&notes);
        Ok(())
    }

    fn tell_leech(&mut self, card: &Card, after: &CardState) -> Result<(), Stop> {
        if after.leech && !card.state.leech {
            let text =
                format!("{} was forgotten {} times: rewrite it, or `grillme suspend` it.", card.key, after.lapses);
            self.asker.tell(&text)?;
        }
        Ok(())
    }

    /// Takes back the last answer: of this session, or else the last one in the log.
    fn undo(&mut self) -> Result<(), Stop> {
        let Some((key, of)) = self.last()? else {
            self.asker.say("There is nothing to undo.")?;
            return Ok(());
        };
        if let Some(of) = of {
            let what = What::Undo { card: key.clone(), of: uuid::Uuid::from_u128(of) };
            let event = self.app.event(self.app.now(), what);
            self.append(&event)?;
        }
        match self.drill.undo() {
            Some(last) => self.asker.tell(&format!("Took back {}.", last.card.key))?,
            None => self.asker.tell(&format!("Took back {key}, answered before this session."))?,
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
}

/// Gives the rating that stands ready for a response.
fn suggested(response: &Response) -> Rating {
    match response.mark.as_ref().map(|mark| grade::proposed(mark, response.hints)) {
        Some(Proposal::Again) => Rating::Again,
        Some(Proposal::Hard) => Rating::Hard,
        Some(Proposal::Good) => Rating::Good,
        None if response.hints > 0 => Rating::Hard,
        None => Rating::Good,
    }
}

fn index_of(rating: Rating) -> usize {
    usize::from(rating.as_u8()) - 1
}

fn to_usize(n: u64) -> usize {
    usize::try_from(n).unwrap_or(usize::MAX)
}
