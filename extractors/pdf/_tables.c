/* Tables out of what a page draws: segments to rules, rules to tables, tables to cells.

   Each function here has a twin in rules.py or lattice.py, under the same name with an underscore;
   the twin says what is done and why, its module gives the reasons for the numbers below, and a test
   holds the two together. Sums and comparisons are made in the order in which the twins make them,
   so that both round alike. How many rules are compared with each other is bounded by
   has_too_many_rules of lattice.py. */

#include "_shared.h"

/* --- rules ----------------------------------------------------------------------------------- */

#define SAME_RULE 0.8
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

static PyMethodDef functions[] = {
    {"rules", rules, METH_O, "Rules and diagonals out of segments."},
    {"tables", tables, METH_VARARGS, "Tables out of rules that touch crosswise."},
    {NULL, NULL, 0, NULL},
};

static struct PyModuleDef definition = {
    PyModuleDef_HEAD_INIT,
    .m_name = "keikaku.extractors.pdf._tables",
    .m_doc = "Tables out of what a page draws, compiled; the twins in rules.py and lattice.py say what is done.",
    .m_size = -1,
    .m_methods = functions,
};

PyMODINIT_FUNC PyInit__tables(void) { return find_numpy() ? PyModule_Create(&definition) : NULL; }
