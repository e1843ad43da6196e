//! Containers of an expression, with the properties of their elements, as goals see them.

use std::cell::OnceCell;

use super::properties::{Properties, Property};
use crate::context::Context;
use crate::value::Value;

/// Most elements of one sample.
const MOST_ELEMENTS: usize = 60;

/// A container of objects or of grids on each sample, with at least one element.
pub struct SampleElements<'a> {
    /// The expression, by its number.
    pub entry: u32,
    /// Its cost.
    pub cost: u32,
    /// The elements on each demo sample, in iteration order.
    pub demos: Vec<Vec<Value>>,
    /// Whether all are grids; else some are objects.
    pub are_grids: bool,
    properties: &'a [Property],
    by_property: OnceCell<Vec<PropertyValues<'a>>>,
}

/// A property that all elements have.
pub struct PropertyValues<'a> {
    /// The property.
    pub property: &'a Property,
    /// Its value of each element, by demo sample.
    pub values: Vec<Vec<Value>>,
}

impl<'a> SampleElements<'a> {
    /// The elements; None where some value is no such container, is empty or has too many.
    pub fn new(
        entry: u32,
        cost: u32,
        values: &[Value],
        demos: usize,
        properties: &'a Properties,
    ) -> Option<SampleElements<'a>> {
        let mut elements = elements_of(values)?;
        let are_grids = elements.iter().flatten().all(|element| matches!(element, Value::Grid(_)));
        elements.truncate(demos);
        let properties = properties.of(are_grids);
        Some(SampleElements { entry, cost, demos: elements, are_grids, properties, by_property: OnceCell::new() })
    }

    /// The properties that every element on the demo samples has. They are found out once, and paid for then.
    pub fn properties(&self, context: &mut Context) -> &[PropertyValues<'a>] {
        self.by_property.get_or_init(|| {
            let values = |property: &'a Property| {
                Some(PropertyValues { property, values: values_of(context, property, &self.demos)? })
            };
            self.properties.iter().filter_map(values).collect()
        })
    }
}

/// The elements of containers; None where one is none of objects or grids, or has none or too many.
fn elements_of(values: &[Value]) -> Option<Vec<Vec<Value>>> {
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

/// The property of each element; None where one has none.
fn values_of(context: &mut Context, property: &Property, elements: &[Vec<Value>]) -> Option<Vec<Vec<Value>>> {
    let of_all = |context: &mut Context, items: &Vec<Value>| {
        items.iter().map(|item| property.of(context, item)).collect::<Option<Vec<Value>>>()
    };
    elements.iter().map(|items| of_all(context, items)).collect()
}
