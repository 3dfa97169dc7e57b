//! Tests of the command list and its bindings.
mod bindings;
