/* The blocks of one page: its tables with their cells, its paragraphs, in reading order.

   Every cell, line and paragraph is an object of Python (extractors/document.py), made here without
   Python in between. The twin of `blocks` is _blocks in page.py, that of its paragraphs is
   group_paragraphs in paragraphs.py; they say what is done and why, and a test holds them together. */

#include "_shared.h"

/* The classes of extractors/document.py, and the names of a cell's slots. */
static PyObject *Span, *Line, *Prose, *Grid, *Cell;
enum { ROW, COLUMN, ROW_SPAN, COLUMN_SPAN, BLOCKS, SPAN, STRUCK, LINES, SLOT_COUNT };
static PyObject *slot_names[SLOT_COUNT];
/* LIST_MARK.match of paragraphs.py, which is not yet there when this module is loaded. */
static PyObject *find_mark;

typedef struct { double x0, top, x1, bottom; } Box;

/* A line of glyphs.py, borrowed. */
typedef struct {
    PyObject *text, *box_object;
    Box box;
    double baseline, em;
} TextLine;

/* A table in its page (holders.py, Placed), borrowed. Holders are counted from 0, the free page, here:
   each is one more than in Python. */
typedef struct {
    PyObject *lattice, *xs, *ys, *cells, *origin;
    Py_ssize_t first_holder, parent;
    Box box;
} Table;

/* The things of each holder: `numbers` in their order, those of one holder from starts[holder] on. */
typedef struct {
    Py_ssize_t *numbers, *starts;
} ByHolder;

/* What a page is made of. */
typedef struct {
    PyObject *number; /* of the page */
    PyObject *shown;  /* carries a box onto the page as shown; NULL where it stays as it is */
    TextLine *lines; /* those of one holder together */
    Py_ssize_t *line_starts;
    Table *tables;
    ByHolder inner; /* tables by the holder around them */
    Box *diagonals;
    Py_ssize_t table_count, diagonal_count, holder_count;
} Page;

enum { FREE = 0 }; /* the holder that is the free page; -1 in Python */

/* --- paragraphs ------------------------------------------------------------------------------ */

#define FULL 1.9
#define SHORTEST_FULL 9
#define INDENT 0.6

static double middle_of(const TextLine *line) { return line->baseline - 0.35 * line->em; }

static bool is_full(const TextLine *line, double right)
{
    return right - line->box.x1 < FULL * line->em;
}

/* At least one full line of some length with a line right below it. */
static bool has_prose(const TextLine *lines, Py_ssize_t count, double right)
{
    for (Py_ssize_t k = 0; k + 1 < count; k++) {
        const TextLine *line = &lines[k], *below = line + 1;
        if (is_full(line, right) && PyUnicode_GET_LENGTH(line->text) >= SHORTEST_FULL
            && below->box.top - line->box.bottom < 0.9 * line->em
            && below->box.x0 < line->box.x0 + 2.5 * line->em)
            return true;
    }
    return false;
}

static bool is_apart(const TextLine *above, const TextLine *line)
{
    double larger_em = line->em > above->em ? line->em : above->em;
    return fabs(above->em - line->em) > 0.3 * larger_em
           || line->box.top - above->box.bottom > 0.9 * line->em
           || line->baseline <= above->baseline;
}

static bool ends_sentence(const TextLine *line)
{
    Py_ssize_t length = PyUnicode_GET_LENGTH(line->text);
    Py_UCS4 last = length ? PyUnicode_READ_CHAR(line->text, length - 1) : 0;
    return last == 0x3002 || last == 0xFF0E; /* 。 ． */
}

/* Does the line begin with the mark of a list? -1: an exception was raised. */
static int has_mark(const TextLine *line)
{
    PyObject *found = PyObject_CallOneArg(find_mark, line->text);
    int answer = found == NULL ? -1 : found != Py_None;
    Py_XDECREF(found);
    return answer;
}

