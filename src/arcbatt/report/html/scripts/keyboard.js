// Keys: what the help names. They leave alone what is typed into a field.

const rowLinks = () => [...document.querySelectorAll("main section:not([hidden]) tbody tr")]
  .map((row) => row.querySelector("a")).filter(Boolean);

const moveRow = (by) => {
  const links = rowLinks();
  const row = document.activeElement.closest ? document.activeElement.closest("tr") : null;
  const at = row ? links.findIndex((link) => row.contains(link)) : -1;
  const next = links[Math.max(0, Math.min(links.length - 1, at < 0 ? 0 : at + by))];
  if (next) next.focus();
};

const KEYS = {
  "/": () => {
    const field = document.querySelector("main section:not([hidden]) input[type=search]");
    if (field) field.focus();
  },
  "?": () => byId("help").showModal(),
  t: () => { location.hash = address.text({ view: "tasks" }); },
  p: () => { location.hash = address.text({ view: "programs" }); },
  f: () => { if (document.querySelector("[data-view=failures]")) location.hash = address.text({ view: "failures" }); },
  c: () => { if (document.querySelector("[data-view=charts]")) location.hash = address.text({ view: "charts" }); },
};

const startKeyboard = (moveTask) => {
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input, select, textarea")) return;
    const isOpen = byId("detail").open;
    const by = { j: 1, k: -1 }[event.key];
    if (by !== undefined) (isOpen ? moveTask : moveRow)(by);
    else if (KEYS[event.key] && !(isOpen && event.key !== "?")) KEYS[event.key]();
    else return;
    event.preventDefault();
  });
  byId("help-button").addEventListener("click", () => byId("help").showModal());
  byId("help-close").addEventListener("click", () => byId("help").close());
};
