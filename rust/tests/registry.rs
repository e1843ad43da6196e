//! The registry of primitives: numbers, names and arities, the user's own ones included.

use std::collections::HashSet;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use arcbatt_native::call::{arity_of, call_primitive};
use arcbatt_native::context::{Context, Watch};
use arcbatt_native::fail::Fail;
use arcbatt_native::primitives::{name_of, number_of, table, user};
use arcbatt_native::value::Value;

#[test]
fn each_primitive_has_one_number_and_one_name() {
    let names: HashSet<&str> = table().iter().map(|primitive| primitive.name).collect();
    assert_eq!(names.len(), table().len());
    for (number, primitive) in (0..).zip(table()) {
        assert_eq!(number_of(primitive.name), Some(number));
        assert_eq!(name_of(number), primitive.name);
        assert_eq!(arity_of(&Value::Primitive(number)), Ok(primitive.arity));
    }
    assert_eq!(number_of("no_primitive"), None);
}

#[test]
fn a_users_primitive_comes_after_the_others_and_an_unknown_number_fails() {
    let stop = AtomicBool::new(false);
    let mut context = Context::new(Watch::new(&stop));
    context.fill(10);
    let number = user::add("mine".to_owned(), 2, Arc::new(|_, arguments| Ok(arguments[0].clone()))).expect("room");
    assert_eq!(usize::from(number), table().len());
    assert_eq!((name_of(number).as_str(), arity_of(&Value::Primitive(number))), ("mine", Ok(2)));
    assert_eq!(call_primitive(&mut context, number, &[&Value::Int(7)]), Ok(Value::Int(7)));
    assert_eq!((name_of(number + 1).as_str(), arity_of(&Value::Primitive(number + 1))), ("", Ok(0)));
    assert!(matches!(call_primitive(&mut context, number + 1, &[]), Err(Fail::Error(_))));
}
