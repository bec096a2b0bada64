package org.genn.engine.model;

import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;

/*
 * The walk goes over the components of records, so that what is added to a description enters the hash by itself.
 * Functions have no contents that could be hashed; those that are known are called, and their results
 * enter instead. A description with one that is not known has no digest, rather than a wrong one.
 */

/// A hash of everything in a model that its kernels depend on: the same in every process, and in
/// whatever order parameters were given.
///
/// The seed is no part of it, nor are the numbers in arrays of initial values and extra global
/// parameters (their lengths are): kernels read all of these from memory.
///
/// @param hash SHA-256, in hexadecimal digits
/// @param parts the objects that the model is made of, in an order that models with the same hash
///   have in common
public record ModelDigest(String hash, List<Object> parts) {
  private static final long FACTOR = 0x9E3779B97F4A7C15L;

  public ModelDigest {
    parts = List.copyOf(parts);
  }

  /// The digest, or nothing for a model that holds something that cannot be hashed.
  public static Optional<ModelDigest> of(ModelSpec spec) {
    var walk = new Walk(spec);
    try {
      walk.value(spec);
    } catch (Unknown _) {
      return Optional.empty();
    }
    return Optional.of(new ModelDigest(HexFormat.of().formatHex(walk.digest.digest()), walk.parts));
  }

  /// Something is met that cannot be hashed.
  private static final class Unknown extends RuntimeException {
    Unknown(String what) {
      super(what, null, false, false);
    }
  }

  private static final class Walk {
    private final ModelSpec spec;
    private final MessageDigest digest = sha256();
    private final ByteBuffer number = ByteBuffer.allocate(1 + Long.BYTES);
    private final Map<Class<?>, Method[]> accessors = new HashMap<>();
    private final List<Object> parts = new ArrayList<>();

    /// Values that functions are called with.
    private Map<String, Double> parameters = Map.of();

    private int sources;
    private int targets;

    Walk(ModelSpec spec) {
      this.spec = spec;
    }

    private static MessageDigest sha256() {
      try {
        return MessageDigest.getInstance("SHA-256");
      } catch (NoSuchAlgorithmException e) {
        throw new IllegalStateException(e);
      }
    }

    private void number(char kind, long value) {
      number.clear();
      digest.update(number.put((byte) kind).putLong(value).array());
    }

    private void text(String text) {
      byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
      number('s', bytes.length);
      digest.update(bytes);
    }

    private void value(Object value) {
      switch (value) {
        case String text -> text(text);
        case Integer integer -> number('i', integer);
        case Long integer -> number('l', integer);
        case Boolean bool -> number('b', bool ? 1 : 0);
        case Double real -> number('d', Double.doubleToRawLongBits(real));
        case Float real -> number('f', Float.floatToRawIntBits(real));
        case Enum<?> constant -> text(constant.name());
        case OptionalInt optional -> {
          number('o', optional.isPresent() ? 1 : 0);
          optional.ifPresent(this::value);
        }
        case Optional<?> optional -> {
          number('o', optional.isPresent() ? 1 : 0);
          optional.ifPresent(this::value);
        }
        case Map<?, ?> map -> map(map);
        case List<?> list -> {
          number('c', list.size());
          list.forEach(this::value);
        }
        case Collection<?> set -> {
          // sets of names and of enum constants
          List<String> names = new ArrayList<>();
          set.forEach(element -> names.add(name(element)));
          names.sort(null);
          number('c', names.size());
          names.forEach(this::text);
        }
        case int[] integers -> {
          number('a', integers.length);
          number('a', mixed(integers));
        }
        case InitialValue.Values values -> {
          parts.add(values);
          number('v', values.length());
        }
        case SynapsePairs pairs -> {
          parts.add(pairs);
          pairs(pairs);
        }
        case DerivedParameter(var name, var type, var function) -> {
          text(name);
          text(type);
          value(function.apply(parameters, spec.dt()));
        }
        case SparseInit.Bound bound -> value(bound.of(sources, targets, parameters));
        case SparseInit.Count count -> value(count.of(sources, targets, parameters));
        case SparseInit.KernelSize size -> value(size.of(parameters));
        case SparseInit.HostArray array -> parts.add(array);
        case Record whole -> whole(whole);
        default -> throw new Unknown(value.getClass().getName());
      }
    }

    private void map(Map<?, ?> map) {
      var sorted = new TreeMap<String, Object>();
      map.forEach((key, value) -> sorted.put(name(key), value));
      number('m', sorted.size());
      sorted.forEach(
          (key, value) -> {
            text(key);
            value(value);
          });
    }

    private static String name(Object key) {
      return switch (key) {
        case String text -> text;
        case Enum<?> constant -> constant.name();
        default -> throw new Unknown(key.getClass().getName());
      };
    }

    private void pairs(SynapsePairs pairs) {
      long hash = pairs.size();
      for (int k = 0; k < pairs.size(); k++) {
        hash = (hash + pairs.source(k)) * FACTOR + pairs.target(k);
        hash = (hash ^ (hash >>> 29)) * FACTOR;
      }
      number('p', hash);
    }

    private static long mixed(int[] integers) {
      long hash = integers.length;
      for (int integer : integers) {
        hash = (hash + integer) * FACTOR;
        hash ^= hash >>> 29;
      }
      return hash;
    }

    private void whole(Record whole) {
      parts.add(whole);
      text(whole.getClass().getName());
      Map<String, Double> outer = parameters;
      Object[] components = components(whole);
      for (Object component : components) {
        if (component instanceof Bindings bindings) {
          parameters = bindings.parameters();
        }
      }
      if (whole instanceof SynapseGroup group) {
        sources = size(group.source());
        targets = size(group.target());
      }
      for (Object component : components) {
        value(component);
      }
      parameters = outer;
    }

    private int size(String group) {
      for (NeuronGroup candidate : spec.neuronGroups()) {
        if (candidate.name().equals(group)) {
          return candidate.size();
        }
      }
      return 0;
    }

    private Object[] components(Record whole) {
      Method[] methods = accessors.computeIfAbsent(whole.getClass(), Walk::accessors);
      var components = new Object[methods.length];
      try {
        for (int k = 0; k < methods.length; k++) {
          components[k] = methods[k].invoke(whole);
        }
      } catch (ReflectiveOperationException e) {
        throw new IllegalStateException(e);
      }
      if (whole instanceof ModelSpec model) {
        // Kernels read it from memory.
        for (int k = 0; k < methods.length; k++) {
          components[k] = methods[k].getName().equals("seed") ? 0L : components[k];
        }
        assert model == spec;
      }
      return components;
    }

    private static Method[] accessors(Class<?> type) {
      RecordComponent[] components = type.getRecordComponents();
      var methods = new Method[components.length];
      for (int k = 0; k < components.length; k++) {
        methods[k] = components[k].getAccessor();
        methods[k].setAccessible(true);
      }
      return methods;
    }
  }
}
