/// The `jvm` back end: programs as Java classes.
///
/// `JavaSource` prints the class, `JvmCompiler` compiles it in memory, `JvmExecutable` loads it and
/// `JvmMemory` holds its arrays. Start with `JvmBackend`.
@NullMarked
package org.genn.engine.backend.jvm;

import org.jspecify.annotations.NullMarked;
