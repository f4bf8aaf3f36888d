/* The geometry of one page: rules, tables, whose cell a character stands in, and the lines.

   Each function here has a twin in Python under the same name with an underscore, in glyphs.py,
   rules.py, lattice.py or holders.py; the twin says what is done and why, its module gives the
   reasons for the numbers below, and a test holds the two together. Sums and comparisons are made
   in the order in which the twins make them, so that both round alike. Nothing takes longer than
   sorting, but for tables: has_too_many_rules bounds how many rules are compared with each other. */

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

static double rounded(double number) { return rint(number * 100.0) / 100.0; }

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

/* --- rules ----------------------------------------------------------------------------------- */

#define SAME_RULE 0.8 /* SAME_LINE of rules.py */
#define JOIN 2.5
#define SHORTEST 4.0
#define FAR 1.0e5

/* A rule, or a piece of one: where it lies, from where to where, how thick its pen is. */
typedef struct { double at, start, end, pen; } Rule;

/* Pieces on one line that touch or nearly touch become one rule; gives how many there are.
   `lines`, `keys` and `spare` have room for one of each piece. */
static Py_ssize_t join(Rule *pieces, Py_ssize_t count, Rule *joined, double *lines, Key *keys,
                       Key *spare)
{
    for (Py_ssize_t k = 0; k < count; k++)
        keys[k] = (Key){pieces[k].at, 0, k};
    sort(keys, spare, count);
    for (Py_ssize_t k = 0, line = 0; k < count; k++) {
        line += k > 0 && keys[k].first - keys[k - 1].first > SAME_RULE;
        lines[keys[k].number] = (double)line;
    }
    for (Py_ssize_t k = 0; k < count; k++)
        keys[k] = (Key){lines[k], pieces[k].start, k};
    sort(keys, spare, count);

    Py_ssize_t found = 0;
    double reach = 0, moment = 0, total = 0; /* sums over the rule so far: at times length, length */
    Rule rule = {0};
    for (Py_ssize_t k = 0; k <= count; k++) {
        Rule piece = k < count ? pieces[keys[k].number] : (Rule){0};
        double shift = k < count ? keys[k].first * FAR : 0; /* keeps lines apart */
        double gap = k == 0 || k == count ? FAR : piece.start + shift - reach;
        if (gap > JOIN && k > 0) {
            rule.at = moment / total;
            if (rule.end - rule.start >= SHORTEST)
                joined[found++] = rule;
        }
        if (k == count)
            break;
        double length = larger(piece.end - piece.start, 0.01);
        reach = k == 0 ? piece.end + shift : larger(reach, piece.end + shift);
        if (gap > JOIN) {
            rule = (Rule){0, piece.start, piece.end, larger(piece.pen, 0)};
            moment = total = 0;
        } else {
            double blank = larger(gap, 0);
            rule.end = larger(rule.end, piece.end);
            rule.pen = larger(rule.pen, larger(piece.pen, 2 * blank));
        }
        moment += piece.at * length;
        total += length;
    }
    return found;
}

/* Four arrays out of rules: at, start, end, pen. */
static PyObject *rules_to_arrays(const Rule *rules, Py_ssize_t count)
{
    double *columns[4];
    PyObject *result = new_columns(4, count, columns);
    for (Py_ssize_t k = 0; k < count && result != NULL; k++) {
        columns[0][k] = rules[k].at, columns[1][k] = rules[k].start;
        columns[2][k] = rules[k].end, columns[3][k] = rules[k].pen;
    }
    return result;
}

