/* PDFium's calls, one a character and some six a stroke: engine.py without Python in its loops.

   Each function here has a twin in engine.py or glyphs.py, under the same name with an underscore;
   the twin says what is done and why, and a test holds the two together. PDFium is reached by the
   addresses of its functions, which Python knows from pypdfium2, so nothing is linked. The calls
   hold the GIL, as they do from Python: PDFium is not made for two threads at once. */

#include "_shared.h"

typedef void *Handle;
typedef struct { float left, top, right, bottom; } Rectangle; /* FS_RECTF */
typedef struct { float a, b, c, d, e, f; } FloatMatrix;       /* FS_MATRIX */

/* Every function of PDFium that is called: what it gives, its name, what it takes. */
#define EACH_CALL(CALL)                                                                            \
    CALL(int, FPDFText_CountChars, (Handle text))                                                  \
    CALL(int, FPDFText_GetText, (Handle text, int start, int count, unsigned short *result))       \
    CALL(unsigned int, FPDFText_GetUnicode, (Handle text, int index))                              \
    CALL(int, FPDFText_IsGenerated, (Handle text, int index))                                      \
    CALL(int, FPDFText_GetLooseCharBox, (Handle text, int index, Rectangle *box))                  \
    CALL(int, FPDFText_GetCharOrigin, (Handle text, int index, double *x, double *y))              \
    CALL(int, FPDFPage_CountObjects, (Handle page))                                                \
    CALL(Handle, FPDFPage_GetObject, (Handle page, int index))                                     \
    CALL(int, FPDFFormObj_CountObjects, (Handle form))                                             \
    CALL(Handle, FPDFFormObj_GetObject, (Handle form, unsigned long index))                        \
    CALL(int, FPDFPageObj_GetType, (Handle object))                                                \
    CALL(int, FPDFPageObj_GetBounds,                                                               \
         (Handle object, float *left, float *bottom, float *right, float *top))                    \
    CALL(int, FPDFPageObj_GetMatrix, (Handle object, FloatMatrix *matrix))                         \
    CALL(int, FPDFPageObj_GetStrokeWidth, (Handle object, float *width))                           \
    CALL(int, FPDFPath_GetDrawMode, (Handle path, int *fill, int *stroke))                         \
    CALL(int, FPDFPath_CountSegments, (Handle path))                                               \
    CALL(Handle, FPDFPath_GetPathSegment, (Handle path, int index))                                \
    CALL(int, FPDFPathSegment_GetPoint, (Handle segment, float *x, float *y))                      \
    CALL(int, FPDFPathSegment_GetType, (Handle segment))

/* Where they are, once bind() has been told. */
#define DECLARE(result, name, arguments) static result(*name) arguments;
EACH_CALL(DECLARE)

