//! Sorting as CPython 3.11 sorts a list: the same comparisons in the same order.
//!
//! Sets compare by inclusion, which leaves many pairs of them without an order. What comes out then depends on which
//! pairs are compared, and so does whether two values that cannot be compared ever meet. Here is therefore the whole
//! procedure: runs that are sorted already, short ones filled up by binary insertion, and merges that gallop.

use crate::fail::Res;

/// So often one side of a merge wins in a row before galloping may pay.
const MIN_GALLOP: usize = 7;
/// Lists shorter than this are one run.
const MAX_MINRUN: usize = 64;

/// A sorted stretch of the list, waiting to be merged.
#[derive(Clone, Copy)]
struct Run {
    start: usize,
    length: usize,
    /// Where the boundary to the next run stands in the tree of merges; the deeper, the sooner it is merged.
    power: u32,
}

struct Sorter<'a, F> {
    items: &'a mut [u32],
    less: F,
    runs: Vec<Run>,
    min_gallop: usize,
}

/// Sorts by `less`, keeping what is neither less nor greater in its order as far as CPython does. A failure of `less`
/// ends it at once.
pub fn sort(items: &mut [u32], less: impl FnMut(u32, u32) -> Res<bool>) -> Res<()> {
    let minrun = minrun(items.len());
    let mut sorter = Sorter { items, less, runs: Vec::new(), min_gallop: MIN_GALLOP };
    let mut start = 0;
    while start < sorter.items.len() {
        let left = sorter.items.len() - start;
        let mut length = sorter.natural_run(start)?;
        if length < minrun {
            let wanted = minrun.min(left);
            sorter.insert(start, length, wanted)?;
            length = wanted;
        }
        sorter.make_room(length)?;
        sorter.runs.push(Run { start, length, power: 0 });
        start += length;
    }
    sorter.collapse()
}

/// How long runs are at least, so that a list splits into about a power of two of them.
fn minrun(mut length: usize) -> usize {
    let mut has_rest = 0;
    while length >= MAX_MINRUN {
        has_rest |= length & 1;
        length >>= 1;
    }
    length + has_rest
}

/// The power of the boundary between two neighboring runs: the first bit in which their middles differ, as fractions of
/// the whole list.
fn power(first: Run, next_length: usize, all: usize) -> u32 {
    let mut a = 2 * first.start + first.length;
    let mut b = a + first.length + next_length;
    let mut power = 1;
    loop {
        if a >= all {
            a -= all;
            b -= all;
        } else if b >= all {
            return power;
        }
        a <<= 1;
        b <<= 1;
        power += 1;
    }
}

