//! Values: one form each, equality and canonical order across forms, weights.

use std::cmp::Ordering;

use arcbatt_native::value::{Grid, Value, canonical};

/// Numbers that look random, the same in every run.
struct Random(u64);

impl Random {
    fn below(&mut self, limit: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % limit
    }

    /// A value of a few levels, mostly such as ARC programs handle.
    fn value(&mut self, levels: u64) -> Value {
        match self.below(if levels == 0 { 4 } else { 9 }) {
            0 => Value::Bool(self.below(2) == 1),
            1 | 2 => Value::Int(self.below(5) as i64 - 1),
            3 => Value::pair(self.below(90) as i64 - 10, self.below(3) as i64),
            4 => Value::cell(&Value::Int(self.below(3) as i64), &self.value(0)),
            5 | 6 => Value::tuple(self.values(levels - 1)),
            7 => Value::set(self.values(levels - 1)),
            _ => {
                let places: Vec<(i64, i64)> =
                    (0..=self.below(4)).map(|_| (self.below(80) as i64, self.below(80) as i64)).collect();
                Value::places(&places)
            }
        }
    }

    fn values(&mut self, levels: u64) -> Vec<Value> {
        (0..self.below(4)).map(|_| self.value(levels)).collect()
    }
}

/// The value taken apart and built again, and its numbers as bools where they can be.
fn rebuilt(value: &Value, with_bools: bool) -> Value {
    match value {
        Value::Int(number @ 0..=1) if with_bools => Value::Bool(*number == 1),
        _ => match value.items() {
            Err(_) => value.clone(),
            Ok(items) => {
                let items = items.map(|item| rebuilt(&item, with_bools)).collect();
                if value.is_tuple() { Value::tuple(items) } else { Value::set(items) }
            }
        },
    }
}

#[test]
fn a_value_has_one_form() {
    let mut random = Random(1);
    for _ in 0..20_000 {
        let value = random.value(3);
        let again = rebuilt(&value, false);
        assert_eq!(std::mem::discriminant(&value), std::mem::discriminant(&again), "{value:?}");
        assert_eq!(value, again);
        assert_eq!(value.weight(), again.weight(), "{value:?}");
    }
}

#[test]
fn bools_equal_the_ints_that_they_are_in_every_form() {
    let mut random = Random(2);
    for _ in 0..20_000 {
        let value = random.value(3);
        let twin = rebuilt(&value, true);
        assert_eq!(value, twin);
        assert_eq!(canonical(&value, &twin), Ordering::Equal);
        assert_eq!(arcbatt_native::digest::of_value(&value), arcbatt_native::digest::of_value(&twin), "{value:?}");
    }
}

#[test]
fn canonical_order_is_an_order() {
    let mut random = Random(3);
    for _ in 0..20_000 {
        let [a, b, c] = [random.value(2), random.value(2), random.value(2)];
        assert_eq!(canonical(&a, &b), canonical(&b, &a).reverse(), "{a:?} {b:?}");
        assert_eq!(canonical(&a, &b) == Ordering::Equal, a == b, "{a:?} {b:?}");
        if canonical(&a, &b).is_le() && canonical(&b, &c).is_le() {
            assert!(canonical(&a, &c).is_le(), "{a:?} {b:?} {c:?}");
        }
    }
}

#[test]
fn sets_are_walked_in_canonical_order_without_repeats() {
    let mut random = Random(4);
    for _ in 0..5_000 {
        let set = Value::set(random.values(2));
        let items: Vec<Value> = set.items().expect("a set").collect();
        assert!(items.windows(2).all(|two| canonical(&two[0], &two[1]) == Ordering::Less), "{set:?}");
    }
}

#[test]
fn forms_are_compact_where_they_can_be() {
    let row = |cells: &[i64]| Value::tuple(cells.iter().map(|cell| Value::Int(*cell)).collect());
    assert!(matches!(Value::tuple(vec![row(&[1, 2, 3]), row(&[4, 5, 6])]), Value::Grid(_)));
    assert!(matches!(Value::tuple(vec![row(&[1, 2, 3]), row(&[4, 5])]), Value::Tuple(_)));
    assert!(matches!(Value::tuple(vec![row(&[1, 2, 256])]), Value::Tuple(_)));
    assert!(matches!(Value::places(&[(0, 0), (63, 63)]), Value::Indices(_)));
    assert!(matches!(Value::places(&[(0, 0), (64, 0)]), Value::Places(_)));
    assert!(matches!(Value::places(&[(0, 0), (1 << 27, 0)]), Value::Set(_)));
    assert!(matches!(Value::cells(&[(1, 0, 0), (1, 0, 1)]), Value::Mono(1, _)));
    assert!(matches!(Value::cells(&[(1, 0, 0), (2, 0, 1)]), Value::Multi(_)));
    assert!(matches!(Value::cells(&[(1, 0, 0), (2, 0, 0)]), Value::Cells(_)));
}

#[test]
fn cells_stand_right_after_their_row_column_and_color() {
    let numbers = Value::tuple(vec![Value::Int(3), Value::Int(4), Value::Int(5)]);
    let cell = Value::Cell(5, 3, 4);
    let next = Value::tuple(vec![Value::Int(3), Value::Int(4), Value::Int(6)]);
    assert_eq!(canonical(&numbers, &cell), Ordering::Less);
    assert_eq!(canonical(&cell, &next), Ordering::Less);
}

#[test]
fn a_grid_of_cells_that_are_no_bytes_keeps_its_rows() {
    let grid = Value::Grid(Grid::of(1, 3, &[1, 2, 3]));
    let row = grid.at(0).expect("a row");
    assert_eq!(row, Value::tuple(vec![Value::Int(1), Value::Int(2), Value::Int(3)]));
    assert!(grid.at(1).is_err());
}