/* rules(segments) -> at, start, end, pen of lying rules, of standing ones; boxes of slanted ones. */
static PyObject *rules(PyObject *module, PyObject *argument)
{
    (void)module;
    Array segments = {0};
    if (!borrow(argument, 'd', &segments))
        return NULL;
    Py_ssize_t count = segments.count / 5, lying_count = 0, standing_count = 0;
    const double *x0 = segments.floats, *y0 = x0 + count, *x1 = y0 + count, *y1 = x1 + count,
                 *pen = y1 + count;
    Rule *room = room_for(3 * count, sizeof *room);
    Rule *lying = room, *standing = room + count, *joined = room + 2 * count;
    double *line_numbers = room_for(count, sizeof *line_numbers);
    Key *keys = room_for(2 * count, sizeof *keys);
    PyObject *diagonals = PyList_New(0), *result = NULL;
    bool done = room != NULL && line_numbers != NULL && keys != NULL && diagonals != NULL;
    for (Py_ssize_t k = 0; k < count && done; k++) {
        double wide = fabs(x1[k] - x0[k]), high = fabs(y1[k] - y0[k]);
        double left = smaller(x0[k], x1[k]), low = smaller(y0[k], y1[k]);
        if (high <= 0.5 + 0.01 * wide) {
            lying[lying_count++] = (Rule){(y0[k] + y1[k]) / 2, left, left + wide, pen[k]};
        } else if (wide <= 0.5 + 0.01 * high) {
            standing[standing_count++] = (Rule){(x0[k] + x1[k]) / 2, low, low + high, pen[k]};
        } else if (wide > SHORTEST && high > SHORTEST) {
            PyObject *box = Py_BuildValue("(dddd)", left, low, left + wide, low + high);
            done = box != NULL && PyList_Append(diagonals, box) == 0;
            Py_XDECREF(box);
        }
    }
    if (done) {
        Py_ssize_t found = join(lying, lying_count, joined, line_numbers, keys, keys + count);
        PyObject *first = rules_to_arrays(joined, found);
        found = join(standing, standing_count, joined, line_numbers, keys, keys + count);
        result = Py_BuildValue("(NNO)", first, rules_to_arrays(joined, found), diagonals);
    }
    Py_XDECREF(diagonals);
    PyMem_Free(room);
    PyMem_Free(line_numbers);
    PyMem_Free(keys);
    give_back(&segments, 1);
    return result;
}

/* --- tables ---------------------------------------------------------------------------------- */

#define TOUCH 0.5
#define SAME_EDGE 3.2
#define MOST_CELLS 40000

/* The rules of one direction. */
typedef struct {
    Array lent[4];
    Py_ssize_t count;
    const double *at, *start, *end, *pen;
} RuleSet;

static void give_back_rules(RuleSet *rules) { give_back(rules->lent, 4); }

/* Borrows them; they are to be given back even where this fails. */
static bool borrow_rules(PyObject *object, RuleSet *rules)
{
    static const char *const names[] = {"at", "start", "end", "pen"};
    memset(rules, 0, sizeof *rules);
    for (int k = 0; k < 4; k++) {
        if (!borrow_of(object, names[k], 'd', &rules->lent[k]))
            return false;
        if (rules->lent[k].count != rules->lent[0].count) {
            PyErr_SetString(PyExc_ValueError, "the arrays of RuleSet are not of one length");
            return false;
        }
    }
    rules->count = rules->lent[0].count;
    rules->at = rules->lent[0].floats;
    rules->start = rules->lent[1].floats;
    rules->end = rules->lent[2].floats;
    rules->pen = rules->lent[3].floats;
    return true;
}

/* Does rule i of the lying ones touch rule j of the standing ones? */
static bool do_touch(const RuleSet *lying, Py_ssize_t i, const RuleSet *standing, Py_ssize_t j)
{
    double aside = TOUCH + standing->pen[j] / 2, along = TOUCH + lying->pen[i] / 2;
    double x = standing->at[j], y = lying->at[i];
    return x >= lying->start[i] - aside && x <= lying->end[i] + aside
           && y >= standing->start[j] - along && y <= standing->end[j] + along;
}

/* The first rule of the table to which a rule belongs; shortens the way for the next to ask. */
static Py_ssize_t first_of(Py_ssize_t *belongs_to, Py_ssize_t rule)
{
    while (belongs_to[rule] != rule)
        rule = belongs_to[rule] = belongs_to[belongs_to[rule]];
    return rule;
}

