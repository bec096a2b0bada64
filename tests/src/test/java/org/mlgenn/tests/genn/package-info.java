/// The engine against numbers that GeNN produced: models described as data, built, run and compared
/// by one generic runner. Start with `GennGoldenTest`.
@NullMarked
package org.mlgenn.tests.genn;

import org.jspecify.annotations.NullMarked;
