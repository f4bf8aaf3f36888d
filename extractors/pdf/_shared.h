/* What the compiled modules share: numpy's arrays in and out, numbers compared and sorted as numpy
   does it, records of Python made.

   Arrays come in by the buffer protocol and are made by numpy itself, so that nothing of numpy is
   needed to compile this. Every function that can fail returns 0, or NULL, with a Python exception
   set, and whoever called it passes that on. */

#ifndef KEIKAKU_SHARED_H
#define KEIKAKU_SHARED_H

#define PY_SSIZE_T_CLEAN
#include <Python.h>
#include <math.h>
#include <stdbool.h>
#include <stdint.h>
#include <string.h>

/* The smaller and the larger of two; as in numpy, a value that is no number stays one. */
static inline double smaller(double a, double b) { return a <= b || isnan(a) ? a : b; }
static inline double larger(double a, double b) { return a >= b || isnan(a) ? a : b; }

/* To two digits, as numpy rounds. */
static inline double rounded(double number) { return rint(number * 100.0) / 100.0; }

/* What a thing is sorted by, and its number. */
typedef struct {
    double first, second;
    Py_ssize_t number;
} Key;

/* As numpy sorts: what is no number comes last. */
static inline int compared(double a, double b)
{
    if (a < b || (isnan(b) && !isnan(a)))
        return -1;
    return a > b || (isnan(a) && !isnan(b));
}

static inline bool is_before(const Key *a, const Key *b)
{
    int by_first = compared(a->first, b->first);
    return by_first < 0 || (by_first == 0 && compared(a->second, b->second) < 0);
}

/* Merge sort, stable; halves that are in order already (print mostly is) are left as they stand. */
static inline void sort(Key *keys, Key *spare, Py_ssize_t count)
{
    if (count < 2)
        return;
    Py_ssize_t half = count / 2;
    sort(keys, spare, half);
    sort(keys + half, spare, count - half);
    if (!is_before(&keys[half], &keys[half - 1]))
        return;
    memcpy(spare, keys, (size_t)half * sizeof *keys);
    for (Py_ssize_t to = 0, left = 0, right = half; left < half; to++)
        keys[to] = right < count && is_before(&keys[right], &spare[left]) ? keys[right++]
                                                                          : spare[left++];
}

