/// Arrays in files: NumPy's `.npy` and `.npz`, read and written without NumPy, and serialisers that
/// name one file per variable as ml_genn does.
///
/// Start with [Numpy] for single arrays, [Npz] for archives of named arrays and [NumpySerialiser]
/// for the variables of a network. Files are replaced whole or not at all: see [AtomicFile].
@NullMarked
package org.mlgenn.serialisers;

import org.jspecify.annotations.NullMarked;
