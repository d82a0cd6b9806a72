//! Alignment of two word sequences.
