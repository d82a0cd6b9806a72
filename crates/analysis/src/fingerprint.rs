//! Shingles and MinHash signatures.
