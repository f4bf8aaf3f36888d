/* Where characters stand: the cell around each, and the lines that they form.

   Each function here has a twin in glyphs.py or holders.py, under the same name with an underscore;
   the twin says what is done and why, its module gives the reasons for the numbers below, and a test
   holds the two together. Sums and comparisons are made in the order in which the twins make them,
   so that both round alike. */

#include "_shared.h"

/* --- characters ------------------------------------------------------------------------------ */

/* The characters of a page: glyphs.py, Glyphs. */
typedef struct {
    Array lent[6];
    Py_ssize_t count;
    const int64_t *codes;
    const double *x0, *x1, *top, *bottom, *baseline;
} Glyphs;

static void give_back_glyphs(Glyphs *glyphs) { give_back(glyphs->lent, 6); }

/* Borrows them; they are to be given back even where this fails. */
static bool borrow_glyphs(PyObject *object, Glyphs *glyphs)
{
    static const char *const names[] = {"codes", "x0", "x1", "top", "bottom", "baseline"};
    memset(glyphs, 0, sizeof *glyphs);
    for (int k = 0; k < 6; k++) {
        if (!borrow_of(object, names[k], k ? 'd' : 'q', &glyphs->lent[k]))
            return false;
        if (glyphs->lent[k].count != glyphs->lent[0].count) {
            PyErr_SetString(PyExc_ValueError, "the arrays of Glyphs are not of one length");
            return false;
        }
    }
    glyphs->count = glyphs->lent[0].count;
    glyphs->codes = glyphs->lent[0].integers;
    glyphs->x0 = glyphs->lent[1].floats;
    glyphs->x1 = glyphs->lent[2].floats;
    glyphs->top = glyphs->lent[3].floats;
    glyphs->bottom = glyphs->lent[4].floats;
    glyphs->baseline = glyphs->lent[5].floats;
    return true;
}

/* Does character k not stand to the right of the one before? */
static bool is_off_the_line(const Glyphs *glyphs, Py_ssize_t k)
{
    double step = glyphs->x0[k] - glyphs->x0[k - 1], right = fabs(step);
    double down = fabs(glyphs->baseline[k] - glyphs->baseline[k - 1]);
    double size = larger(glyphs->bottom[k] - glyphs->top[k], 2.0);
    return (right < 0.3 * size && down > 0.15 * size && down < 3 * size)
           || (down < 0.1 * size && step < -0.3 * size && right < 3 * size);
}

/* off_the_line(glyphs) -> the numbers of such characters and of those before them. */
static PyObject *off_the_line(PyObject *module, PyObject *argument)
{
    (void)module;
    Glyphs glyphs;
    PyObject *result = NULL;
    int64_t *found = NULL;
    if (borrow_glyphs(argument, &glyphs) && (found = room_for(glyphs.count, sizeof *found))) {
        Py_ssize_t count = 0;
        for (Py_ssize_t k = 1; k < glyphs.count; k++) {
            if (!is_off_the_line(&glyphs, k))
                continue;
            if (count == 0 || found[count - 1] != k - 1)
                found[count++] = k - 1;
            found[count++] = k;
        }
        result = copied_integers(found, count);
    }
    PyMem_Free(found);
    give_back_glyphs(&glyphs);
    return result;
}

/* --- lines ----------------------------------------------------------------------------------- */

#define SAME_LINE 0.42
#define FAKE_BOLD 0.3
#define VISIBLE_GAP 0.24
#define WIDE_GAP 1.5
#define FAR_GAP 2.0
#define FAR_GAP_IN_CELL 3.0
#define FULL_WIDTH 0x2E80

/* A character in its line: `line` counts lines before far gaps part them, `em` is its letter size. */
typedef struct {
    int64_t code, holder;
    Py_ssize_t line;
    double x0, x1, top, bottom, baseline, em;
} Letter;

static bool is_blank(int64_t code) { return code == 0x20 || code == 0x3000 || code == 0xA0; }

