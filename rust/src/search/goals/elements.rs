//! Goals about the elements of a container: which one the output is, and what color each object becomes.

use super::properties::Property;
use super::steps::{Steps, int};
use super::target::Target;
use crate::context::Context;
use crate::search::answer::{Answer, Part};
use crate::value::{Grid, Value, greater, less};

/// Most elements of one sample.
const MOST_ELEMENTS: usize = 60;
/// Most values of a property that an answer may tell apart.
const MOST_RULES: usize = 4;
/// Most answers of one kind for one container.
const MOST_ANSWERS: usize = 5;

/// The elements of a container on each sample; None where it is none of objects or grids, or has too many.
pub fn elements_of(values: &[Value]) -> Option<Vec<Vec<Value>>> {
    let mut found = Vec::with_capacity(values.len());
    for value in values {
        let items = value.slice()?;
        let is_element = |item: &Value| matches!(item, Value::Mono(..) | Value::Multi(_) | Value::Grid(_));
        if items.is_empty() || items.len() > MOST_ELEMENTS || !items.iter().all(is_element) {
            return None;
        }
        found.push(items.to_vec());
    }
    Some(found)
}

/// Whether the elements are grids.
fn are_grids(elements: &[Vec<Value>]) -> bool {
    elements.iter().flatten().all(|element| matches!(element, Value::Grid(_)))
}

/// The properties that objects and grids are told apart by.
pub struct Elements {
    of_objects: Vec<Property>,
    of_grids: Vec<Property>,
}

/// An expression that gives a container of elements.
struct Container {
    entry: u32,
    cost: u32,
}

impl Elements {
    /// All properties.
    pub fn new(context: &mut Context) -> Elements {
        Elements { of_objects: Property::of_objects(context), of_grids: Property::of_grids(context) }
    }

    /// Looks for answers that choose one element, or that recolor each object of the input.
    pub fn offer(
        &self,
        context: &mut Context,
        target: &Target,
        inputs: &[Grid],
        (entry, cost): (u32, u32),
        values: &[Value],
        found: &mut Vec<Answer>,
    ) {
        let Some(elements) = elements_of(values) else { return };
        let demos = &elements[..target.demos()];
        let container = Container { entry, cost };
        let are_grids = are_grids(&elements);
        let properties = if are_grids { &self.of_grids } else { &self.of_objects };
        let wanted = wanted_elements(target, inputs, demos);
        let wishes = if are_grids { None } else { wanted_colors(target, inputs, demos) };
        if wanted.is_none() && wishes.is_none() {
            return;
        }
        let (mut chosen, mut colored) = (Vec::new(), Vec::new());
        for property in properties {
            let Some(told) = properties_of(context, property, demos) else { continue };
            if let Some(wanted) = &wanted {
                container.choose(property, &told, wanted, are_grids, &mut chosen);
            }
            if let Some(wishes) = &wishes {
                container.recolor(property, &told, wishes, &mut colored);
            }
        }
        for mut answers in [chosen, colored] {
            answers.sort_by_key(|answer: &Answer| answer.cost);
            answers.truncate(MOST_ANSWERS);
            found.extend(answers);
        }
    }
}

/// The property of each element; None where one has none.
fn properties_of(context: &mut Context, property: &Property, elements: &[Vec<Value>]) -> Option<Vec<Vec<Value>>> {
    let of_all = |context: &mut Context, items: &Vec<Value>| {
        items.iter().map(|item| property.of(context, item)).collect::<Option<Vec<Value>>>()
    };
    elements.iter().map(|items| of_all(context, items)).collect()
}

/// For each demo sample which elements the output is; None where on one it is none.
fn wanted_elements(target: &Target, inputs: &[Grid], elements: &[Vec<Value>]) -> Option<Vec<Vec<bool>>> {
    let mut found = Vec::with_capacity(elements.len());
    let mut tells = false;
    for ((output, input), items) in target.outputs().iter().zip(inputs).zip(elements) {
        let marks: Vec<bool> = items.iter().map(|item| is_output(item, input, output)).collect();
        if !marks.contains(&true) {
            return None;
        }
        tells |= marks.contains(&false);
        found.push(marks);
    }
    tells.then_some(found)
}

/// Whether an element, cut out of the input if it is an object, is the output.
fn is_output(element: &Value, input: &Grid, output: &Grid) -> bool {
    if let Value::Grid(grid) = element {
        return grid == output;
    }
    let Some(places) = element.window() else { return false };
    let (top, left) = (places.top(), places.left());
    if places.height() != output.height() || places.width() != output.width() || top < 0 || left < 0 {
        return false;
    }
    let (top, left) = (top as usize, left as usize);
    top + output.height() <= input.height()
        && left + output.width() <= input.width()
        && (0..output.height()).all(|row| input.row(top + row)[left..left + output.width()] == *output.row(row))
}

