/// Comparison with numbers that ml_genn produced.
///
/// Start with `MlGennGoldenTest`; `GoldenFolder` describes the files.
@NullMarked
package org.mlgenn.tests.golden;

import org.jspecify.annotations.NullMarked;