impl<F: FnMut(u32, u32) -> Res<bool>> Sorter<'_, F> {
    /// Length of the run that begins here; one that strictly descends is turned round.
    fn natural_run(&mut self, start: usize) -> Res<usize> {
        let items = &mut self.items[start..];
        if items.len() < 2 {
            return Ok(items.len());
        }
        let descends = (self.less)(items[1], items[0])?;
        let mut length = 2;
        while length < items.len() && (self.less)(items[length], items[length - 1])? == descends {
            length += 1;
        }
        if descends {
            items[..length].reverse();
        }
        Ok(length)
    }

    /// Lengthens a run by binary insertion of the items behind it.
    fn insert(&mut self, start: usize, sorted: usize, wanted: usize) -> Res<()> {
        let items = &mut self.items[start..start + wanted];
        for next in sorted..wanted {
            let pivot = items[next];
            let (mut low, mut high) = (0, next);
            while low < high {
                let middle = low + ((high - low) >> 1);
                if (self.less)(pivot, items[middle])? {
                    high = middle;
                } else {
                    low = middle + 1;
                }
            }
            items.copy_within(low..next, low + 1);
            items[low] = pivot;
        }
        Ok(())
    }

    /// Merges the waiting runs that come before a new one of this length is added.
    fn make_room(&mut self, length: usize) -> Res<()> {
        let Some(&last) = self.runs.last() else { return Ok(()) };
        let power = power(last, length, self.items.len());
        while self.runs.len() > 1 && self.runs[self.runs.len() - 2].power > power {
            self.merge_at(self.runs.len() - 2)?;
        }
        if let Some(last) = self.runs.last_mut() {
            last.power = power;
        }
        Ok(())
    }

    /// Merges all runs into one.
    fn collapse(&mut self) -> Res<()> {
        while self.runs.len() > 1 {
            let mut at = self.runs.len() - 2;
            if at > 0 && self.runs[at - 1].length < self.runs[at + 1].length {
                at -= 1;
            }
            self.merge_at(at)?;
        }
        Ok(())
    }

    /// Merges the run at this place of the waiting ones with the next.
    fn merge_at(&mut self, at: usize) -> Res<()> {
        let (a, b) = (self.runs[at], self.runs[at + 1]);
        self.runs[at].length += b.length;
        self.runs.remove(at + 1);
        // What stands right already, at either end, is left alone.
        let (left, right) = (&self.items[a.start..b.start], &self.items[b.start..b.start + b.length]);
        let skipped = gallop_right(&mut self.less, right[0], left, 0)?;
        if skipped == left.len() {
            return Ok(());
        }
        let kept = gallop_left(&mut self.less, left[left.len() - 1], right, right.len() - 1)?;
        if kept > 0 {
            self.merge(a.start + skipped, b.start, b.start + kept)?;
        }
        Ok(())
    }

    fn merge(&mut self, start: usize, middle: usize, end: usize) -> Res<()> {
        let mut merge = Merge::new(&mut self.items[start..end], middle - start);
        while !merge.is_done() {
            merge.one_by_one(&mut self.less, self.min_gallop)?;
            if merge.is_done() {
                break;
            }
            self.min_gallop += 1;
            merge.in_leaps(&mut self.less, &mut self.min_gallop)?;
        }
        merge.finish();
        Ok(())
    }
}

/// Two neighboring runs a and b on their way into one, the shorter in a copy. With a copy of a the result grows from the
/// front, with a copy of b from the end.
struct Merge<'a> {
    items: &'a mut [u32],
    copy: Vec<u32>,
    from_end: bool,
    /// What is left of each run.
    a: usize,
    b: usize,
}

