//! Objects of a grid: connected components, and one object for each color.

use super::colors::{most_color, most_common};
use super::layout::{colors_of_rows, fitted, rows_of};
use super::masks::{FEW, MANY, Planes, full};
use super::{Primitive, primitive, work};
use crate::context::Context;
use crate::fail::{Fail, Res};
use crate::memory::list;
use crate::value::weight::bounded;
use crate::value::{Grid, Indices, SPAN, Value, canonical};

/// The primitives of this theme.
pub const PRIMITIVES: &[Primitive] = &[
    primitive("fgpartition", 1, work::cells, fgpartition),
    primitive("objects", 4, neighborhood, objects),
    primitive("partition", 1, work::cells, partition),
];

/// Every cell looks at up to eight others, and is looked at as often.
fn neighborhood(arguments: &[&Value]) -> i64 {
    16 * work::cells(arguments)
}

/// What makes an object.
#[derive(Clone, Copy)]
struct Connectivity {
    /// Neighbours join when their colors are equal; else when neither is background.
    univalued: bool,
    /// A cell has 8 neighbours, else 4.
    diagonal: bool,
    /// The most common color forms no object.
    without_bg: bool,
}

fn objects(context: &mut Context, arguments: &[&Value]) -> Res {
    let [grid, univalued, diagonal, without_bg] = *arguments else { unreachable!("the arity is checked") };
    let connectivity =
        Connectivity { univalued: univalued.is_true(), diagonal: diagonal.is_true(), without_bg: without_bg.is_true() };
    if let Value::Grid(grid) = grid {
        let found = match grid.cells().len() {
            ..=1024 => objects_of::<FEW>(grid, connectivity),
            _ => objects_of::<MANY>(grid, connectivity),
        };
        return match found {
            Some(found) => Ok(Value::set_in_order(found)),
            None => objects_of_bytes(context, grid, connectivity),
        };
    }
    objects_of_any(context, grid, connectivity)
}

/// The objects in canonical order, of a grid that has planes; the objects come by their first cells.
fn objects_of<const WORDS: usize>(grid: &Grid, connectivity: Connectivity) -> Option<Vec<Value>> {
    let (height, width) = (grid.height(), grid.width());
    if !connectivity.univalued && !connectivity.without_bg {
        let block = Indices::block(0, 0, height as i64 - 1, width as i64 - 1)?;
        return Some(vec![Value::object(block, grid.cells())]);
    }
    let mut planes = Planes::<WORDS>::new(grid)?;
    planes.read(grid)?;
    let mut left = [0; SPAN as usize];
    left[..height].fill(full(width));
    if connectivity.without_bg {
        let background = planes.flat(planes.mostcolor());
        for (row, taken) in left.iter_mut().zip(planes.rows(&background)) {
            *row &= !taken;
        }
    }
    let left = &mut left[..height];
    Some(if connectivity.univalued {
        of_one_color(grid, &planes, left, connectivity)
    } else {
        of_any_color(grid, left, connectivity)
    })
}

/// Components of cells of one color each; `left` holds the cells that may belong to one.
fn of_one_color<const WORDS: usize>(
    grid: &Grid,
    planes: &Planes<WORDS>,
    left: &mut [u64],
    connectivity: Connectivity,
) -> Vec<Value> {
    let height = grid.height();
    let mut masks: Vec<u64> = list(4 * height);
    let mut starts = [usize::MAX; 16];
    let mut found = [0; SPAN as usize];
    let mut objects = list(16);
    for top in 0..height {
        while left[top] != 0 {
            let color = grid.cell(top, left[top].trailing_zeros() as usize);
            let start = &mut starts[usize::from(color & 15)];
            if *start == usize::MAX {
                *start = masks.len();
                masks.extend(planes.rows(&planes.flat(color)));
            }
            let mask = &masks[*start..][..height];
            let bottom = flood(mask, top, left[top], connectivity.diagonal, &mut found);
            objects.push(Value::mono(color, taken(left, &mut found, top, bottom)));
        }
    }
    objects
}