/* bind({name: address}): where PDFium's functions are. Called once, before all else. */
static PyObject *bind(PyObject *module, PyObject *addresses)
{
    (void)module;
    if (!PyDict_Check(addresses))
        return PyErr_Format(PyExc_TypeError, "names and addresses were expected");
    PyObject *address;
#define BIND(result, name, arguments)                                                              \
    address = PyDict_GetItemString(addresses, #name);                                              \
    if (address == NULL)                                                                           \
        return PyErr_Format(PyExc_KeyError, "no address of %s", #name);                            \
    name = (result(*) arguments)(uintptr_t)PyLong_AsVoidPtr(address);                              \
    if (name == NULL)                                                                              \
        return PyErr_Occurred() ? NULL : PyErr_Format(PyExc_ValueError, "%s is nowhere", #name);
    EACH_CALL(BIND)
    Py_RETURN_NONE;
}

static bool is_bound(void)
{
    if (FPDFText_CountChars == NULL)
        PyErr_SetString(PyExc_RuntimeError, "bind() was not called");
    return FPDFText_CountChars != NULL;
}

/* --- characters ------------------------------------------------------------------------------ */

/* One code point a character; the bulk call is right unless it dropped or split one. */
static bool read_codes(Handle text, int count, int64_t *codes)
{
    unsigned short *units = room_for(count, sizeof *units);
    if (units == NULL)
        return false;
    bool whole = FPDFText_GetText(text, 0, count, units) == count + 1;
    for (int k = 0; k < count && whole; k++) {
        whole = units[k] < 0xD800 || units[k] >= 0xE000;
        codes[k] = units[k];
    }
    for (int k = 0; k < count && !whole; k++)
        codes[k] = FPDFText_GetUnicode(text, k);
    PyMem_Free(units);
    return true;
}

static bool is_letter(int64_t code) { return code >= 0x41 && code < 0x250; }

/* Line breaks and blanks that PDFium makes up are not printed, but for those between letters. */
static bool is_printed(Handle text, int at, const int64_t *codes, int count)
{
    int64_t code = codes[at];
    if (code < 0x20 || code == 0xFFFE || code == 0xFFFF || code == 0xAD)
        return false;
    if (code != 0x20 || FPDFText_IsGenerated(text, at) == 0)
        return true;
    return is_letter(codes[at ? at - 1 : 0]) && is_letter(codes[at + 1 < count ? at + 1 : at]);
}

/* The numbers, codes and boxes of the printed characters, in arrays that are long enough. */
static Py_ssize_t read_printed(Handle text, const int64_t *codes, int count, int64_t *indices,
                               int64_t *printed, double *boxes)
{
    Py_ssize_t found = 0;
    for (int k = 0; k < count; k++) {
        if (!is_printed(text, k, codes, count))
            continue;
        Rectangle box = {0};
        FPDFText_GetLooseCharBox(text, k, &box);
        double *place = boxes + 4 * found;
        place[0] = box.left, place[1] = box.top, place[2] = box.right, place[3] = box.bottom;
        indices[found] = k;
        printed[found++] = codes[k];
    }
    return found;
}

/* read_characters(text page) -> numbers, codes, boxes, how many have no Unicode value. */
static PyObject *read_characters(PyObject *module, PyObject *argument)
{
    (void)module;
    Handle text = PyLong_AsVoidPtr(argument);
    if (PyErr_Occurred() || !is_bound())
        return NULL;
    int count = FPDFText_CountChars(text);
    count = count > 0 ? count : 0;
    int64_t *codes = room_for(3 * (Py_ssize_t)count, sizeof *codes);
    double *boxes = room_for(4 * (Py_ssize_t)count, sizeof *boxes);
    PyObject *result = NULL;
    if (codes != NULL && boxes != NULL && read_codes(text, count, codes)) {
        Py_ssize_t unmapped = 0;
        for (int k = 0; k < count; k++)
            unmapped += codes[k] == 0 || codes[k] == 0xFFFD;
        int64_t *indices = codes + count, *printed = indices + count;
        Py_ssize_t found = read_printed(text, codes, count, indices, printed, boxes);
        result = Py_BuildValue("(NNNn)", copied_integers(indices, found),
                               copied_integers(printed, found), copied_floats(boxes, found, 4),
                               unmapped);
    }
    PyMem_Free(codes);
    PyMem_Free(boxes);
    return result;
}

/* --- strokes --------------------------------------------------------------------------------- */

enum { PATH = 2, IMAGE = 3, FORM = 5 };  /* FPDF_PAGEOBJ_ */
enum { LINE_TO = 0, MOVE_TO = 2 };       /* FPDF_SEGMENT_ */
#define THIN 3.0
#define DEEPEST_FORM 8

typedef struct { double a, b, c, d, e, f; } Matrix;
typedef struct { double x, y; } Point;
typedef struct { double x0, y0, x1, y1, pen; } Segment;

/* Things of one size, one behind the other, in room that grows. */
typedef struct {
    char *start;
    size_t size, count, room;
} Growing;

static bool put(Growing *all, const void *thing)
{
    if (all->count == all->room) {
        size_t room = all->room ? 2 * all->room : 64;
        char *start = PyMem_Realloc(all->start, room * all->size);
        if (start == NULL) {
            PyErr_NoMemory();
            return false;
        }
        all->start = start;
        all->room = room;
    }
    memcpy(all->start + all->count++ * all->size, thing, all->size);
    return true;
}

/* What is drawn on a page, while it is collected. */
typedef struct {
    Growing segments, images; /* of Segment; an image's box has no pen */
    Py_ssize_t object_count, most;
} Strokes;

/* One level: objects of the page or of a form, and what carries them onto the page. */
typedef struct {
    Handle *objects;
    Py_ssize_t count;
    Matrix matrix;
} Level;

static Matrix read_matrix(Handle object)
{
    FloatMatrix m = {0};
    FPDFPageObj_GetMatrix(object, &m);
    return (Matrix){m.a, m.b, m.c, m.d, m.e, m.f};
}

static Matrix combine(Matrix m, Matrix n)
{
    return (Matrix){m.a * n.a + m.b * n.c,       m.a * n.b + m.b * n.d,
                    m.c * n.a + m.d * n.c,       m.c * n.b + m.d * n.d,
                    m.e * n.a + m.f * n.c + n.e, m.e * n.b + m.f * n.d + n.f};
}

static bool is_identity(Matrix m)
{
    return m.a == 1 && m.b == 0 && m.c == 0 && m.d == 1 && m.e == 0 && m.f == 0;
}

static Point moved(Matrix m, Point p)
{
    return (Point){m.a * p.x + m.c * p.y + m.e, m.b * p.x + m.d * p.y + m.f};
}

/* By how much a pen grows. */
static double growth(Matrix m) { return sqrt(fabs(m.a * m.d - m.b * m.c)); }

static Segment carried(Matrix m, Segment s)
{
    if (is_identity(m))
        return s;
    Point from = moved(m, (Point){s.x0, s.y0}), to = moved(m, (Point){s.x1, s.y1});
    return (Segment){from.x, from.y, to.x, to.y, s.pen * growth(m)};
}

static bool draw(Strokes *strokes, const Level *level, Segment segment)
{
    segment = carried(level->matrix, segment);
    return put(&strokes->segments, &segment);
}

/* left, bottom, right, top; strokes make it wider by about a pen. */
static Segment read_bounds(Handle object)
{
    float left = 0, bottom = 0, right = 0, top = 0;
    FPDFPageObj_GetBounds(object, &left, &bottom, &right, &top);
    return (Segment){left, bottom, right, top, 0};
}

/* The end of a path's segment, in the path's own space. */
static Point read_end(Handle path, int number)
{
    float x = 0, y = 0;
    FPDFPathSegment_GetPoint(FPDFPath_GetPathSegment(path, number), &x, &y);
    return (Point){x, y};
}

static double read_pen(Handle path)
{
    float pen = 0;
    FPDFPageObj_GetStrokeWidth(path, &pen);
    return pen;
}

static Segment line_by_ends(Handle path)
{
    Matrix m = read_matrix(path);
    Point from = moved(m, read_end(path, 0)), to = moved(m, read_end(path, 1));
    return (Segment){from.x, from.y, to.x, to.y, read_pen(path) * growth(m)};
}

static bool is_thin(Segment box)
{
    return smaller(box.x1 - box.x0, box.y1 - box.y0) <= THIN;
}

static Segment middle_line(Segment box)
{
    double wide = box.x1 - box.x0, high = box.y1 - box.y0, pen = smaller(wide, high);
    double x = (box.x0 + box.x1) / 2, y = (box.y0 + box.y1) / 2;
    return wide >= high ? (Segment){box.x0, y, box.x1, y, pen} : (Segment){x, box.y0, x, box.y1, pen};
}

/* Does the side from p to q lean? */
static bool leans(Point p, Point q) { return smaller(fabs(q.x - p.x), fabs(q.y - p.y)) > 0.1; }

/* Does a filled shape not begin like an upright rectangle (a shaded cell does)? */
static bool is_oblique(Handle path)
{
    Point first = read_end(path, 0), second = read_end(path, 1), third = read_end(path, 2);
    Matrix m = read_matrix(path);
    return leans(first, second) || leans(second, third) || (fabs(m.b) > 1e-4 && fabs(m.a) > 1e-4);
}

static Segment bounds_of(const Point *points, Py_ssize_t count)
{
    Segment box = {points[0].x, points[0].y, points[0].x, points[0].y, 0};
    for (Py_ssize_t k = 1; k < count; k++) {
        box.x0 = points[k].x < box.x0 ? points[k].x : box.x0;
        box.y0 = points[k].y < box.y0 ? points[k].y : box.y0;
        box.x1 = points[k].x > box.x1 ? points[k].x : box.x1;
        box.y1 = points[k].y > box.y1 ? points[k].y : box.y1;
    }
    return box;
}

/* The long axis of a thin slanted bar drawn as a filled shape; false for a thick shape. */
static bool find_slanted_bar(Handle path, Segment *bar)
{
    Matrix m = read_matrix(path);
    Point corners[4];
    double area = 0;
    for (int k = 0; k < 4; k++)
        corners[k] = moved(m, read_end(path, k));
    for (int k = 0; k < 4; k++) {
        Point before = corners[k ? k - 1 : 3];
        area += before.x * corners[k].y - corners[k].x * before.y;
    }
    area = fabs(area) / 2;
    *bar = bounds_of(corners, 4);
    double wide = bar->x1 - bar->x0, high = bar->y1 - bar->y0;
    double length = sqrt(wide * wide + high * high);
    bar->pen = area / length;
    return length > 0 && area <= THIN * length;
}

/* The outline's straight sides, and the fourth of figures that PDF closes by itself. */
static bool walk_outline(Strokes *strokes, const Level *level, const Point *points,
                         const int *kinds, Py_ssize_t count, double pen)
{
    for (Py_ssize_t k = 1; k < count; k++)
        if (kinds[k] == LINE_TO
            && !draw(strokes, level,
                     (Segment){points[k - 1].x, points[k - 1].y, points[k].x, points[k].y, pen}))
            return false;
    for (Py_ssize_t start = 0, end; start < count; start = end) {
        for (end = start + 1; end < count && kinds[end] != MOVE_TO;)
            end++;
        const Point *first = points + start, *last = points + end - 1;
        if (end - start == 4
            && !draw(strokes, level, (Segment){last->x, last->y, first->x, first->y, pen}))
            return false;
    }
    return true;
}

/* The thin bars among the filled figures. */
static bool walk_filled(Strokes *strokes, const Level *level, const Point *points,
                        const int *kinds, Py_ssize_t count)
{
    for (Py_ssize_t start = 0, end; start < count; start = end) {
        for (end = start + 1; end < count && kinds[end] != MOVE_TO;)
            end++;
        if (end - start < 4 || end - start > 5)
            continue;
        Segment box = bounds_of(points + start, end - start);
        if (is_thin(box) && !draw(strokes, level, middle_line(box)))
            return false;
    }
    return true;
}

static bool walk(Strokes *strokes, const Level *level, Handle path, int count, bool is_stroked)
{
    Point *points = room_for(count, sizeof *points);
    int *kinds = room_for(count, sizeof *kinds);
    bool done = points != NULL && kinds != NULL;
    if (done) {
        Matrix m = read_matrix(path);
        for (int k = 0; k < count; k++) {
            float x = 0, y = 0;
            Handle segment = FPDFPath_GetPathSegment(path, k);
            FPDFPathSegment_GetPoint(segment, &x, &y);
            points[k] = moved(m, (Point){x, y});
            kinds[k] = FPDFPathSegment_GetType(segment);
        }
        done = is_stroked ? walk_outline(strokes, level, points, kinds, count, read_pen(path))
                          : walk_filled(strokes, level, points, kinds, count);
    }
    PyMem_Free(points);
    PyMem_Free(kinds);
    return done;
}

/* How a path is read. They are drawn in this order, whatever their order on the page. */
typedef enum { NOT_DRAWN, LINE, BAR, OBLIQUE, OUTLINE, FILLED } Way;

static Way way_of(Handle path, int segment_count)
{
    int fill = 0, stroke = 0;
    FPDFPath_GetDrawMode(path, &fill, &stroke);
    if (stroke)
        return segment_count == 2 ? LINE : OUTLINE;
    if (fill && (segment_count == 4 || segment_count == 5))
        return BAR;
    return fill ? FILLED : NOT_DRAWN;
}

/* Lines by their ends, filled bars by their bounds, all else segment by segment. */
static bool read_path(Strokes *strokes, const Level *level, Handle path, Way *way, Way turn,
                      int segment_count)
{
    Segment bar;
    if (turn == LINE)
        return draw(strokes, level, line_by_ends(path));
    if (turn == BAR) {
        bar = read_bounds(path);
        if (is_thin(bar))
            return draw(strokes, level, middle_line(bar));
        *way = OBLIQUE;
        return true;
    }
    if (turn == OBLIQUE) {
        bool found = is_oblique(path) && find_slanted_bar(path, &bar);
        return !found || draw(strokes, level, bar);
    }
    return walk(strokes, level, path, segment_count, *way == OUTLINE);
}

static bool read_paths(Strokes *strokes, const Level *level)
{
    Py_ssize_t count = level->count;
    Way *ways = room_for(count, sizeof *ways);
    int *segments = room_for(count, sizeof *segments);
    bool done = ways != NULL && segments != NULL;
    for (Py_ssize_t k = 0; k < count && done; k++) {
        segments[k] = FPDFPath_CountSegments(level->objects[k]);
        ways[k] = way_of(level->objects[k], segments[k]);
    }
    for (Way turn = LINE; turn <= OUTLINE && done; turn++) {
        Py_ssize_t budget = strokes->most; /* of segments to be walked */
        for (Py_ssize_t k = 0; k < count && done; k++) {
            if (turn == OUTLINE ? ways[k] < OUTLINE : ways[k] != turn)
                continue;
            if (turn == OUTLINE && (budget -= segments[k]) < 0)
                break;
            done = read_path(strokes, level, level->objects[k], &ways[k], turn, segments[k]);
        }
    }
    PyMem_Free(ways);
    PyMem_Free(segments);
    return done;
}

static bool collect(Strokes *strokes, const Level *level, int depth);

static bool enter_form(Strokes *strokes, const Level *around, Handle form, int depth)
{
    Py_ssize_t count = FPDFFormObj_CountObjects(form), left = strokes->most - strokes->object_count;
    count = count < left ? count : left;
    count = count > 0 ? count : 0;
    Level level = {room_for(count, sizeof(Handle)), count,
                   combine(read_matrix(form), around->matrix)};
    bool done = level.objects != NULL;
    for (Py_ssize_t k = 0; k < count && done; k++)
        level.objects[k] = FPDFFormObj_GetObject(form, (unsigned long)k);
    done = done && collect(strokes, &level, depth);
    PyMem_Free(level.objects);
    return done;
}

/* The paths and images of a level, then what its forms hold. */
static bool collect(Strokes *strokes, const Level *level, int depth)
{
    strokes->object_count += level->count;
    Level paths = {room_for(level->count, sizeof(Handle)), 0, level->matrix};
    Level forms = {room_for(level->count, sizeof(Handle)), 0, level->matrix};
    bool done = paths.objects != NULL && forms.objects != NULL;
    for (Py_ssize_t k = 0; k < level->count && done; k++) {
        Handle object = level->objects[k];
        int type = FPDFPageObj_GetType(object);
        if (type == PATH)
            paths.objects[paths.count++] = object;
        if (type == FORM)
            forms.objects[forms.count++] = object;
        if (type == IMAGE) {
            Segment box = carried(level->matrix, read_bounds(object));
            done = put(&strokes->images, &box);
        }
    }
    done = done && read_paths(strokes, &paths);
    if (depth < DEEPEST_FORM && strokes->object_count < strokes->most)
        for (Py_ssize_t k = 0; k < forms.count && done; k++)
            done = enter_form(strokes, &forms, forms.objects[k], depth + 1);
    PyMem_Free(paths.objects);
    PyMem_Free(forms.objects);
    return done;
}

static PyObject *image_boxes(const Growing *images)
{
    const Segment *boxes = (const Segment *)images->start;
    PyObject *list = PyList_New(0);
    for (size_t k = 0; k < images->count && list != NULL; k++) {
        Segment box = boxes[k];
        PyObject *one = Py_BuildValue("(dddd)", box.x0, box.y0, box.x1, box.y1);
        if (one == NULL || PyList_Append(list, one) < 0)
            Py_CLEAR(list);
        Py_XDECREF(one);
    }
    return list;
}

/* read_strokes(page, most objects) -> segments, boxes of images, how many objects there are. */
static PyObject *read_strokes(PyObject *module, PyObject *arguments)
{
    (void)module;
    PyObject *page_address;
    Py_ssize_t most;
    if (!PyArg_ParseTuple(arguments, "On", &page_address, &most) || !is_bound())
        return NULL;
    Handle page = PyLong_AsVoidPtr(page_address);
    if (PyErr_Occurred())
        return NULL;
    Strokes strokes = {{.size = sizeof(Segment)}, {.size = sizeof(Segment)}, 0, most};
    Py_ssize_t count = FPDFPage_CountObjects(page);
    count = count < most ? count : most;
    count = count > 0 ? count : 0;
    Level level = {room_for(count, sizeof(Handle)), count, {1, 0, 0, 1, 0, 0}};
    bool done = level.objects != NULL;
    for (Py_ssize_t k = 0; k < count && done; k++)
        level.objects[k] = FPDFPage_GetObject(page, (int)k);
    done = done && collect(&strokes, &level, 0);
    PyObject *result = NULL;
    if (done) {
        const double *rows = (const double *)strokes.segments.start;
        result = Py_BuildValue("(NNn)",
                               copied_floats(rows, (Py_ssize_t)strokes.segments.count, 5),
                               image_boxes(&strokes.images), strokes.object_count);
    }
    PyMem_Free(level.objects);
    PyMem_Free(strokes.segments.start);
    PyMem_Free(strokes.images.start);
    return result;
}

/* --- where characters stand ------------------------------------------------------------------ */

/* Which way the page is turned to be read: frame.py. */
typedef struct {
    double left, bottom, crop_width, crop_height;
    int turns;
} Frame;

static bool number_of(PyObject *owner, const char *name, double *number)
{
    PyObject *value = PyObject_GetAttrString(owner, name);
    *number = value == NULL ? -1 : PyFloat_AsDouble(value);
    Py_XDECREF(value);
    return !PyErr_Occurred();
}

static bool read_frame(PyObject *object, Frame *frame)
{
    double turns;
    if (!number_of(object, "left", &frame->left) || !number_of(object, "bottom", &frame->bottom)
        || !number_of(object, "crop_width", &frame->crop_width)
        || !number_of(object, "crop_height", &frame->crop_height)
        || !number_of(object, "turns", &turns))
        return false;
    frame->turns = (int)turns;
    return true;
}

/* Page space to reading frame. */
static Point framed(const Frame *frame, double x, double y)
{
    double u = x - frame->left, v = y - frame->bottom;
    switch (frame->turns) {
    case 0: return (Point){u, frame->crop_height - v};
    case 1: return (Point){v, u};
    case 2: return (Point){frame->crop_width - u, v};
    default: return (Point){frame->crop_height - v, frame->crop_width - u};
    }
}

typedef struct { double x0, top, x1, bottom; } Box;

static Box framed_box(const Frame *frame, const double *box)
{
    Point a = framed(frame, box[0], box[3]), b = framed(frame, box[2], box[1]);
    return (Box){smaller(a.x, b.x), smaller(a.y, b.y), larger(a.x, b.x), larger(a.y, b.y)};
}

#define FULL_WIDTH 0x2E80

/* Does a character not simply stand to the right of the one before? */
static bool starts_run(Box before, Box box)
{
    double size = larger(box.bottom - box.top, before.bottom - before.top);
    double gap = box.x0 - before.x1;
    return fabs(box.bottom - before.bottom) > 0.25 * size || fabs(box.top - before.top) > 0.6 * size
           || gap < -0.5 * size || gap > size;
}

/* The columns of the result: what is told of each character. */
enum { X0, X1, TOP, BOTTOM, BASELINE, COLUMN_COUNT };

static void place_all(Handle text, const Frame *frame, const int64_t *codes, const double *boxes,
                      const int64_t *indices, Py_ssize_t count, double *columns[COLUMN_COUNT])
{
    Box before = {0};
    double baseline = 0;
    for (Py_ssize_t k = 0; k < count; k++) {
        Box box = framed_box(frame, boxes + 4 * k), shown = box;
        bool is_narrow = box.x1 - box.x0 < 0.8 * (box.bottom - box.top);
        if (k == 0 || starts_run(before, box) || (codes[k] >= FULL_WIDTH && is_narrow)) {
            double x = 0, y = 0;
            FPDFText_GetCharOrigin(text, (int)indices[k], &x, &y);
            Point origin = framed(frame, x, y);
            baseline = origin.y;
            shown.x0 = smaller(box.x0, origin.x);
            shown.bottom = larger(box.bottom, origin.y);
        }
        columns[X0][k] = shown.x0, columns[X1][k] = shown.x1;
        columns[TOP][k] = shown.top, columns[BOTTOM][k] = shown.bottom;
        columns[BASELINE][k] = baseline;
        before = box;
    }
}

/* place(layer, frame) -> x0, x1, top, bottom, baseline of each character. */
static PyObject *place(PyObject *module, PyObject *arguments)
{
    (void)module;
    PyObject *layer, *frame_object;
    Frame frame;
    if (!PyArg_ParseTuple(arguments, "OO", &layer, &frame_object) || !is_bound()
        || !read_frame(frame_object, &frame))
        return NULL;
    PyObject *address = PyObject_GetAttrString(layer, "handle");
    Handle text = address == NULL ? NULL : PyLong_AsVoidPtr(address);
    Py_XDECREF(address);
    if (PyErr_Occurred())
        return NULL;
    Array lent[3] = {0}, *codes = &lent[0], *boxes = &lent[1], *indices = &lent[2];
    PyObject *result = NULL;
    if (borrow_of(layer, "codes", 'q', codes) && borrow_of(layer, "boxes", 'd', boxes)
        && borrow_of(layer, "indices", 'q', indices)) {
        Py_ssize_t count = codes->count;
        double *columns[COLUMN_COUNT];
        if (boxes->count != 4 * count || indices->count != count)
            PyErr_SetString(PyExc_ValueError, "each character has one number and one box");
        else if ((result = new_columns(COLUMN_COUNT, count, columns)) != NULL)
            place_all(text, &frame, codes->integers, boxes->floats, indices->integers, count,
                      columns);
    }
    give_back(lent, 3);
    return result;
}

static PyMethodDef functions[] = {
    {"bind", bind, METH_O, "Say where PDFium's functions are."},
    {"read_characters", read_characters, METH_O, "The printed characters of a text page."},
    {"read_strokes", read_strokes, METH_VARARGS, "What a page draws."},
    {"place", place, METH_VARARGS, "Where each character stands in the reading frame."},
    {NULL, NULL, 0, NULL},
};

static struct PyModuleDef definition = {
    PyModuleDef_HEAD_INIT,
    .m_name = "keikaku.extractors.pdf._calls",
    .m_doc = "PDFium's calls, compiled; the twins in engine.py and glyphs.py say what they do.",
    .m_size = -1,
    .m_methods = functions,
};

/* The module, and in NAMES the functions of PDFium whose addresses it needs. */
PyMODINIT_FUNC PyInit__calls(void)
{
    PyObject *module = find_numpy() ? PyModule_Create(&definition) : NULL;
#define NAME(result, name, arguments) "s"
#define STRING(result, name, arguments) , #name
    PyObject *names = Py_BuildValue("(" EACH_CALL(NAME) ")" EACH_CALL(STRING));
    if (module == NULL || names == NULL || PyModule_AddObjectRef(module, "NAMES", names) < 0)
        Py_CLEAR(module);
    Py_XDECREF(names);
    return module;
}
