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
    rows: Vec<[i8; N]>,
    units: Vec<f32>,
}

impl<const N: usize> Table<N> {
    pub(super) fn read(reader: &mut Reader<'_>) -> Option<Self> {
        let count = reader.number()? as usize;
        let units = (0..count.min(reader.0.len())).map(|_| Some(f32::from_bits(reader.number()?)));
        let units = units.collect::<Option<Vec<f32>>>()?;
        let (rows, _) = reader.take(count.checked_mul(N)?)?.as_chunks();
        Some(Self { rows: rows.iter().map(|row| row.map(|byte| byte as i8)).collect(), units })
    }

    /// Adds a row to a sum; the first where there is no such.
    #[inline(always)]
    pub(super) fn add(&self, row: usize, sum: &mut [f32; N]) {
        let row = if row < self.rows.len() { row } else { 0 };
        if let (Some(row), Some(unit)) = (self.rows.get(row), self.units.get(row)) {
            sum.iter_mut().zip(row).for_each(|(total, &step)| *total += f32::from(step) * unit);
        }
    }

    pub(super) fn into_rows(self) -> Vec<[f32; N]> {
        self.rows.iter().zip(&self.units).map(|(row, unit)| row.map(|step| f32::from(step) * unit)).collect()
    }
}

/// A table whose rows are found by a hash; the first row is for what is not in it.
#[derive(Debug, Clone)]
pub(super) struct Lexicon<const N: usize> {
    /// In order; the row of a key is one more than its place.
    keys: Vec<u32>,
    /// Where the keys with each leading byte and a half begin.
    starts: Vec<u16>,
    table: Table<N>,
}

/// Bits of a key that `starts` is for.
const LEADING: u32 = 12;

impl<const N: usize> Lexicon<N> {
    pub(super) fn read(reader: &mut Reader<'_>) -> Option<Self> {
        let keys = reader.numbers()?;
        let table = Table::read(reader)?;
        let below = |leading: u32| keys.partition_point(|key| key >> (32 - LEADING) < leading) as u16;
        Some(Self { starts: (0..=1 << LEADING).map(below).collect(), keys, table })
    }

    /// The row of a key.
    #[inline]
    pub(super) fn row(&self, key: u32) -> usize {
        let leading = (key >> (32 - LEADING)) as usize;
        let (start, end) = (self.starts[leading] as usize, self.starts[leading + 1] as usize);
        self.keys[start..end].iter().position(|&k| k == key).map_or(0, |at| start + at + 1)
    }

    /// Adds the row of a key to a sum.
    #[inline(always)]
    pub(super) fn add(&self, key: u32, sum: &mut [f32; N]) {
        self.table.add(self.row(key), sum);
    }
}