/* Letters by holder, line and x. `keys` and `spare` have room for one of each. */
static void order_letters(const Glyphs *glyphs, const int64_t *holders, Letter *letters, Key *keys,
                          Key *spare)
{
    Py_ssize_t count = glyphs->count, line = 0;
    for (Py_ssize_t k = 0; k < count; k++)
        keys[k] = (Key){(double)holders[k], glyphs->baseline[k], k};
    sort(keys, spare, count);
    double height_before = 0, baseline_before = 0, holder_before = 0;
    for (Py_ssize_t k = 0; k < count; k++) {
        Py_ssize_t number = keys[k].number;
        double height = glyphs->bottom[number] - glyphs->top[number];
        double holder = keys[k].first, baseline = keys[k].second;
        double taller = larger(larger(height, height_before), 3.0);
        if (k > 0 && (holder != holder_before || baseline - baseline_before > SAME_LINE * taller))
            line++;
        keys[k] = (Key){(double)line, glyphs->x0[number], number};
        height_before = height, baseline_before = baseline, holder_before = holder;
    }
    sort(keys, spare, count);
    for (Py_ssize_t k = 0; k < count; k++) {
        Py_ssize_t number = keys[k].number;
        letters[k] = (Letter){
            .code = glyphs->codes[number],
            .holder = holders[number],
            .line = (Py_ssize_t)keys[k].first,
            .x0 = glyphs->x0[number],
            .x1 = glyphs->x1[number],
            .top = glyphs->top[number],
            .bottom = glyphs->bottom[number],
            .baseline = glyphs->baseline[number],
        };
    }
}

/* Is a letter the same print again as one before it? */
static bool is_again(const Letter *letter, const Letter *before)
{
    double width = larger(letter->x1 - letter->x0, 1.0);
    return letter->code == before->code && letter->line == before->line
           && letter->x0 - before->x0 < FAKE_BOLD * width
           && fabs(letter->baseline - before->baseline) < FAKE_BOLD * width;
}

/* Drops fake bold, which is printed up to four times; gives how many letters are left. */
static Py_ssize_t without_fake_bold(Letter *letters, Py_ssize_t count, bool *again)
{
    bool is_any = true;
    for (Py_ssize_t back = 1; back <= 3 && is_any; back++) {
        is_any = false;
        for (Py_ssize_t k = back; k < count; k++)
            if (is_again(&letters[k], &letters[k - back]))
                again[k] = is_any = true;
    }
    Py_ssize_t kept = 0;
    for (Py_ssize_t k = 0; k < count; k++)
        if (!again[k])
            letters[kept++] = letters[k];
    return kept;
}

/* The size of the letters of each line is that of its largest. */
static void measure_ems(Letter *letters, Py_ssize_t count)
{
    for (Py_ssize_t start = 0, end; start < count; start = end) {
        double largest = 0;
        for (end = start; end < count && letters[end].line == letters[start].line; end++) {
            double width = letters[end].x1 - letters[end].x0;
            double em = 0.75 * (letters[end].bottom - letters[end].top);
            if (letters[end].code >= FULL_WIDTH)
                em = larger(width, em);
            largest = end == start ? em : larger(largest, em);
        }
        for (Py_ssize_t k = start; k < end; k++)
            letters[k].em = largest;
    }
}

/* A line being made. `text` has room for all; outer blanks and blanks in a row are not written. */
typedef struct {
    Py_UCS4 *text, pending;
    Py_ssize_t length, pending_count;
    const Letter *first;
    int wide_gaps;
    double x0, top, x1, bottom, baseline;
} Line;

static void begin_line(Line *line, const Letter *letter)
{
    *line = (Line){.text = line->text,
                   .first = letter,
                   .x0 = 1e9,
                   .top = letter->top,
                   .x1 = -1e9,
                   .bottom = letter->bottom,
                   .baseline = -1e9};
}

static void add_blank(Line *line, Py_UCS4 blank)
{
    line->pending = line->pending_count++ ? 0x20 : blank;
}

static void add_letter(Line *line, const Letter *letter)
{
    line->top = smaller(line->top, letter->top);
    line->bottom = larger(line->bottom, letter->bottom);
    int64_t code = letter->code;
    if (is_blank(code)) {
        add_blank(line, (Py_UCS4)code);
        return;
    }
    line->x0 = smaller(line->x0, letter->x0);
    line->x1 = larger(line->x1, letter->x1);
    line->baseline = larger(line->baseline, letter->baseline);
    if (line->pending_count && line->length)
        line->text[line->length++] = line->pending;
    line->pending_count = 0;
    bool is_character = code <= 0x10FFFF && (code < 0xD800 || code > 0xDFFF);
    line->text[line->length++] = is_character ? (Py_UCS4)code : 0xFFFD;
}