/// Components of cells of any colors; `left` holds the cells that may belong to one.
fn of_any_color(grid: &Grid, left: &mut [u64], connectivity: Connectivity) -> Vec<Value> {
    let mut mask = [0; SPAN as usize];
    let mask = &mut mask[..left.len()];
    mask.copy_from_slice(left);
    let mut found = [0; SPAN as usize];
    let mut colors = Vec::new();
    let mut objects = list(16);
    for top in 0..left.len() {
        while left[top] != 0 {
            let bottom = flood(mask, top, left[top], connectivity.diagonal, &mut found);
            colors.clear();
            for (row, bits) in found.iter().enumerate().take(bottom + 1).skip(top) {
                let (cells, mut bits) = (grid.row(row), *bits);
                while bits != 0 {
                    colors.push(cells[bits.trailing_zeros() as usize]);
                    bits &= bits - 1;
                }
            }
            if let Some(places) = taken(left, &mut found, top, bottom) {
                objects.push(Value::object(places, &colors));
            }
        }
    }
    objects
}

/// Takes away what was found, from `left` and from `found` itself.
#[inline]
fn taken(left: &mut [u64], found: &mut [u64; SPAN as usize], top: usize, bottom: usize) -> Option<Indices> {
    let rows = &mut found[top..=bottom];
    let (mut all, mut count) = (0, 0);
    for (left, found) in left[top..=bottom].iter_mut().zip(&*rows) {
        *left &= !found;
        all |= found;
        count += found.count_ones();
    }
    let skipped = all.trailing_zeros();
    for row in &mut *rows {
        *row >>= skipped & 63;
    }
    let width = 64 - all.leading_zeros() - skipped;
    let places = Indices::tight(top as i64, i64::from(skipped), width as usize, count as usize, rows);
    rows.fill(0);
    places
}

/// Fills into `found`, all zeros, the component of the first of these seeds in row `top`; gives its last row. It has no
/// cell above nor one left of the seed in its row.
#[inline]
fn flood(mask: &[u64], top: usize, seeds: u64, diagonal: bool, found: &mut [u64; SPAN as usize]) -> usize {
    let aside = if diagonal { u64::MAX } else { 0 };
    let reach = |from: u64| from | ((from << 1 | from >> 1) & aside);
    let first = seeds & seeds.wrapping_neg();
    found[top] = spread_left(first, mask[top]);
    let mut bottom = top;
    loop {
        let mut is_changed = false;
        for row in top + 1..mask.len() {
            let added = reach(found[row - 1]) & mask[row] & !found[row];
            if added != 0 {
                found[row] = spread(found[row] | added, mask[row]);
                bottom = bottom.max(row);
                is_changed = true;
            } else if row > bottom {
                break;
            }
        }
        if !is_changed {
            return bottom;
        }
        is_changed = false;
        for row in (top..bottom).rev() {
            let added = reach(found[row + 1]) & mask[row] & !found[row];
            if added != 0 {
                found[row] = spread(found[row] | added, mask[row]);
                is_changed = true;
            }
        }
        if !is_changed {
            return bottom;
        }
    }
}

/// The seeds, and the bits of the mask that hang together with one toward the higher bits: a carry runs through them.
#[inline]
fn spread_left(seeds: u64, mask: u64) -> u64 {
    (mask.wrapping_add(seeds) ^ mask | seeds) & mask
}

/// The runs of bits of the mask that hold a seed; all seeds lie in the mask.
#[inline]
fn spread(seeds: u64, mask: u64) -> u64 {
    let mut found = spread_left(seeds, mask);
    let mut mask = mask;
    let mut step = 1;
    while step < 64 && found >> step & mask & !found != 0 {
        found |= found >> step & mask;
        mask &= mask >> step;
        step *= 2;
    }
    found
}

