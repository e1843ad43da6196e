// The answers of solve at each test input: probability, what speaks for and against, whether they are right.

const BASES = new Map([["right", "programs that fit"], ["near", "a near miss"]]);

/** A probability; nothing is quite impossible. */
const chance = (probability) => (probability > 0 && probability < 0.001 ? "under 0.1 %" : percent(probability));

const rightBadge = (isRight) =>
  (isRight === null ? null : make(isRight ? "span.badge.right" : "span.badge.wrong", null, isRight ? "right" : "wrong"));

const attemptFigure = (attempt, expected) => {
  const marks = expected && attempt.is_right === false ? differing(attempt.grid, expected) : [];
  const sure = attempt.probability === null ? "" : `, probability ${chance(attempt.probability)}`;
  const name = attempt.place <= 2 ? `attempt ${attempt.place}` : `answer ${attempt.place}, not chosen`;
  const basis = BASES.get(attempt.basis) || `a guess (${attempt.basis})`;
  const by = attempt.md5s.map((md5) => PROGRAM_OF.get(md5)).filter(Boolean).slice(0, 4);
  return make("div.attempt", null,
    figure(`${name}${sure}`, gridCanvas(attempt.grid, { marks }), rightBadge(attempt.is_right)),
    make("p.soft", null, `${basis}${attempt.families.length ? `, by ${attempt.families.join(", ")}` : ""}`),
    by.length ? make("p", null, "given by ", by.map((program, n) => [n ? ", " : "", programLink(program)]).flat()) : null,
    attempt.evidence.length ? make("ul.evidence", null, attempt.evidence.map((line) => make("li", null, line))) : null);
};

/** A section for each test input; null where the job was another. */
const attemptsOf = (task) => {
  if (!task.attempts.length) return null;
  const tests = [...new Set(task.attempts.map((attempt) => attempt.test))];
  const samples = task.samples.filter((sample) => sample.name.startsWith("test"));
  return make("section", null, make("h3", null, "Attempts"), tests.map((test) => {
    const sample = samples[test - 1];
    return make("div", null, make("h4", null, `test ${test}`), make("div.samples", null,
      sample ? figure("input", gridCanvas(sample.input)) : null,
      task.attempts.filter((attempt) => attempt.test === test)
        .map((attempt) => attemptFigure(attempt, sample ? sample.output : null)),
      sample && sample.output ? figure("expected", gridCanvas(sample.output)) : null));
  }));
};
