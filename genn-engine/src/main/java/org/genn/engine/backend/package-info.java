/// Back ends: how a program is printed, built and run.
///
/// `Backend` is the service that a back end provides; `Backends` finds them. `CPrinter` prints
/// kernels in a C-like language, a `Dialect` says which one.
@NullMarked
package org.genn.engine.backend;

import org.jspecify.annotations.NullMarked;