/// The objects of a grid that is too large for bits, or of colors that are.
fn objects_of_bytes(context: &mut Context, grid: &Grid, connectivity: Connectivity) -> Res {
    let background = if connectivity.without_bg { most_common(grid.cells()) } else { None };
    let (height, width) = (grid.height(), grid.width());
    let number = |cell: u8| match () {
        () if Some(cell) == background => 0,
        () if connectivity.univalued => 1 + u32::from(cell),
        () => 1,
    };
    let numbers = framed(height, width, grid.cells().iter().map(|cell| number(*cell)));
    let found = components(context, numbers, width, connectivity.diagonal)?;
    let mut objects = list(found.len());
    for component in found.iter() {
        let cells: Vec<(u8, i64, i64)> = component
            .iter()
            .map(|&(row, column)| (grid.cell(row as usize, column as usize), i64::from(row), i64::from(column)))
            .collect();
        objects.push(Value::cells(&cells));
        context.pulse(cells.len())?;
    }
    Ok(Value::set_in_order(objects))
}

/// The objects of a grid that has no compact form.
fn objects_of_any(context: &mut Context, grid: &Value, connectivity: Connectivity) -> Res {
    let background = if connectivity.without_bg { most_color(context, grid)? } else { Value::None };
    let width = grid.at(0)?.length()?;
    if width == 0 {
        return Ok(Value::empty_set());
    }
    let mut rows = list(grid.count());
    for row in grid.items()? {
        if !row.is_tuple() || row.count() < width {
            return Err(Fail::error("IndexError: a row is no tuple, or shorter than the first"));
        }
        rows.push(row.items()?.take(width).collect());
    }
    let cells = colors_of_rows(rows).concat();
    let numbers = if connectivity.univalued {
        numbered(&cells, &background)
    } else {
        cells.iter().map(|cell| u32::from(*cell != background)).collect()
    };
    context.pulse(cells.len())?;
    let numbers = framed(grid.count(), width, numbers.into_iter());
    let found = components(context, numbers, width, connectivity.diagonal)?;
    let mut objects = list(found.len());
    for component in found.iter() {
        let cells = component.iter().map(|&(row, column)| {
            Value::cell(&cells[row as usize * width + column as usize], &Value::Pair(row as i32, column as i32))
        });
        objects.push(Value::set(cells.collect()));
        context.pulse(component.len())?;
    }
    fitted(Value::set(objects))
}

/// Numbers for values, the same for equal ones: 0 for the background.
fn numbered(cells: &[Value], background: &Value) -> Vec<u32> {
    let mut order: Vec<usize> = (0..cells.len()).collect();
    order.sort_by(|a, b| canonical(&cells[*a], &cells[*b]));
    let mut numbers = vec![0; cells.len()];
    let groups = order.chunk_by(|a, b| cells[*a] == cells[*b]);
    for (group, number) in groups.filter(|group| cells[group[0]] != *background).zip(1..) {
        for place in group {
            numbers[*place] = number;
        }
    }
    numbers
}

/// The numbers of a grid within a frame of zeros: a row above and one below, a column between the rows.
fn framed(height: usize, width: usize, mut numbers: impl Iterator<Item = u32>) -> Vec<u32> {
    let mut framed = vec![0; (height + 2) * (width + 1) + 1];
    for row in framed.chunks_exact_mut(width + 1).skip(1).take(height) {
        for (to, number) in row[1..].iter_mut().zip(&mut numbers) {
            *to = number;
        }
    }
    framed
}

/// Components one after the other.
struct Components {
    places: Vec<(u32, u32)>,
    ends: Vec<usize>,
}

impl Components {
    fn len(&self) -> usize {
        self.ends.len()
    }

    fn iter(&self) -> impl Iterator<Item = &[(u32, u32)]> {
        let starts = std::iter::once(&0).chain(&self.ends);
        starts.zip(&self.ends).map(|(start, end)| &self.places[*start..*end])
    }
}