/* Does `line` go on with the paragraph that begins at `first` and ends above it? `below` may be NULL. */
static int goes_on(const TextLine *first, const TextLine *line, const TextLine *below, double right)
{
    const TextLine *above = line - 1;
    if (!is_full(above, right) || is_apart(above, line))
        return 0;
    int mark = has_mark(line);
    if (mark)
        return mark < 0 ? -1 : 0;
    double edge = first == above ? first->box.x0 : first[1].box.x0;
    if (first == above) {
        int hangs = has_mark(first);
        if (hangs < 0)
            return -1;
        edge += hangs ? 2.3 * first->em : 0.0;
    }
    if (line->box.x0 - edge > INDENT * line->em)
        return 0;
    if (below == NULL || !ends_sentence(above)
        || !(line->box.x0 - below->box.x0 > INDENT * line->em))
        return 1;
    return has_mark(below); /* a line further in that only begins a list goes on */
}

/* How many of the lines are the first paragraph; -1: an exception was raised. */
static Py_ssize_t paragraph_length(const TextLine *lines, Py_ssize_t count, double right)
{
    for (Py_ssize_t k = 1; k < count; k++) {
        int more = goes_on(lines, &lines[k], k + 1 < count ? &lines[k + 1] : NULL, right);
        if (more <= 0)
            return more < 0 ? -1 : k;
    }
    return count;
}

/* The right edge that lines reach: on the free page and in padded cells what they show. */
static double margin(const TextLine *lines, Py_ssize_t count, double right)
{
    double longest = lines[0].box.x1;
    for (Py_ssize_t k = 1; k < count; k++)
        longest = lines[k].box.x1 > longest ? lines[k].box.x1 : longest;
    return right - longest > 1.2 * lines[0].em && count > 2 ? longest : right;
}

/* --- objects --------------------------------------------------------------------------------- */

/* Where something stands on the page as shown. */
static PyObject *make_span(const Page *page, PyObject *box)
{
    PyObject *shown = page->shown ? PyObject_CallOneArg(page->shown, box) : Py_NewRef(box);
    if (shown == NULL)
        return NULL;
    return new_record(Span, Py_BuildValue("(OOON)", Py_None, Py_None, page->number, shown));
}

static PyObject *make_prose(const Page *page, const TextLine *lines, Py_ssize_t count, bool is_sure)
{
    PyObject *made = PyTuple_New(count);
    for (Py_ssize_t k = 0; k < count && made != NULL; k++) {
        PyObject *span = make_span(page, lines[k].box_object);
        PyObject *line = span == NULL
                             ? NULL
                             : new_record(Line, Py_BuildValue("(ON)", lines[k].text, span));
        if (line == NULL)
            Py_CLEAR(made);
        else
            PyTuple_SET_ITEM(made, k, line);
    }
    if (made == NULL)
        return NULL;
    PyObject *sure = is_sure ? Py_True : Py_False;
    return new_record(Prose, Py_BuildValue("(NOO)", made, Py_False, sure));
}

/* The lines of blocks that are prose, one tuple. */
static PyObject *lines_of(PyObject *blocks)
{
    PyObject *lines = PyTuple_New(0);
    for (Py_ssize_t k = 0; k < PyTuple_GET_SIZE(blocks) && lines != NULL; k++) {
        PyObject *block = PyTuple_GET_ITEM(blocks, k);
        if (Py_TYPE(block) == (PyTypeObject *)Grid)
            continue;
        PyObject *more = PySequence_Concat(lines, PyTuple_GET_ITEM(block, 0));
        Py_SETREF(lines, more);
    }
    return lines;
}

/* A Cell out of the values of its slots, each given away. A Cell is frozen: what its own __init__
   does is done here, at a fifth of the time. */
static PyObject *make_cell(PyObject *values[SLOT_COUNT])
{
    PyTypeObject *type = (PyTypeObject *)Cell;
    PyObject *cell = type->tp_alloc(type, 0);
    for (int k = 0; k < SLOT_COUNT; k++) {
        if (cell != NULL
            && (values[k] == NULL || PyObject_GenericSetAttr(cell, slot_names[k], values[k]) < 0))
            Py_CLEAR(cell);
        Py_XDECREF(values[k]);
    }
    return cell;
}

