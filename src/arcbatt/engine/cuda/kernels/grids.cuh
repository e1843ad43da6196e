// Grids to grids: turning, cutting, enlarging, joining, exchanging colors, fields.
#pragma once
#include "work.cuh"

// ---- turning

KERNEL(grid_rot90) {
    Grid g(a[0]);
    return put_grid(out, g.width, g.height, [&](int i, int j) { return g.at(g.height - 1 - j, i); });
}

KERNEL(grid_rot180) {
    Grid g(a[0]);
    return put_grid(out, g.height, g.width, [&](int i, int j) { return g.at(g.height - 1 - i, g.width - 1 - j); });
}

KERNEL(grid_rot270) {
    Grid g(a[0]);
    return put_grid(out, g.width, g.height, [&](int i, int j) { return g.at(j, g.width - 1 - i); });
}

KERNEL(grid_hmirror) {
    Grid g(a[0]);
    return put_grid(out, g.height, g.width, [&](int i, int j) { return g.at(g.height - 1 - i, j); });
}

KERNEL(grid_vmirror) {
    Grid g(a[0]);
    return put_grid(out, g.height, g.width, [&](int i, int j) { return g.at(i, g.width - 1 - j); });
}

KERNEL(grid_dmirror) {
    Grid g(a[0]);
    return put_grid(out, g.width, g.height, [&](int i, int j) { return g.at(j, i); });
}

KERNEL(grid_cmirror) {
    Grid g(a[0]);
    return put_grid(out, g.width, g.height, [&](int i, int j) { return g.at(g.height - 1 - j, g.width - 1 - i); });
}

// ---- cutting

DEVICE bool put_window(Slot out, const Grid& g, int top, int left, int height, int width) {
    return put_grid(out, height, width, [&](int i, int j) { return g.at(top + i, left + j); });
}

KERNEL(grid_tophalf) {
    Grid g(a[0]);
    return put_window(out, g, 0, 0, g.height / 2, g.width);
}

KERNEL(grid_bottomhalf) {
    Grid g(a[0]);
    return put_window(out, g, g.height - g.height / 2, 0, g.height / 2, g.width);
}

KERNEL(grid_lefthalf) {
    Grid g(a[0]);
    return put_window(out, g, 0, 0, g.height, g.width / 2);
}

KERNEL(grid_righthalf) {
    Grid g(a[0]);
    return put_window(out, g, 0, g.width - g.width / 2, g.height, g.width / 2);
}

KERNEL(grid_trim) {
    Grid g(a[0]);
    return put_window(out, g, 1, 1, g.height - 2, g.width - 2);
}

// Where a Python slice begins or ends in a sequence of so many.
DEVICE int slice_end(i64 place, int count) {
    if (place < 0) place += count;
    return (int)(place < 0 ? 0 : place > count ? count : place);
}

DEVICE bool put_slices(Slot out, const Grid& g, i64 top, i64 left, i64 height, i64 width) {
    int first = slice_end(top, g.height), column = slice_end(left, g.width);
    int rows = slice_end(top + height, g.height) - first, columns = slice_end(left + width, g.width) - column;
    return put_window(out, g, first, column, rows, columns);
}

KERNEL(grid_crop) {
    if (!is_place(a[1]) || !is_place(a[2])) return false;
    const i64 *start = a[1].header->numbers, *size = a[2].header->numbers;
    return put_slices(out, Grid(a[0]), start[0], start[1], size[0], size[1]);
}

KERNEL(grid_subgrid) {
    Mask m(a[0]);
    return m.count && put_slices(out, Grid(a[1]), m.top, m.left, m.height, m.width);
}