/// For each object the color that it has in the output; None for one that stays as it is.
type Wishes = Vec<Vec<Option<u8>>>;

/// What becomes of each object; None when the output is another than the input with objects recolored.
fn wanted_colors(target: &Target, inputs: &[Grid], elements: &[Vec<Value>]) -> Option<Wishes> {
    let mut wishes = Vec::with_capacity(elements.len());
    let mut changes = false;
    for (demo, ((output, input), objects)) in target.outputs().iter().zip(inputs).zip(elements).enumerate() {
        if output.height() != input.height() || output.width() != input.width() {
            return None;
        }
        let mut done = input.cells().to_vec();
        let mut colors = Vec::with_capacity(objects.len());
        for object in objects {
            let mut wish = None;
            let mut stays = true;
            for (_, row, column) in object.colored_places()? {
                target.place(demo, row, column)?;
                let (row, column) = (row as usize, column as usize);
                let to = output.cell(row, column);
                stays &= to == input.cell(row, column);
                if *wish.get_or_insert(to) != to {
                    wish = Some(u8::MAX);
                }
                done[row * input.width() + column] = to;
            }
            if !stays && wish == Some(u8::MAX) {
                return None;
            }
            changes |= !stays;
            colors.push(wish.filter(|_| !stays));
        }
        if done != output.cells() {
            return None;
        }
        wishes.push(colors);
    }
    changes.then_some(wishes)
}

impl Container {
    /// Answers that choose an element by its property: the largest, the smallest, the rarest, the commonest, or that of
    /// a certain value.
    fn choose(
        &self,
        property: &Property,
        told: &[Vec<Value>],
        wanted: &[Vec<bool>],
        are_grids: bool,
        found: &mut Vec<Answer>,
    ) {
        let is_right = |choice: &dyn Fn(&[Value]) -> Option<usize>| {
            told.iter().zip(wanted).all(|(told, wanted)| choice(told).is_some_and(|place| wanted[place]))
        };
        for name in ["argmax", "argmin"] {
            if is_right(&|told| extreme(told, name)) {
                let mut steps = Steps::default();
                let key = property.written(&mut steps);
                let element = steps.call(name, [Part::Entry(self.entry), key]);
                found.push(self.cut(steps, element, property, are_grids, "chosen"));
            }
        }
        for (name, is_most) in [("leastcommon", false), ("mostcommon", true)] {
            if is_right(&|told| of_count(told, is_most)) {
                let mut steps = Steps::default();
                let key = property.written(&mut steps);
                let items = steps.call("totuple", [Part::Entry(self.entry)]);
                let keys = steps.call("apply", [key.clone(), items]);
                let value = steps.call(name, [keys]);
                let test = steps.call("matcher", [key, value]);
                let element = steps.call("extract", [Part::Entry(self.entry), test]);
                found.push(self.cut(steps, element, property, are_grids, "chosen"));
            }
        }
        let first = wanted[0].iter().position(|wanted| *wanted).map(|place| &told[0][place]);
        if let Some(value) = first.filter(|value| value.number().is_some())
            && is_right(&|told| told.iter().position(|other| other == value))
        {
            let mut steps = Steps::default();
            let key = property.written(&mut steps);
            let test = steps.call("matcher", [key, Part::Leaf(value.clone())]);
            let element = steps.call("extract", [Part::Entry(self.entry), test]);
            found.push(self.cut(steps, element, property, are_grids, "chosen"));
        }
    }

    /// The answer that returns an element, cut out of the input if it is an object.
    fn cut(&self, mut steps: Steps, element: Part, property: &Property, are_grids: bool, goal: &'static str) -> Answer {
        let result = if are_grids { element } else { steps.call("subgrid", [element, Part::Input]) };
        steps.answer(result, self.cost + property.cost, goal)
    }

    /// Answers that give each object the color that its property says.
    fn recolor(&self, property: &Property, told: &[Vec<Value>], wishes: &Wishes, found: &mut Vec<Answer>) {
        found.extend(self.by_value(property, told, wishes));
        for name in ["argmax", "argmin"] {
            found.extend(self.by_rank(property, told, wishes, name));
        }
    }

