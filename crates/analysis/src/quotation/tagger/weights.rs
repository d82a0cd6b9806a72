//! Trained numbers as they lie in the weights file: one byte each, with what a step of a byte is worth in each row.

/// Reads numbers off the front of a file's bytes.
#[derive(Debug)]
pub(super) struct Reader<'a>(pub(super) &'a [u8]);

impl Reader<'_> {
    fn take(&mut self, count: usize) -> Option<&[u8]> {
        let (head, rest) = self.0.split_at_checked(count)?;
        self.0 = rest;
        Some(head)
    }

    pub(super) fn number(&mut self) -> Option<u32> {
        let (head, rest) = self.0.split_first_chunk()?;
        self.0 = rest;
        Some(u32::from_le_bytes(*head))
    }

    pub(super) fn numbers(&mut self) -> Option<Vec<u32>> {
        let count = self.number()? as usize;
        (0..count.min(self.0.len())).map(|_| self.number()).collect()
    }

    pub(super) fn floats<const N: usize>(&mut self) -> Option<[f32; N]> {
        let mut floats = [0.0; N];
        for float in &mut floats {
            *float = f32::from_bits(self.number()?);
        }
        Some(floats)
    }
}

/// Rows of `N` numbers, a byte each, with what one step of a byte is worth in the row.
#[derive(Debug, Clone)]
pub(super) struct Table<const N: usize> {
    rows: Vec<Row<N>>,
    units: Vec<f32>,
}

/// The numbers of a row, which lie in no more lines of the processor's cache than they must.
#[derive(Debug, Clone)]
#[repr(align(64))]
struct Row<const N: usize>([i8; N]);

impl<const N: usize> Row<N> {
    #[inline(always)]
    fn add(&self, unit: f32, sum: &mut [f32; N]) {
        sum.iter_mut().zip(&self.0).for_each(|(total, &step)| *total += f32::from(step) * unit);
    }
}

impl<const N: usize> Table<N> {
    pub(super) fn read(reader: &mut Reader<'_>) -> Option<Self> {
        let count = reader.number()? as usize;
        let units = (0..count.min(reader.0.len())).map(|_| Some(f32::from_bits(reader.number()?)));
        let units = units.collect::<Option<Vec<f32>>>()?;
        let (rows, _) = reader.take(count.checked_mul(N)?)?.as_chunks();
        Some(Self { rows: rows.iter().map(|row| Row(row.map(|byte| byte as i8))).collect(), units })
    }

    /// Adds a row to a sum; the first where there is no such.
    #[inline(always)]
    pub(super) fn add(&self, row: usize, sum: &mut [f32; N]) {
        let row = if row < self.rows.len() { row } else { 0 };
        if let (Some(row), Some(unit)) = (self.rows.get(row), self.units.get(row)) {
            row.add(*unit, sum);
        }
    }

    pub(super) fn into_rows(self) -> Vec<[f32; N]> {
        self.rows
            .iter()
            .zip(&self.units)
            .map(|(row, unit)| row.0.map(|step| f32::from(step) * unit))
            .collect()
    }
}

/// A table whose rows are found by a hash; the first row is for what is not in it.
#[derive(Debug, Clone)]
pub(super) struct Lexicon<const N: usize> {
    /// Places among the entries, each at the first free slot from where its key belongs (linear probing); nought where there is none.
    slots: Vec<u16>,
    /// The first has no key.
    entries: Vec<Entry>,
    rows: Vec<Row<N>>,
}

/// A key, and what one step of a byte is worth in its row.
#[derive(Debug, Clone, Copy)]
struct Entry {
    key: u32,
    unit: f32,
}

/// Keys that are looked up before the first of their rows is waited for.
const TOGETHER: usize = 8;

impl<const N: usize> Lexicon<N> {
    pub(super) fn read(reader: &mut Reader<'_>) -> Option<Self> {
        let keys = reader.numbers()?;
        let Table { rows, units } = Table::read(reader)?;
        let last = u16::try_from(keys.len()).ok().filter(|_| rows.len() == keys.len() + 1)?;
        let slots = vec![0; (2 * keys.len()).next_power_of_two().max(2)];
        let entries = [0].into_iter().chain(keys).zip(units).map(|(key, unit)| Entry { key, unit }).collect();
        let mut lexicon = Self { slots, entries, rows };
        for place in 1..=last {
            let free = lexicon.slot(lexicon.entries[usize::from(place)].key);
            lexicon.slots[free] = place;
        }
        Some(lexicon)
    }

    /// The slot of a key, or the free one where it would be. Half of the slots at least are free, so the search ends.
    #[inline(always)]
    fn slot(&self, key: u32) -> usize {
        const SPREAD: u32 = 0x9E37_79B9;
        let last = self.slots.len() - 1;
        let mut slot = (key.wrapping_mul(SPREAD) >> 16) as usize & last;
        loop {
            let place = usize::from(self.slots[slot]);
            if place == 0 || self.entries[place].key == key {
                return slot;
            }
            slot = (slot + 1) & last;
        }
    }

    #[inline(always)]
    fn place(&self, key: u32) -> usize {
        usize::from(self.slots[self.slot(key)])
    }

    /// Adds the row of a key to a sum.
    #[inline(always)]
    pub(super) fn add(&self, key: u32, sum: &mut [f32; N]) {
        let place = self.place(key);
        self.rows[place].add(self.entries[place].unit, sum);
    }

    /// Adds the row of one of each item's keys to its sum.
    #[inline(always)]
    pub(super) fn add_to_all<const K: usize>(&self, keys: &[[u32; K]], which: usize, sums: &mut [[f32; N]]) {
        for (keys, sums) in keys.chunks(TOGETHER).zip(sums.chunks_mut(TOGETHER)) {
            let mut places = [0; TOGETHER];
            for (place, keys) in places.iter_mut().zip(keys) {
                *place = self.place(keys[which]);
            }
            for (place, sum) in places.into_iter().zip(sums) {
                self.rows[place].add(self.entries[place].unit, sum);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_is_found_by_its_key_and_the_first_is_for_all_others() {
        let keys = [7_u32, 0, u32::MAX, 65_536, 131_072];
        let mut file: Vec<u32> = vec![keys.len() as u32];
        file.extend(keys);
        file.push(keys.len() as u32 + 1);
        file.extend((0..=keys.len()).map(|_| 1.0_f32.to_bits()));
        let mut bytes: Vec<u8> = file.iter().flat_map(|number| number.to_le_bytes()).collect();
        bytes.extend(0..=keys.len() as u8);
        let lexicon = Lexicon::<1>::read(&mut Reader(&bytes)).expect("as many rows as keys and one");
        let row = |key| {
            let mut sum = [0.0];
            lexicon.add(key, &mut sum);
            sum[0]
        };
        assert_eq!(keys.map(row), [1.0, 2.0, 3.0, 4.0, 5.0]);
        assert_eq!([1, 8, 65_537].map(row), [0.0; 3]);
        let mut sums = [[0.0]; 11];
        let asked: [[u32; 2]; 11] = std::array::from_fn(|at| [1, keys[at % keys.len()]]);
        lexicon.add_to_all(&asked, 1, &mut sums);
        assert_eq!(sums.as_flattened(), [1.0, 2.0, 3.0, 4.0, 5.0, 1.0, 2.0, 3.0, 4.0, 5.0, 1.0]);
    }
}
