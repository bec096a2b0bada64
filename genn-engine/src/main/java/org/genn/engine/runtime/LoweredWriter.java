package org.genn.engine.runtime;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
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
import org.genn.engine.model.VariableReference;

/*
 * Written out by hand, and read so by LoweredReader: in a new JVM that takes a fifth of the time of reflection. A test
 * compares what comes back, so that no component can be forgotten.
 *
 * A number is 7 bits a byte, the lowest first, the top bit set in all bytes but the last, the sign in the lowest bit. A
 * text is written once, and then its number.
 */

/// A lowered model without its code as bytes. Neither the description nor its initial values are
/// part of them: who reads them has both.
final class LoweredWriter {
  /// Changes when the form of the bytes does.
  static final String FORM = "lowered-3";

  // kinds of launches, of timers
  static final int RUN = 0;
  static final int STAGED = 1;
  static final int SWAP = 2;
  static final int BEGIN_TRIAL = 3;
  static final int CONNECTIVITY = 4;

  static final int STEPS = 0;
  static final int STEP_PART = 1;
  static final int CUSTOM_UPDATE = 2;
  static final int CUSTOM_UPDATE_HOST = 3;
  static final int CUSTOM_UPDATE_REMAP = 4;
  static final int INITIALISE = 5;
  static final int TRIAL_START = 6;
  static final int CUSTOM_UPDATE_TRANSPOSE = 7;

  /// A constant that is no part of the description follows.
  static final int OWN_CONSTANT = -1;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final Map<InitialValue, Integer> initialValues = new IdentityHashMap<>();
  private final Map<String, Integer> texts = new HashMap<>();

  private LoweredWriter(List<InitialValue> initialValues) {
    for (int k = 0; k < initialValues.size(); k++) {
      this.initialValues.putIfAbsent(initialValues.get(k), k);
    }
  }

  /// A variable starts with something that is neither a constant nor part of the description.
  private static final class Unknown extends RuntimeException {
    Unknown(InitialValue initial) {
      super(initial.toString(), null, false, false);
    }
  }

  /// @param cacheKey of the executable
  /// @param initialValues of the description, in an order that the reader has too
  /// @return nothing for a model that cannot be written
  static Optional<byte[]> write(
      LoweredModel model, String cacheKey, List<InitialValue> initialValues) {
    var writer = new LoweredWriter(initialValues);
    try {
      writer.text(cacheKey);
      writer.model(model);
    } catch (Unknown _) {
      return Optional.empty();
    }
    return Optional.of(writer.out.toByteArray());
  }

  private void model(LoweredModel model) {
    program(model.program());
    number(model.slices());
    map(model.variables(), this::reference, this::symbol);
    map(model.delaySlots(), this::reference, this::slots);
    map(model.extraGlobalParameters(), this::reference, this::symbol);
    map(model.dynamicParameters(), this::reference, this::symbol);
    map(model.sparse(), this::text, this::sparse);
    map(model.beforeConnect(), this::text, this::number);
    map(model.connect(), this::text, this::number);
    all(model.initialise(), this::launch);
    map(model.spikes(), this::text, this::spikes);
    map(model.recordings(), this::text, this::number);
    number(model.recordingSteps());
    number(model.trial());
    map(model.plans(), this::text, plan -> all(plan, this::launch));
    all(model.step(), this::launch);
    map(model.updates(), this::text, plan -> all(plan, this::launch));
  }

  private void program(Program program) {
    text(program.name());
    all(program.arrays(), this::rows);
    all(program.kernels(), this::kernel);
  }

  private void rows(Rows rows) {
    text(rows.name());
    constant(rows.type());
    number(rows.count());
    number(rows.length());
    flag(rows.isScratch());
  }

  private void kernel(Kernel kernel) {
    text(kernel.name());
    text(kernel.comment());
    constant(kernel.domain());
    number(kernel.units());
  }

  private void reference(VariableReference reference) {
    constant(reference.kind());
    text(reference.group());
    text(reference.variable());
  }

  private void symbol(Symbol symbol) {
    number(symbol.array());
    constant(symbol.type());
    constant(symbol.copies());
    number(symbol.rows());
    number(symbol.length());
    initial(symbol.initial());
    number(symbol.stream());
  }

