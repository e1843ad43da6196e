//! Indices: locations as bits in the window that holds them.

use std::cmp::Ordering;

use triomphe::ThinArc;

/// Rows and columns that a window may have.
pub const SPAN: i64 = 64;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Frame {
    top: i32,
    left: i32,
    width: u32,
    count: u32,
}

/// A set of at least one location, within [`SPAN`] rows and columns; the window is the bounding box.
///
/// Bit `j` of row `i` stands for the location `(top + i, left + j)`. First and last row are not empty, nor are first and
/// last column, so equal sets have equal bits.
#[derive(Clone, Debug)]
pub struct Indices(ThinArc<Frame, u64>);

impl Indices {
    /// The locations of rows of bits, a window that may be too large; None when there are none.
    ///
    /// `rows` has at most [`SPAN`] rows.
    pub fn of_rows(top: i64, left: i64, rows: &[u64]) -> Option<Indices> {
        let first = rows.iter().position(|&row| row != 0)?;
        let last = rows.iter().rposition(|&row| row != 0)?;
        let rows = &rows[first..=last];
        let all = rows.iter().fold(0, |all, row| all | row);
        let skipped = all.trailing_zeros();
        let count = rows.iter().map(|row| row.count_ones()).sum();
        let frame = Frame {
            top: i32::try_from(top + first as i64).ok()?,
            left: i32::try_from(left + i64::from(skipped)).ok()?,
            width: 64 - all.leading_zeros() - skipped,
            count,
        };
        if skipped == 0 {
            return Some(Indices(ThinArc::from_header_and_slice(frame, rows)));
        }
        let mut moved = [0; SPAN as usize];
        for (to, from) in moved.iter_mut().zip(rows) {
            *to = from >> skipped;
        }
        Some(Indices(ThinArc::from_header_and_slice(frame, &moved[..rows.len()])))
    }

    /// The locations of rows of bits in the window that they fill: there is a bit in the first row and in the last one, in
    /// column 0 and in the last column. None when the window leaves 32 bits.
    #[inline]
    pub fn tight(top: i64, left: i64, width: usize, count: usize, rows: &[u64]) -> Option<Indices> {
        debug_assert!(rows.first().is_some_and(|row| *row != 0) && rows.last().is_some_and(|row| *row != 0));
        debug_assert!(rows.iter().fold(0, |all, row| all | row).trailing_zeros() == 0);
        debug_assert!(64 - rows.iter().fold(0, |all, row| all | row).leading_zeros() as usize == width);
        debug_assert!(rows.iter().map(|row| row.count_ones() as usize).sum::<usize>() == count);
        if !Indices::fits(top, left, top + rows.len() as i64 - 1, left + width as i64 - 1) {
            return None;
        }
        let frame = Frame { top: top as i32, left: left as i32, width: width as u32, count: count as u32 };
        Some(Indices(ThinArc::from_header_and_slice(frame, rows)))
    }

    /// The set of one location; None when it leaves 32 bits.
    #[inline]
    pub fn of_place(row: i64, column: i64) -> Option<Indices> {
        Indices::tight(row, column, 1, 1, &[1])
    }

    /// The set of these locations, in any order and with repeats; None when there are none or they lie too far apart.
    pub fn of_places(places: &[(i64, i64)]) -> Option<Indices> {
        let &(row, column) = places.first()?;
        let (mut top, mut bottom, mut left, mut right) = (row, row, column, column);
        for &(row, column) in places {
            top = top.min(row);
            bottom = bottom.max(row);
            left = left.min(column);
            right = right.max(column);
        }
        if !Indices::fits(top, left, bottom, right) {
            return None;
        }
        let mut rows = [0u64; SPAN as usize];
        for &(row, column) in places {
            rows[(row - top) as usize] |= 1 << (column - left);
        }
        Indices::of_rows(top, left, &rows[..(bottom - top + 1) as usize])
    }

    /// Whether a window with these bounds, the last ones included, can be held.
    #[inline]
    pub fn fits(top: i64, left: i64, bottom: i64, right: i64) -> bool {
        let limits = i64::from(i32::MIN)..=i64::from(i32::MAX);
        [top, left, bottom, right].iter().all(|side| limits.contains(side))
            && bottom - top < SPAN
            && right - left < SPAN
    }