// Without the rows and columns of one color.
KERNEL(grid_compress) {
    Grid g(a[0]);
    int* kept = scratch->counts;  // rows, then columns: whether one stays, then the place from which it comes
    FOR_EACH(line, g.height + g.width) {
        bool is_row = line < g.height;
        int number = is_row ? line : line - g.height, length = is_row ? g.width : g.height;
        int first = is_row ? g.at(number, 0) : g.at(0, number), is_kept = 0;
        NOT_UNROLLED for (int k = 1; k < length; k++) is_kept |= (is_row ? g.at(number, k) : g.at(k, number)) != first;
        kept[line] = is_kept;
    }
    SYNC();
    int rows = 0, columns = 0;
    NOT_UNROLLED for (int i = 0; i < g.height; i++) rows += kept[i];
    NOT_UNROLLED for (int j = 0; j < g.width; j++) columns += kept[g.height + j];
    int* from = kept + 2 * SIDE;
    FOR_EACH(half, 2) {
        int start = half ? g.height : 0, length = half ? g.width : g.height, found = 0;
        NOT_UNROLLED for (int k = 0; k < length; k++) {
            if (kept[start + k]) from[half * SIDE + found++] = k;
        }
    }
    SYNC();
    return put_grid(out, rows, columns, [&](int i, int j) { return g.at(from[i], from[SIDE + j]); });
}

// ---- enlarging

DEVICE bool put_enlarged(Slot out, const Slot& grid, const Slot& factor, bool down, bool across) {
    Grid g(grid);
    if (factor.header->kind != INT || number(factor) < 1 || number(factor) > SIDE) return false;
    int n = (int)number(factor), rows = down ? n : 1, columns = across ? n : 1;
    return put_grid(out, g.height * rows, g.width * columns, [&](int i, int j) { return g.at(i / rows, j / columns); });
}

KERNEL(grid_upscale) { return put_enlarged(out, a[0], a[1], true, true); }
KERNEL(grid_hupscale) { return put_enlarged(out, a[0], a[1], false, true); }
KERNEL(grid_vupscale) { return put_enlarged(out, a[0], a[1], true, false); }

KERNEL(grid_downscale) {
    Grid g(a[0]);
    if (!is_number(a[1]) || !number(a[1]) || !is_near(number(a[1]))) return false;
    i64 factor = number(a[1]) < 0 ? -number(a[1]) : number(a[1]);
    int step = (int)(factor > SIDE ? SIDE : factor);
    return put_grid(out, (g.height + step - 1) / step, (g.width + step - 1) / step,
                    [&](int i, int j) { return g.at(i * step, j * step); });
}

// ---- making, joining, comparing

KERNEL(grid_canvas) {
    if (!is_cell(a[0]) || !is_pair(a[1])) return false;
    int color = (int)number(a[0]);
    return put_grid(out, a[1].header->numbers[0], a[1].header->numbers[1], [&](int, int) { return color; });
}

KERNEL(grid_hconcat) {
    Grid g(a[0]), o(a[1]);
    return put_grid(out, g.height < o.height ? g.height : o.height, g.width + o.width,
                    [&](int i, int j) { return j < g.width ? g.at(i, j) : o.at(i, j - g.width); });
}

KERNEL(grid_vconcat) {
    Grid g(a[0]), o(a[1]);
    if (g.width != o.width) return false;
    return put_grid(out, g.height + o.height, g.width,
                    [&](int i, int j) { return i < g.height ? g.at(i, j) : o.at(i - g.height, j); });
}

KERNEL(grid_cellwise) {
    Grid g(a[0]), o(a[1]);
    if (o.height < g.height || o.width < g.width || !is_cell(a[2])) return false;
    int fallback = (int)number(a[2]);
    return put_grid(out, g.height, g.width,
                    [&](int i, int j) { return g.at(i, j) == o.at(i, j) ? g.at(i, j) : fallback; });
}

KERNEL(grid_replace) {
    Grid g(a[0]);
    if (!is_cell(a[2])) return false;
    i64 from = compared(a[1]), to = number(a[2]);
    return put_grid(out, g.height, g.width, [&](int i, int j) { return g.at(i, j) == from ? (int)to : g.at(i, j); });
}

KERNEL(grid_switch) {
    Grid g(a[0]);
    if (!is_cell(a[1]) || !is_cell(a[2])) return false;
    int one = (int)number(a[1]), two = (int)number(a[2]);
    return put_grid(out, g.height, g.width, [&](int i, int j) {
        int cell = g.at(i, j);
        return cell == one ? two : cell == two ? one : cell;
    });
}

// ---- painting

