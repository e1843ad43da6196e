// The comparison page: grids drawn from texts of digits, rows sorted, filtered and opened. Texts are only ever set as text.
"use strict";
(() => {
  const data = JSON.parse(document.getElementById("data").textContent);
  const root = document.documentElement;
  const table = document.getElementById("changes");
  const ORDER = ["won", "lost", "nearer", "farther", "different", "swapped", "same"];

  function made(name, text, cls) {
    const element = document.createElement(name);
    if (text) element.textContent = text;
    if (cls) element.className = cls;
    return element;
  }

  // ---- grids

  function differing(rows, against) {
    const other = against === null ? null : against.split("/");
    if (other === null) return 0;
    if (other.length !== rows.length || other[0].length !== rows[0].length) return null;
    let count = 0;
    rows.forEach((row, i) => { for (let j = 0; j < row.length; j++) if (row[j] !== other[i][j]) count++; });
    return count;
  }

  function paint(canvas) {
    const rows = canvas.grid.split("/");
    const other = canvas.against === null ? [] : canvas.against.split("/");
    const ratio = Math.min(window.devicePixelRatio || 1, 3);
    const cell = canvas.cell;
    const width = rows[0].length * cell + 1, height = rows.length * cell + 1;
    canvas.width = width * ratio;
    canvas.height = height * ratio;
    const pen = canvas.getContext("2d");
    pen.scale(ratio, ratio);
    const style = getComputedStyle(root);
    const colors = data.light.map((light, color) => [style.getPropertyValue(`--c${color}`).trim(), light]);
    const symbols = root.dataset.palette === "colorblind" && cell >= 9;
    pen.fillStyle = style.getPropertyValue("--grid-line").trim();
    pen.fillRect(0, 0, width, height);
    const gap = cell >= 5 ? 1 : 0;
    pen.font = `${Math.round(cell * 0.7)}px sans-serif`;
    pen.textAlign = "center";
    pen.textBaseline = "middle";
    rows.forEach((row, i) => {
      for (let j = 0; j < row.length; j++) {
        const [color] = colors[row[j]];
        const ink = data.light[row[j]][root.dataset.palette] ? "#000000" : "#ffffff";
        pen.fillStyle = color;
        pen.fillRect(j * cell + gap, i * cell + gap, cell - gap + (gap ? 0 : 1), cell - gap + (gap ? 0 : 1));
        if (symbols) {
          pen.fillStyle = ink;
          pen.fillText(data.symbols[row[j]], (j + 0.5) * cell + 0.5, (i + 0.5) * cell + 0.5);
        }
        if (canvas.against !== null && (!other[i] || other[i][j] !== row[j])) mark(pen, j * cell, i * cell, cell);
      }
    });
  }

  // A white frame inside a black one: seen on every color, and no symbol looks like it.
  function mark(pen, x, y, cell) {
    const wide = Math.max(1, Math.round(cell / 7));
    if (cell >= 7) {
      pen.lineWidth = 1;
      pen.strokeStyle = "#000000";
      pen.strokeRect(x + 0.5, y + 0.5, cell, cell);
    }
    pen.lineWidth = wide;
    pen.strokeStyle = "#ffffff";
    pen.strokeRect(x + 1 + wide / 2, y + 1 + wide / 2, cell - 1 - wide, cell - 1 - wide);
  }

  // A grid as a picture with a label; cells that differ from `against` (null: nothing to differ from) are marked.
  function picture(grid, against, label, most) {
    const canvas = made("canvas");
    const rows = grid.split("/");
    canvas.grid = grid;
    canvas.against = against;
    canvas.cell = Math.max(2, Math.min(22, Math.floor(most / Math.max(rows.length, rows[0].length))));
    canvas.setAttribute("role", "img");
    canvas.setAttribute("aria-label", `${label}, ${rows.length} by ${rows[0].length}: ${rows.join(" ")}`);
    paint(canvas);
    return canvas;
  }

  function repaint() {
    document.querySelectorAll("canvas").forEach(paint);
  }

  // ---- the detail of a row

  function verdict(run, expected) {
    if (run.is_right) return ["right", "right"];
    const known = run.is_right === false ? "wrong" : "";
    if (run.output === null) return [run.words || "no output", "wrong"];
    const count = expected === null ? 0 : differing(run.output.split("/"), expected);
    if (count === null) return ["another size than expected", "wrong"];
    return [count ? `${count} ${count === 1 ? "cell differs" : "cells differ"}` : "", known];
  }

  function figure(title, grid, against, told) {
    const [words, cls] = told;
    const drawn = made("figure");
    if (grid !== null) drawn.append(picture(grid, against, title, 240));
    drawn.append(made("figcaption", words ? `${title}: ${words}` : title, cls));
    return drawn;
  }

  function runs(title, found, expected, parent) {
    found.forEach((run, place) => {
      const name = found.length > 1 ? `${title}, attempt ${place + 1}` : title;
      parent.append(figure(name, run.output, expected, verdict(run, expected)));
    });
    if (!found.length) parent.append(figure(title, null, null, ["nothing to show", ""]));
  }

  function programs(task) {
    const both = made("div", "", "texts");
    for (const [title, item] of [["before", task.program_before], ["after", task.program_after]]) {
      if (!item) continue;
      const part = made("div");
      part.append(made("h4", `${title}: ${item.name}`));
      if (item.text) {
        const text = made("pre", item.text);
        text.tabIndex = 0;
        part.append(text);
      }
      both.append(part);
    }
    return both;
  }

  function detail(task) {
    const cell = made("td");
    cell.colSpan = 5;
    task.notes.forEach((note) => cell.append(made("p", note, "note")));
    task.samples.forEach((sample) => {
      cell.append(made("h3", sample.name));
      const row = made("div", "", "sample");
      if (sample.input !== null) row.append(figure("input", sample.input, null, ["", ""]));
      if (sample.expected !== null) row.append(figure("expected", sample.expected, null, ["", ""]));
      runs("before", sample.before, sample.expected, row);
      runs("after", sample.after, sample.expected, row);
      cell.append(row);
    });
    if (task.program_before || task.program_after) {
      cell.append(made("h3", "best programs"), programs(task));
    }
    return cell;
  }

  function toggle(button) {
    const row = button.closest("tr");
    if (button.getAttribute("aria-expanded") === "true") {
      button.setAttribute("aria-expanded", "false");
      row.nextElementSibling.remove();
      return;
    }
    button.setAttribute("aria-expanded", "true");
    const opened = made("tr", "", "detail");
    opened.append(detail(data.tasks[row.dataset.place]));
    row.after(opened);
  }

  // ---- thumbnails, drawn when they come into view

  function telling(task) {
    const ends = (side) => side.map((run) => run.output).join(" ");
    return task.samples.find((sample) => ends(sample.before) !== ends(sample.after)) || task.samples[0];
  }

  function thumb(place) {
    const task = data.tasks[place.closest("tr").dataset.place];
    const sample = telling(task);
    if (!sample) return;
    const part = place.dataset.part;
    if (part === "expected") {
      if (sample.expected !== null) place.append(picture(sample.expected, null, `${sample.name} expected`, 60));
      return;
    }
    const run = sample[part].find((found) => found.is_right) || sample[part].find((found) => found.output !== null);
    if (run && run.output !== null) {
      place.append(picture(run.output, sample.expected, `${sample.name} ${part}`, 60));
    }
  }

  // ---- sorting and filtering

  function key(row, by) {
    if (by === "task") return row.dataset.task;
    if (by === "change") return ORDER.indexOf(row.dataset.change);
    return Number(row.dataset[by]);
  }

  function sortBy(button) {
    const head = button.closest("th");
    const falls = head.getAttribute("aria-sort") === "ascending";
    table.querySelectorAll("th[aria-sort]").forEach((other) => other.removeAttribute("aria-sort"));
    head.setAttribute("aria-sort", falls ? "descending" : "ascending");
    const body = table.tBodies[0];
    const rows = [...body.querySelectorAll("tr[data-place]")].map((row) => {
      const next = row.nextElementSibling;
      return [key(row, button.dataset.by), row, next && next.classList.contains("detail") ? next : null];
    });
    const sign = falls ? -1 : 1;
    rows.sort(([a, one], [b, two]) => (a < b ? -sign : a > b ? sign : one.dataset.place - two.dataset.place));
    body.append(...rows.flatMap(([, row, opened]) => (opened ? [row, opened] : [row])));
  }

  function filter() {
    const kinds = new Set([...document.querySelectorAll("input[name=kind]:checked")].map((box) => box.value));
    const word = document.getElementById("find").value.trim().toLowerCase();
    let count = 0;
    const rows = table.querySelectorAll("tr[data-place]");
    rows.forEach((row) => {
      const hides = !kinds.has(row.dataset.change) || (word && !row.textContent.toLowerCase().includes(word));
      row.hidden = hides;
      const next = row.nextElementSibling;
      if (next && next.classList.contains("detail")) next.hidden = hides;
      count += !hides;
    });
    document.getElementById("shown").textContent = `${count} of ${rows.length} shown`;
  }

  document.getElementById("theme").addEventListener("change", (event) => {
    root.dataset.theme = event.target.value;
    repaint();
  });
  document.getElementById("palette").addEventListener("change", (event) => {
    root.dataset.palette = event.target.value;
    repaint();
  });
  if (!table) return;
  const watch = new IntersectionObserver((entries) => {
    entries.filter((entry) => entry.isIntersecting).forEach(({ target }) => {
      watch.unobserve(target);
      thumb(target);
    });
  }, { rootMargin: "300px" });
  table.querySelectorAll(".thumb").forEach((place) => watch.observe(place));
  table.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    if (button) button.dataset.by ? sortBy(button) : toggle(button);
  });
  document.getElementById("filters").addEventListener("input", filter);
  document.getElementById("filters").addEventListener("submit", (event) => event.preventDefault());
  filter();
})();
