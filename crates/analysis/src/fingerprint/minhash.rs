//! MinHash signatures and the near-duplicates that their bands find.

use rayon::prelude::*;

use super::words::running_words;
use super::{mixed, run_hash, shingles, word_hash};

/// From this share of shingles in common on, texts are near-duplicates: two copies of one text that each had 15 % of its words
/// replaced share 35 %, two texts with one sentence in ten in common about 5 %.
pub const NEAR_DUPLICATE: f32 = 0.25;

/// Among more texts than this that agree in a band, each is compared with the first alone: they are copies of one wire report, or share what all
/// pages of a site have.
pub const LARGEST_BUCKET: usize = 10_000;

/// Values in a signature: the estimate of a similarity of one half is off by 4 points (one standard deviation).
const VALUES: usize = 192;

/// Values in a band. With 64 bands of 3, texts that share half of their shingles become candidates with a probability
/// of 99.98 %, those that share a third with one of 91 %, those that share a twentieth with one of 1 %.
const BAND: usize = 3;

/// The MinHash signature of a text, by one permutation: each shingle falls into one of 192 bins, of which each keeps its lowest
/// value, and an empty bin borrows from another that the bin's number decides (Shrivastava, "Optimal Densification for Fast and Accurate
/// Minwise Hashing", 2017). A shingle costs one step so and not one for each value of the signature.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fingerprint {
    signature: Vec<u32>,
    /// How many shingles it stands for; repeated ones count each time.
    pub shingles: usize,
}

impl Fingerprint {
    /// The fingerprint of a text given as its words.
    pub fn of<'a>(words: impl IntoIterator<Item = &'a str>) -> Self {
        let words: Vec<u64> = words.into_iter().map(word_hash).collect();
        Self::of_shingles(&shingles(&words))
    }

    /// The fingerprint of a report's text as it is printed; of its lines those count that read on.
    pub fn of_text(text: &str) -> Self {
        Self::of_shingles(&shingles(&running_words(text)))
    }

    /// The fingerprint of a set of shingles.
    pub fn of_shingles(shingles: &[u64]) -> Self {
        let mut lowest = [EMPTY; VALUES];
        for shingle in shingles {
            let bin = (((shingle >> 32) * VALUES as u64) >> 32) as usize;
            lowest[bin] = lowest[bin].min(u64::from(*shingle as u32));
        }
        let signature = if shingles.is_empty() { Vec::new() } else { densified(&lowest) };
        Self { signature, shingles: shingles.len() }
    }

    /// The fingerprint that [`Fingerprint::signature`] was kept of; `None` where it is none.
    pub fn from_signature(signature: Vec<u32>, shingles: usize) -> Option<Self> {
        let length = if shingles == 0 { 0 } else { VALUES };
        (signature.len() == length).then_some(Self { signature, shingles })
    }

    /// The values that may be kept; none of a text without words.
    pub fn signature(&self) -> &[u32] {
        &self.signature
    }

    /// A key for each band: texts that have one in common are candidates. A text without words has none.
    pub fn bands(&self) -> impl Iterator<Item = u64> + '_ {
        let keys = self.signature.chunks_exact(BAND).map(run_hash).enumerate();
        keys.map(|(band, key)| mixed(key ^ mixed(band as u64)))
    }

    /// The estimated share, 0 to 1, of shingles in common among all shingles of the two. Texts without words share nothing.
    pub fn jaccard(&self, other: &Self) -> f32 {
        if self.shingles == 0 || other.shingles == 0 {
            return 0.0;
        }
        let equal = self.signature.iter().zip(&other.signature).filter(|(a, b)| a == b).count();
        equal as f32 / VALUES as f32
    }

    /// The hash of the values of a band: texts that agree in one are candidates. A text without words has none.
    fn band(&self, band: usize) -> Option<u64> {
        Some(run_hash(self.signature.chunks_exact(BAND).nth(band)?))
    }
}

/// Stands for the lowest value of a bin that no shingle fell into.
const EMPTY: u64 = u64::MAX;

/// The lowest values, each empty bin with the value of a bin that is not.
fn densified(lowest: &[u64; VALUES]) -> Vec<u32> {
    let lender = |bin: usize| {
        let mut tries = (0_u64..).map(|attempt| mixed(((bin as u64) << 32) + attempt) as usize % VALUES);
        tries.find(|&other| lowest[other] != EMPTY).unwrap_or(bin)
    };
    (0..VALUES).map(|bin| lowest[if lowest[bin] == EMPTY { lender(bin) } else { bin }] as u32).collect()
}