/* --- blocks ---------------------------------------------------------------------------------- */

/* Blocks and where each stands: from top to bottom, then from the left. */
typedef struct {
    PyObject *blocks; /* a list */
    Key *keys;
    Py_ssize_t room;
} Items;

static bool put(Items *items, double at, double x0, PyObject *block)
{
    if (block == NULL)
        return false;
    Py_ssize_t count = PyList_GET_SIZE(items->blocks);
    if (count == items->room) {
        Py_ssize_t room = 2 * items->room + 8;
        Key *keys = PyMem_Realloc(items->keys, (size_t)room * sizeof *keys);
        if (keys == NULL) {
            PyErr_NoMemory();
            Py_DECREF(block);
            return false;
        }
        items->keys = keys;
        items->room = room;
    }
    items->keys[count] = (Key){at, x0, count};
    bool done = PyList_Append(items->blocks, block) == 0;
    Py_DECREF(block);
    return done;
}

/* The blocks in reading order. */
static PyObject *in_order(const Items *items)
{
    Py_ssize_t count = PyList_GET_SIZE(items->blocks);
    Key *spare = room_for(count, sizeof *spare);
    PyObject *result = spare == NULL ? NULL : PyTuple_New(count);
    if (result != NULL) {
        sort(items->keys, spare, count);
        for (Py_ssize_t k = 0; k < count; k++) {
            PyObject *block = PyList_GET_ITEM(items->blocks, items->keys[k].number);
            PyTuple_SET_ITEM(result, k, Py_NewRef(block));
        }
    }
    PyMem_Free(spare);
    return result;
}

/* Puts the paragraphs of lines that stand together. `at` never goes back up. */
static bool put_paragraphs(const Page *page, Py_ssize_t holder, const TextLine *lines,
                           Py_ssize_t count, double right, Items *items)
{
    right = margin(lines, count, right);
    bool is_prose = has_prose(lines, count, right);
    double at = 0.0;
    for (Py_ssize_t length; count > 0; lines += length, count -= length) {
        length = is_prose ? paragraph_length(lines, count, right) : 1;
        if (length < 0)
            return false;
        double middle = middle_of(lines);
        at = middle > at ? middle : at;
        bool is_sure = is_prose && (holder != FREE || length > 1); /* a heading is no paragraph */
        if (!put(items, at, 0.0, make_prose(page, lines, length, is_sure)))
            return false;
    }
    return true;
}

static int compare_doubles(const void *a, const void *b)
{
    return compared(*(const double *)a, *(const double *)b);
}

/* Lines of a holder with tables: paragraphs never reach over a table. */
static bool put_between(const Page *page, Py_ssize_t holder, double right, Items *items)
{
    Py_ssize_t table_count = page->inner.starts[holder + 1] - page->inner.starts[holder];
    const TextLine *lines = page->lines + page->line_starts[holder];
    Py_ssize_t count = page->line_starts[holder + 1] - page->line_starts[holder];
    double *tops = room_for(table_count, sizeof *tops);
    Key *keys = room_for(2 * count, sizeof *keys);
    TextLine *run = room_for(count, sizeof *run);
    bool done = tops != NULL && keys != NULL && run != NULL;
    if (done) {
        for (Py_ssize_t k = 0; k < table_count; k++) {
            Py_ssize_t number = page->inner.numbers[page->inner.starts[holder] + k];
            tops[k] = page->tables[number].box.top;
        }
        qsort(tops, (size_t)table_count, sizeof *tops, compare_doubles);
        for (Py_ssize_t k = 0; k < count; k++) {
            Py_ssize_t above = place_among(tops, table_count, middle_of(&lines[k]));
            keys[k] = (Key){(double)above, 0, k};
        }
        sort(keys, keys + count, count);
    }
    for (Py_ssize_t start = 0, end; done && start < count; start = end) {
        for (end = start; end < count && keys[end].first == keys[start].first; end++)
            run[end - start] = lines[keys[end].number];
        done = put_paragraphs(page, holder, run, end - start, right, items);
    }
    PyMem_Free(tops);
    PyMem_Free(keys);
    PyMem_Free(run);
    return done;
}

