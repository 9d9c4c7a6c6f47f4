//! Marking sealed items: the answer is hashed as the key was, and right when both are the same. All or nothing: parts
//! that could be tried one by one would soon be known.

use std::collections::BTreeSet;

use argon2::{Algorithm, Argon2, Params, Version};

use super::compare::folded;
use super::{Answer, Mark};
use crate::deck::{Id, Kind, Match, Seal, Sealed};

/// Marks an answer.
pub(super) fn mark(sealed: &Sealed, answer: &Answer) -> Option<Mark> {
    let written = written(sealed.ask(), answer)?;
    let key = written.and_then(|written| hash(sealed.seal(), &written));
    let right = key.is_some_and(|key| sealed.seal().keys.contains(&key));
    Some(Mark::scored(if right { 1.0 } else { 0.0 }, Vec::new()))
}

/// Writes an answer in the one way in which it is hashed: ids or texts by line. The inner [`None`] is an answer that
/// cannot be right, as an empty one; the outer one an answer of another kind.
pub fn written(ask: &Kind, answer: &Answer) -> Option<Option<String>> {
    let text = match (ask, answer) {
        (Kind::Choice(_), Answer::Options(picked)) => {
            picked.iter().map(Id::as_str).collect::<BTreeSet<_>>().into_iter().collect::<Vec<_>>().join("\n")
        }
        (Kind::Typed(typed), Answer::Text(text)) => folded(text, typed.rules.case),
        (Kind::Order(_), Answer::Sequence(ids)) => ids.iter().map(Id::as_str).collect::<Vec<_>>().join("\n"),
        (Kind::Match(matching), Answer::Pairs(pairs)) => {
            let right = |at: &Option<usize>| matching.rights().nth((*at)?);
            let lines = pairs.iter().filter_map(|(left, at)| Some(format!("{left}\n{}", right(at)?.raw())));
            lines.collect::<Vec<_>>().join("\n")
        }
        _ => return None,
    };
    Some((!text.is_empty()).then_some(text))
}

/// Writes what is right in a match, as [`written`] does.
pub fn written_pairs(matching: &Match) -> String {
    let mut pairs: Vec<_> = matching.pairs.iter().collect();
    pairs.sort_by(|a, b| a.id.cmp(&b.id));
    pairs.iter().map(|pair| format!("{}\n{}", pair.id, pair.right.raw())).collect::<Vec<_>>().join("\n")
}

/// Hashes an answer that was [`written`], with the salt and the cost of a seal; its keys do not matter. Gives [`None`]
/// where the cost is none that Argon2 takes, or there is not so much memory.
pub fn hash(seal: &Seal, written: &str) -> Option<[u8; crate::deck::SEAL_KEY]> {
    let mut key = [0; crate::deck::SEAL_KEY];
    let params = Params::new(seal.memory, seal.passes, 1, Some(key.len())).ok()?;
    let argon2 = Argon2::new(Algorithm::Argon2id, Version::V0x13, params);
    argon2.hash_password_into(written.as_bytes(), &seal.salt, &mut key).ok()?;
    Some(key)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The key is what the reference implementation gives for the same input:
    /// `printf hypervisor | argon2 0123456789abcdef -id -v 13 -t 2 -k 64 -p 1 -l 32 -r`.
    #[test]
    fn the_hash_is_argon2id_as_others_make_it() {
        let seal = Seal { memory: 64, passes: 2, salt: *b"0123456789abcdef", keys: Vec::new() };
        let key: String = hash(&seal, "hypervisor").unwrap().iter().map(|byte| format!("{byte:02x}")).collect();
        assert_eq!(key, "4039d49e776df282cef6a9d4a69bc9b51919ac321c02631aae4b62eb14423959");
    }
}
