package org.mlgenn.benchmarks.jmh;

import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.mlgenn.data.Sha256;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/// Reduction of a million numbers to their hash, as provenance does it.
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 2, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class HashBenchmark {
  private static final int NUMBERS = 1_000_000;

  private final int[] numbers = new int[NUMBERS];

  public HashBenchmark() {
    Arrays.setAll(numbers, index -> index);
  }

  @Benchmark
  public String hash() {
    return new Sha256().add(numbers).hex();
  }
}
