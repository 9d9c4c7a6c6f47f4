//! How well a card was known, and how sure the learner was of it.

use serde::{Deserialize, Serialize};

/// The four answers to "how well did you know it?".
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Rating {
    /// Not known.
    Again = 1,
    /// Known with effort.
    Hard,
    /// Known.
    Good,
    /// Known at once.
    Easy,
}

impl Rating {
    /// All four, worst first.
    pub const ALL: [Self; 4] = [Self::Again, Self::Hard, Self::Good, Self::Easy];

    /// Gives its number, 1 to 4.
    pub fn as_u8(self) -> u8 {
        self as u8
    }

    /// Finds it by its number, 1 to 4.
    pub fn from_u8(number: u8) -> Option<Self> {
        Self::ALL.get(usize::from(number).checked_sub(1)?).copied()
    }

    /// Gives its name for people.
    pub fn label(self) -> &'static str {
        ["Again", "Hard", "Good", "Easy"][self as usize - 1]
    }
}

/// How sure the learner was, before the answer was shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Certainty {
    /// It was a guess.
    Guess = 1,
    /// Fairly sure.
    Fair,
    /// Certain.
    Certain,
}

impl Certainty {
    /// All three, least sure first.
    pub const ALL: [Self; 3] = [Self::Guess, Self::Fair, Self::Certain];

    /// Gives its number, 1 to 3.
    pub fn as_u8(self) -> u8 {
        self as u8
    }

    /// Finds it by its number, 1 to 3.
    ///
    /// ```
    /// use grillme::schedule::Certainty;
    /// assert_eq!(Certainty::from_u8(3), Some(Certainty::Certain));
    /// assert_eq!(Certainty::from_u8(0), None);
    /// ```
    pub fn from_u8(number: u8) -> Option<Self> {
        Self::ALL.get(usize::from(number).checked_sub(1)?).copied()
    }

    /// Gives its name for people.
    pub fn label(self) -> &'static str {
        ["A guess", "Fairly sure", "Certain"][self as usize - 1]
    }
}
