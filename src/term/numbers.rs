//! Answers to a numbered list: which numbers may be given, what is expected, how they are read.

/// Which numbers answer a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Numbers {
    /// One of so many.
    One(usize),
    /// Any of so many, or none.
    Some(usize),
    /// Each of so many, in an order.
    All(usize),
}

impl Numbers {
    /// Says what is expected.
    pub(super) fn expected(self) -> String {
        match self {
            Self::One(count) => format!("Give one number from 1 to {count}."),
            Self::Some(count) => format!("Give numbers from 1 to {count}, each once, or nothing for none."),
            Self::All(count) => {
                let example = (1..=count).rev().map(|n| n.to_string()).collect::<Vec<_>>().join(" ");
                format!("Give all {count} numbers in their order, as in {example}.")
            }
        }
    }

    /// Names the prompt.
    pub(super) fn prompt(self) -> &'static str {
        match self {
            Self::One(_) => "Number",
            Self::Some(_) => "Numbers, none or more",
            Self::All(_) => "Order",
        }
    }

    /// Reads indices, rising unless they are an order; `None` where the line is no such answer.
    pub(super) fn read(self, line: &str) -> Option<Vec<usize>> {
        match self {
            Self::One(count) => numbers(line, count).filter(|all| all.len() == 1),
            Self::Some(count) => numbers(line, count).map(|mut all| {
                all.sort_unstable();
                all
            }),
            Self::All(count) => numbers(line, count).filter(|all| all.len() == count),
        }
    }
}

/// Reads numbers from 1 to `count`, none twice, separated by spaces or commas; gives indices.
fn numbers(line: &str, count: usize) -> Option<Vec<usize>> {
    let mut all = Vec::new();
    for word in line.split([' ', ',', '\t']).filter(|word| !word.is_empty()) {
        let number: usize = word.parse().ok()?;
        let at = number.checked_sub(1).filter(|at| *at < count && !all.contains(at))?;
        all.push(at);
    }
    Some(all)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_read_as_indices_and_nothing_else_is_taken() {
        let cases = [
            (Numbers::One(3), "2", Some(vec![1])),
            (Numbers::One(3), " 3 ", Some(vec![2])),
            (Numbers::One(3), "", None),
            (Numbers::One(3), "1 2", None),
            (Numbers::One(3), "0", None),
            (Numbers::One(3), "4", None),
            (Numbers::One(3), "-1", None),
            (Numbers::One(3), "99999999999999999999999", None),
            (Numbers::One(3), "one", None),
            (Numbers::Some(3), "", Some(vec![])),
            (Numbers::Some(3), "3,1", Some(vec![0, 2])),
            (Numbers::Some(3), "1 1", None),
            (Numbers::All(3), "3 1, 2", Some(vec![2, 0, 1])),
            (Numbers::All(3), "3 1", None),
            (Numbers::All(3), "3 1 1", None),
        ];
        for (numbers, line, read) in cases {
            assert_eq!(numbers.read(line), read, "{numbers:?} {line:?}");
        }
    }

    #[test]
    fn what_is_expected_is_said_with_the_count() {
        let said = [Numbers::One(3), Numbers::Some(3), Numbers::All(3)].map(Numbers::expected);
        assert_eq!(
            said,
            [
                "Give one number from 1 to 3.",
                "Give numbers from 1 to 3, each once, or nothing for none.",
                "Give all 3 numbers in their order, as in 3 2 1.",
            ]
        );
    }
}