/// Places that hang together and have equal numbers other than 0, by their first places; the numbers are framed.
fn components(context: &mut Context, mut numbers: Vec<u32>, width: usize, diagonal: bool) -> Res<Components> {
    let stride = width + 1;
    let steps = [1, stride, stride - 1, stride + 1];
    let steps = if diagonal { &steps[..] } else { &steps[..2] };
    let mut queue: Vec<usize> = Vec::new();
    let mut ends = Vec::new();
    for start in stride..numbers.len() - stride {
        let number = numbers[start];
        if number == 0 {
            continue;
        }
        let mut next = queue.len();
        numbers[start] = 0;
        queue.push(start);
        while let Some(&place) = queue.get(next) {
            next += 1;
            for near in steps.iter().flat_map(|step| [place - step, place + step]) {
                if numbers[near] == number {
                    numbers[near] = 0;
                    queue.push(near);
                }
            }
            context.pulse(1)?;
        }
        ends.push(next);
    }
    bounded(ends.len() as i128 + 5 * queue.len() as i128)?;
    let place = |place: usize| ((place / stride - 1) as u32, (place % stride - 1) as u32);
    Ok(Components { places: queue.into_iter().map(place).collect(), ends })
}

fn partition(context: &mut Context, arguments: &[&Value]) -> Res {
    by_color(context, arguments[0], false)
}

fn fgpartition(context: &mut Context, arguments: &[&Value]) -> Res {
    by_color(context, arguments[0], true)
}

fn by_color(context: &mut Context, grid: &Value, without_bg: bool) -> Res {
    if let Value::Grid(grid) = grid {
        let found = match grid.cells().len() {
            ..=1024 => partition_of::<FEW>(grid, without_bg),
            _ => partition_of::<MANY>(grid, without_bg),
        };
        if let Some(found) = found {
            return Ok(Value::set_in_order(found));
        }
    }
    partition_of_any(context, grid, without_bg)
}

/// An object for each color, by their first cells; None of a grid that has no planes.
fn partition_of<const WORDS: usize>(grid: &Grid, without_bg: bool) -> Option<Vec<Value>> {
    let mut planes = Planes::<WORDS>::new(grid)?;
    planes.read(grid)?;
    let count = grid.cells().len();
    let mut left = [u64::MAX; WORDS];
    if without_bg {
        for (word, taken) in left.iter_mut().zip(planes.flat(planes.mostcolor())) {
            *word &= !taken;
        }
    }
    let mut objects = list(16);
    for word in 0..count.div_ceil(64) {
        while left[word] != 0 {
            let first = word * 64 + left[word].trailing_zeros() as usize;
            let Some(&color) = grid.cells().get(first) else { break };
            let flat = planes.flat(color);
            for (word, taken) in left.iter_mut().zip(flat) {
                *word &= !taken;
            }
            objects.push(Value::mono(color, planes.indices(&flat)));
        }
    }
    Some(objects)
}

/// An object for each color of any grid; rows may differ in length.
fn partition_of_any(context: &mut Context, grid: &Value, without_bg: bool) -> Res {
    let background = if without_bg { Some(most_color(context, grid)?) } else { None };
    let mut count = 0;
    for row in grid.items()? {
        count += row.length()?;
    }
    bounded(5 * count as i128)?;
    let mut cells = list(count);
    for (i, row) in colors_of_rows(rows_of(grid)?).into_iter().enumerate() {
        let places = row.into_iter().enumerate();
        cells.extend(places.map(|(j, cell)| (cell, Value::pair(i as i64, j as i64))));
    }
    context.pulse(count)?;
    cells.sort_by(|a, b| canonical(&a.0, &b.0));
    let mut objects = Vec::new();
    for group in cells.chunk_by(|a, b| a.0 == b.0) {
        if background.as_ref() != Some(&group[0].0) {
            let mut cells = list(group.len());
            cells.extend(group.iter().map(|(color, place)| Value::cell(color, place)));
            objects.push(Value::set(cells));
            context.pulse(group.len())?;
        }
    }
    let kept: usize = objects.iter().map(Value::count).sum();
    bounded(objects.len() as i128 + 5 * kept as i128)?;
    fitted(Value::set(objects))
}