/* For each rule, lying ones first, the first rule that it hangs together with by touching. */
static void label_rules(const RuleSet *lying, const RuleSet *standing, Py_ssize_t *labels)
{
    Py_ssize_t count = lying->count + standing->count;
    for (Py_ssize_t k = 0; k < count; k++)
        labels[k] = k;
    for (Py_ssize_t i = 0; i < lying->count; i++)
        for (Py_ssize_t j = 0; j < standing->count; j++)
            if (do_touch(lying, i, standing, j)) {
                Py_ssize_t a = first_of(labels, i), b = first_of(labels, lying->count + j);
                labels[a > b ? a : b] = a < b ? a : b;
            }
    for (Py_ssize_t k = 0; k < count; k++)
        labels[k] = first_of(labels, k);
}

/* The rules of one direction that are of one table, by number. */
typedef struct {
    const RuleSet *rules;
    const Py_ssize_t *numbers;
    Py_ssize_t count;
} Group;

/* Edges of a table, in rising order. */
typedef struct {
    double *at;
    Py_ssize_t count;
} Edges;

static int compare_numbers(const void *a, const void *b)
{
    return compared(*(const double *)a, *(const double *)b);
}

/* Where rules lie, double rules as one; the ends of crossing rules where none stands there.
   `edges` has room for two more than there are rules. */
static void find_edges(const Group *along, const Group *crosswise, Edges *edges)
{
    double *at = edges->at + 1; /* the first place is for an end */
    for (Py_ssize_t k = 0; k < along->count; k++)
        at[k] = along->rules->at[along->numbers[k]];
    qsort(at, (size_t)along->count, sizeof *at, compare_numbers);
    edges->count = 0;
    for (Py_ssize_t k = 0; k < along->count; k++)
        if (k == 0 || at[k] - at[edges->count - 1] > SAME_EDGE)
            at[edges->count++] = at[k];
    double first = INFINITY, last = -INFINITY;
    for (Py_ssize_t k = 0; k < crosswise->count; k++) {
        first = smaller(first, crosswise->rules->start[crosswise->numbers[k]]);
        last = larger(last, crosswise->rules->end[crosswise->numbers[k]]);
    }
    if (last > at[edges->count - 1] + SAME_EDGE)
        at[edges->count++] = last;
    if (first < at[0] - SAME_EDGE) {
        edges->at[0] = first;
        edges->count++;
    } else {
        memmove(edges->at, at, (size_t)edges->count * sizeof *at);
    }
}

static Py_ssize_t nearest(const Edges *edges, double at)
{
    Py_ssize_t right = place_among(edges->at, edges->count, at);
    if (right == edges->count
        || (right && at - edges->at[right - 1] <= edges->at[right] - at))
        return right - 1;
    return right;
}

/* Marks the units that rules cover: walls[edge][unit], or turned walls[unit][edge]. */
static void build_walls(const Group *group, const Edges *edges, const Edges *breaks, bool is_turned,
                        char *walls)
{
    Py_ssize_t unit_count = breaks->count - 1;
    for (Py_ssize_t k = 0; k < group->count; k++) {
        Py_ssize_t number = group->numbers[k];
        Py_ssize_t edge = nearest(edges, group->rules->at[number]);
        for (Py_ssize_t unit = 0; unit < unit_count; unit++) {
            double middle = (breaks->at[unit] + breaks->at[unit + 1]) / 2;
            if (group->rules->start[number] <= middle && middle < group->rules->end[number])
                walls[is_turned ? unit * edges->count + edge : edge * unit_count + unit] = 1;
        }
    }
}

/* A table while its cells are found. `across[edge][column]` and `upright[row][edge]` are walls,
   `owners[row][column]` is the cell of a unit, -1 while it has none. */
typedef struct {
    Py_ssize_t row_count, column_count;
    char *across, *upright;
    int64_t *owners;
} Table;

