/// The `native` back end: programs as C, compiled by the machine's C compiler.
///
/// `EvaluationOrder` makes explicit what C leaves open, `CSource` prints the units, `CCompiler`
/// makes a library of them, `NativeExecutable` loads it and `NativeMemory` holds its arrays. Start
/// with `NativeBackend`.
@NullMarked
package org.genn.engine.backend.c;

import org.jspecify.annotations.NullMarked;
