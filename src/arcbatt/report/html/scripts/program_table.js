// The table of programs: its rows, and the choice of them.

const programRow = (program) => make("tr", null,
  make("td.name", { title: program.name }, programLink(program)),
  make("td.md5", null, program.md5.slice(0, 12)),
  make("td.number", null, count(program.size)),
  make("td.number", null, count(program.solved)),
  make("td.number", null, count(program.tasks)),
  make("td.number", null, percent(program.near)),
  make("td.number", null, count(program.fuel)),
  make("td.number", null, seconds(program.cpu)));

const programTable = listing({
  table: byId("program-table"),
  more: byId("program-more"),
  rows: PROGRAMS,
  values: {
    name: (program) => program.name,
    md5: (program) => program.md5,
    size: (program) => program.size,
    solved: (program) => program.solved,
    tasks: (program) => program.tasks,
    near: (program) => program.near,
    fuel: (program) => program.fuel,
    seconds: (program) => program.cpu,
  },
  draw: programRow,
  changed: (psort) => address.change({ psort }),
});

const PROGRAM_FILTERS = { psearch: "program-search", solves: "program-solves" };

const showPrograms = ({ psearch = "", solves = "", psort = "" }) => {
  const word = psearch.trim().toLowerCase();
  const chosen = PROGRAMS.filter((program) => (!word || program.found.includes(word))
    && (!solves || (program.solved > 0) === (solves === "some")));
  programTable.show(chosen, psort);
  byId("program-count").textContent = `${count(chosen.length)} of ${count(PROGRAMS.length)} programs`;
};