static bool put_table(const Page *page, const Table *table, Items *items);

/* What one holder holds, in reading order: a tuple of blocks. */
static PyObject *hold(const Page *page, Py_ssize_t holder, double right)
{
    const TextLine *lines = page->lines + page->line_starts[holder];
    Py_ssize_t count = page->line_starts[holder + 1] - page->line_starts[holder];
    Py_ssize_t table = page->inner.starts[holder], last = page->inner.starts[holder + 1];
    bool has_tables = table < last;
    if (count == 0 && !has_tables)
        return PyTuple_New(0);
    Items items = {PyList_New(0), NULL, 0};
    bool done = items.blocks != NULL;
    for (; done && table < last; table++)
        done = put_table(page, &page->tables[page->inner.numbers[table]], &items);
    done = done && (has_tables ? put_between(page, holder, right, &items)
                               : put_paragraphs(page, holder, lines, count, right, &items));
    PyObject *result = NULL;
    if (done)
        result = has_tables ? in_order(&items) : PyList_AsTuple(items.blocks);
    Py_XDECREF(items.blocks);
    PyMem_Free(items.keys);
    return result;
}

/* Does a diagonal stroke run from corner to corner of this box, or over all of it? */
static bool is_struck(const Page *page, Box box)
{
    double wide = 0.15 * (box.x1 - box.x0) + 1, high = 0.15 * (box.bottom - box.top) + 1;
    for (Py_ssize_t k = 0; k < page->diagonal_count; k++) {
        Box stroke = page->diagonals[k];
        if (stroke.x0 <= box.x0 + wide && stroke.x1 >= box.x1 - wide
            && stroke.top <= box.top + high && stroke.bottom >= box.bottom - high)
            return true;
    }
    return false;
}

static bool read_box(PyObject *object, Box *box)
{
    return PyArg_ParseTuple(object, "dddd", &box->x0, &box->top, &box->x1, &box->bottom);
}

/* The cell of this number, or None where it is open; sets whether it is struck. */
static PyObject *read_cell(const Page *page, const Table *table, Py_ssize_t number, bool *struck)
{
    Py_ssize_t row, column, row_span, column_span;
    int is_open;
    if (!PyArg_ParseTuple(PyTuple_GET_ITEM(table->cells, number), "nnnnp", &row, &column, &row_span,
                          &column_span, &is_open))
        return NULL;
    if (is_open)
        return Py_NewRef(Py_None);
    Py_ssize_t right = column + column_span, bottom = row + row_span;
    if (row < 0 || column < 0 || right < column || bottom < row
        || right >= PyTuple_GET_SIZE(table->xs) || bottom >= PyTuple_GET_SIZE(table->ys))
        return PyErr_Format(PyExc_IndexError, "a cell that reaches out of its table");
    Box box;
    PyObject *box_object = PyTuple_Pack(
        4, PyTuple_GET_ITEM(table->xs, column), PyTuple_GET_ITEM(table->ys, row),
        PyTuple_GET_ITEM(table->xs, right), PyTuple_GET_ITEM(table->ys, bottom));
    if (box_object == NULL || !read_box(box_object, &box)) {
        Py_XDECREF(box_object);
        return NULL;
    }
    *struck = is_struck(page, box);
    PyObject *blocks = hold(page, table->first_holder + number, box.x1), *cell = NULL;
    if (blocks != NULL)
        cell = make_cell((PyObject *[SLOT_COUNT]){
            PyLong_FromSsize_t(row), PyLong_FromSsize_t(column), PyLong_FromSsize_t(row_span),
            PyLong_FromSsize_t(column_span), Py_NewRef(blocks), make_span(page, box_object),
            PyBool_FromLong(*struck), lines_of(blocks)});
    Py_XDECREF(blocks);
    Py_DECREF(box_object);
    return cell;
}

