package org.genn.engine.backend.jvm;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import org.genn.engine.backend.BackendException;
import org.genn.engine.backend.Executable;
import org.genn.engine.backend.Instance;
import org.genn.engine.kernel.Program;

/// A loaded class, in a loader of its own so that it goes when nothing uses it any more.
final class JvmExecutable implements Executable {
  private final Program program;
  private final MethodHandle constructor;
  private final MethodHandle run;
  private final MethodHandle takeDividedByZero;
  private final String cacheKey;
  private final double buildSeconds;
  private final boolean isFromCache;

  JvmExecutable(
      Program program,
      byte[] classFile,
      String cacheKey,
      double buildSeconds,
      boolean isFromCache) {
    this.program = program;
    this.cacheKey = cacheKey;
    this.buildSeconds = buildSeconds;
    this.isFromCache = isFromCache;
    String className = className(program);
    try {
      Class<?> loaded = new Loader(className, classFile).loadClass(className);
      var lookup = MethodHandles.publicLookup();
      constructor =
          lookup
              .findConstructor(loaded, MethodType.methodType(void.class, Object[].class))
              .asType(MethodType.methodType(Object.class, Object[].class));
      run =
          lookup.findVirtual(
              loaded,
              "run",
              MethodType.methodType(
                  void.class, int.class, int.class, int.class, int.class, int.class, int.class));
      takeDividedByZero =
          lookup.findVirtual(loaded, "takeDividedByZero", MethodType.methodType(boolean.class));
    } catch (ReflectiveOperationException | LinkageError e) {
      throw new BackendException("loading " + className + " failed: " + e, e);
    }
  }

  /// Simple name of a program's class, which is in no package.
  static String className(Program program) {
    return "Kernels_" + program.name();
  }

  private static final class Loader extends ClassLoader {
    Loader(String name, byte[] classFile) {
      super(name, ClassLoader.getPlatformClassLoader());
      defineClass(name, classFile, 0, classFile.length);
    }
  }

  @Override
  public Instance open() {
    var memory = new JvmMemory(program);
    try {
      Object kernels = constructor.invokeExact(memory.arrays());
      return new JvmInstance(memory, run.bindTo(kernels), takeDividedByZero.bindTo(kernels));
    } catch (Throwable e) {
      throw new BackendException("opening " + program.name() + " failed: " + e, e);
    }
  }

  @Override
  public double buildSeconds() {
    return buildSeconds;
  }

  @Override
  public boolean isFromCache() {
    return isFromCache;
  }

  @Override
  public String cacheKey() {
    return cacheKey;
  }

  @Override
  public void close() {}
}