    /// Each value of the property has a color.
    fn by_value(&self, property: &Property, told: &[Vec<Value>], wishes: &Wishes) -> Option<Answer> {
        let mut rules: Vec<(&Value, Option<u8>)> = Vec::new();
        let mut seen = 0;
        for (value, wish) in told.iter().flatten().zip(wishes.iter().flatten()) {
            seen += 1;
            match rules.iter().find(|(known, _)| *known == value) {
                Some((_, color)) if color != wish => return None,
                Some(_) => {}
                None => rules.push((value, *wish)),
            }
        }
        let distinct = rules.len();
        rules.retain(|(_, wish)| wish.is_some());
        let mut colors: Vec<u8> = rules.iter().filter_map(|(_, wish)| *wish).collect();
        colors.sort_unstable();
        // What most objects become is the rule, the others are exceptions.
        let common = colors.first().copied().filter(|_| distinct == rules.len());
        let exceptions: Vec<_> = rules.iter().filter(|(_, wish)| *wish != common).collect();
        let is_learned_by_heart = seen <= distinct + 1;
        if exceptions.len() > MOST_RULES || is_learned_by_heart && distinct > 1 {
            return None;
        }
        let literals = exceptions.iter().all(|(value, _)| value.number().is_some() || value.numbers().is_some());
        if !literals {
            return None;
        }
        let mut steps = Steps::default();
        let mut grid = Part::Input;
        if let Some(color) = common {
            let all = steps.call("merge", [Part::Entry(self.entry)]);
            grid = steps.call("fill", [grid, int(color), all]);
        }
        if !exceptions.is_empty() {
            let key = property.written(&mut steps);
            for (value, color) in exceptions {
                let test = steps.call("matcher", [key.clone(), literal(value)]);
                let patch = steps.call("mfilter", [Part::Entry(self.entry), test]);
                grid = steps.call("fill", [grid, int((*color)?), patch]);
            }
        }
        Some(steps.answer(grid, self.cost + property.cost, "recolored"))
    }

    /// The first or the last by the property becomes one color, all others another or nothing.
    fn by_rank(&self, property: &Property, told: &[Vec<Value>], wishes: &Wishes, name: &str) -> Option<Answer> {
        let (mut one, mut others): (Option<Option<u8>>, Option<Option<u8>>) = (None, None);
        for (told, wishes) in told.iter().zip(wishes) {
            let best = extreme(told, name)?;
            for (place, wish) in wishes.iter().enumerate() {
                let rule = if place == best { &mut one } else { &mut others };
                if *rule.get_or_insert(*wish) != *wish {
                    return None;
                }
            }
        }
        self.ranked(property, one?, others?, name)
    }

    fn ranked(&self, property: &Property, one: Option<u8>, others: Option<u8>, name: &str) -> Option<Answer> {
        if one == others {
            return None;
        }
        let mut steps = Steps::default();
        let key = property.written(&mut steps);
        let best = steps.call(name, [Part::Entry(self.entry), key]);
        let mut grid = Part::Input;
        if let Some(color) = others {
            let patch = if one.is_some() {
                steps.call("merge", [Part::Entry(self.entry)])
            } else {
                let rest = steps.call("remove", [best.clone(), Part::Entry(self.entry)]);
                steps.call("merge", [rest])
            };
            grid = steps.call("fill", [grid, int(color), patch]);
        }
        if let Some(color) = one {
            grid = steps.call("fill", [grid, int(color), best]);
        }
        Some(steps.answer(grid, self.cost + property.cost, "recolored"))
    }
}

/// A value as a constant.
fn literal(value: &Value) -> Part {
    Part::Leaf(value.clone())
}

/// The element that `argmax` (`argmin`) chooses: the first that is not less (greater) than another.
fn extreme(told: &[Value], name: &str) -> Option<usize> {
    let better = if name == "argmax" { greater } else { less };
    let mut best = 0;
    for (place, value) in told.iter().enumerate() {
        if better(value, &told[best]).ok()? {
            best = place;
        }
    }
    (!told.is_empty()).then_some(best)
}

/// The only element with the rarest value, or the first with the commonest; None where several values are as rare
/// (common).
fn of_count(told: &[Value], is_most: bool) -> Option<usize> {
    let counts: Vec<usize> = told.iter().map(|value| told.iter().filter(|other| *other == value).count()).collect();
    let wanted = if is_most { counts.iter().max() } else { counts.iter().min() }?;
    let place = counts.iter().position(|count| count == wanted)?;
    let is_only = told.iter().zip(&counts).all(|(value, count)| count != wanted || *value == told[place]);
    is_only.then_some(place)
}