static PyObject *make_grid(const Page *page, const Table *table, PyObject *cells)
{
    PyObject *box = Py_BuildValue("(dddd)", table->box.x0, table->box.top, table->box.x1,
                                  table->box.bottom);
    PyObject *span = box == NULL ? NULL : make_span(page, box);
    Py_XDECREF(box);
    if (span == NULL)
        return NULL;
    return PyObject_CallFunction(Grid, "NnnNO", PyList_AsTuple(cells),
                                 PyTuple_GET_SIZE(table->ys) - 1, PyTuple_GET_SIZE(table->xs) - 1,
                                 span, table->origin);
}

/* Puts the blocks of the only cell of a table, which is no table: what it frames stands alone. */
static bool put_framed(const Table *table, PyObject *cell, Items *items)
{
    PyObject *blocks = PyObject_GenericGetAttr(cell, slot_names[BLOCKS]);
    bool done = blocks != NULL;
    for (Py_ssize_t k = 0; done && k < PyTuple_GET_SIZE(blocks); k++)
        done = put(items, table->box.top, table->box.x0, Py_NewRef(PyTuple_GET_ITEM(blocks, k)));
    Py_XDECREF(blocks);
    return done;
}

static bool put_table(const Page *page, const Table *table, Items *items)
{
    if (Py_EnterRecursiveCall(" in a table inside tables"))
        return false;
    PyObject *cells = PyList_New(0);
    bool done = cells != NULL, struck = false;
    for (Py_ssize_t k = 0; done && k < PyTuple_GET_SIZE(table->cells); k++) {
        PyObject *cell = read_cell(page, table, k, &struck);
        done = cell != NULL && (cell == Py_None || PyList_Append(cells, cell) == 0);
        Py_XDECREF(cell);
    }
    Py_ssize_t count = done ? PyList_GET_SIZE(cells) : 0;
    if (count == 1 && !struck)
        done = put_framed(table, PyList_GET_ITEM(cells, 0), items);
    else if (count)
        done = put(items, table->box.top, table->box.x0, make_grid(page, table, cells));
    Py_XDECREF(cells);
    Py_LeaveRecursiveCall();
    return done;
}

/* --- what Python gives ----------------------------------------------------------------------- */

/* Numbers 0, 1 … by their holders, each in [0, holder_count); `starts` has one place more. */
static bool group(const Py_ssize_t *holders, Py_ssize_t count, Py_ssize_t holder_count, ByHolder *by)
{
    by->numbers = room_for(count, sizeof *by->numbers);
    by->starts = room_for(holder_count + 1, sizeof *by->starts);
    if (by->numbers == NULL || by->starts == NULL)
        return false;
    for (Py_ssize_t k = 0; k < count; k++) {
        if (holders[k] < 0 || holders[k] >= holder_count) {
            PyErr_SetString(PyExc_IndexError, "a holder that is not on the page");
            return false;
        }
        by->starts[holders[k] + 1]++;
    }
    for (Py_ssize_t holder = 0; holder < holder_count; holder++)
        by->starts[holder + 1] += by->starts[holder];
    for (Py_ssize_t k = 0; k < count; k++)
        by->numbers[by->starts[holders[k]]++] = k;
    memmove(by->starts + 1, by->starts, (size_t)holder_count * sizeof *by->starts);
    by->starts[0] = 0;
    return true;
}

static void free_group(ByHolder *by)
{
    PyMem_Free(by->numbers);
    PyMem_Free(by->starts);
}

/* An attribute that is a tuple of at least so many things. */
static PyObject *tuple_of(PyObject *owner, const char *name, Py_ssize_t fewest)
{
    PyObject *tuple = PyObject_GetAttrString(owner, name);
    if (tuple == NULL || (PyTuple_Check(tuple) && PyTuple_GET_SIZE(tuple) >= fewest))
        return tuple;
    PyErr_Format(PyExc_TypeError, "%s is no tuple of %zd or more", name, fewest);
    Py_DECREF(tuple);
    return NULL;
}