impl Merge<'_> {
    /// Begins with the item that is known to be the outermost.
    fn new(items: &mut [u32], a: usize) -> Merge<'_> {
        let b = items.len() - a;
        let from_end = a > b;
        let copy = if from_end { items[a..].to_vec() } else { items[..a].to_vec() };
        let mut merge = Merge { items, copy, from_end, a, b };
        if from_end {
            merge.take_a(1);
        } else {
            merge.take_b(1);
        }
        merge
    }

    /// Whether no comparison is left to make: the last item of the copy belongs at the far end.
    fn is_done(&self) -> bool {
        if self.from_end { self.a == 0 || self.b <= 1 } else { self.b == 0 || self.a <= 1 }
    }

    fn left_of_a(&self) -> &[u32] {
        if self.from_end { &self.items[..self.a] } else { &self.copy[self.copy.len() - self.a..] }
    }

    fn left_of_b(&self) -> &[u32] {
        if self.from_end { &self.copy[..self.b] } else { &self.items[self.items.len() - self.b..] }
    }

    fn head(&self, run: &[u32]) -> u32 {
        if self.from_end { run[run.len() - 1] } else { run[0] }
    }

    fn take_a(&mut self, count: usize) {
        let all = self.items.len();
        if self.from_end {
            self.items.copy_within(self.a - count..self.a, self.a + self.b - count);
        } else {
            let (from, to) = (self.copy.len() - self.a, all - self.a - self.b);
            self.items[to..to + count].copy_from_slice(&self.copy[from..from + count]);
        }
        self.a -= count;
    }

    fn take_b(&mut self, count: usize) {
        let all = self.items.len();
        if self.from_end {
            let to = self.a + self.b - count;
            self.items[to..to + count].copy_from_slice(&self.copy[self.b - count..self.b]);
        } else {
            self.items.copy_within(all - self.b..all - self.b + count, all - self.a - self.b);
        }
        self.b -= count;
    }

    /// Takes one item at a time, until all is done or one run has won so often in a row.
    fn one_by_one(&mut self, less: &mut impl FnMut(u32, u32) -> Res<bool>, min_gallop: usize) -> Res<()> {
        let (mut a_wins, mut b_wins) = (0, 0);
        while !self.is_done() && a_wins.max(b_wins) < min_gallop {
            let b_is_less = less(self.head(self.left_of_b()), self.head(self.left_of_a()))?;
            if b_is_less == self.from_end {
                self.take_a(1);
                (a_wins, b_wins) = (a_wins + 1, 0);
            } else {
                self.take_b(1);
                (a_wins, b_wins) = (0, b_wins + 1);
            }
        }
        Ok(())
    }

    /// Takes many items at a time, until all is done or that no longer pays.
    fn in_leaps(&mut self, less: &mut impl FnMut(u32, u32) -> Res<bool>, min_gallop: &mut usize) -> Res<()> {
        loop {
            *min_gallop -= usize::from(*min_gallop > 1);
            let (a, b) = (self.left_of_a(), self.left_of_b());
            let a_wins = match self.from_end {
                true => a.len() - gallop_right(less, self.head(b), a, a.len() - 1)?,
                false => gallop_right(less, self.head(b), a, 0)?,
            };
            self.take_a(a_wins);
            if self.is_done() {
                return Ok(());
            }
            self.take_b(1);
            if self.is_done() {
                return Ok(());
            }
            let (a, b) = (self.left_of_a(), self.left_of_b());
            let b_wins = match self.from_end {
                true => b.len() - gallop_left(less, self.head(a), b, b.len() - 1)?,
                false => gallop_left(less, self.head(a), b, 0)?,
            };
            self.take_b(b_wins);
            if self.is_done() {
                return Ok(());
            }
            self.take_a(1);
            if self.is_done() {
                return Ok(());
            }
            if a_wins < MIN_GALLOP && b_wins < MIN_GALLOP {
                *min_gallop += 1;
                return Ok(());
            }
        }
    }

    /// Puts what is left where it belongs.
    fn finish(&mut self) {
        if self.from_end {
            if self.b == 1 {
                self.take_a(self.a);
            }
            self.take_b(self.b);
        } else {
            if self.a == 1 {
                self.take_b(self.b);
            }
            self.take_a(self.a);
        }
    }
}

/// Where a key belongs in a run, before what equals it; the search begins at the hint and leaps away from it.
fn gallop_left(less: &mut impl FnMut(u32, u32) -> Res<bool>, key: u32, run: &[u32], hint: usize) -> Res<usize> {
    gallop(run, hint, &mut |item| less(item, key))
}

/// Where a key belongs in a run, behind what equals it; otherwise as [`gallop_left`].
fn gallop_right(less: &mut impl FnMut(u32, u32) -> Res<bool>, key: u32, run: &[u32], hint: usize) -> Res<usize> {
    gallop(run, hint, &mut |item| Ok(!less(key, item)?))
}

/// How many items stand before a key, when a function decides whether one does.
fn gallop(run: &[u32], hint: usize, is_before: &mut impl FnMut(u32) -> Res<bool>) -> Res<usize> {
    let (mut last, mut offset) = (0, 1);
    let (mut low, mut high);
    if is_before(run[hint])? {
        let most = run.len() - hint;
        while offset < most && is_before(run[hint + offset])? {
            (last, offset) = (offset, 2 * offset + 1);
        }
        (low, high) = (hint + last + 1, hint + offset.min(most));
    } else {
        let most = hint + 1;
        while offset < most && !is_before(run[hint - offset])? {
            (last, offset) = (offset, 2 * offset + 1);
        }
        (low, high) = (hint + 1 - offset.min(most), hint - last);
    }
    while low < high {
        let middle = low + ((high - low) >> 1);
        if is_before(run[middle])? {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    Ok(high)
}
