//! The order in which open requirements are best worked off.
//!
//! Early milestones first (PCI SSC Prioritized Approach); within one, what other requirements wait
//! for, then what is quickly done. A requirement never comes before one that it builds on.

use crate::framework::Effort;
use std::cmp::Reverse;
use std::collections::{BTreeMap, BinaryHeap};

/// An open requirement, as far as the order goes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step<K> {
    /// What it is called.
    pub key: K,
    /// Its milestone, 1 to 6.
    pub milestone: Option<u8>,
    /// How long it usually takes.
    pub effort: Effort,
    /// What it builds on; only what is open itself delays it.
    pub after: Vec<K>,
}

/// What a requirement without a milestone ranks as: behind all that have one.
const NO_MILESTONE: u8 = 7;

/// For each key how many of the steps wait for it directly.
pub fn waiting<K: Ord + Clone>(steps: &[Step<K>]) -> BTreeMap<K, u32> {
    let mut counts = BTreeMap::new();
    for key in steps.iter().flat_map(|step| &step.after) {
        *counts.entry(key.clone()).or_insert(0) += 1;
    }
    counts
}

/// The positions of the steps in the order in which they are best taken. Steps that wait for each
/// other in a circle, which a catalogue never holds, come last.
pub fn order<K: Ord + Clone>(steps: &[Step<K>]) -> Vec<usize> {
    let places: BTreeMap<&K, usize> = steps.iter().enumerate().map(|(i, step)| (&step.key, i)).collect();
    let mut followers: Vec<Vec<usize>> = vec![Vec::new(); steps.len()];
    let mut missing: Vec<usize> = vec![0; steps.len()];
    for (i, step) in steps.iter().enumerate() {
        for &before in step.after.iter().filter_map(|key| places.get(key)) {
            if let (Some(list), Some(count)) = (followers.get_mut(before), missing.get_mut(i)) {
                list.push(i);
                *count += 1;
            }
        }
    }
    let rank = |i: usize| {
        let step = steps.get(i);
        let waiting = followers.get(i).map_or(0, Vec::len);
        let effort = step.map_or(Effort::Days, |step| step.effort);
        // `Effort` is declared from the shortest to the longest; the place keeps the order stable.
        (
            step.and_then(|step| step.milestone).unwrap_or(NO_MILESTONE),
            Reverse(waiting.min(1)),
            effort,
            Reverse(waiting),
            i,
        )
    };
    let mut ready: BinaryHeap<_> =
        missing.iter().enumerate().filter(|(_, count)| **count == 0).map(|(i, _)| Reverse(rank(i))).collect();
    let mut order = Vec::with_capacity(steps.len());
    while let Some(Reverse((.., i))) = ready.pop() {
        order.push(i);
        for &next in followers.get(i).into_iter().flatten() {
            if let Some(count) = missing.get_mut(next) {
                *count -= 1;
                if *count == 0 {
                    ready.push(Reverse(rank(next)));
                }
            }
        }
    }
    order.extend((0..steps.len()).filter(|i| missing.get(*i).is_some_and(|count| *count > 0)));
    order
}

#[cfg(test)]
mod tests {
    use super::*;

    fn step(key: &'static str, milestone: Option<u8>, effort: Effort, after: &[&'static str]) -> Step<&'static str> {
        Step { key, milestone, effort, after: after.to_vec() }
    }

    fn names(steps: &[Step<&'static str>]) -> Vec<&'static str> {
        order(steps).into_iter().map(|i| steps[i].key).collect()
    }

    #[test]
    fn milestones_then_what_others_wait_for_then_quick_wins() {
        let steps = [
            step("late", Some(6), Effort::Minutes, &[]),
            step("law", None, Effort::Minutes, &[]),
            step("long", Some(1), Effort::Days, &[]),
            step("quick", Some(1), Effort::Minutes, &[]),
            step("list", Some(1), Effort::Hours, &[]),
            step("review", Some(2), Effort::Minutes, &["list"]),
        ];
        assert_eq!(names(&steps), ["list", "quick", "long", "review", "late", "law"], "the whole order");
        assert_eq!(waiting(&steps).get("list"), Some(&1), "one waits for the list");
    }

    #[test]
    fn nothing_comes_before_what_it_builds_on() {
        let steps = [
            step("first", Some(1), Effort::Minutes, &["second"]),
            step("second", Some(5), Effort::Days, &["settled"]),
            step("third", Some(6), Effort::Days, &[]),
        ];
        // What is settled is no step any more and delays nothing.
        assert_eq!(names(&steps), ["second", "first", "third"], "the later milestone goes before");
    }

    #[test]
    fn a_circle_is_still_listed_once_each() {
        let steps = [step("a", Some(1), Effort::Days, &["b"]), step("b", Some(1), Effort::Days, &["a"])];
        assert_eq!(names(&steps).len(), 2, "both are there");
    }
}