/* Where a number would be put among rising ones: before the first that is not smaller. */
static inline Py_ssize_t place_among(const double *numbers, Py_ssize_t count, double number)
{
    Py_ssize_t low = 0, high = count;
    while (low < high) {
        Py_ssize_t middle = (low + high) / 2;
        if (numbers[middle] < number)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* An array that Python lent us, to be given back. All zero: none was lent. */
typedef struct {
    Py_buffer view;
    Py_ssize_t count;
    union {
        const double *floats;
        const int64_t *integers;
        const char *flags;
    };
} Array;

/* Borrows an array. `kind` is 'd' for float64, 'q' for int64, '?' for bool. */
static inline bool borrow(PyObject *object, char kind, Array *array)
{
    if (PyObject_GetBuffer(object, &array->view, PyBUF_C_CONTIGUOUS | PyBUF_FORMAT) < 0)
        return false;
    char found = array->view.format[0];
    if (found == 'l' && sizeof(long) == sizeof(int64_t))
        found = 'q';
    if (found != kind || array->view.format[1] != '\0') {
        PyErr_Format(PyExc_TypeError, "an array of '%c' was expected, not of '%s'", kind,
                     array->view.format);
        PyBuffer_Release(&array->view);
        return false;
    }
    array->floats = array->view.buf;
    array->count = array->view.len / array->view.itemsize;
    return true;
}

/* Borrows the array that is an attribute of this name. */
static inline bool borrow_of(PyObject *owner, const char *name, char kind, Array *array)
{
    PyObject *object = PyObject_GetAttrString(owner, name);
    bool done = object != NULL && borrow(object, kind, array);
    Py_XDECREF(object); /* the view keeps the array alive */
    return done;
}

/* Gives back what was lent; an array that was not is passed over. */
static inline void give_back(Array arrays[], size_t count)
{
    for (size_t k = 0; k < count; k++)
        PyBuffer_Release(&arrays[k].view);
}

/* numpy.empty, and how it is asked for integers; set once by find_numpy. */
static PyObject *numpy_empty, *numpy_int64;

static inline bool find_numpy(void)
{
    PyObject *numpy = PyImport_ImportModule("numpy");
    if (numpy == NULL)
        return false;
    numpy_empty = PyObject_GetAttrString(numpy, "empty");
    numpy_int64 = PyObject_GetAttrString(numpy, "int64");
    Py_DECREF(numpy);
    return numpy_empty != NULL && numpy_int64 != NULL;
}

/* Where a new array keeps its numbers: as long as the array lives, and it never moves them. */
static inline void *numbers_of(PyObject *array)
{
    Py_buffer view;
    if (array == NULL || PyObject_GetBuffer(array, &view, PyBUF_WRITABLE) < 0)
        return NULL;
    void *numbers = view.buf;
    PyBuffer_Release(&view);
    return numbers;
}

/* A new array of float64 with `columns` columns (0: of one dimension), its numbers not yet set. */
static inline PyObject *new_floats(Py_ssize_t rows, Py_ssize_t columns, double **numbers)
{
    PyObject *array = columns ? PyObject_CallFunction(numpy_empty, "((nn))", rows, columns)
                              : PyObject_CallFunction(numpy_empty, "n", rows);
    *numbers = numbers_of(array);
    if (*numbers == NULL)
        Py_CLEAR(array);
    return array;
}

/* A new array of int64 with `columns` columns (0: of one dimension). */
static inline PyObject *new_integers(Py_ssize_t rows, Py_ssize_t columns, int64_t **numbers)
{
    PyObject *array = columns
                          ? PyObject_CallFunction(numpy_empty, "(nn)O", rows, columns, numpy_int64)
                          : PyObject_CallFunction(numpy_empty, "nO", rows, numpy_int64);
    *numbers = numbers_of(array);
    if (*numbers == NULL)
        Py_CLEAR(array);
    return array;
}

/* A new array of these numbers. */
static inline PyObject *copied_integers(const int64_t *numbers, Py_ssize_t count)
{
    int64_t *place;
    PyObject *array = new_integers(count, 0, &place);
    if (array != NULL)
        memcpy(place, numbers, (size_t)count * sizeof *numbers);
    return array;
}

static inline PyObject *copied_floats(const double *numbers, Py_ssize_t rows, Py_ssize_t columns)
{
    double *place;
    PyObject *array = new_floats(rows, columns, &place);
    if (array != NULL)
        memcpy(place, numbers, (size_t)(rows * columns) * sizeof *numbers);
    return array;
}

/* A tuple of `count` new arrays of float64, and where their numbers are. */
static inline PyObject *new_columns(Py_ssize_t count, Py_ssize_t rows, double *columns[])
{
    PyObject *result = PyTuple_New(count);
    for (Py_ssize_t k = 0; k < count && result != NULL; k++) {
        PyObject *column = new_floats(rows, 0, &columns[k]);
        if (column == NULL)
            Py_CLEAR(result);
        else
            PyTuple_SET_ITEM(result, k, column);
    }
    return result;
}

/* Room for `count` things of a size; give it back with PyMem_Free. */
static inline void *room_for(Py_ssize_t count, size_t size)
{
    void *room = PyMem_Calloc((size_t)count + 1, size);
    if (room == NULL)
        PyErr_NoMemory();
    return room;
}

/* A record of a kind (a NamedTuple of Python) out of its values, a tuple that is given away. */
static inline PyObject *new_record(PyObject *kind, PyObject *values)
{
    PyTypeObject *type = (PyTypeObject *)kind;
    PyObject *record = NULL;
    if (!PyType_Check(kind) || !PyType_IsSubtype(type, &PyTuple_Type))
        PyErr_SetString(PyExc_TypeError, "a kind of tuple was expected");
    else if (values != NULL)
        record = type->tp_alloc(type, PyTuple_GET_SIZE(values));
    for (Py_ssize_t k = 0; record != NULL && k < PyTuple_GET_SIZE(values); k++)
        PyTuple_SET_ITEM(record, k, Py_NewRef(PyTuple_GET_ITEM(values, k)));
    Py_XDECREF(values);
    return record;
}

#endif