/// Pairs of texts, lower index first and in order, whose estimated similarity is at least `threshold` (from one half on
/// nearly all are found; fewer below). Linear: in each band a text is compared with at most two others that agree in it.
pub fn near_duplicates(fingerprints: &[Fingerprint], threshold: f32) -> Vec<(usize, usize)> {
    let similar = |&(a, b): &(usize, usize)| fingerprints[a].jaccard(&fingerprints[b]) >= threshold;
    let bands = (0..VALUES / BAND).into_par_iter();
    let mut pairs: Vec<(usize, usize)> =
        bands.flat_map_iter(|band| candidates(fingerprints, band).into_iter().filter(similar)).collect();
    pairs.par_sort_unstable();
    pairs.dedup();
    pairs
}

/// The pairs of texts that are neighbours in a bucket of a band.
fn candidates(fingerprints: &[Fingerprint], band: usize) -> Vec<(usize, usize)> {
    let banded = fingerprints.iter().enumerate().filter_map(|(index, f)| Some((f.band(band)?, index)));
    let mut members: Vec<(u64, usize)> = banded.collect();
    members.sort_unstable();
    let buckets = members.chunk_by(|a, b| a.0 == b.0).filter(|bucket| bucket.len() > 1);
    buckets.flat_map(|bucket| neighbours(&bucket.iter().map(|member| member.1).collect::<Vec<_>>())).collect()
}

/// The pairs of the texts that agree in a band, given in ascending order: each with the first and, up to [`LARGEST_BUCKET`], with the one
/// before it, so that a thousand copies yield two thousand pairs and not half a million.
pub fn neighbours<T: Copy>(bucket: &[T]) -> Vec<(T, T)> {
    let Some(&first) = bucket.first() else { return Vec::new() };
    let mut pairs: Vec<(T, T)> = bucket.iter().skip(1).map(|&member| (first, member)).collect();
    if bucket.len() <= LARGEST_BUCKET {
        pairs.extend(bucket.windows(2).skip(1).filter_map(|pair| Some((*pair.first()?, *pair.last()?))));
    }
    pairs
}

/// The group of each of `texts` texts, where the texts of a pair are in one group. Groups are counted from 0 in the order of their first texts.
pub fn groups(texts: usize, pairs: &[(usize, usize)]) -> Vec<usize> {
    let mut parent: Vec<usize> = (0..texts).collect();
    for &(a, b) in pairs {
        let (a, b) = (root(&mut parent, a), root(&mut parent, b));
        parent[a.max(b)] = a.min(b);
    }
    let mut group = Vec::with_capacity(texts);
    let mut begun = 0..;
    for text in 0..texts {
        let first = root(&mut parent, text);
        group.push(if first == text { begun.next().unwrap_or_default() } else { group[first] });
    }
    group
}

