/* Records made in one step: the arguments of a call go straight into the slots of a dataclass, or the
   places of a NamedTuple.

   The twin of `__init__` (of a NamedTuple `__new__`), which quickly_made.py tells more of. What is not
   a plain call with all that is needed is left to it, and so is the error that it raises. */

#define PY_SSIZE_T_CLEAN
#include <Python.h>
#include <stdbool.h>
#include <stddef.h>
#include <structmember.h>

/* A field: its name (interned), where its value lies in a record, and its default or what makes it, or
   neither. */
typedef struct {
    PyObject *name, *standard, *factory;
    Py_ssize_t offset;
} Field;

/* What a class is made of, how many of its fields a call may give without their names, and whether it has
   a last word (`__post_init__`). Classes are never given up, nor is this. */
typedef struct {
    Py_ssize_t count, unnamed;
    bool has_last_word;
    Field fields[];
} Shape;

static PyObject *shapes; /* by class, each in a capsule */
static PyObject *last_word;

static PyObject **place_of(PyObject *record, const Field *field)
{
    return (PyObject **)((char *)record + field->offset);
}

/* The class called as any other: its own `__new__` and `__init__` do the work. */
static PyObject *made_slowly(PyObject *kind, PyObject *const *arguments, Py_ssize_t count, PyObject *names)
{
    PyObject *record = NULL, *by_place = PyTuple_New(count), *by_name = PyDict_New();
    for (Py_ssize_t k = 0; by_place != NULL && k < count; k++)
        PyTuple_SET_ITEM(by_place, k, Py_NewRef(arguments[k]));
    bool is_whole = by_place != NULL && by_name != NULL;
    for (Py_ssize_t k = 0; is_whole && names != NULL && k < PyTuple_GET_SIZE(names); k++)
        is_whole = PyDict_SetItem(by_name, PyTuple_GET_ITEM(names, k), arguments[count + k]) == 0;
    if (is_whole)
        record = PyType_Type.tp_call(kind, by_place, by_name);
    Py_XDECREF(by_place);
    Py_XDECREF(by_name);
    return record;
}

/* The field of a name, or NULL; most calls name the fields in their order, so `likely` is tried first. */
static const Field *find_field(const Shape *shape, PyObject *name, Py_ssize_t likely)
{
    if (likely < shape->count && shape->fields[likely].name == name)
        return &shape->fields[likely];
    for (Py_ssize_t k = 0; k < shape->count; k++)
        if (shape->fields[k].name == name)
            return &shape->fields[k];
    return NULL;
}

/* The arguments and the defaults, each in its place; false where they are too few, or not understood, or
   with the error of a factory. */
static bool fill(
    PyObject *record, const Shape *shape, PyObject *const *arguments, Py_ssize_t count, PyObject *names)
{
    for (Py_ssize_t k = 0; k < count; k++)
        *place_of(record, &shape->fields[k]) = Py_NewRef(arguments[k]);
    for (Py_ssize_t k = 0; names != NULL && k < PyTuple_GET_SIZE(names); k++) {
        const Field *field = find_field(shape, PyTuple_GET_ITEM(names, k), count + k);
        if (field == NULL || *place_of(record, field) != NULL)
            return false;
        *place_of(record, field) = Py_NewRef(arguments[count + k]);
    }
    for (Py_ssize_t k = count; k < shape->count; k++) {
        const Field *field = &shape->fields[k];
        PyObject **place = place_of(record, field);
        if (*place == NULL)
            *place = field->factory ? PyObject_CallNoArgs(field->factory) : Py_XNewRef(field->standard);
        if (*place == NULL)
            return false;
    }
    return true;
}

/* What a call of the class does. */
static PyObject *made(PyObject *kind, PyObject *const *arguments, size_t given, PyObject *names)
{
    PyTypeObject *type = (PyTypeObject *)kind;
    Py_ssize_t count = PyVectorcall_NARGS(given);
    PyObject *capsule = PyDict_GetItemWithError(shapes, kind);
    if (capsule == NULL)
        return PyErr_Occurred() ? NULL : made_slowly(kind, arguments, count, names);
    const Shape *shape = PyCapsule_GetPointer(capsule, NULL);
    if (shape == NULL)
        return NULL;
    if (count > shape->unnamed)
        return made_slowly(kind, arguments, count, names);
    PyObject *record = type->tp_alloc(type, type->tp_itemsize ? shape->count : 0);
    if (record == NULL)
        return NULL;
    if (fill(record, shape, arguments, count, names)) {
        PyObject *said = shape->has_last_word ? PyObject_CallMethodNoArgs(record, last_word) : Py_None;
        if (said == NULL)
            Py_CLEAR(record);
        else if (shape->has_last_word)
            Py_DECREF(said);
        return record;
    }
    Py_DECREF(record);
    return PyErr_Occurred() ? NULL : made_slowly(kind, arguments, count, names);
}

