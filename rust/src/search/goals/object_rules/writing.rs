//! Writing a rule as a program: the objects are split by the questions of its trees, and what becomes of each part is
//! painted, colors first, then what leaves its place, then what is new.

use super::colors::Color;
use super::families::Family;
use super::kit::Kit;
use super::painters::{Kind, Painter};
use super::properties::{Asked, Property};
use super::rules::Rule;
use super::scene::Scene;
use crate::search::goals::frame::workbench::Node;
use crate::search::trees::Tree;

/// What rules are written with.
pub struct Words<'a> {
    pub scene: &'a Scene<'a>,
    pub asked: &'a [Asked],
    pub properties: &'a [Property],
    pub colors: &'a [Color],
    pub painters: &'a [Painter],
}

/// Some of the objects: a set of them, and what it was made of if that was one filter.
#[derive(Clone, Copy)]
struct Part {
    set: Node,
    filter: Option<(Node, Node)>,
}

impl Part {
    /// All cells of its objects.
    fn merged(self, kit: &mut Kit) -> Option<Node> {
        match self.filter {
            Some((set, test)) => kit.call("mfilter", [set, test]),
            None => kit.call("merge", [self.set]),
        }
    }
}

impl Words<'_> {
    /// The grid that a rule gives; None where a step fails.
    pub fn written(&self, kit: &mut Kit, rule: &Rule, families: &[&Family]) -> Option<Node> {
        let mut grid = kit.input;
        for (choice, part) in self.parts(kit, &rule.recolored.tree)? {
            grid = self.recolored(kit, grid, &self.colors[choice as usize - 1], part)?;
        }
        let painted = self.parts(kit, &rule.painted.tree)?;
        for (choice, part) in &painted {
            if self.painters[families[*choice as usize - 1].painter].kind == Kind::Move {
                let patch = part.merged(kit)?;
                grid = kit.call("cover", [grid, patch])?;
            }
        }
        for (choice, part) in painted {
            grid = self.painted(kit, grid, families[choice as usize - 1], part)?;
        }
        Some(grid)
    }

    /// The parts that a tree makes of the objects, without those that stay as they are.
    fn parts(&self, kit: &mut Kit, tree: &Tree) -> Option<Vec<(u32, Part)>> {
        let mut parts = Vec::new();
        self.split(kit, tree, Part { set: self.scene.view, filter: None }, &mut parts)?;
        Some(parts)
    }

    fn split(&self, kit: &mut Kit, tree: &Tree, part: Part, parts: &mut Vec<(u32, Part)>) -> Option<()> {
        match tree {
            Tree::Leaf(0) => {}
            Tree::Leaf(choice) => parts.push((*choice, part)),
            Tree::Split(question, yes, no) => {
                let test = self.asked[*question as usize].node(kit, self.scene, self.properties)?;
                let filtered = |kit: &mut Kit, test: Node| {
                    let set = kit.call("sfilter", [part.set, test])?;
                    Some(Part { set, filter: Some((part.set, test)) })
                };
                if **yes != Tree::Leaf(0) {
                    let some = filtered(kit, test)?;
                    self.split(kit, yes, some, parts)?;
                }
                if **no != Tree::Leaf(0) {
                    let flip = kit.function("flip");
                    let test = kit.call("compose", [flip, test])?;
                    let others = filtered(kit, test)?;
                    self.split(kit, no, others, parts)?;
                }
            }
        }
        Some(())
    }

    fn recolored(&self, kit: &mut Kit, grid: Node, color: &Color, part: Part) -> Option<Node> {
        if color.is_function {
            let (recolor, identity) = (kit.function("recolor"), kit.function("identity"));
            let function = kit.call("fork", [recolor, color.node, identity])?;
            let object = kit.call("mapply", [function, part.set])?;
            return kit.call("paint", [grid, object]);
        }
        let patch = part.merged(kit)?;
        kit.call("fill", [grid, color.node, patch])
    }

    fn painted(&self, kit: &mut Kit, grid: Node, family: &Family, part: Part) -> Option<Node> {
        let painter = &self.painters[family.painter];
        let [fill, paint] = if family.is_under { ["underfill", "underpaint"] } else { ["fill", "paint"] };
        match family.color.map(|color| &self.colors[color]) {
            Some(color) if !color.is_function => {
                let patch = kit.call("mapply", [painter.node, part.set])?;
                kit.call(fill, [grid, color.node, patch])
            }
            Some(color) => {
                let recolor = kit.function("recolor");
                let function = kit.call("fork", [recolor, color.node, painter.node])?;
                let object = kit.call("mapply", [function, part.set])?;
                kit.call(paint, [grid, object])
            }
            None => {
                let object = kit.call("mapply", [painter.node, part.set])?;
                kit.call(paint, [grid, object])
            }
        }
    }
}