    /// All locations of a box, the last row and column included; None when it is too large, or there are none.
    pub fn block(top: i64, left: i64, bottom: i64, right: i64) -> Option<Indices> {
        if bottom < top || right < left || !Indices::fits(top, left, bottom, right) {
            return None;
        }
        let (height, width) = ((bottom - top + 1) as usize, (right - left + 1) as usize);
        let rows = [u64::MAX >> (64 - width); SPAN as usize];
        Indices::tight(top, left, width, height * width, &rows[..height])
    }

    /// The set moved; None when it would leave 32 bits.
    pub fn moved(&self, down: i64, right: i64) -> Option<Indices> {
        let frame = self.0.header.header;
        let (top, left) = (i64::from(frame.top).checked_add(down)?, i64::from(frame.left).checked_add(right)?);
        let (bottom, far) = (top.checked_add(self.height() as i64)?, left.checked_add(i64::from(frame.width))?);
        if !Indices::fits(top, left, bottom - 1, far - 1) {
            return None;
        }
        let frame = Frame { top: top as i32, left: left as i32, ..frame };
        Some(Indices(ThinArc::from_header_and_slice(frame, self.rows())))
    }

    /// Locations of both; None when there are none.
    pub fn intersection(&self, other: &Indices) -> Option<Indices> {
        self.combined(other, |mine, theirs| mine & theirs)
    }

    /// Locations of this one that the other lacks; None when there are none.
    pub fn difference(&self, other: &Indices) -> Option<Indices> {
        self.combined(other, |mine, theirs| mine & !theirs)
    }

    fn combined(&self, other: &Indices, combine: impl Fn(u64, u64) -> u64) -> Option<Indices> {
        let mut rows = [0; SPAN as usize];
        for (i, row) in self.rows().iter().enumerate() {
            rows[i] = combine(*row, other.bits(self.top() + i as i64, self.left()));
        }
        Indices::of_rows(self.top(), self.left(), &rows[..self.height()])
    }

    /// Locations of either; None when the window would be too large.
    pub fn union(&self, other: &Indices) -> Option<Indices> {
        let (top, left) = (self.top().min(other.top()), self.left().min(other.left()));
        let (bottom, right) = (self.bottom().max(other.bottom()), self.right().max(other.right()));
        if !Indices::fits(top, left, bottom, right) {
            return None;
        }
        let mut rows = [0; SPAN as usize];
        for set in [self, other] {
            let (down, across) = ((set.top() - top) as usize, set.left() - left);
            for (i, row) in set.rows().iter().enumerate() {
                rows[down + i] |= row << across;
            }
        }
        Indices::of_rows(top, left, &rows[..(bottom - top + 1) as usize])
    }

    /// The order of the locations of both, one after the other in canonical order; the shorter of two that begin alike
    /// comes first.
    pub fn order(&self, other: &Indices) -> Ordering {
        let left = self.left().min(other.left());
        let (mine, theirs) = (self.left() - left, other.left() - left);
        if self.top() != other.top() || mine + self.width() as i64 > SPAN || theirs + other.width() as i64 > SPAN {
            return self.places().cmp(other.places());
        }
        let both = self.rows().iter().zip(other.rows());
        for (i, (x, y)) in both.map(|(x, y)| (x << mine, y << theirs)).enumerate() {
            let differing = x ^ y;
            if differing == 0 {
                continue;
            }
            // The side that has the first location that the other lacks comes first, unless the other has ended.
            let first = differing & differing.wrapping_neg();
            let (is_mine, set, bits) = if x & first != 0 { (true, other, y) } else { (false, self, x) };
            let has_more = bits > first || i + 1 < set.height();
            return if is_mine == has_more { Ordering::Less } else { Ordering::Greater };
        }
        self.height().cmp(&other.height())
    }

    /// Whether the two share a location.
    pub fn meets(&self, other: &Indices) -> bool {
        self.rows().iter().enumerate().any(|(i, row)| row & other.bits(self.top() + i as i64, self.left()) != 0)
    }

