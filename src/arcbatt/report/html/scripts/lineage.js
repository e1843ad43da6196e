// What a program was bred from, back to the first, and what was bred from it.

const DEEPEST = 40;
const MOST_CHILDREN = 50;

let childrenOf = null;

const children = (program) => {
  if (childrenOf === null) {
    childrenOf = new Map();
    for (const child of PROGRAMS) {
      for (const [parent, mutation] of child.parents) {
        if (!childrenOf.has(parent)) childrenOf.set(parent, []);
        childrenOf.get(parent).push([child, INDEX.mutations[mutation]]);
      }
    }
  }
  return childrenOf.get(program.place) || [];
};

const ancestors = (program, seen, depth) => make("ul", null, program.parents.map(([parent, mutation]) => {
  const by = make("span.soft", null, ` by ${INDEX.mutations[mutation]}`);
  if (typeof parent === "string") return make("li", null, make("span.md5", null, parent.slice(0, 12)), by);
  const known = PROGRAMS[parent];
  const line = make("li", null, programLink(known), by);
  if (seen.has(parent)) line.append(make("span.soft", null, known.parents.length ? " (see above)" : ""));
  else if (depth >= DEEPEST) line.append(make("span.soft", null, " (and so on)"));
  else if (known.parents.length) {
    seen.add(parent);
    line.append(ancestors(known, seen, depth + 1));
  }
  return line;
}));

/** The tree of a program; null where nothing is known of it. */
const lineageTree = (program) => {
  const made = children(program);
  if (!program.parents.length && !made.length) return null;
  const parts = [];
  if (program.parents.length) {
    parts.push(make("h4", null, "Bred from"), make("ul.tree", null,
      make("li", null, make("strong", null, program.name), ancestors(program, new Set([program.place]), 1))));
  }
  if (made.length) {
    parts.push(make("h4", null, `Bred from it: ${count(made.length)}`), make("ul.tree", null,
      made.slice(0, MOST_CHILDREN).map(([child, mutation]) =>
        make("li", null, programLink(child), make("span.soft", null, ` by ${mutation}`))),
      made.length > MOST_CHILDREN ? make("li.soft", null, `and ${count(made.length - MOST_CHILDREN)} more`) : null));
  }
  return make("div", null, parts);
};
