/// A code-generating simulator of spiking neural networks.
// The benchmarks are compiled after it.
@SuppressWarnings("module")
module org.genn.engine {
  requires static org.jspecify;
  requires java.compiler;
  requires org.slf4j;

  exports org.genn.engine.backend;
  exports org.genn.engine.backend.c to
      org.mlgenn.benchmarks;
  exports org.genn.engine.model;
  exports org.genn.engine.model.builtin;
  exports org.genn.engine.runtime;
  exports org.genn.engine.snippet;

  uses org.genn.engine.backend.Backend;

  provides org.genn.engine.backend.Backend with
      org.genn.engine.backend.c.NativeBackend,
      org.genn.engine.backend.jvm.JvmBackend;
}
