package org.mlgenn.benchmarks.jmh;

import java.util.concurrent.TimeUnit;
import org.mlgenn.data.SpikeDataset;
import org.mlgenn.datasets.ImageCollection;
import org.mlgenn.datasets.Mnist;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/// Parsing of the 70 000 images of MNIST, and encoding of all that are trained with.
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 2, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class LoadingBenchmark {
  private final ImageCollection images = Mnist.load();

  @Benchmark
  public ImageCollection parse() {
    return Mnist.load();
  }

  @Benchmark
  public SpikeDataset encode() {
    return images.train().latencyEncoded(18, 2);
  }
}