static bool size_of(PyObject *owner, const char *name, Py_ssize_t *size)
{
    PyObject *value = PyObject_GetAttrString(owner, name);
    *size = value == NULL ? -1 : PyLong_AsSsize_t(value);
    Py_XDECREF(value);
    return !PyErr_Occurred();
}

static bool read_table(PyObject *placed, Table *table)
{
    if (!size_of(placed, "first_cell", &table->first_holder)
        || !size_of(placed, "parent", &table->parent)
        || (table->lattice = PyObject_GetAttrString(placed, "lattice")) == NULL
        || (table->xs = tuple_of(table->lattice, "xs", 2)) == NULL
        || (table->ys = tuple_of(table->lattice, "ys", 2)) == NULL
        || (table->cells = tuple_of(table->lattice, "cells", 0)) == NULL
        || (table->origin = PyObject_GetAttrString(table->lattice, "origin")) == NULL)
        return false;
    table->first_holder++, table->parent++;
    table->box.x0 = PyFloat_AsDouble(PyTuple_GET_ITEM(table->xs, 0));
    table->box.top = PyFloat_AsDouble(PyTuple_GET_ITEM(table->ys, 0));
    table->box.x1 = PyFloat_AsDouble(PyTuple_GET_ITEM(table->xs, PyTuple_GET_SIZE(table->xs) - 1));
    table->box.bottom
        = PyFloat_AsDouble(PyTuple_GET_ITEM(table->ys, PyTuple_GET_SIZE(table->ys) - 1));
    return !PyErr_Occurred();
}

static bool read_tables(PyObject *list, Page *page)
{
    page->table_count = PyList_GET_SIZE(list);
    page->tables = room_for(page->table_count, sizeof *page->tables);
    Py_ssize_t *parents = room_for(page->table_count, sizeof *parents);
    bool done = page->tables != NULL && parents != NULL;
    page->holder_count = 1;
    for (Py_ssize_t k = 0; done && k < page->table_count; k++) {
        done = read_table(PyList_GET_ITEM(list, k), &page->tables[k]);
        if (!done)
            break;
        parents[k] = page->tables[k].parent;
        page->holder_count += PyTuple_GET_SIZE(page->tables[k].cells);
        if (page->tables[k].first_holder + PyTuple_GET_SIZE(page->tables[k].cells)
            != page->holder_count) {
            PyErr_SetString(PyExc_ValueError, "the cells of the tables are not counted on");
            done = false;
        }
    }
    done = done && group(parents, page->table_count, page->holder_count, &page->inner);
    PyMem_Free(parents);
    return done;
}

static bool read_line(PyObject *object, TextLine *line, Py_ssize_t *holder)
{
    int wide_gaps;
    if (!PyArg_ParseTuple(object, "UOddni", &line->text, &line->box_object, &line->baseline,
                          &line->em, holder, &wide_gaps))
        return false;
    ++*holder;
    return read_box(line->box_object, &line->box);
}

static bool read_lines(PyObject *list, Page *page)
{
    Py_ssize_t count = PyList_GET_SIZE(list);
    Py_ssize_t *holders = room_for(count, sizeof *holders);
    TextLine *lines = room_for(count, sizeof *lines);
    ByHolder by = {0};
    page->lines = room_for(count, sizeof *page->lines);
    bool done = holders != NULL && lines != NULL && page->lines != NULL;
    for (Py_ssize_t k = 0; done && k < count; k++)
        done = read_line(PyList_GET_ITEM(list, k), &lines[k], &holders[k]);
    done = done && group(holders, count, page->holder_count, &by);
    for (Py_ssize_t k = 0; done && k < count; k++)
        page->lines[k] = lines[by.numbers[k]];
    page->line_starts = by.starts;
    PyMem_Free(by.numbers);
    PyMem_Free(holders);
    PyMem_Free(lines);
    return done;
}

