//! Average-link agglomerative clustering of a few items.

/// The two groups that are joined last when always the two that are most alike on average are joined, and how alike these two are. The
/// first group holds the first item. `None` for fewer than two items.
pub(super) fn halves(
    items: usize,
    alike: impl Fn(usize, usize) -> f32,
) -> Option<(Vec<usize>, Vec<usize>, f32)> {
    let mut groups: Vec<Vec<usize>> = (0..items).map(|item| vec![item]).collect();
    // Sums over the pairs of two groups: those of a joined group are the sums of its parts.
    let mut sums: Vec<Vec<f32>> = (0..items)
        .map(|a| (0..items).map(|b| if a == b { 0.0 } else { alike(a.min(b), a.max(b)) }).collect())
        .collect();
    loop {
        let mean = |a: usize, b: usize| sums[a][b] / (groups[a].len() * groups[b].len()) as f32;
        let pairs = (0..groups.len()).flat_map(|a| (a + 1..groups.len()).map(move |b| (a, b)));
        let best = pairs
            .map(|(a, b)| (mean(a, b), a, b))
            .reduce(|best, next| if next.0 > best.0 { next } else { best });
        let (mean, a, b) = best?;
        if groups.len() == 2 {
            let second = groups.pop()?;
            return Some((groups.pop()?, second, mean));
        }
        let joined = groups.remove(b);
        groups[a].extend(joined);
        let row = sums.remove(b);
        for row in &mut sums {
            row.remove(b);
        }
        let row: Vec<f32> =
            row.iter().enumerate().filter(|&(place, _)| place != b).map(|(_, sum)| *sum).collect();
        for (place, sum) in row.into_iter().enumerate() {
            if place != a {
                sums[a][place] += sum;
                sums[place][a] += sum;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_alike_stays_together() {
        let check = |places: &[f32], expected: Option<(&[usize], &[usize], f32)>| {
            let found = halves(places.len(), |a, b| -(places[a] - places[b]).abs());
            let mut found = found.map(|(a, b, mean)| (a, b, mean.round()));
            if let Some((a, b, _)) = &mut found {
                a.sort();
                b.sort();
            }
            assert_eq!(found, expected.map(|(a, b, mean)| (a.to_vec(), b.to_vec(), mean)), "{places:?}");
        };
        check(&[], None);
        check(&[1.0], None);
        check(&[1.0, 3.0], Some((&[0], &[1], -2.0)));
        check(
            &[0.0, 10.0, 1.0, 11.0, 12.0],
            Some((&[0, 2], &[1, 3, 4], -11.0 + 0.5)).map(|(a, b, _)| (&a[..], &b[..], -11.0)),
        );
        check(&[0.0, 1.0, 2.0, 50.0], Some((&[0, 1, 2], &[3], -49.0)));
    }
}
