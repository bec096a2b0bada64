package org.genn.engine.backend.c;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;
import java.nio.file.Files;
import java.nio.file.Path;
import org.genn.engine.backend.BackendException;

/// C code of somebody else, compiled by the same compiler with the same flags as kernels are: what
/// these are measured against. Functions that are to be called need default visibility.
///
/// The library goes when nothing uses it any more.
public final class CLibrary {
  private final SymbolLookup symbols;

  private CLibrary(SymbolLookup symbols) {
    this.symbols = symbols;
  }

  /// Compiles one unit and loads it.
  ///
  /// @param name what it is called in error messages
  /// @throws BackendException when there is no compiler, with the reason, or when it fails, with
  ///   its log
  public static CLibrary compile(String name, String source) {
    var found = CCompiler.found();
    CCompiler compiler =
        found
            .compiler()
            .orElseThrow(
                () ->
                    new BackendException(
                        "%s cannot be compiled: %s".formatted(name, found.problem())));
    try {
      Path folder = Files.createTempDirectory("mlgenn-c");
      try {
        Files.writeString(folder.resolve("unit0.c"), source);
        Path library = folder.resolve("library.so");
        CCompiler.Result result = compiler.compile(folder, 1, library);
        if (result.exitCode() != 0) {
          throw new BackendException("%s does not compile:\n%s".formatted(name, result.log()));
        }
        return load(library);
      } finally {
        CCompiler.delete(folder);
      }
    } catch (IOException e) {
      throw new BackendException("%s cannot be compiled: %s".formatted(name, e.getMessage()), e);
    }
  }

  @SuppressWarnings("restricted")
  private static CLibrary load(Path library) {
    return new CLibrary(SymbolLookup.libraryLookup(library, Arena.ofAuto()));
  }

  /// A function that it has.
  @SuppressWarnings("restricted")
  public MethodHandle function(String name, FunctionDescriptor type) {
    return Linker.nativeLinker().downcallHandle(symbols.findOrThrow(name), type);
  }
}
