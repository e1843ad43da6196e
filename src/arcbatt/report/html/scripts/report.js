// The report as a whole: it shows what its address says.

const detail = byId("detail");
let shownDetail = "";
let shownTables = "";
let openedFrom = null;

const showView = (name) => {
  const view = byId(`view-${name}`) ? name : "tasks";
  document.querySelectorAll("main > section").forEach((section) => { section.hidden = section.id !== `view-${view}`; });
  document.querySelectorAll("[data-view]").forEach((link) => {
    if (link.dataset.view === view) link.setAttribute("aria-current", "page");
    else link.removeAttribute("aria-current");
    link.href = address.text({ view: link.dataset.view, task: "", program: "" });
  });
};

const showTables = (state) => {
  const key = JSON.stringify([...Object.keys(TASK_FILTERS), ...Object.keys(PROGRAM_FILTERS), "sort", "psort"].map((name) => state[name]));
  if (key === shownTables) return;
  shownTables = key;
  for (const [name, id] of [...Object.entries(TASK_FILTERS), ...Object.entries(PROGRAM_FILTERS)]) {
    if (byId(id).value !== (state[name] || "")) byId(id).value = state[name] || "";
  }
  showTasks(state);
  showPrograms(state);
};

const showDetail = async ({ task, program }) => {
  const row = task ? taskNamed(task) : null;
  const opened = program ? PROGRAM_OF.get(program) : null;
  const word = opened ? `program ${opened.md5}` : row ? `task ${row.place}` : "";
  if (word === shownDetail) return;
  shownDetail = word;
  if (!word) {
    if (detail.open) detail.close();
    return;
  }
  byId("detail-heading").textContent = opened ? `Program ${opened.name}` : `Task ${row.id}`;
  byId("detail-before").hidden = byId("detail-after").hidden = Boolean(opened);
  const content = await (opened ? programContent(opened) : taskContent(row));
  if (word !== shownDetail) return;
  byId("detail-body").replaceChildren(...content);
  if (!detail.open) {
    openedFrom = document.activeElement;
    detail.showModal();
  }
  detail.scrollTop = 0;
  byId("detail-heading").focus();
};

const show = () => {
  const state = address.read();
  showView(state.view || "tasks");
  showTables(state);
  showDetail(state);
};

const moveTask = (by) => {
  const row = taskNamed(address.read().task);
  const next = taskTable.shown[taskTable.shown.indexOf(row) + by];
  if (row && next) address.change({ task: taskWord(next) });
};

const onChoice = (filters) => {
  for (const [name, id] of Object.entries(filters)) {
    byId(id).addEventListener("input", () => address.change({ [name]: byId(id).value }));
  }
};

const startForm = (id, filters) => {
  onChoice(filters);
  byId(id).addEventListener("submit", (event) => event.preventDefault());
  byId(id).addEventListener("reset", (event) => {
    event.preventDefault();
    address.change(Object.fromEntries(Object.keys(filters).map((name) => [name, ""])));
  });
};

startForm("task-filters", TASK_FILTERS);
startForm("program-filters", PROGRAM_FILTERS);
byId("detail-close").addEventListener("click", () => detail.close());
byId("detail-before").addEventListener("click", () => moveTask(-1));
byId("detail-after").addEventListener("click", () => moveTask(1));
detail.addEventListener("close", () => {
  address.change({ task: "", program: "" });
  if (openedFrom && openedFrom.isConnected) openedFrom.focus();
});
startKeyboard(moveTask);
window.addEventListener("hashchange", show);
show();