/* Appends a line that is complete; one of blanks alone is none. `kind` is TextLine. */
static bool end_line(const Line *line, PyObject *kind, PyObject *lines)
{
    if (line->length == 0)
        return true;
    double em = line->first->em;
    double top = smaller(line->top, line->baseline - 0.85 * em);
    double bottom = larger(line->bottom, line->baseline + 0.12 * em);
    PyObject *text = PyUnicode_FromKindAndData(PyUnicode_4BYTE_KIND, line->text, line->length);
    PyObject *made = new_record(
        kind, Py_BuildValue("(N(dddd)ddLi)", text, rounded(line->x0), rounded(top),
                            rounded(line->x1), rounded(bottom), line->baseline, em,
                            (long long)line->first->holder, line->wide_gaps));
    bool done = made != NULL && PyList_Append(lines, made) == 0;
    Py_XDECREF(made);
    return done;
}

/* Cuts letters into lines: at the ends of lines, and where the free paper between them is far. */
static PyObject *cut_lines(PyObject *kind, const Letter *letters, Py_ssize_t count,
                           const Array *roomy, Py_UCS4 *text)
{
    PyObject *lines = PyList_New(0);
    Line line = {.text = text};
    const Letter *previous = NULL; /* the last that is no blank */
    bool done = lines != NULL;
    for (Py_ssize_t k = 0; k < count && done; k++) {
        const Letter *letter = &letters[k];
        bool follows = previous != NULL && previous->line == letter->line && !is_blank(letter->code);
        double gap = follows ? letter->x0 - previous->x1 : 0;
        double step = follows ? letter->baseline - previous->baseline : 0;
        Py_ssize_t holder = letter->holder < 0 ? roomy->count + letter->holder : letter->holder;
        if (holder < 0 || holder >= roomy->count) {
            PyErr_SetString(PyExc_IndexError, "a holder that is not on the page");
            done = false;
            break;
        }
        bool is_new = k == 0 || letters[k - 1].line != letter->line
                      || (gap > FAR_GAP * letter->em && roomy->flags[holder])
                      || (gap > FAR_GAP_IN_CELL * letter->em && fabs(step) > 0.12 * letter->em);
        if (is_new) {
            done = k == 0 || end_line(&line, kind, lines);
            begin_line(&line, letter);
        } else if (gap > VISIBLE_GAP * letter->em && !is_blank(letters[k - 1].code)) {
            add_blank(&line, 0x20);
        }
        line.wide_gaps += gap > WIDE_GAP * letter->em;
        add_letter(&line, letter);
        if (!is_blank(letter->code))
            previous = letter;
    }
    done = done && (count == 0 || end_line(&line, kind, lines));
    if (!done)
        Py_CLEAR(lines);
    return lines;
}

/* lines(TextLine, glyphs, holders, roomy) -> the lines of every holder. */
static PyObject *lines(PyObject *module, PyObject *arguments)
{
    (void)module;
    PyObject *kind, *glyphs_object, *holders_object, *roomy_object, *result = NULL;
    if (!PyArg_ParseTuple(arguments, "OOOO", &kind, &glyphs_object, &holders_object, &roomy_object))
        return NULL;
    Glyphs glyphs;
    Array lent[2] = {0}, *holders = &lent[0], *roomy = &lent[1];
    Letter *letters = NULL;
    Key *keys = NULL;
    bool *again = NULL;
    Py_UCS4 *text = NULL;
    if (!borrow_glyphs(glyphs_object, &glyphs) || !borrow(holders_object, 'q', holders)
        || !borrow(roomy_object, '?', roomy))
        goto done;
    Py_ssize_t count = glyphs.count;
    if (holders->count != count) {
        PyErr_SetString(PyExc_ValueError, "each character has one holder");
        goto done;
    }
    letters = room_for(count, sizeof *letters);
    keys = room_for(2 * count, sizeof *keys);
    again = room_for(count, sizeof *again);
    text = room_for(2 * count, sizeof *text); /* a blank may come before each letter */
    if (letters == NULL || keys == NULL || again == NULL || text == NULL)
        goto done;
    order_letters(&glyphs, holders->integers, letters, keys, keys + count);
    count = without_fake_bold(letters, count, again);
    measure_ems(letters, count);
    result = cut_lines(kind, letters, count, roomy, text);
done:
    PyMem_Free(letters);
    PyMem_Free(keys);
    PyMem_Free(again);
    PyMem_Free(text);
    give_back(lent, 2);
    give_back_glyphs(&glyphs);
    return result;
}

