/// What GeNN's own tests assert, as behaviours with numbers of closed forms: one suite that runs on
/// each back end with batches of one and of five examples. Start with `Behaviours`.
///
/// Comments name the behaviours. Missing is raw device memory (A7.15), which only a device has.
/// What depends on no back end is tested beside the engine: the language (B1) by the tests of
/// `org.genn.engine.snippet`, binomial quantiles (B2) by `BinomialQuantileTest`, names, values and
/// references (B3, B4, B7) by `ModelValidatorTest`, `DiagnosticsOfModelsTest` and
/// `GeNNModelErrorsTest`. Merging of groups and hashes of models (B5, B6, B9) are inner workings of
/// GeNN: here each group has code of its own, and programs are cached by their text.
@NullMarked
package org.mlgenn.tests.behaviours;

import org.jspecify.annotations.NullMarked;