// The grid with the locations of a patch set to a color; where `over` is a color, only cells that have it.
DEVICE bool put_filled(Slot out, const Slot& grid, int color, const Slot& patch, int over) {
    Grid g(grid);
    Mask m(patch);
    return put_grid(out, g.height, g.width, [&](int i, int j) {
        int cell = g.at(i, j);
        return m.has(i, j) && (over < 0 || cell == over) ? color : cell;
    });
}

KERNEL(grid_fill) { return is_cell(a[1]) && put_filled(out, a[0], (int)number(a[1]), a[2], -1); }

KERNEL(grid_underfill) {
    return is_cell(a[1]) && put_filled(out, a[0], (int)number(a[1]), a[2], most_color(a[0], scratch));
}

KERNEL(grid_cover) { return put_filled(out, a[0], most_color(a[0], scratch), a[1], -1); }

KERNEL(grid_paint) {
    Grid g(a[0]);
    Mask m(a[1]);
    return put_grid(out, g.height, g.width, [&](int i, int j) { return m.has(i, j) ? m.color(i, j) : g.at(i, j); });
}

KERNEL(grid_underpaint) {
    Grid g(a[0]);
    Mask m(a[1]);
    int over = most_color(a[0], scratch);
    return put_grid(out, g.height, g.width, [&](int i, int j) {
        return g.at(i, j) == over && m.has(i, j) ? m.color(i, j) : g.at(i, j);
    });
}

KERNEL(grid_move) {
    Grid g(a[0]);
    Mask m(a[1]);
    if (!is_place(a[2])) return false;
    int down = (int)a[2].header->numbers[0], right = (int)a[2].header->numbers[1];
    int background = most_color(a[0], scratch);
    return put_grid(out, g.height, g.width, [&](int i, int j) {
        if (m.has(i - down, j - right)) return m.color(i - down, j - right);
        return m.has(i, j) ? background : g.at(i, j);
    });
}

KERNEL(grid_overlay) {
    Grid g(a[0]), o(a[1]);
    Mask m(a[2]);
    return put_grid(out, g.height, g.width,
                    [&](int i, int j) { return o.holds(i, j) && m.has(i, j) ? o.at(i, j) : g.at(i, j); });
}

// ---- fields

KERNEL(grid_rownumbers) {
    Grid g(a[0]);
    return put_grid(out, g.height, g.width, [&](int i, int) { return i; });
}

KERNEL(grid_columnnumbers) {
    Grid g(a[0]);
    return put_grid(out, g.height, g.width, [&](int, int j) { return j; });
}

KERNEL(grid_edgedistances) {
    Grid g(a[0]);
    return put_grid(out, g.height, g.width, [&](int i, int j) {
        int down = i < g.height - 1 - i ? i : g.height - 1 - i, across = j < g.width - 1 - j ? j : g.width - 1 - j;
        return down < across ? down : across;
    });
}

KERNEL(grid_remainders) {
    Grid g(a[0]);
    if (!is_number(a[1]) || number(a[1]) < 1) return false;
    i64 divisor = number(a[1]);
    return put_grid(out, g.height, g.width, [&](int i, int j) { return (int)(g.at(i, j) % divisor); });
}

KERNEL(grid_countinrows) {
    Grid g(a[0]);
    if (!is_number(a[1])) return false;
    i64 color = number(a[1]);
    return put_grid(out, g.height, g.width, [&](int i, int) {
        int found = 0;
        NOT_UNROLLED for (int j = 0; j < g.width; j++) found += g.at(i, j) == color;
        return found;
    });
}

KERNEL(grid_countincolumns) {
    Grid g(a[0]);
    if (!is_number(a[1])) return false;
    i64 color = number(a[1]);
    return put_grid(out, g.height, g.width, [&](int, int j) {
        int found = 0;
        NOT_UNROLLED for (int i = 0; i < g.height; i++) found += g.at(i, j) == color;
        return found;
    });
}

KERNEL(grid_countaround) {
    Grid g(a[0]);
    Mask m(a[2]);
    if (!is_number(a[1]) || m.count > 255) return false;
    i64 color = number(a[1]);
    return put_grid(out, g.height, g.width, [&](int i, int j) {
        int found = 0;
        NOT_UNROLLED for (int k = 0; k < m.height; k++) {
            NOT_UNROLLED for (u64 bits = m.rows[k]; bits; bits &= bits - 1) {
                int row = i + m.top + k, column = j + m.left + first_bit(bits);
                found += g.holds(row, column) && g.at(row, column) == color;
            }
        }
        return found;
    });
}

