//! Properties of objects, and what may be asked about them.

use std::collections::HashMap;

use super::kit::Kit;
use super::scene::Scene;
use crate::search::bits::Bits;
use crate::search::goals::frame::workbench::Node;
use crate::search::trees::Question;
use crate::value::Value;

/// A function that gives a value for each object.
pub struct Property {
    /// The function.
    pub node: Node,
    /// Its values, by item.
    pub values: Vec<Value>,
    /// A number for each value, by item: equal ones have the same.
    ids: Vec<u32>,
    /// How much it costs.
    pub price: u32,
    kind: Kind,
}

/// What can be asked about a property.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// A bool: it itself.
    Truth,
    /// A number with an order: all.
    Number,
    /// A number that is only the largest or the smallest.
    Place,
    /// A value to be written: equal to, the commonest.
    Name,
    /// A value that is not written: the commonest.
    Form,
}

/// What is asked about an object.
#[derive(Clone)]
pub struct Asked {
    property: usize,
    test: Test,
    price: u32,
}

#[derive(Clone)]
enum Test {
    /// It holds.
    Truth,
    /// It is this value.
    Is(Value),
    /// It is what `valmax` or `valmin` gives.
    Extreme(&'static str),
    /// It is what `mostcommon` or `leastcommon` gives.
    Common(&'static str),
    /// It is above.
    Over(i64),
    /// It is below.
    Under(i64),
}

/// Primitives as properties, with what can be asked and the price.
const PLAIN: [(&str, Kind, u32); 16] = [
    ("size", Kind::Number, 0),
    ("color", Kind::Name, 0),
    ("height", Kind::Number, 1),
    ("width", Kind::Number, 1),
    ("numcolors", Kind::Number, 1),
    ("shape", Kind::Name, 2),
    ("square", Kind::Truth, 1),
    ("vline", Kind::Truth, 2),
    ("hline", Kind::Truth, 2),
    ("portrait", Kind::Truth, 1),
    ("mostcolor", Kind::Name, 2),
    ("leastcolor", Kind::Name, 2),
    ("uppermost", Kind::Place, 3),
    ("lowermost", Kind::Place, 3),
    ("leftmost", Kind::Place, 3),
    ("rightmost", Kind::Place, 3),
];

/// The properties of the objects of a scene; each has a value for every object.
pub fn properties(kit: &mut Kit, scene: &Scene) -> Vec<Property> {
    let mut found = Vec::new();
    let add = |kit: &mut Kit, found: &mut Vec<Property>, node: Option<Node>, kind: Kind, price: u32| {
        if let Some(node) = node
            && let Some(values) = values_of(kit, scene, node)
        {
            let ids = ids_of(kit, &values);
            found.push(Property { node, values, ids, price, kind });
        }
    };
    for (name, kind, price) in PLAIN {
        let node = kit.function(name);
        add(kit, &mut found, Some(node), kind, price);
    }
    let input = kit.input;
    let node = kit.bound("bordering", input);
    add(kit, &mut found, node, Kind::Truth, 1);
    let node = kit.after("size", "delta");
    add(kit, &mut found, node, Kind::Number, 2);
    let node = kit.function("holes");
    add(kit, &mut found, Some(node), Kind::Number, 1);
    let node = kit.after("size", "enclosed");
    add(kit, &mut found, node, Kind::Number, 3);
    let nearest = kit.bound("nearest", scene.view);
    let color = kit.function("color");
    let node = nearest.and_then(|nearest| kit.call("compose", [color, nearest]));
    add(kit, &mut found, node, Kind::Name, 5);
    let node = kit.after("normalize", "toindices");
    add(kit, &mut found, node, Kind::Form, 3);
    for name in ["vmirror", "hmirror", "dmirror"] {
        let node = unchanged_by(kit, name);
        add(kit, &mut found, node, Kind::Truth, 3);
    }
    let node = kit.function("normalize");
    add(kit, &mut found, Some(node), Kind::Form, 2);
    let node = kit.after("even", "size");
    add(kit, &mut found, node, Kind::Truth, 5);
    for color in colors_of(scene) {
        let color = kit.int(color);
        let node = kit.bound("colorcount", color);
        add(kit, &mut found, node, Kind::Number, 3);
        let places = kit.call("ofcolor", [input, color]);
        for (name, price) in [("adjacent", 4), ("hmatching", 5), ("vmatching", 5)] {
            let node = places.and_then(|places| kit.bound(name, places));
            add(kit, &mut found, node, Kind::Truth, price);
        }
    }
    let counted = found.iter().filter_map(|property| counts_of(kit, scene, property)).collect::<Vec<_>>();
    found.extend(counted);
    found
}

/// Whether a mirror changes nothing.
fn unchanged_by(kit: &mut Kit, name: &str) -> Option<Node> {
    let parts = ["equality", "identity", name].map(|name| kit.function(name));
    kit.call("fork", parts)
}

/// Whether objects can be put in an order by it.
pub fn is_ordered(property: &Property) -> bool {
    matches!(property.kind, Kind::Number | Kind::Place)
}

/// The value of each object; None where one has none.
pub fn values_of(kit: &mut Kit, scene: &Scene, node: Node) -> Option<Vec<Value>> {
    scene.items.iter().map(|item| kit.of(node, item.sample, &item.object)).collect()
}

/// The colors of the inputs, at most ten.
fn colors_of(scene: &Scene) -> Vec<u8> {
    let mut seen = [false; 10];
    for item in &scene.items {
        item.cells.iter().for_each(|(_, color)| seen[usize::from(*color).min(9)] = true);
    }
    (0..10u8).filter(|color| seen[usize::from(*color)]).collect()
}

/// How many objects of a sample have the same value, each object itself too.
fn counts_of(kit: &mut Kit, scene: &Scene, property: &Property) -> Option<Property> {
    let is_counted = property.kind == Kind::Form
        || ["size", "color", "shape"].into_iter().any(|name| property.node == kit.function(name));
    if !is_counted {
        return None;
    }
    let keys = keys_of(kit, scene, property.node)?;
    let (filter, matcher) = (kit.function("sfilter"), kit.function("matcher"));
    let alike = kit.call("lbind", [filter, keys])?;
    let identity = kit.function("identity");
    let equal = kit.call("lbind", [matcher, identity])?;
    let chain = kit.call("chain", [alike, equal, property.node])?;
    let size = kit.function("size");
    let node = kit.call("compose", [size, chain])?;
    let counts = counts(scene, &property.ids);
    let values: Vec<Value> = counts.iter().map(|count| Value::Int(i64::from(*count))).collect();
    Some(Property { node, values, ids: counts, price: property.price + 6, kind: Kind::Number })
}

/// How many items of its sample have the same number as each item, itself too.
fn counts(scene: &Scene, ids: &[u32]) -> Vec<u32> {
    let mut counts: HashMap<(usize, u32), u32> = HashMap::new();
    let keys = || scene.items.iter().map(|item| item.sample).zip(ids.iter().copied());
    keys().for_each(|key| *counts.entry(key).or_default() += 1);
    keys().map(|key| counts[&key]).collect()
}

/// Which items have the number that is most common in their sample, or least; none where several are.
fn common(scene: &Scene, ids: &[u32], is_most: bool) -> Vec<bool> {
    let counts = counts(scene, ids);
    let rank = |item: usize| if is_most { counts[item] } else { u32::MAX - counts[item] };
    // By sample the best rank, the number that has it, and whether it is the only one.
    let mut bests: Vec<(u32, u32, bool)> = vec![(0, 0, false); scene.task.inputs.len()];
    for (number, item) in scene.items.iter().enumerate() {
        let best = &mut bests[item.sample];
        if rank(number) > best.0 {
            *best = (rank(number), ids[number], true);
        } else if rank(number) == best.0 && ids[number] != best.1 {
            best.2 = false;
        }
    }
    let is_best = |(id, item): (&u32, &super::scene::Item)| bests[item.sample].2 && bests[item.sample].1 == *id;
    ids.iter().zip(&scene.items).map(is_best).collect()
}

/// A number for each value; equal ones have the same.
fn ids_of(kit: &mut Kit, values: &[Value]) -> Vec<u32> {
    let mut numbers: HashMap<i64, u32> = HashMap::new();
    let mut others: Vec<(&Value, u32)> = Vec::new();
    let mut next = 0;
    let mut ids = Vec::with_capacity(values.len());
    for value in values {
        let known = match value.number() {
            Some(number) => numbers.get(&number).copied(),
            None => others.iter().find(|(known, _)| *known == value).map(|(_, id)| *id),
        };
        let id = known.unwrap_or_else(|| {
            next += 1;
            match value.number() {
                Some(number) => drop(numbers.insert(number, next)),
                None => others.push((value, next)),
            }
            next
        });
        ids.push(id);
    }
    kit.pay((values.len() * (8 + 2 * others.len())) as i64);
    ids
}

/// The values of all objects, as a tuple.
fn keys_of(kit: &mut Kit, scene: &Scene, node: Node) -> Option<Node> {
    let items = kit.call("totuple", [scene.view])?;
    kit.call("apply", [node, items])
}

/// Everything that may be asked, with the items that it holds for.
pub fn questions(scene: &Scene, properties: &[Property]) -> (Vec<Asked>, Vec<Question>) {
    let mut asked = Vec::new();
    for (number, property) in properties.iter().enumerate() {
        let mut add =
            |test: Test, price: u32| asked.push(Asked { property: number, test, price: property.price + price });
        if property.kind == Kind::Truth {
            add(Test::Truth, 4);
            continue;
        }
        if property.kind != Kind::Form {
            for value in distinct(&property.values[..scene.demos]) {
                if property.kind != Kind::Place && matches!(value, Value::Int(_) | Value::Pair(..)) {
                    add(Test::Is(value), 8);
                }
            }
        }
        if matches!(property.kind, Kind::Number | Kind::Place) {
            add(Test::Extreme("valmax"), 6);
            add(Test::Extreme("valmin"), 6);
        }
        if property.kind != Kind::Place {
            add(Test::Common("mostcommon"), 10);
            add(Test::Common("leastcommon"), 10);
        }
        if property.kind == Kind::Number {
            let mut numbers: Vec<i64> = property.values[..scene.demos].iter().filter_map(Value::int).collect();
            numbers.sort_unstable();
            numbers.dedup();
            if numbers.len() > 2 {
                numbers[..numbers.len() - 1].iter().for_each(|number| add(Test::Over(*number), 11));
                numbers[1..].iter().for_each(|number| add(Test::Under(*number), 12));
            }
        }
    }
    let questions = asked.iter().map(|asked| asked.question(scene, properties)).collect();
    (asked, questions)
}

/// The values without repeats, at most eight.
fn distinct(values: &[Value]) -> Vec<Value> {
    let mut found: Vec<Value> = Vec::new();
    for value in values {
        if !found.contains(value) {
            found.push(value.clone());
            if found.len() == 8 {
                break;
            }
        }
    }
    found
}

impl Asked {
    fn question(&self, scene: &Scene, properties: &[Property]) -> Question {
        let marks = self.marks(scene, &properties[self.property]);
        let bits = |marks: &[bool]| {
            let mut bits = Bits::none(marks.len().div_ceil(64).max(1));
            (0..marks.len()).filter(|place| marks[*place]).for_each(|place| bits.set(place));
            bits
        };
        let (demos, tests) = (bits(&marks[..scene.demos]), bits(&marks[scene.demos..]));
        Question { demos, tests, price: self.price }
    }

    /// Whether it holds, by item.
    fn marks(&self, scene: &Scene, property: &Property) -> Vec<bool> {
        let values = property.values.iter();
        match &self.test {
            Test::Truth => values.map(Value::is_true).collect(),
            Test::Is(wanted) => values.map(|value| value == wanted).collect(),
            Test::Over(number) => values.map(|value| value.int().is_some_and(|value| value > *number)).collect(),
            Test::Under(number) => values.map(|value| value.int().is_some_and(|value| value < *number)).collect(),
            Test::Extreme(name) => {
                let numbers: Vec<i64> = values.map(|value| value.int().unwrap_or(0)).collect();
                let best = |one: i64, other: i64| if *name == "valmax" { one.max(other) } else { one.min(other) };
                let mut bests: Vec<Option<i64>> = vec![None; scene.task.inputs.len()];
                for (number, item) in numbers.iter().zip(&scene.items) {
                    let known = &mut bests[item.sample];
                    *known = Some(known.map_or(*number, |known| best(known, *number)));
                }
                numbers.iter().zip(&scene.items).map(|(number, item)| bests[item.sample] == Some(*number)).collect()
            }
            Test::Common(name) => common(scene, &property.ids, *name == "mostcommon"),
        }
    }

    /// The property and the primitive, where it asks for the objects with the largest or smallest value.
    pub fn extreme(&self, properties: &[Property]) -> Option<(Node, &'static str)> {
        let node = properties[self.property].node;
        match self.test {
            Test::Extreme("valmax") => Some((node, "argmax")),
            Test::Extreme(_) => Some((node, "argmin")),
            _ => None,
        }
    }

    /// The function that answers for an object.
    pub fn node(&self, kit: &mut Kit, scene: &Scene, properties: &[Property]) -> Option<Node> {
        let function = properties[self.property].node;
        let value = match &self.test {
            Test::Truth => return Some(function),
            Test::Is(value) => kit.leaf(value.clone()),
            Test::Extreme(name) => kit.call(name, [scene.view, function])?,
            Test::Common(name) => {
                let keys = keys_of(kit, scene, function)?;
                kit.call(name, [keys])?
            }
            Test::Over(number) | Test::Under(number) => {
                let number = kit.int(*number);
                let builder = if matches!(self.test, Test::Over(_)) { "rbind" } else { "lbind" };
                let compare = kit.function("greater");
                let compare = kit.call(builder, [compare, number])?;
                return kit.call("compose", [compare, function]);
            }
        };
        kit.call("matcher", [function, value])
    }
}
