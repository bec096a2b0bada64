package org.genn.engine.runtime;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.genn.engine.kernel.DelaySlots;
import org.genn.engine.kernel.Kernel;
import org.genn.engine.kernel.Launch;
import org.genn.engine.kernel.LoweredModel;
import org.genn.engine.kernel.Program;
import org.genn.engine.kernel.Rows;
import org.genn.engine.kernel.SparseGroup;
import org.genn.engine.kernel.SpikeList;
import org.genn.engine.kernel.Symbol;
import org.genn.engine.model.InitialValue;
import org.genn.engine.model.ModelSpec;
import org.genn.engine.model.VariableReference;
import org.genn.engine.snippet.NumericType;

/// Reads what `LoweredWriter` has written.
final class LoweredReader {
  // values() makes a copy each time
  private static final NumericType[] TYPES = NumericType.values();
  private static final Symbol.Copies[] COPIES = Symbol.Copies.values();
  private static final VariableReference.Kind[] KINDS = VariableReference.Kind.values();
  private static final Kernel.Domain[] DOMAINS = Kernel.Domain.values();

  private final byte[] bytes;
  private final ModelSpec spec;
  private final List<InitialValue> initialValues;
  private final List<String> texts = new ArrayList<>();
  private int next;

  // The JVM makes a class of each place that has a method reference, so these are made once.
  private final Supplier<String> text = this::text;
  private final Supplier<Integer> number = this::number;
  private final Supplier<VariableReference> reference = this::reference;
  private final Supplier<Symbol> symbol = this::symbol;
  private final Supplier<Launch> launch = this::launch;
  private final Supplier<List<Launch>> launches = () -> all(launch);

  private LoweredReader(byte[] bytes, ModelSpec spec, List<InitialValue> initialValues) {
    this.bytes = bytes;
    this.spec = spec;
    this.initialValues = initialValues;
  }

  /// @param cacheKey of the executable
  record Stored(LoweredModel lowered, String cacheKey) {}

  /// @param spec the description that the bytes belong to
  /// @throws IOException when the bytes were not written by this version of the engine
  static Stored read(byte[] bytes, ModelSpec spec, List<InitialValue> initialValues)
      throws IOException {
    var reader = new LoweredReader(bytes, spec, initialValues);
    try {
      String cacheKey = reader.text();
      return new Stored(reader.model(), cacheKey);
    } catch (RuntimeException e) {
      throw new IOException(e);
    }
  }

  // The order of evaluation of arguments is the order in which they were written.
  private LoweredModel model() {
    return new LoweredModel(
        spec,
        program(),
        number(),
        map(reference, symbol),
        map(reference, this::slots),
        map(reference, symbol),
        map(reference, symbol),
        map(text, this::sparse),
        map(text, number),
        map(text, number),
        launches.get(),
        map(text, this::spikes),
        map(text, number),
        number(),
        number(),
        map(text, launches),
        launches.get(),
        map(text, launches));
  }

  private Program program() {
    return new Program(text(), all(this::rows), List.of(), all(this::kernel));
  }

  private Rows rows() {
    return new Rows(text(), TYPES[number()], number(), number(), flag());
  }

  private Kernel kernel() {
    return new Kernel(text(), text(), DOMAINS[number()], number(), List.of());
  }

  private VariableReference reference() {
    return new VariableReference(KINDS[number()], text(), text());
  }

  private Symbol symbol() {
    return new Symbol(
        number(), TYPES[number()], COPIES[number()], number(), number(), initial(), number());
  }

  private InitialValue initial() {
    int known = number();
    return known == LoweredWriter.OWN_CONSTANT
        ? new InitialValue.Constant(Double.longBitsToDouble(wide()))
        : initialValues.get(known);
  }

  private DelaySlots slots() {
    return new DelaySlots(number(), number(), number(), number());
  }

  private SparseGroup sparse() {
    return new SparseGroup(
        number(),
        number(),
        number(),
        wide(),
        all(number),
        number(),
        number(),
        number(),
        number(),
        number(),
        number(),
        flag() ? Optional.of(remap()) : Optional.empty(),
        number());
  }

  private SparseGroup.Remap remap() {
    return new SparseGroup.Remap(number(), number(), number());
  }

  private SpikeList spikes() {
    return new SpikeList(number(), number(), flag(), flag(), number());
  }

  private Launch launch() {
    return switch (number()) {
      case LoweredWriter.RUN -> new Launch.Run(number(), number(), number(), timer());
      case LoweredWriter.STAGED -> new Launch.Staged(all(this::stage), number(), number(), timer());
      case LoweredWriter.SWAP -> new Launch.Swap(number(), number());
      case LoweredWriter.BEGIN_TRIAL -> new Launch.BeginTrial(flag());
      case LoweredWriter.CONNECTIVITY ->
          new Launch.Connectivity(text(), text(), number(), number(), all(this::number), text());
      default -> throw new IllegalStateException("no launch");
    };
  }

  private Launch.Stage stage() {
    return new Launch.Stage(number(), number());
  }

  private Launch.Timer timer() {
    return switch (number()) {
      case LoweredWriter.STEPS -> new Launch.Timer.Steps(text());
      case LoweredWriter.STEP_PART -> new Launch.Timer.StepPart(Launch.Part.values()[number()]);
      case LoweredWriter.CUSTOM_UPDATE -> new Launch.Timer.CustomUpdate(text());
      case LoweredWriter.CUSTOM_UPDATE_TRANSPOSE -> new Launch.Timer.CustomUpdateTranspose(text());
      case LoweredWriter.CUSTOM_UPDATE_HOST -> new Launch.Timer.CustomUpdateHost(text());
      case LoweredWriter.CUSTOM_UPDATE_REMAP -> new Launch.Timer.CustomUpdateRemap(text());
      case LoweredWriter.INITIALISE -> new Launch.Timer.Initialise();
      case LoweredWriter.TRIAL_START -> new Launch.Timer.TrialStart();
      default -> throw new IllegalStateException("no timer");
    };
  }

  private <T> List<T> all(Supplier<T> read) {
    int size = size();
    var values = new ArrayList<T>(size);
    for (int k = 0; k < size; k++) {
      values.add(read.get());
    }
    return values;
  }

  private <K, V> Map<K, V> map(Supplier<K> readKey, Supplier<V> readValue) {
    int size = size();
    Map<K, V> map = HashMap.newHashMap(size);
    for (int k = 0; k < size; k++) {
      map.put(readKey.get(), readValue.get());
    }
    return map;
  }

  /// An element takes a byte at least, so that damaged bytes cannot ask for more room than they
  /// have themselves.
  private int size() {
    int size = number();
    if (size < 0 || size > bytes.length - next) {
      throw new IllegalStateException("a collection of " + size);
    }
    return size;
  }

  private String text() {
    int known = number();
    if (known == texts.size()) {
      int length = size();
      texts.add(new String(bytes, next, length, StandardCharsets.UTF_8));
      next += length;
    }
    return texts.get(known);
  }

  private boolean flag() {
    return number() != 0;
  }

  private int number() {
    return (int) wide();
  }

  private long wide() {
    long number = 0;
    int shift = 0;
    byte part;
    do {
      part = bytes[next++];
      number |= (long) (part & 0x7f) << shift;
      shift += 7;
    } while (part < 0);
    return number >>> 1 ^ -(number & 1);
  }
}