/// The lowest member of the group that `text` is in so far; shortens the way there.
fn root(parent: &mut [usize], mut text: usize) -> usize {
    while parent[text] != text {
        parent[text] = parent[parent[text]];
        text = parent[text];
    }
    text
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use xxhash_rust::xxh3::xxh3_64;

    use super::*;

    fn exact(a: &[u64], b: &[u64]) -> f32 {
        let set = |s: &[u64]| s.iter().copied().collect::<std::collections::BTreeSet<u64>>();
        let (a, b) = (set(a), set(b));
        a.intersection(&b).count() as f32 / a.union(&b).count().max(1) as f32
    }

    #[test]
    fn values_never_change() {
        let fingerprint = Fingerprint::of(["the", "ferry", "left", "the", "harbour"]);
        assert_eq!(
            fingerprint.signature[..2],
            Fingerprint::of(["The", "FERRY", "left", "the", "harbour"]).signature[..2]
        );
        assert_eq!(word_hash("ferry"), 15_083_344_829_036_821_291);
    }

    #[test]
    fn estimate_is_near_the_exact_similarity() {
        for shared in [0, 25, 50, 75, 100] {
            let a: Vec<u64> = (0..400).map(|i| xxh3_64(&[1, i as u8, (i / 256) as u8])).collect();
            let b: Vec<u64> = a
                .iter()
                .enumerate()
                .map(|(i, v)| if i % 100 < shared { *v } else { xxh3_64(&v.to_le_bytes()) })
                .collect();
            let estimate = Fingerprint::of_shingles(&a).jaccard(&Fingerprint::of_shingles(&b));
            assert!((estimate - exact(&a, &b)).abs() < 0.13, "{shared}: {estimate} for {}", exact(&a, &b));
        }
    }

    #[test]
    fn empty_texts_are_no_duplicates() {
        let empty = Fingerprint::of([]);
        assert_eq!(empty.jaccard(&empty), 0.0);
        assert!(near_duplicates(&[empty.clone(), empty], 0.5).is_empty());
    }

    #[test]
    fn copies_are_found_among_other_texts() {
        let text = |n: usize| {
            (0..200).map(|i| format!("w{}", xxh3_64(&[n as u8, i as u8]) % 5000)).collect::<Vec<_>>()
        };
        let mut edited = text(3);
        edited[50] = "other".into();
        let texts: Vec<_> = (0..20).map(text).chain([edited]).collect();
        let fingerprints: Vec<_> =
            texts.iter().map(|t| Fingerprint::of(t.iter().map(String::as_str))).collect();
        assert_eq!(near_duplicates(&fingerprints, 0.7), [(3, 20)]);
    }

    #[test]
    fn a_kept_signature_is_the_fingerprint() {
        for words in [&["The", "ferry", "left"][..], &[]] {
            let fingerprint = Fingerprint::of(words.iter().copied());
            let kept = fingerprint.signature().to_vec();
            assert_eq!(Fingerprint::from_signature(kept, fingerprint.shingles), Some(fingerprint));
        }
        assert_eq!(Fingerprint::from_signature(vec![1, 2], 3), None);
        assert_eq!(Fingerprint::from_signature(Vec::new(), 3), None);
    }

    #[test]
    fn bands_differ_and_are_those_of_the_text_alone() {
        let bands = |words: [&str; 3]| Fingerprint::of(words).bands().collect::<Vec<_>>();
        let ferry = bands(["The", "ferry", "left"]);
        assert_eq!(ferry, bands(["the", "FERRY", "left"]));
        assert_eq!(ferry.len(), VALUES / BAND);
        assert_eq!(ferry.iter().collect::<std::collections::BTreeSet<_>>().len(), VALUES / BAND);
        assert_eq!(Fingerprint::of([]).bands().count(), 0);
    }

    #[test]
    fn neighbours_are_the_first_and_the_one_before() {
        let check = |bucket: &[i32], expected: &[(i32, i32)]| assert_eq!(neighbours(bucket), expected);
        check(&[], &[]);
        check(&[4], &[]);
        check(&[4, 7], &[(4, 7)]);
        check(&[4, 7, 9, 12], &[(4, 7), (4, 9), (4, 12), (7, 9), (9, 12)]);
        let largest: Vec<usize> = (0..=LARGEST_BUCKET).collect();
        assert_eq!(neighbours(&largest).len(), LARGEST_BUCKET);
        assert_eq!(neighbours(largest.split_last().unwrap().1).len(), 2 * LARGEST_BUCKET - 3);
    }

    #[test]
    fn groups_are_joined_by_pairs_and_counted_by_their_first_texts() {
        let check = |texts, pairs: &[(usize, usize)], expected: &[usize]| {
            assert_eq!(groups(texts, pairs), expected, "{pairs:?}");
        };
        check(0, &[], &[]);
        check(3, &[], &[0, 1, 2]);
        check(5, &[(1, 4), (2, 3)], &[0, 1, 2, 2, 1]);
        check(5, &[(3, 4), (0, 4), (1, 2)], &[0, 1, 1, 0, 0]);
    }

    proptest! {
        #[test]
        fn similarity_mirrors_and_is_one_with_itself(a in "[a-e ]{0,80}", b in "[a-e ]{0,80}") {
            let (x, y) = (Fingerprint::of(a.split_whitespace()), Fingerprint::of(b.split_whitespace()));
            prop_assert_eq!(x.jaccard(&y), y.jaccard(&x));
            prop_assert_eq!(x.jaccard(&x), if x.shingles == 0 { 0.0 } else { 1.0 });
        }
    }
}
