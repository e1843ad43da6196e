//! What is remembered of calls: identity of arguments, levels, bounds.

use arcbatt_native::call_memo::{CallMemo, Options, hash_of};
use arcbatt_native::fail::{Fail, Res};
use arcbatt_native::primitives::number_of;
use arcbatt_native::value::identity::{same, with_value};
use arcbatt_native::value::{Builder, Function, Grid, Value};

const EAGER: Options = Options { most_bytes: 100_000, is_eager: true };

fn primitive(name: &str) -> Value {
    Value::Primitive(number_of(name).expect("a primitive"))
}

fn bound(value: Value) -> Function {
    Function::new(Builder::RightBind(1), &[&primitive("add"), &value]).expect("not deep")
}

fn numbers(count: i64) -> Value {
    Value::tuple((1_000..1_000 + count).map(Value::Int).collect())
}

/// Values of which no two are the same, though some are equal.
fn different() -> Vec<Value> {
    let (one, truth) = (Value::Int(1), Value::Bool(true));
    vec![
        Value::None,
        one.clone(),
        truth.clone(),
        Value::Int(0),
        Value::Bool(false),
        Value::tuple(vec![one.clone()]),
        Value::tuple(vec![truth.clone()]),
        Value::set(vec![one.clone()]),
        Value::set(vec![truth.clone()]),
        Value::pair(1, 1),
        Value::tuple(vec![one.clone(), truth.clone()]),
        Value::Grid(Grid::of(1, 2, &[1, 1])),
        Value::Grid(Grid::of(2, 1, &[1, 1])),
        Value::places(&[(1, 1)]),
        Value::places(&[(1, 1), (1, 2)]),
        primitive("add"),
        Value::Function(bound(one)),
        Value::Function(bound(truth)),
        numbers(10),
        numbers(11),
    ]
}

#[test]
fn what_is_equal_but_of_another_kind_is_not_the_same() {
    for (i, a) in different().iter().enumerate() {
        for (j, b) in different().iter().enumerate() {
            assert_eq!(same(a, b), i == j, "{a:?} {b:?}");
            assert_eq!(with_value(0, a) == with_value(0, b), i == j, "{a:?} {b:?}");
        }
    }
}

#[test]
fn large_values_are_the_same_where_they_share_their_memory() {
    let large = numbers(1_000);
    assert!(same(&large, &large.clone()));
    assert!(!same(&large, &numbers(1_000)));
    assert!(same(&numbers(50), &numbers(50)));
}

#[test]
fn functions_of_many_shared_parts_are_compared_in_bounded_time() {
    let tower = || {
        let mut function = Value::Function(bound(Value::Int(1)));
        for _ in 0..60 {
            let built = Function::new(Builder::Fork, &[&function, &function, &function]).expect("not deep");
            function = Value::Function(built);
        }
        function
    };
    let (mine, theirs) = (tower(), tower());
    assert!(same(&mine, &mine.clone()));
    assert_eq!(with_value(0, &mine), with_value(0, &theirs));
    assert!(!same(&mine, &theirs), "more looks than are taken");
}

#[test]
fn a_known_call_is_given_where_its_levels_fit() {
    let (mut memo, function, argument) = (CallMemo::new(EAGER, None), bound(Value::Int(1)), Value::Int(5));
    let hash = hash_of(&function, &[&argument]);
    memo.keep(hash, &function, &[&argument], &Ok(Value::Int(6)), 7, 3);
    assert!(memo.find(hash, &function, &[&argument], 2).is_none());
    let known = memo.find(hash, &function, &[&argument], 3).expect("it is known");
    assert_eq!((known.result(), known.fuel, known.levels), (Ok(Value::Int(6)), 7, 3));
    assert!(memo.find(hash, &bound(Value::Bool(true)), &[&argument], 3).is_none());
    assert!(memo.find(hash, &function, &[&Value::Bool(true)], 3).is_none());
}

#[test]
fn failures_are_kept_but_for_those_that_tell_of_the_moment() {
    let (mut memo, function) = (CallMemo::new(EAGER, None), bound(Value::Int(1)));
    let fails = [Fail::error("a"), Fail::Limit("b"), Fail::Fuel, Fail::Time, Fail::Memory];
    for (number, fail) in (0..).zip(&fails) {
        let (argument, result): (Value, Res) = (Value::Int(number), Err(fail.clone()));
        let hash = hash_of(&function, &[&argument]);
        memo.keep(hash, &function, &[&argument], &result, 1, 0);
        let known = memo.find(hash, &function, &[&argument], 0).map(|known| known.result());
        assert_eq!(known, (number < 2).then_some(result));
    }
}

#[test]
fn it_is_emptied_when_it_is_full() {
    let (mut memo, function) = (CallMemo::new(EAGER, None), bound(Value::Int(1)));
    for number in 0..5_000 {
        let argument = Value::Int(number);
        let hash = hash_of(&function, &[&argument]);
        memo.keep(hash, &function, &[&argument], &Ok(numbers(20)), 1, 0);
    }
    let counts = memo.counts();
    assert!(counts.most_bytes <= EAGER.most_bytes && counts.most_bytes > EAGER.most_bytes / 2, "{counts:?}");
    assert!(counts.emptied > 1, "{counts:?}");
}

#[test]
fn light_calls_are_kept_when_they_come_again_and_nothing_without_bytes() {
    let (function, argument) = (bound(Value::Int(1)), Value::Int(5));
    let hash = hash_of(&function, &[&argument]);
    let kept_after = |options: Options, fuel: i64, times: usize| {
        let mut memo = CallMemo::new(options, None);
        (0..times).for_each(|_| memo.keep(hash, &function, &[&argument], &Ok(Value::None), fuel, 0));
        memo.counts().kept
    };
    let usual = Options::default();
    assert_eq!([kept_after(usual, 1, 9), kept_after(usual, 20, 1), kept_after(usual, 20, 2)], [0, 0, 1]);
    assert_eq!(kept_after(usual, 1_000, 1), 1);
    let none = Options { most_bytes: 0, is_eager: true };
    assert_eq!((kept_after(none, 1_000, 9), CallMemo::new(none, None).run()), (0, None));
}