/* --- holders --------------------------------------------------------------------------------- */

#define OVER_THE_EDGE 0.28

/* A list or tuple of floats, into room that is to be freed; NULL where it is something else. */
static double *floats_of(PyObject *owner, const char *name, Py_ssize_t *count)
{
    PyObject *object = PyObject_GetAttrString(owner, name);
    PyObject *items = object == NULL ? NULL : PySequence_Fast(object, "edges are a tuple");
    double *numbers = items == NULL ? NULL : room_for(PySequence_Fast_GET_SIZE(items), sizeof *numbers);
    *count = items == NULL ? 0 : PySequence_Fast_GET_SIZE(items);
    for (Py_ssize_t k = 0; k < *count && numbers != NULL; k++)
        numbers[k] = PyFloat_AsDouble(PySequence_Fast_GET_ITEM(items, k));
    Py_XDECREF(items);
    Py_XDECREF(object);
    if (PyErr_Occurred()) {
        PyMem_Free(numbers);
        numbers = NULL;
    }
    return numbers;
}

/* Which cells of a lattice are open, in room that is to be freed. */
static char *open_cells_of(PyObject *lattice, Py_ssize_t *count)
{
    PyObject *cells = PyObject_GetAttrString(lattice, "cells");
    char *is_open = NULL;
    *count = cells == NULL ? 0 : PyTuple_Check(cells) ? PyTuple_GET_SIZE(cells) : -1;
    if (*count >= 0 && cells != NULL)
        is_open = room_for(*count, 1);
    else if (cells != NULL)
        PyErr_SetString(PyExc_TypeError, "cells are a tuple");
    for (Py_ssize_t k = 0; is_open != NULL && k < *count; k++) {
        PyObject *cell = PyTuple_GET_ITEM(cells, k);
        bool is_extent = PyTuple_Check(cell) && PyTuple_GET_SIZE(cell) == 5;
        is_open[k] = is_extent && PyTuple_GET_ITEM(cell, 4) == Py_True;
    }
    Py_XDECREF(cells);
    return is_open;
}

/* A lattice in its page: holders.py, Placed. */
typedef struct {
    double *xs, *ys;
    Py_ssize_t x_count, y_count, cell_count;
    char *is_open;
    Array owners;
    int64_t first_cell;
} Placed;

static void give_back_placed(Placed *placed)
{
    PyMem_Free(placed->xs);
    PyMem_Free(placed->ys);
    PyMem_Free(placed->is_open);
    give_back(&placed->owners, 1);
}

/* Borrows it; it is to be given back even where this fails. */
static bool borrow_placed(PyObject *object, Placed *placed)
{
    memset(placed, 0, sizeof *placed);
    PyObject *first = PyObject_GetAttrString(object, "first_cell");
    PyObject *lattice = PyObject_GetAttrString(object, "lattice");
    bool done = first != NULL && lattice != NULL
                && (placed->xs = floats_of(lattice, "xs", &placed->x_count)) != NULL
                && (placed->ys = floats_of(lattice, "ys", &placed->y_count)) != NULL
                && (placed->is_open = open_cells_of(lattice, &placed->cell_count)) != NULL
                && borrow_of(lattice, "owners", 'q', &placed->owners);
    placed->first_cell = first == NULL ? 0 : PyLong_AsLongLong(first);
    Py_XDECREF(first);
    Py_XDECREF(lattice);
    if (!done || PyErr_Occurred())
        return false;
    if (placed->x_count >= 2 && placed->y_count >= 2
        && placed->owners.count == (placed->x_count - 1) * (placed->y_count - 1))
        return true;
    PyErr_SetString(PyExc_ValueError, "each unit of a lattice has one owner");
    return false;
}

/* A character's middle, and its ink but for what may stand over the edge of a table. */
typedef struct { double x, y, top, bottom; } Spot;

static Spot spot_of(const Glyphs *glyphs, Py_ssize_t k)
{
    double slack = OVER_THE_EDGE * (glyphs->bottom[k] - glyphs->top[k]);
    return (Spot){(glyphs->x0[k] + glyphs->x1[k]) / 2, (glyphs->top[k] + glyphs->bottom[k]) / 2,
                  glyphs->top[k] + slack, glyphs->bottom[k] - slack};
}