static bool read_diagonals(PyObject *tuple, Page *page)
{
    page->diagonal_count = PyTuple_GET_SIZE(tuple);
    page->diagonals = room_for(page->diagonal_count, sizeof *page->diagonals);
    bool done = page->diagonals != NULL;
    for (Py_ssize_t k = 0; done && k < page->diagonal_count; k++)
        done = read_box(PyTuple_GET_ITEM(tuple, k), &page->diagonals[k]);
    return done;
}

static void free_page(Page *page)
{
    for (Py_ssize_t k = 0; page->tables != NULL && k < page->table_count; k++) {
        Table *table = &page->tables[k];
        Py_XDECREF(table->lattice);
        Py_XDECREF(table->xs);
        Py_XDECREF(table->ys);
        Py_XDECREF(table->cells);
        Py_XDECREF(table->origin);
    }
    PyMem_Free(page->tables);
    free_group(&page->inner);
    PyMem_Free(page->lines);
    PyMem_Free(page->line_starts);
    PyMem_Free(page->diagonals);
}

static bool find_list_mark(void)
{
    PyObject *paragraphs = PyImport_ImportModule("keikaku.extractors.pdf.paragraphs");
    PyObject *pattern = paragraphs ? PyObject_GetAttrString(paragraphs, "LIST_MARK") : NULL;
    find_mark = pattern ? PyObject_GetAttrString(pattern, "match") : NULL;
    Py_XDECREF(pattern);
    Py_XDECREF(paragraphs);
    return find_mark != NULL;
}

/* blocks(paper, tables, lines): what the free page holds. */
static PyObject *blocks(PyObject *module, PyObject *arguments)
{
    (void)module;
    PyObject *tables, *lines, *diagonals, *result = NULL;
    double width;
    Page page = {0};
    if (!PyArg_ParseTuple(arguments, "(OdOO!)O!O!", &page.number, &width, &page.shown,
                          &PyTuple_Type, &diagonals, &PyList_Type, &tables, &PyList_Type, &lines))
        return NULL;
    if (find_mark == NULL && !find_list_mark())
        return NULL;
    if (page.shown == Py_None)
        page.shown = NULL;
    if (read_diagonals(diagonals, &page) && read_tables(tables, &page) && read_lines(lines, &page))
        result = hold(&page, FREE, width);
    free_page(&page);
    return result;
}

static PyMethodDef functions[] = {
    {"blocks", blocks, METH_VARARGS, "What the free page holds, in reading order."},
    {NULL, NULL, 0, NULL},
};

static struct PyModuleDef definition = {
    PyModuleDef_HEAD_INIT,
    .m_name = "keikaku.extractors.pdf._blocks",
    .m_doc = "The blocks of a page, compiled; the twins in page.py and paragraphs.py say what is done.",
    .m_size = -1,
    .m_methods = functions,
};

/* The classes that are made here, and the names of a cell's slots in their order. */
static bool find_classes(void)
{
    static const char *const names[SLOT_COUNT] = {
        "row", "column", "row_span", "column_span", "blocks", "span", "struck", "lines"};
    for (int k = 0; k < SLOT_COUNT; k++)
        if ((slot_names[k] = PyUnicode_InternFromString(names[k])) == NULL)
            return false;
    PyObject *document = PyImport_ImportModule("keikaku.extractors.document");
    if (document == NULL)
        return false;
    Span = PyObject_GetAttrString(document, "Span");
    Line = PyObject_GetAttrString(document, "Line");
    Prose = PyObject_GetAttrString(document, "Prose");
    Grid = PyObject_GetAttrString(document, "Grid");
    Cell = PyObject_GetAttrString(document, "Cell");
    Py_DECREF(document);
    return Span && Line && Prose && Grid && Cell && PyType_Check(Cell) && PyType_Check(Grid);
}

PyMODINIT_FUNC PyInit__blocks(void) { return find_classes() ? PyModule_Create(&definition) : NULL; }
