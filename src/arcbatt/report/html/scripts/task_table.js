// The table of tasks: its rows, and the choice of them.

const thumbs = new IntersectionObserver((entries) => {
  for (const entry of entries.filter((one) => one.isIntersecting)) {
    thumbs.unobserve(entry.target);
    entry.target.fillWithGrids();
  }
}, { rootMargin: "300px" });

const thumbCell = (task) => {
  const cell = make("td.thumbs", null);
  if (!task.input) {
    cell.append(make("span.soft", null, "no grids at hand"));
    return cell;
  }
  cell.fillWithGrids = () => cell.append(make("div.pair", null,
    gridCanvas(task.input, { most: 54 }), make("span.soft", { "aria-hidden": "true" }, "\u2192"),
    task.output ? gridCanvas(task.output, { most: 54 }) : make("span.soft", null, "?")));
  thumbs.observe(cell);
  return cell;
};

const taskRow = (task) => make("tr", null,
  make("td", null, taskLink(task)),
  thumbCell(task),
  make("td", null, standingBadge(task.standing)),
  make("td.number", null, percent(task.near)),
  make("td.name", task.best ? { title: task.best.name } : null, task.best ? programLink(task.best) : "-"),
  make("td", null, task.families.join(", ")),
  make("td.number", null, count(task.total)),
  make("td.number", null, seconds(task.cpu)),
  make("td", null, task.set));

const STANDING_ORDER = ["solved", "demo", "near", "none", "failed"];

const taskTable = listing({
  table: byId("task-table"),
  more: byId("task-more"),
  rows: TASKS,
  values: {
    id: (task) => task.id,
    standing: (task) => STANDING_ORDER.indexOf(task.standing),
    near: (task) => task.near,
    best: (task) => (task.best ? task.best.name : null),
    families: (task) => (task.families.length ? task.families.join() : null),
    count: (task) => task.total,
    seconds: (task) => task.cpu,
    set: (task) => task.set,
  },
  draw: taskRow,
  changed: (sort) => address.change({ sort }),
});

const TASK_FILTERS = { search: "task-search", standing: "task-standing", set: "task-set", family: "task-family", by: "task-program" };

for (const [id, names] of [["task-set", INDEX.sets], ["task-family", INDEX.families]]) {
  byId(id).append(...names.filter(Boolean).map((name) => make("option", { value: name }, name)));
}

const chosenTasks = ({ search = "", standing = "", set = "", family = "", by = "" }) => {
  const word = search.trim().toLowerCase();
  const name = by.trim().toLowerCase();
  const wanted = name ? new Set(PROGRAMS.filter((program) => program.found.includes(name)).map(({ place }) => place)) : null;
  return TASKS.filter((task) => (!standing || task.standing === standing) && (!set || task.set === set)
    && (!family || task.families.includes(family)) && (!word || task.found.includes(word))
    && (!wanted || task.programs.some((place) => wanted.has(place))));
};

const showTasks = (state) => {
  const chosen = chosenTasks(state);
  taskTable.show(chosen, state.sort || "");
  const solved = chosen.filter((task) => task.standing === "solved" || task.standing === "demo").length;
  byId("task-count").textContent = `${count(chosen.length)} of ${count(TASKS.length)} tasks, ${count(solved)} with all demo samples solved`;
};