    /// The row at this number, in any window: bit `j` stands for column `left + j`.
    #[inline]
    pub fn bits(&self, row: i64, left: i64) -> u64 {
        let index = row - self.top();
        if index < 0 || index >= self.height() as i64 {
            return 0;
        }
        let bits = self.rows()[index as usize];
        let across = self.left() - left;
        if across >= SPAN || across <= -SPAN {
            0
        } else if across >= 0 {
            bits << across
        } else {
            bits >> -across
        }
    }

    /// How many locations of a row stand left of this column.
    #[inline]
    pub fn skipped(&self, row: i64, left: i64) -> usize {
        let (index, columns) = (row - self.top(), left - self.left());
        if index < 0 || index >= self.height() as i64 || columns <= 0 {
            return 0;
        }
        let bits = self.rows()[index as usize];
        if columns >= SPAN { bits.count_ones() as usize } else { (bits & !(u64::MAX << columns)).count_ones() as usize }
    }

    /// Whether it holds this location.
    #[inline]
    pub fn contains(&self, row: i64, column: i64) -> bool {
        let (i, j) = (row - self.top(), column - self.left());
        (0..self.height() as i64).contains(&i) && (0..SPAN).contains(&j) && self.rows()[i as usize] >> j & 1 == 1
    }

    /// How many locations come before this one in canonical order.
    pub fn rank(&self, row: i64, column: i64) -> usize {
        let (i, j) = ((row - self.top()) as usize, column - self.left());
        let before: u32 = self.rows()[..i].iter().map(|row| row.count_ones()).sum();
        (before + (self.rows()[i] & !(u64::MAX << j)).count_ones()) as usize
    }

    /// Whether there is none: never.
    pub fn is_empty(&self) -> bool {
        false
    }

    /// Number of locations.
    #[inline]
    pub fn len(&self) -> usize {
        self.0.header.header.count as usize
    }

    /// First row.
    #[inline]
    pub fn top(&self) -> i64 {
        i64::from(self.0.header.header.top)
    }

    /// First column.
    #[inline]
    pub fn left(&self) -> i64 {
        i64::from(self.0.header.header.left)
    }

    /// Last row.
    #[inline]
    pub fn bottom(&self) -> i64 {
        self.top() + self.height() as i64 - 1
    }

    /// Last column.
    #[inline]
    pub fn right(&self) -> i64 {
        self.left() + self.width() as i64 - 1
    }

    /// Rows of the bounding box.
    #[inline]
    pub fn height(&self) -> usize {
        self.0.slice.len()
    }

    /// Columns of the bounding box.
    #[inline]
    pub fn width(&self) -> usize {
        self.0.header.header.width as usize
    }

    /// The bits, a row each, from the first row of the bounding box on; bit 0 is its first column.
    #[inline]
    pub fn rows(&self) -> &[u64] {
        &self.0.slice
    }

    /// The locations in canonical order.
    #[inline]
    pub fn places(&self) -> Places<'_> {
        let (first, rest) = self.rows().split_first().expect("indices have a row");
        Places { bits: *first, row: self.top(), left: self.left(), rest: rest.iter(), count: self.len() }
    }
}

impl PartialEq for Indices {
    fn eq(&self, other: &Indices) -> bool {
        std::ptr::eq(self.rows(), other.rows())
            || (self.0.header.header == other.0.header.header && self.rows() == other.rows())
    }
}

/// The locations of indices, by row and column.
#[derive(Clone)]
pub struct Places<'a> {
    bits: u64,
    row: i64,
    left: i64,
    rest: std::slice::Iter<'a, u64>,
    count: usize,
}

impl Iterator for Places<'_> {
    type Item = (i64, i64);

    #[inline]
    fn next(&mut self) -> Option<(i64, i64)> {
        while self.bits == 0 {
            self.bits = *self.rest.next()?;
            self.row += 1;
        }
        let column = i64::from(self.bits.trailing_zeros());
        self.bits &= self.bits - 1;
        self.count -= 1;
        Some((self.row, self.left + column))
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        (self.count, Some(self.count))
    }
}

impl ExactSizeIterator for Places<'_> {}
