/// Timings of host code with JMH, from the class path: `java -cp 'mlgenn-cli/target/app/*'
/// org.openjdk.jmh.Main`.
@NullMarked
package org.mlgenn.benchmarks.jmh;

import org.jspecify.annotations.NullMarked;
