//! A session of interview questions: each asked, gone through and rated; the answer is kept before the next one shows.

use std::collections::VecDeque;

use uuid::Uuid;

use crate::deck::{self, Item, Kind, Part};
use crate::grade::{self, Proposal};
use crate::library::Origin;
use crate::render;
use crate::schedule::{self, Attempt, CardState, Certainty, Rating, Review, Standing};
use crate::store::{Draft, Index, Log, What};
use crate::term::{Button, Reply};

use super::super::app::{App, write_json};
use super::super::asker::{Asker, Question};
use super::super::drill::Subject;
use super::super::error::Stop;
use super::Interview;
use super::candidates::{self, Pool, asked_at};
use super::keep::Answered;
use super::question::{self, Marked, Said};

/// A question that was answered and kept.
struct Done {
    subject: Subject,
    before: CardState,
    event: Uuid,
    round: render::InterviewRound,
}

/// A session that is running.
struct Session<'a> {
    app: &'a App,
    args: &'a Interview,
    asker: Asker,
    index: Index,
    log: Log,
    waiting: VecDeque<(Subject, CardState)>,
    done: Vec<Done>,
}

/// How one question ended.
enum Outcome {
    Kept,
    Undo,
    /// The answer just given is taken back: the question is asked again, its draft at hand.
    Again,
    Leave,
}

pub fn run(app: &App, args: &Interview) -> Result<(), Stop> {
    let log = app.session_log()?;
    let mut index = app.index()?;
    let pools = candidates::pools(app, &mut index, &args.selection)?;
    let seed = app.seed;
    let each = args.count.div_ceil(pools.len());
    let drafts = app.folders()?.drafts();
    let begun = |key: &str| Draft::is_begun(&drafts, key);
    let picked = pools.into_iter().flat_map(|pool: Pool| pool.pick(app, seed, each, begun));
    let waiting: VecDeque<_> = picked.take(args.count).collect();
    let asker = Asker::new(app, super::INSTEAD)?.with_certainty(args.certainty);
    let mut session = Session { app, args, asker, index, log, waiting, done: Vec::new() };
    session.play()?;
    session.sum_up()
}

