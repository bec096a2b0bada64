/// What GeNN's own tests assert, as behaviours with numbers of closed forms: one suite that runs on
/// each back end with batches of one and of five examples. Start with `Behaviours`.
@NullMarked
package org.mlgenn.tests.behaviours;

import org.jspecify.annotations.NullMarked;
