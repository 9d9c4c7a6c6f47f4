//! What can happen.

use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::value::RawValue;
use uuid::Uuid;

use crate::deck::Tier;
use crate::grade::PointVerdict;
use crate::schedule::{Certainty, StudyDay};

/// What happened.
#[derive(Debug, Clone, PartialEq)]
pub enum What {
    /// A card was answered.
    Review {
        /// The card's key.
        card: String,
        /// 1 Again to 4 Easy.
        rating: u8,
        /// Time taken, in milliseconds, 60,000 at most.
        ms: u32,
        /// The item's `rev`.
        rev: u32,
        /// The day the learner studied for.
        by: Option<StudyDay>,
        /// Hints taken.
        hints: u32,
        /// The learner's answer, as text.
        given: Option<String>,
        /// What the machine made of it, 0 to 1.
        score: Option<f64>,
        /// The rating the machine proposed.
        auto: Option<u8>,
        /// What else is known of it.
        detail: Detail,
    },
    /// A card or an item was answered off the schedule: that moves neither memory nor due day nor tier.
    Practice {
        /// The card's key, `deck/item`, or `deck/item#step` for a step of a scenario.
        card: String,
        /// Where: `quiz`, `lesson`, `mock` and so on.
        via: String,
        /// 1 Again to 4 Easy, if anybody said.
        rating: Option<u8>,
        /// Time taken, in milliseconds, 60,000 at most.
        ms: u32,
        /// The item's `rev`.
        rev: u32,
        /// Hints taken.
        hints: u32,
        /// The learner's answer, as text.
        given: Option<String>,
        /// What the machine made of it, 0 to 1.
        score: Option<f64>,
        /// What else is known of it.
        detail: Detail,
    },
    /// An event was taken back.
    Undo {
        /// The card's key.
        card: String,
        /// The id of that event.
        of: Uuid,
    },
    /// A card is left out until resumed.
    Suspend {
        /// The card's key.
        card: String,
    },
    /// A card is back in.
    Unsuspend {
        /// The card's key.
        card: String,
    },
    /// A card is left out through a day.
    Bury {
        /// The card's key.
        card: String,
        /// That day.
        through: StudyDay,
    },
    /// A buried card is back in.
    Unbury {
        /// The card's key.
        card: String,
    },
    /// A card starts over as new.
    Forget {
        /// The card's key.
        card: String,
    },
    /// A card is to come back on a day, or before it if it is due before.
    Plan {
        /// The card's key.
        card: String,
        /// That day.
        on: StudyDay,
    },
    /// A kind that this version does not know; kept as it is.
    Unknown,
}

impl What {
    /// Gives the key of the card concerned.
    pub fn card(&self) -> Option<&str> {
        match self {
            Self::Review { card, .. }
            | Self::Practice { card, .. }
            | Self::Plan { card, .. }
            | Self::Undo { card, .. }
            | Self::Suspend { card }
            | Self::Unsuspend { card }
            | Self::Bury { card, .. }
            | Self::Unbury { card }
            | Self::Forget { card } => Some(card),
            Self::Unknown => None,
        }
    }

    /// Names the kind of event.
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Review { .. } => "review",
            Self::Practice { .. } => "practice",
            Self::Plan { .. } => "plan",
            Self::Undo { .. } => "undo",
            Self::Suspend { .. } => "suspend",
            Self::Unsuspend { .. } => "unsuspend",
            Self::Bury { .. } => "bury",
            Self::Unbury { .. } => "unbury",
            Self::Forget { .. } => "forget",
            Self::Unknown => "unknown",
        }
    }
}

/// What is known of an answer beside its rating, text and score. Of most answers nothing is: [`Detail::default`].
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Detail {
    /// The tier of the interview question; with it, a review is an attempt on the ladder.
    pub tier: Option<Tier>,
    /// The coverage if every key point that was only asked about counts, 0 to 1.
    pub upper: Option<f64>,
    /// The coverage after the learner's ticks, 0 to 1.
    pub confirmed: Option<f64>,
    /// The key points of the rubric, in its order.
    pub points: Vec<Point>,
    /// Whether the answer was thought through aloud: there is no text.
    pub think: bool,
    /// How sure the learner was before the answer was shown.
    pub sure: Option<Certainty>,
}

/// What became of one key point.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Point {
    /// Its id in the rubric.
    pub id: String,
    /// What the machine made of it; nothing where there was no text.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "known")]
    pub verdict: Option<PointVerdict>,
    /// Whether the learner says that the answer had it.
    pub confirmed: bool,
}

/// Reads a verdict; a word that this version does not know is none.
fn known<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<PointVerdict>, D::Error> {
    let raw = <&RawValue>::deserialize(deserializer)?;
    Ok(serde_json::from_str(raw.get()).ok())
}

/// The points of a line. Points of a shape that this version does not know are no reason to lose the answer.
pub(super) struct Points(pub Vec<Point>);

impl Serialize for Points {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Points {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let raw = <&RawValue>::deserialize(deserializer)?;
        Ok(Self(serde_json::from_str(raw.get()).unwrap_or_default()))
    }
}