// Steps from a cell to the first other than background in a direction; 0 where none is seen.
DEVICE int steps_seen(const Grid& g, int i, int j, i64 down, i64 right, i64 background) {
    if (!down && !right) return 0;
    NOT_UNROLLED for (int steps = 1;; steps++) {
        i64 row = i + steps * down, column = j + steps * right;
        if (!g.holds(row, column)) return 0;
        if (g.at((int)row, (int)column) != background) return steps;
    }
}

KERNEL(grid_seendistance) {
    Grid g(a[0]);
    if (!is_place(a[1]) || !is_number(a[2])) return false;
    i64 down = a[1].header->numbers[0], right = a[1].header->numbers[1], background = number(a[2]);
    return put_grid(out, g.height, g.width,
                    [&](int i, int j) { return steps_seen(g, i, j, down, right, background); });
}

KERNEL(grid_firstseen) {
    Grid g(a[0]);
    if (!is_place(a[1]) || !is_number(a[2]) || number(a[2]) < 0 || number(a[2]) > 255) return false;
    i64 down = a[1].header->numbers[0], right = a[1].header->numbers[1], background = number(a[2]);
    return put_grid(out, g.height, g.width, [&](int i, int j) {
        int steps = steps_seen(g, i, j, down, right, background);
        return steps ? g.at((int)(i + steps * down), (int)(j + steps * right)) : (int)background;
    });
}

KERNEL(grid_translate) {
    Grid g(a[0]);
    if (!is_place(a[1]) || !is_number(a[2]) || number(a[2]) < 0 || number(a[2]) > 255) return false;
    i64 down = a[1].header->numbers[0], right = a[1].header->numbers[1];
    int color = (int)number(a[2]);
    return put_grid(out, g.height, g.width, [&](int i, int j) {
        return g.holds(i - down, j - right) ? g.at((int)(i - down), (int)(j - right)) : color;
    });
}

// ---- from a grid to numbers

KERNEL(grid_height) { return put_int(out, a[0].header->height); }
KERNEL(grid_width) { return put_int(out, a[0].header->width); }
KERNEL(grid_shape) { return put_pair(out, a[0].header->height, a[0].header->width); }
KERNEL(grid_portrait) { return put_bool(out, a[0].header->height > a[0].header->width); }
KERNEL(grid_square) { return put_bool(out, a[0].header->height == a[0].header->width); }

KERNEL(grid_mostcolor) { return put_int(out, most_color(a[0], scratch)); }

KERNEL(grid_leastcolor) {
    count_colors(a[0], scratch);
    int best = 1 << 24;
    FOR_EACH(color, 256) {
        int rank = scratch->counts[color] * 256 + color;
        if (scratch->counts[color] && rank < best) best = rank;
    }
    return put_int(out, least(best) % 256);
}

KERNEL(grid_numcolors) {
    count_colors(a[0], scratch);
    int found = 0;
    FOR_EACH(color, 256) found += scratch->counts[color] > 0;
    return put_int(out, sum_of(found));
}

KERNEL(grid_colorcount) {
    Grid g(a[0]);
    i64 color = compared(a[1]);
    int found = 0;
    FOR_EACH(place, g.height * g.width) found += g.cells[place] == color;
    return put_int(out, sum_of(found));
}

KERNEL(grid_index) {
    Grid g(a[0]);
    if (!is_pair(a[1])) return false;
    i64 row = a[1].header->numbers[0], column = a[1].header->numbers[1];
    return g.holds(row, column) && put_int(out, g.at((int)row, (int)column));
}

KERNEL(grid_equality) {
    Grid g(a[0]), o(a[1]);
    if (g.height != o.height || g.width != o.width) return put_bool(out, false);
    int differing = 0;
    FOR_EACH(place, g.height * g.width) differing |= g.cells[place] != o.cells[place];
    return put_bool(out, greatest(differing) == 0);
}
