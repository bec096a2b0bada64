/// Compilers: they turn a `Network` into a `CompiledNetwork`, a model for the engine together with
/// everything that trainers, evaluators and callbacks need to know of it.
///
/// Start with `InferenceCompiler`, which is the simplest, and `CompiledNetwork`, which is what all
/// give.
@NullMarked
package org.mlgenn.compilers;

import org.jspecify.annotations.NullMarked;
