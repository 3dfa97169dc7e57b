//! Types and rules of Tillproof, in the words of the field.
//!
//! Deliberately absent: input and output, the clock, random numbers, and any knowledge of how a
//! thing is stored or shown. Time and identifiers always come in as values.

pub mod answer;
pub mod assessment;
pub mod checklist;
pub mod evidence;
pub mod finder;
pub mod framework;
pub mod freshness;
pub mod id;
pub mod locale;
pub mod money;
pub mod path;
pub mod profile;
pub mod provider;
pub mod recurrence;
pub mod register;
pub mod reply;
pub mod report;
pub mod score;
pub mod signing_key;
pub mod task;
pub mod time;
pub mod words;
pub mod worksheet;