/* Are the walls over these columns, at the edge above a row, all of this state? */
static bool all_across(const Table *table, Py_ssize_t edge, Py_ssize_t left, Py_ssize_t right,
                       char state)
{
    for (Py_ssize_t column = left; column < right; column++)
        if (table->across[edge * table->column_count + column] != state)
            return false;
    return true;
}

static bool is_upright(const Table *table, Py_ssize_t row, Py_ssize_t edge)
{
    return table->upright[row * (table->column_count + 1) + edge];
}

static bool is_taken(const Table *table, Py_ssize_t row, Py_ssize_t column)
{
    return table->owners[row * table->column_count + column] >= 0;
}

/* Can a cell over these columns grow into this row? */
static bool is_free(const Table *table, Py_ssize_t row, Py_ssize_t left, Py_ssize_t right)
{
    if (!all_across(table, row, left, right, 0))
        return false;
    for (Py_ssize_t column = left; column < right; column++)
        if ((column > left && is_upright(table, row, column)) || is_taken(table, row, column))
            return false;
    return true;
}

static bool is_open(const Table *table, Py_ssize_t row, Py_ssize_t bottom, Py_ssize_t left,
                    Py_ssize_t right)
{
    if (all_across(table, row, left, right, 1) && all_across(table, bottom, left, right, 1))
        return false;
    for (Py_ssize_t r = row; r < bottom; r++)
        if (!is_upright(table, r, left) || !is_upright(table, r, right))
            return true;
    return false;
}

/* The cells of a table, of the kind Extent; sets the owners. */
static PyObject *grow_cells(Table *table, PyObject *kind)
{
    PyObject *cells = PyList_New(0);
    for (Py_ssize_t row = 0; row < table->row_count && cells != NULL; row++)
        for (Py_ssize_t left = 0; left < table->column_count && cells != NULL; left++) {
            if (is_taken(table, row, left))
                continue;
            Py_ssize_t right = left + 1, bottom = row + 1;
            while (right < table->column_count && !is_upright(table, row, right)
                   && !is_taken(table, row, right))
                right++;
            while (bottom < table->row_count && is_free(table, bottom, left, right))
                bottom++;
            for (Py_ssize_t r = row; r < bottom; r++)
                for (Py_ssize_t column = left; column < right; column++)
                    table->owners[r * table->column_count + column] = PyList_GET_SIZE(cells);
            bool open = is_open(table, row, bottom, left, right);
            PyObject *cell = new_record(
                kind, Py_BuildValue("(nnnnO)", row, left, bottom - row, right - left,
                                    open ? Py_True : Py_False));
            if (cell == NULL || PyList_Append(cells, cell) < 0)
                Py_CLEAR(cells);
            Py_XDECREF(cell);
        }
    return cells;
}

static PyObject *edges_to_list(const Edges *edges)
{
    PyObject *list = PyList_New(edges->count);
    for (Py_ssize_t k = 0; k < edges->count && list != NULL; k++) {
        PyObject *at = PyFloat_FromDouble(rounded(edges->at[k]));
        if (at == NULL)
            Py_CLEAR(list);
        else
            PyList_SET_ITEM(list, k, at);
    }
    return list;
}

