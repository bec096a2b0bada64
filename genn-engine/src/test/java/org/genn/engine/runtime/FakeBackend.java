package org.genn.engine.runtime;

import java.util.List;
import org.genn.engine.backend.Availability;
import org.genn.engine.backend.Backend;
import org.genn.engine.backend.BuildSettings;
import org.genn.engine.backend.Executable;
import org.genn.engine.backend.Instance;
import org.genn.engine.backend.Memory;
import org.genn.engine.kernel.Program;

/// Runs kernels that the test writes in Java, in the order of the program.
final class FakeBackend implements Backend {
  interface Body {
    void run(PlainMemory memory, int begin, int end, int slice, int first, int steps);
  }

  private final List<Body> bodies;
  int opened;
  int closed;

  FakeBackend(Body... bodies) {
    this.bodies = List.of(bodies);
  }

  @Override
  public String name() {
    return "fake";
  }

  @Override
  public int preference() {
    return 0;
  }

  @Override
  public Availability availability() {
    return new Availability(true, "in tests");
  }

  @Override
  public Executable build(Program program, BuildSettings settings) {
    opened++;
    return new Executable() {
      @Override
      public Instance open() {
        opened++;
        return instance(new PlainMemory(program));
      }

      @Override
      public double buildSeconds() {
        return 0.25;
      }

      @Override
      public boolean isFromCache() {
        return true;
      }

      @Override
      public void close() {
        closed++;
      }
    };
  }

  private Instance instance(PlainMemory memory) {
    return new Instance() {
      @Override
      public void run(int kernel, int begin, int end, int slice, int first, int steps) {
        bodies.get(kernel).run(memory, begin, end, slice, first, steps);
      }

      @Override
      public Memory memory() {
        return memory;
      }

      @Override
      public boolean dividedByZero() {
        return false;
      }

      @Override
      public void close() {
        closed++;
      }
    };
  }
}