/* Where the value of a slot lies; -1 with an error where the class has no such slot. */
static Py_ssize_t offset_of_slot(PyObject *kind, PyObject *name)
{
    Py_ssize_t offset = -1;
    PyObject *slot = PyObject_GetAttr(kind, name);
    if (slot != NULL && Py_IS_TYPE(slot, &PyMemberDescr_Type)
        && (PyObject *)((PyMemberDescrObject *)slot)->d_common.d_type == kind)
        offset = ((PyMemberDescrObject *)slot)->d_member->offset;
    else if (slot != NULL)
        PyErr_Format(PyExc_TypeError, "%R has no slot for %R", kind, name);
    Py_XDECREF(slot);
    return offset;
}

static bool read_shape(
    Shape *shape, PyObject *kind, PyObject *names, PyObject *defaults, PyObject *factories)
{
    bool is_tuple = PyType_IsSubtype((PyTypeObject *)kind, &PyTuple_Type);
    for (; shape->count < PyTuple_GET_SIZE(names); shape->count++) {
        Field *field = &shape->fields[shape->count];
        field->name = Py_NewRef(PyTuple_GET_ITEM(names, shape->count));
        PyUnicode_InternInPlace(&field->name);
        field->standard = Py_XNewRef(PyDict_GetItemWithError(defaults, field->name));
        field->factory = Py_XNewRef(PyDict_GetItemWithError(factories, field->name));
        field->offset = is_tuple ? (Py_ssize_t)(offsetof(PyTupleObject, ob_item)
                                                + (size_t)shape->count * sizeof(PyObject *))
                                 : offset_of_slot(kind, field->name);
        if (field->offset < 0 || PyErr_Occurred())
            return false;
    }
    return true;
}

static PyObject *make_quickly(PyObject *Py_UNUSED(module), PyObject *arguments)
{
    PyObject *kind, *names, *defaults, *factories;
    int is_named_only;
    if (!PyArg_ParseTuple(arguments, "O!O!O!O!p", &PyType_Type, &kind, &PyTuple_Type, &names, &PyDict_Type,
                          &defaults, &PyDict_Type, &factories, &is_named_only))
        return NULL;
    Shape *shape = PyMem_Calloc(1, sizeof(Shape) + (size_t)PyTuple_GET_SIZE(names) * sizeof(Field));
    if (shape == NULL)
        return PyErr_NoMemory();
    shape->unnamed = is_named_only ? 0 : PyTuple_GET_SIZE(names);
    shape->has_last_word = PyObject_HasAttr(kind, last_word);
    bool is_read = read_shape(shape, kind, names, defaults, factories);
    PyObject *capsule = is_read ? PyCapsule_New(shape, NULL, NULL) : NULL;
    if (capsule == NULL || PyDict_SetItem(shapes, kind, capsule) < 0)
        return NULL;
    Py_DECREF(capsule);
    ((PyTypeObject *)kind)->tp_vectorcall = made;
    Py_RETURN_NONE;
}

static PyMethodDef functions[] = {
    {"make_quickly", make_quickly, METH_VARARGS,
     "make_quickly(kind, names, defaults, factories, is_named_only): from now on calls fill at once."},
    {NULL, NULL, 0, NULL},
};

static struct PyModuleDef definition = {
    PyModuleDef_HEAD_INIT,
    .m_name = "keikaku.normalizers._quickly_made",
    .m_doc = "Records made in one step, compiled; quickly_made.py says what is done.",
    .m_size = -1,
    .m_methods = functions,
};

PyMODINIT_FUNC PyInit__quickly_made(void)
{
    shapes = PyDict_New();
    last_word = PyUnicode_InternFromString("__post_init__");
    return shapes == NULL || last_word == NULL ? NULL : PyModule_Create(&definition);
}
