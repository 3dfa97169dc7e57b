//! Rows in the order of their age, found by their id and by the requirements that they belong to.
//!
//! Almost every row is younger than all before it, so taking one in costs what the row has, however
//! many there are. What comes out of order is put in its place once, at the end of a batch.

use std::collections::HashMap;
use std::hash::Hash;
use tillproof_domain::evidence::Evidence;
use tillproof_domain::id::{EvidenceId, RequirementId, TaskId};
use tillproof_domain::task::Task;
use tillproof_domain::time::Timestamp;

/// What has an age and belongs to requirements.
pub(crate) trait OfRequirements {
    type Id: Copy + Eq + Ord + Hash;
    fn id(&self) -> Self::Id;
    fn since(&self) -> Timestamp;
    /// Those that it is found by.
    fn belongs_to(&self) -> &[RequirementId];
}

impl OfRequirements for Evidence {
    type Id = EvidenceId;

    fn id(&self) -> EvidenceId {
        self.id
    }

    fn since(&self) -> Timestamp {
        self.added_at
    }

    fn belongs_to(&self) -> &[RequirementId] {
        if self.is_current() { &self.requirements } else { &[] }
    }
}

impl OfRequirements for Task {
    type Id = TaskId;

    fn id(&self) -> TaskId {
        self.id
    }

    fn since(&self) -> Timestamp {
        self.created_at
    }

    fn belongs_to(&self) -> &[RequirementId] {
        &self.requirements
    }
}

/// The rows of one kind.
#[derive(Debug, Clone)]
pub(crate) struct Aged<T: OfRequirements> {
    /// The oldest first.
    rows: Vec<T>,
    at: HashMap<T::Id, usize>,
    /// The places of the rows of each requirement, in order.
    of: HashMap<RequirementId, Vec<usize>>,
    /// Whether a row came out of order.
    mixed: bool,
}

impl<T: OfRequirements> Default for Aged<T> {
    fn default() -> Self {
        Self { rows: Vec::new(), at: HashMap::new(), of: HashMap::new(), mixed: false }
    }
}

impl<T: OfRequirements> Aged<T> {
    /// Replaces a row, or adds it. Call [`Self::settle`] before reading.
    pub(crate) fn put(&mut self, row: T) {
        let key = |row: &T| (row.since(), row.id());
        let known = self.at.get(&row.id()).copied();
        let at = known.unwrap_or(self.rows.len());
        if let Some(before) = self.rows.get(at) {
            self.mixed |= before.since() != row.since();
            for id in before.belongs_to().iter().filter(|id| !row.belongs_to().contains(id)) {
                if let Some(places) = self.of.get_mut(id) {
                    places.retain(|place| *place != at);
                }
            }
        } else {
            self.mixed |= self.rows.last().is_some_and(|last| key(last) > key(&row));
            self.at.insert(row.id(), at);
        }
        for id in row.belongs_to() {
            let places = match self.of.get_mut(id) {
                Some(places) => places,
                None => self.of.entry(id.clone()).or_default(),
            };
            match places.last() {
                Some(last) if *last >= at => {
                    if let Err(between) = places.binary_search(&at) {
                        places.insert(between, at);
                    }
                }
                _ => places.push(at),
            }
        }
        match self.rows.get_mut(at) {
            Some(before) => *before = row,
            None => self.rows.push(row),
        }
    }

    /// Puts what came out of order in its place.
    pub(crate) fn settle(&mut self) {
        if std::mem::take(&mut self.mixed) {
            let mut rows = std::mem::take(&mut self.rows);
            rows.sort_by_key(|row| (row.since(), row.id()));
            *self = Self { rows: Vec::with_capacity(rows.len()), ..Self::default() };
            rows.into_iter().for_each(|row| self.put(row));
        }
    }

    /// All rows, the oldest first.
    pub(crate) fn rows(&self) -> &[T] {
        &self.rows
    }

    pub(crate) fn get(&self, id: T::Id) -> Option<&T> {
        self.rows.get(*self.at.get(&id)?)
    }

    /// The rows of a requirement, the oldest first.
    pub(crate) fn of(&self, requirement: &RequirementId) -> impl DoubleEndedIterator<Item = &T> + use<'_, T> {
        self.of.get(requirement).into_iter().flatten().filter_map(|at| self.rows.get(*at))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    /// Named by a number, made at another.
    #[derive(Clone, Debug, PartialEq)]
    struct Row(u128, i64, Vec<RequirementId>);

    impl OfRequirements for Row {
        type Id = TaskId;

        fn id(&self) -> TaskId {
            TaskId(Uuid::from_u128(self.0))
        }

        fn since(&self) -> Timestamp {
            Timestamp(self.1)
        }

        fn belongs_to(&self) -> &[RequirementId] {
            &self.2
        }
    }

    fn requirement(number: &str) -> RequirementId {
        RequirementId { framework: "gdpr".into(), number: number.to_owned() }
    }

    fn row(id: u128, since: i64, of: &[&str]) -> Row {
        Row(id, since, of.iter().map(|number| requirement(number)).collect())
    }

    fn names<'r>(rows: impl Iterator<Item = &'r Row>) -> Vec<u128> {
        rows.map(|row| row.0).collect()
    }

    #[test]
    fn rows_are_found_where_they_are_put() {
        let mut aged = Aged::default();
        for put in [row(1, 10, &["a"]), row(2, 20, &["a", "b"]), row(3, 20, &["b"]), row(2, 20, &["b"])] {
            aged.put(put);
        }
        aged.settle();
        assert_eq!(names(aged.rows().iter()), [1, 2, 3], "the oldest first");
        assert_eq!(names(aged.of(&requirement("a"))), [1], "what was unlinked is not found there");
        assert_eq!(names(aged.of(&requirement("b"))), [2, 3], "what changed is found once");
        aged.put(row(5, 15, &["b"]));
        aged.put(row(1, 30, &["b"]));
        aged.settle();
        assert_eq!(names(aged.rows().iter()), [5, 2, 3, 1], "what came out of order is put in its place");
        assert_eq!(names(aged.of(&requirement("b"))), [5, 2, 3, 1]);
        assert_eq!(aged.get(TaskId(Uuid::from_u128(5))), Some(&row(5, 15, &["b"])));
        assert_eq!(aged.get(TaskId(Uuid::from_u128(4))), None);
        aged.put(row(2, 20, &["a"]));
        aged.put(row(1, 30, &["a", "b"]));
        aged.settle();
        assert_eq!(names(aged.of(&requirement("a"))), [2, 1], "by age, whenever they were linked");
    }
}