/* Appends (xs, ys, cells, owners) of the table that a group draws, and says so in `is_table`. */
static bool add_table(const Group *lying, const Group *standing, PyObject *kind, PyObject *tables,
                      bool *is_table)
{
    *is_table = false;
    Edges ys = {room_for(lying->count + 2, sizeof(double)), 0};
    Edges xs = {room_for(standing->count + 2, sizeof(double)), 0};
    Table table = {0};
    bool done = xs.at != NULL && ys.at != NULL;
    if (done) {
        find_edges(lying, standing, &ys);
        find_edges(standing, lying, &xs);
        table.row_count = ys.count - 1, table.column_count = xs.count - 1;
        Py_ssize_t unit_count = table.row_count * table.column_count;
        *is_table = unit_count > 0 && unit_count <= MOST_CELLS;
    }
    if (*is_table) {
        table.across = room_for(ys.count * table.column_count, 1);
        table.upright = room_for(xs.count * table.row_count, 1);
        PyObject *owners = new_integers(table.row_count, table.column_count, &table.owners);
        PyObject *cells = NULL, *one = NULL;
        if (table.across != NULL && table.upright != NULL && owners != NULL) {
            for (Py_ssize_t k = 0; k < table.row_count * table.column_count; k++)
                table.owners[k] = -1;
            build_walls(lying, &ys, &xs, false, table.across);
            build_walls(standing, &xs, &ys, true, table.upright);
            cells = grow_cells(&table, kind);
        }
        if (cells != NULL)
            one = Py_BuildValue("(NNOO)", edges_to_list(&xs), edges_to_list(&ys), cells, owners);
        done = one != NULL && PyList_Append(tables, one) == 0;
        Py_XDECREF(one);
        Py_XDECREF(cells);
        Py_XDECREF(owners);
    }
    PyMem_Free(table.across);
    PyMem_Free(table.upright);
    PyMem_Free(xs.at);
    PyMem_Free(ys.at);
    return done;
}

/* Numbers of rules, those of one label together and in their order; `starts[label]` is where. */
static void group_rules(const Py_ssize_t *labels, Py_ssize_t count, Py_ssize_t label_count,
                        Py_ssize_t *numbers, Py_ssize_t *starts)
{
    memset(starts, 0, (size_t)(label_count + 1) * sizeof *starts);
    for (Py_ssize_t k = 0; k < count; k++)
        starts[labels[k] + 1]++;
    for (Py_ssize_t label = 0; label < label_count; label++)
        starts[label + 1] += starts[label];
    for (Py_ssize_t k = 0; k < count; k++)
        numbers[starts[labels[k]]++] = k;
    memmove(starts + 1, starts, (size_t)label_count * sizeof *starts);
    starts[0] = 0;
}

static PyObject *loose_rules(const Py_ssize_t *labels, Py_ssize_t count, const bool *is_table,
                             int64_t *spare)
{
    Py_ssize_t found = 0;
    for (Py_ssize_t k = 0; k < count; k++)
        if (!is_table[labels[k]])
            spare[found++] = k;
    return copied_integers(spare, found);
}

/* tables(Extent, lying, standing) -> xs, ys, cells, owners of each; numbers of lying and of standing
   rules that belong to none. */
