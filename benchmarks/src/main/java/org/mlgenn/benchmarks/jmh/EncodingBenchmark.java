package org.mlgenn.benchmarks.jmh;

import java.util.concurrent.TimeUnit;
import org.mlgenn.data.SpikeTrain;
import org.mlgenn.datasets.ImageDataset;
import org.mlgenn.datasets.LatencyEncoder;
import org.mlgenn.datasets.Mnist;
import org.mlgenn.datasets.ShiftedImages;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/// Encoding of one MNIST image, as it is and moved by a pixel.
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class EncodingBenchmark {
  private final ImageDataset images = Mnist.load().test();
  private final LatencyEncoder encoder = LatencyEncoder.linear(18, 2);
  private final byte[][] pixels = new byte[images.size()][];
  private final ShiftedImages shifted = images.shifted(encoder, 1, 1);
  private int next;

  public EncodingBenchmark() {
    for (int image = 0; image < pixels.length; image++) {
      pixels[image] = images.image(image);
    }
  }

  private int next() {
    next = (next + 1) % pixels.length;
    return next;
  }

  @Benchmark
  public SpikeTrain latency() {
    return encoder.encode(pixels[next()], images.rows(), images.columns());
  }

  @Benchmark
  public SpikeTrain shiftedLatency() {
    return shifted.input(next());
  }
}
