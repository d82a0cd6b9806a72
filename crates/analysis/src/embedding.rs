//! Word vectors from a static table.