/* The closed cell around a spot inside a lattice, -1 where it is open. */
static int64_t cell_around(const Placed *placed, Spot spot)
{
    Py_ssize_t columns = placed->x_count - 1, rows = placed->y_count - 1;
    Py_ssize_t row = place_among(placed->ys + 1, rows - 1, spot.y);
    Py_ssize_t column = place_among(placed->xs + 1, columns - 1, spot.x);
    int64_t cell = placed->owners.integers[row * columns + column];
    return cell >= 0 && cell < placed->cell_count && !placed->is_open[cell] ? cell : -1;
}

/* Gives the characters inside a lattice to its cells. */
static void hold(const Placed *placed, const Spot *spots, Py_ssize_t count, int64_t *holders)
{
    double left = placed->xs[0], right = placed->xs[placed->x_count - 1];
    double top = placed->ys[0], bottom = placed->ys[placed->y_count - 1];
    for (Py_ssize_t k = 0; k < count; k++) {
        Spot spot = spots[k];
        if (!(spot.x > left && spot.x < right && spot.top > top && spot.bottom < bottom))
            continue;
        int64_t cell = cell_around(placed, spot);
        if (cell >= 0)
            holders[k] = placed->first_cell + cell;
    }
}

/* Does the character after k go on with the word? */
static bool is_joined(const Glyphs *glyphs, Py_ssize_t k)
{
    double size = glyphs->bottom[k] - glyphs->top[k], gap = glyphs->x0[k + 1] - glyphs->x1[k];
    return fabs(glyphs->baseline[k + 1] - glyphs->baseline[k]) < 0.1 * size && gap < 0.12 * size
           && gap > -0.5 * size;
}

/* innermost(glyphs, placed lattices) -> the cell of each character, -1 on the free page; where words
   go on in another cell. */
static PyObject *innermost(PyObject *module, PyObject *arguments)
{
    (void)module;
    PyObject *glyphs_object, *all, *holders_array = NULL, *result = NULL;
    if (!PyArg_ParseTuple(arguments, "OO", &glyphs_object, &all))
        return NULL;
    Glyphs glyphs;
    int64_t *holders, *torn = NULL;
    Spot *spots = NULL;
    PyObject *lattices = PySequence_Fast(all, "lattices are a list");
    bool done = borrow_glyphs(glyphs_object, &glyphs) && lattices != NULL
                && (holders_array = new_integers(glyphs.count, 0, &holders)) != NULL
                && (torn = room_for(glyphs.count, sizeof *torn)) != NULL
                && (spots = room_for(glyphs.count, sizeof *spots)) != NULL;
    for (Py_ssize_t k = 0; done && k < glyphs.count; k++) {
        holders[k] = -1;
        spots[k] = spot_of(&glyphs, k);
    }
    for (Py_ssize_t n = 0; done && n < PySequence_Fast_GET_SIZE(lattices); n++) {
        Placed placed;
        done = borrow_placed(PySequence_Fast_GET_ITEM(lattices, n), &placed);
        if (done)
            hold(&placed, spots, glyphs.count, holders);
        give_back_placed(&placed);
    }
    if (done) {
        Py_ssize_t count = 0;
        for (Py_ssize_t k = 0; k + 1 < glyphs.count; k++)
            if (holders[k] != holders[k + 1] && is_joined(&glyphs, k))
                torn[count++] = k;
        result = Py_BuildValue("(ON)", holders_array, copied_integers(torn, count));
    }
    PyMem_Free(torn);
    PyMem_Free(spots);
    Py_XDECREF(holders_array);
    Py_XDECREF(lattices);
    give_back_glyphs(&glyphs);
    return result;
}

static PyMethodDef functions[] = {
    {"off_the_line", off_the_line, METH_O, "Characters not to the right of the one before."},
    {"lines", lines, METH_VARARGS, "The lines of every holder."},
    {"innermost", innermost, METH_VARARGS, "The innermost cell around each character."},
    {NULL, NULL, 0, NULL},
};

static struct PyModuleDef definition = {
    PyModuleDef_HEAD_INIT,
    .m_name = "keikaku.extractors.pdf._lines",
    .m_doc = "Where characters stand, compiled; the twins in glyphs.py and holders.py say what is done.",
    .m_size = -1,
    .m_methods = functions,
};

PyMODINIT_FUNC PyInit__lines(void) { return find_numpy() ? PyModule_Create(&definition) : NULL; }