impl Session<'_> {
    fn play(&mut self) -> Result<(), Stop> {
        while let Some((subject, state)) = self.waiting.pop_front() {
            match self.ask(&subject, &state)? {
                Outcome::Kept => {}
                Outcome::Leave => {
                    self.tell_draft(&subject)?;
                    self.waiting.push_front((subject, state));
                    return Ok(());
                }
                Outcome::Again => {
                    self.asker.say("Took back the answer you just gave.")?;
                    self.waiting.push_front((subject, state));
                }
                Outcome::Undo => {
                    self.waiting.push_front((subject, state));
                    self.undo()?;
                }
            }
        }
        Ok(())
    }

    fn ask(&mut self, subject: &Subject, state: &CardState) -> Result<Outcome, Stop> {
        let item = subject.item()?;
        let Kind::Interview(interview) = &item.kind else { return Ok(Outcome::Kept) };
        let key = subject.entry.key.as_str();
        let draft = Draft::hold(&self.app.folders()?.drafts(), key);
        self.head(subject, &item)?;
        let said = match question::put(&mut self.asker, &item, &draft, self.args.think)? {
            Reply::Given(said) => said,
            other => return Ok(ended(&other)),
        };
        let sure = match self.asker.sure()? {
            Reply::Given(sure) => sure,
            other => return Ok(answered(&other)),
        };
        let marked = match question::mark(&mut self.asker, interview, &said)? {
            Reply::Given(marked) => marked,
            other => return Ok(answered(&other)),
        };
        let about = Question { origin: &subject.origin, item: &item, part: Part::Whole, key, reps: state.reps };
        self.asker.explain(&about, None)?;
        self.verdict(&item, &said, &marked)?;
        let rating = match self.rate(key, &item, state, &marked, sure)? {
            Reply::Given(rating) => rating,
            other => return Ok(answered(&other)),
        };
        let (coverage, ticks, confirmed) = (marked.coverage.as_ref(), &marked.ticks, Some(marked.confirmed));
        let answered = Answered { key, item: &item, interview, said: &said, coverage, ticks, confirmed, sure };
        let event = self.keep(answered.review(rating))?;
        draft.clear();
        self.tell_movement(subject, &item, rating, event)?;
        let round = round(key, &item, interview, (rating, &marked));
        let (origin, entry) = (subject.origin.clone(), subject.entry.clone());
        self.done.push(Done { subject: Subject { origin, entry }, before: state.clone(), event, round });
        Ok(Outcome::Kept)
    }

    /// Says where an answer that was begun can be gone on with.
    fn tell_draft(&mut self, subject: &Subject) -> Result<(), Stop> {
        let (entry, drafts) = (&subject.entry, self.app.folders()?.drafts());
        if !Draft::is_begun(&drafts, &entry.key) {
            return Ok(());
        }
        let deck = match &subject.origin {
            Origin::Bundled(_) => entry.deck.clone(),
            Origin::Path(_) => subject.origin.name(),
        };
        self.asker.say("What you wrote is kept, and offered first next time:")?;
        self.asker.say(&render::safe_str(&format!("  grillme interview {deck} --item {}", entry.item)))
    }

    fn head(&mut self, subject: &Subject, item: &Item) -> Result<(), Stop> {
        let style = *self.asker.prompter.style();
        let mut parts = vec![subject.entry.lesson.clone(), asked_at(item).word().to_owned()];
        let (at, of) = (self.done.len() + 1, self.done.len() + 1 + self.waiting.len());
        parts.push(format!("{at} of {of}"));
        parts.extend(item.seconds.map(|seconds| format!("about {}", render::fair(seconds))));
        self.asker.say(&render::headline(&subject.entry.deck, &parts, &style))?;
        self.asker.say("")
    }

    fn verdict(&mut self, item: &Item, said: &Said, marked: &Marked) -> Result<(), Stop> {
        let style = *self.asker.prompter.style();
        let told = render::coverage_told(marked.coverage.as_ref(), marked.confirmed, &style);
        self.asker.say(&told)?;
        render::overtime(said.took_ms, item.seconds).map_or(Ok(()), |told| self.asker.say(&told))
    }

    fn rate(
        &mut self,
        key: &str,
        item: &Item,
        state: &CardState,
        marked: &Marked,
        sure: Option<Certainty>,
    ) -> Result<Reply<Rating>, Stop> {
        let now = self.app.now();
        let review = Review { sure, tier: Some(asked_at(item)), rev: item.rev, ..Review::new(now, Rating::Good) };
        let outcomes = self.app.scheduler.outcomes_of(state, &review, schedule::chance(key, state.reps));
        let button = |(rating, after): (&Rating, &CardState)| Button {
            key: char::from(b'0' + rating.as_u8()),
            name: rating.label().to_owned(),
            caption: schedule::interval_label(now, after),
        };
        let buttons: Vec<Button> = Rating::ALL.iter().zip(&outcomes).map(button).collect();
        let default = match grade::proposed_for(marked.confirmed) {
            Proposal::Again => 0,
            Proposal::Hard => 1,
            Proposal::Good => 2,
        };
        let reply = self.asker.prompter.rate(&buttons, default)?;
        Ok(reply.map(|at| Rating::ALL.get(at).copied().unwrap_or(Rating::Good)))
    }

    fn keep(&mut self, what: What) -> Result<Uuid, Stop> {
        let event = self.app.event(self.app.now(), what);
        self.asker.keep(&mut self.log, &event)?;
        self.index.refresh(&self.app.scheduler)?;
        Ok(event.id)
    }

    /// Says in one line what the answer did to the learner's tier.
    fn tell_movement(&mut self, subject: &Subject, item: &Item, rating: Rating, event: Uuid) -> Result<(), Stop> {
        let deck = subject.entry.deck.as_str();
        let mut attempts = self.index.attempts(deck)?;
        attempts.sort_unstable();
        let at = attempts.iter().position(|attempt: &Attempt| attempt.id == event.as_u128());
        let Some(at) = at else { return Ok(()) };
        let before =
            attempts[..at].iter().fold(Standing::default(), |standing, each| schedule::climb(standing, each).0);
        let (standing, movement) = schedule::climb(before, &attempts[at]);
        debug_assert!(attempts[at].rating == rating && attempts[at].tier == asked_at(item));
        self.asker.say(&format!("Tier: {}", render::movement(&movement, &standing, deck)))
    }

    /// Takes back the last answer of this session.
    fn undo(&mut self) -> Result<(), Stop> {
        let Some(last) = self.done.pop() else {
            return self.asker.tell("There is nothing to undo in this session; `grillme undo` goes further back.");
        };
        let key = last.subject.entry.key.clone();
        self.keep(What::Undo { card: key.clone(), of: last.event })?;
        self.asker.tell(&format!("Took back {key}."))?;
        self.waiting.push_front((last.subject, last.before));
        Ok(())
    }

    fn sum_up(mut self) -> Result<(), Stop> {
        let style = *self.asker.prompter.style();
        let rounds: Vec<&render::InterviewRound> = self.done.iter().map(|done| &done.round).collect();
        let mut standings: Vec<(String, Standing)> = Vec::new();
        for done in &self.done {
            let deck = &done.subject.entry.deck;
            if !standings.iter().any(|(known, _)| known == deck) {
                standings.push((deck.clone(), self.index.standing(deck)?));
            }
        }
        let left = self.waiting.len();
        if self.app.json() {
            return write_json(&render::InterviewDocument::new(&rounds, &standings, left));
        }
        let told = render::interview_summary(&rounds, &standings, left, &style);
        self.asker.say(&told)
    }
}

fn round(
    key: &str,
    item: &Item,
    interview: &deck::Interview,
    (rating, marked): (Rating, &Marked),
) -> render::InterviewRound {
    let open = question::open_points(interview, &marked.ticks);
    let points = interview.rubric.key_points.iter().filter(|point| open.contains(&point.id));
    render::InterviewRound {
        key: key.to_owned(),
        tier: asked_at(item),
        rating: rating.as_u8(),
        auto: marked.coverage.as_ref().map(|coverage| coverage.auto),
        confirmed: marked.confirmed,
        open: points.map(|point| point.text.clone()).collect(),
    }
}

fn ended<T>(reply: &Reply<T>) -> Outcome {
    if matches!(reply, Reply::Undo) { Outcome::Undo } else { Outcome::Leave }
}

/// As [`ended`], once there is an answer: that is what is taken back first.
fn answered<T>(reply: &Reply<T>) -> Outcome {
    if matches!(reply, Reply::Undo) { Outcome::Again } else { Outcome::Leave }
}