  private void initial(InitialValue initial) {
    Integer known = initialValues.get(initial);
    if (known != null) {
      number(known);
    } else if (initial instanceof InitialValue.Constant(double value)) {
      number(OWN_CONSTANT);
      wide(Double.doubleToRawLongBits(value));
    } else {
      throw new Unknown(initial);
    }
  }

  private void slots(DelaySlots slots) {
    number(slots.values());
    number(slots.state());
    number(slots.slots());
    number(slots.length());
  }

  private void sparse(SparseGroup group) {
    number(group.indices());
    number(group.lengths());
    number(group.capacity());
    wide(group.expectedSynapses());
    all(group.values(), this::number);
    number(group.kernelIds());
    number(group.columns());
    number(group.columnLengths());
    number(group.columnCapacity());
    number(group.partStarts());
    number(group.order());
    flag(group.remap().isPresent());
    group.remap().ifPresent(this::remap);
    number(group.bits());
  }

  private void remap(SparseGroup.Remap remap) {
    number(remap.sources());
    number(remap.positions());
    number(remap.lengths());
  }

  private void spikes(SpikeList spikes) {
    number(spikes.ids());
    number(spikes.offsets());
    flag(spikes.isTaped());
    flag(spikes.isExternal());
    number(spikes.overflow());
  }

  private void launch(Launch launch) {
    switch (launch) {
      case Launch.Run(int kernel, int first, int steps, var timer) -> {
        number(RUN);
        number(kernel);
        number(first);
        number(steps);
        timer(timer);
      }
      case Launch.Staged(var stages, int first, int steps, var timer) -> {
        number(STAGED);
        all(stages, this::stage);
        number(first);
        number(steps);
        timer(timer);
      }
      case Launch.Swap(int first, int second) -> {
        number(SWAP);
        number(first);
        number(second);
      }
      case Launch.BeginTrial(boolean resetsTime) -> {
        number(BEGIN_TRIAL);
        flag(resetsTime);
      }
      case Launch.Connectivity(
              String update,
              String synapses,
              int launches,
              int outcome,
              List<Integer> rooms,
              String group) -> {
        number(CONNECTIVITY);
        text(update);
        text(synapses);
        number(launches);
        number(outcome);
        all(rooms, this::number);
        text(group);
      }
    }
  }

  private void stage(Launch.Stage stage) {
    number(stage.alone());
    number(stage.parts());
  }

  private void timer(Launch.Timer timer) {
    switch (timer) {
      case Launch.Timer.Steps(String phases) -> named(STEPS, phases);
      case Launch.Timer.StepPart(Launch.Part part) -> {
        number(STEP_PART);
        constant(part);
      }
      case Launch.Timer.CustomUpdate(String group) -> named(CUSTOM_UPDATE, group);
      case Launch.Timer.CustomUpdateTranspose(String group) ->
          named(CUSTOM_UPDATE_TRANSPOSE, group);
      case Launch.Timer.CustomUpdateHost(String group) -> named(CUSTOM_UPDATE_HOST, group);
      case Launch.Timer.CustomUpdateRemap(String group) -> named(CUSTOM_UPDATE_REMAP, group);
      case Launch.Timer.Initialise() -> number(INITIALISE);
      case Launch.Timer.TrialStart() -> number(TRIAL_START);
    }
  }

  private void named(int kind, String name) {
    number(kind);
    text(name);
  }

  private <T> void all(Collection<T> values, Consumer<T> write) {
    number(values.size());
    values.forEach(write);
  }

  private <K, V> void map(Map<K, V> map, Consumer<K> writeKey, Consumer<V> writeValue) {
    number(map.size());
    map.forEach(
        (key, value) -> {
          writeKey.accept(key);
          writeValue.accept(value);
        });
  }

  private void text(String text) {
    Integer known = texts.putIfAbsent(text, texts.size());
    if (known != null) {
      number(known);
    } else {
      byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
      number(texts.size() - 1);
      number(bytes.length);
      out.writeBytes(bytes);
    }
  }

  private void constant(Enum<?> constant) {
    number(constant.ordinal());
  }

  private void flag(boolean flag) {
    number(flag ? 1 : 0);
  }

  private void number(int number) {
    wide(number);
  }

  private void wide(long number) {
    long rest = number << 1 ^ number >> 63;
    while ((rest & ~0x7f) != 0) {
      out.write((int) rest & 0x7f | 0x80);
      rest >>>= 7;
    }
    out.write((int) rest);
  }
}
