// Grids on canvases. A grid is text: rows of digits joined by "/". The palette decides colors and symbols.

const PALETTES = embedded("palettes");

const rowsOf = (text) => text.split("/");

/** How a grid reads aloud: its shape, and its rows where it is small. */
const gridLabel = (text, marks) => {
  const rows = rowsOf(text);
  const shape = `grid of ${rows.length} x ${rows[0].length}`;
  const cells = rows.length * rows[0].length <= 100 ? `: ${rows.join(", ")}` : "";
  const marked = marks && marks.length ? `; differing cells: ${marks.length}` : "";
  return shape + cells + marked;
};

/** Positions [row, column] at which two grids differ, in the first. */
const differing = (text, other) => {
  const rows = rowsOf(text);
  const others = rowsOf(other);
  const found = [];
  rows.forEach((row, i) => {
    for (let j = 0; j < row.length; j += 1) {
      if (!others[i] || others[i][j] !== row[j]) found.push([i, j]);
    }
  });
  return found;
};

const drawn = new WeakMap();

/** The smallest cell, in pixels, whose symbol can be read; grids that are more than thumbnails have such cells. */
const LEAST_WITH_SYMBOL = 9;
const LARGEST_THUMB = 100;
const MOST_ENLARGED = 30;

const drawCell = (context, side, i, j, [code, ink, symbol], withSymbols) => {
  context.fillStyle = code;
  context.fillRect(j * side, i * side, side, side);
  if (withSymbols && side >= LEAST_WITH_SYMBOL) {
    context.fillStyle = ink;
    context.font = `${Math.round(side * 0.7)}px sans-serif`;
    context.fillText(symbol, (j + 0.5) * side, (i + 0.54) * side);
  }
};

const drawLines = (context, side, height, width) => {
  if (side < 5) return;
  context.strokeStyle = "rgba(140, 140, 140, .55)";
  context.lineWidth = 1;
  context.beginPath();
  for (let i = 0; i <= height; i += 1) {
    context.moveTo(0, Math.min(i * side, height * side - 0.5));
    context.lineTo(width * side, Math.min(i * side, height * side - 0.5));
  }
  for (let j = 0; j <= width; j += 1) {
    context.moveTo(Math.min(j * side, width * side - 0.5), 0);
    context.lineTo(Math.min(j * side, width * side - 0.5), height * side);
  }
  context.stroke();
};

/** A differing cell: a white frame in a black one. It is seen on every color, and no symbol looks like it. */
const drawMark = (context, side, i, j) => {
  const thick = Math.max(1, Math.round(side / 7));
  ["#000000", "#ffffff"].forEach((color, turn) => {
    const inset = turn ? 1 + thick / 2 : 0.5;
    context.strokeStyle = color;
    context.lineWidth = turn ? thick : 1;
    context.strokeRect(j * side + inset, i * side + inset, side - 2 * inset, side - 2 * inset);
  });
};

const redraw = (canvas) => {
  const { height, width, side: usual, cells, marks, most } = drawn.get(canvas);
  const name = document.documentElement.dataset.palette;
  const needsSymbols = name !== "arc" && most > LARGEST_THUMB && Math.max(height, width) <= MOST_ENLARGED;
  const side = needsSymbols ? Math.max(usual, LEAST_WITH_SYMBOL) : usual;
  canvas.style.width = `${width * side}px`;
  const scale = Math.min(3, window.devicePixelRatio || 1);
  canvas.width = Math.round(width * side * scale);
  canvas.height = Math.round(height * side * scale);
  const context = canvas.getContext("2d");
  context.scale(scale, scale);
  context.textAlign = "center";
  context.textBaseline = "middle";
  const palette = PALETTES[name] || PALETTES.arc;
  for (const [i, j, color] of cells) {
    drawCell(context, side, i, j, palette[color] || ["#808080", "#fff", "?"], name !== "arc" || color === null);
  }
  drawLines(context, side, height, width);
  for (const [i, j] of marks) drawMark(context, side, i, j);
};

const canvasOf = (height, width, most, cells, marks, label) => {
  const canvas = make("canvas", { role: "img", "aria-label": label, "data-grid": "" });
  drawn.set(canvas, { height, width, side: sideFor(height, width, most), cells, marks, most });
  redraw(canvas);
  return canvas;
};

/** The side of a cell in pixels, so that the longer side of a grid takes at most so many. */
const sideFor = (height, width, most, largest = 24) =>
  Math.max(2, Math.min(largest, Math.floor(most / Math.max(height, width))));

/**
 * A canvas with a grid.
 * @param {string} text the grid
 * @param {{most?: number, marks?: number[][]}} options most pixels of its longer side; cells to mark
 */
const gridCanvas = (text, { most = 240, marks = [] } = {}) => {
  const rows = rowsOf(text);
  const cells = rows.flatMap((row, i) => [...row].map((digit, j) => [i, j, Number(digit)]));
  return canvasOf(rows.length, rows[0].length, most, cells, marks, gridLabel(text, marks));
};

/** A canvas with the cells of objects, in a frame as large as a grid where they lie in it. */
const objectsCanvas = (objects, frame, most = 240) => {
  const all = objects.flat();
  const rows = frame ? rowsOf(frame) : [];
  const top = Math.min(0, ...all.map((cell) => cell[0]));
  const left = Math.min(0, ...all.map((cell) => cell[1]));
  const height = Math.max(rows.length, ...all.map((cell) => cell[0] + 1)) - top;
  const width = Math.max(rows.length ? rows[0].length : 1, ...all.map((cell) => cell[1] + 1)) - left;
  const cells = all.map(([i, j, color]) => [i - top, j - left, color]);
  const label = `${objects.length} of ${all.length} cells in a frame of ${height} x ${width}`;
  return canvasOf(height, width, most, cells, [], label);
};

/** A figure: a caption and what it is of. */
const figure = (caption, content, badge = null) =>
  make("figure", null, make("figcaption", null, caption, badge ? " " : null, badge), content);

/** Draws all grids again: the palette is another. */
const redrawAll = () => document.querySelectorAll("canvas[data-grid]").forEach(redraw);

choosable("palette", redrawAll);
choosable("theme", () => {});