static PyObject *tables(PyObject *module, PyObject *arguments)
{
    (void)module;
    PyObject *kind, *lying_object, *standing_object, *result = NULL;
    if (!PyArg_ParseTuple(arguments, "OOO", &kind, &lying_object, &standing_object))
        return NULL;
    RuleSet lying = {0}, standing = {0};
    Py_ssize_t *labels = NULL, *numbers = NULL, *starts = NULL;
    bool *is_table = NULL;
    int64_t *spare = NULL;
    PyObject *found = PyList_New(0);
    if (found == NULL || !borrow_rules(lying_object, &lying)
        || !borrow_rules(standing_object, &standing))
        goto done;
    Py_ssize_t count = lying.count + standing.count; /* of rules, and of labels */
    labels = room_for(count, sizeof *labels);
    numbers = room_for(count, sizeof *numbers);
    starts = room_for(2 * (count + 1), sizeof *starts);
    is_table = room_for(count, sizeof *is_table);
    spare = room_for(count, sizeof *spare);
    if (labels == NULL || numbers == NULL || starts == NULL || is_table == NULL || spare == NULL)
        goto done;
    label_rules(&lying, &standing, labels);
    Py_ssize_t *standing_numbers = numbers + lying.count, *standing_starts = starts + count + 1;
    group_rules(labels, lying.count, count, numbers, starts);
    group_rules(labels + lying.count, standing.count, count, standing_numbers, standing_starts);
    for (Py_ssize_t label = 0; label < lying.count; label++) {
        Group across = {&lying, numbers + starts[label], starts[label + 1] - starts[label]};
        Group upright = {&standing, standing_numbers + standing_starts[label],
                         standing_starts[label + 1] - standing_starts[label]};
        if (across.count && upright.count
            && !add_table(&across, &upright, kind, found, &is_table[label]))
            goto done;
    }
    PyObject *loose = loose_rules(labels, lying.count, is_table, spare);
    result = Py_BuildValue("(ONN)", found, loose,
                           loose_rules(labels + lying.count, standing.count, is_table, spare));
done:
    PyMem_Free(labels);
    PyMem_Free(numbers);
    PyMem_Free(starts);
    PyMem_Free(is_table);
    PyMem_Free(spare);
    Py_XDECREF(found);
    give_back_rules(&lying);
    give_back_rules(&standing);
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

/* The cell around the middle of a character, -1 where none is; one of the edge is outside. */
static int64_t cell_around(const Placed *placed, const Glyphs *glyphs, Py_ssize_t k)
{
    const double *xs = placed->xs, *ys = placed->ys;
    Py_ssize_t columns = placed->x_count - 1, rows = placed->y_count - 1;
    double x = (glyphs->x0[k] + glyphs->x1[k]) / 2, y = (glyphs->top[k] + glyphs->bottom[k]) / 2;
    double slack = OVER_THE_EDGE * (glyphs->bottom[k] - glyphs->top[k]);
    if (!(x > xs[0] && x < xs[columns] && glyphs->top[k] + slack > ys[0]
          && glyphs->bottom[k] - slack < ys[rows]))
        return -1;
    Py_ssize_t row = place_among(ys + 1, rows - 1, y), column = place_among(xs + 1, columns - 1, x);
    int64_t cell = placed->owners.integers[row * columns + column];
    return cell >= 0 && cell < placed->cell_count && !placed->is_open[cell] ? cell : -1;
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
    PyObject *lattices = PySequence_Fast(all, "lattices are a list");
    bool done = borrow_glyphs(glyphs_object, &glyphs) && lattices != NULL
                && (holders_array = new_integers(glyphs.count, 0, &holders)) != NULL
                && (torn = room_for(glyphs.count, sizeof *torn)) != NULL;
    for (Py_ssize_t k = 0; done && k < glyphs.count; k++)
        holders[k] = -1;
    for (Py_ssize_t n = 0; done && n < PySequence_Fast_GET_SIZE(lattices); n++) {
        Placed placed;
        done = borrow_placed(PySequence_Fast_GET_ITEM(lattices, n), &placed);
        for (Py_ssize_t k = 0; done && k < glyphs.count; k++) {
            int64_t cell = cell_around(&placed, &glyphs, k);
            if (cell >= 0)
                holders[k] = placed.first_cell + cell;
        }
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
    Py_XDECREF(holders_array);
    Py_XDECREF(lattices);
    give_back_glyphs(&glyphs);
    return result;
}

static PyMethodDef functions[] = {
    {"off_the_line", off_the_line, METH_O, "Characters not to the right of the one before."},
    {"lines", lines, METH_VARARGS, "The lines of every holder."},
    {"rules", rules, METH_O, "Rules and diagonals out of segments."},
    {"tables", tables, METH_VARARGS, "Tables out of rules that touch crosswise."},
    {"innermost", innermost, METH_VARARGS, "The innermost cell around each character."},
    {NULL, NULL, 0, NULL},
};

static struct PyModuleDef definition = {
    PyModuleDef_HEAD_INIT,
    .m_name = "keikaku.extractors.pdf._page",
    .m_doc = "The geometry of a page, compiled; the twins in Python say what is done.",
    .m_size = -1,
    .m_methods = functions,
};

PyMODINIT_FUNC PyInit__page(void) { return find_numpy() ? PyModule_Create(&definition) : NULL; }
