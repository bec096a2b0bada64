package org.genn.engine.runtime;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Trees of records as bytes and back. Goes over the components of records, so that it needs no
/// change when they get more.
///
/// Objects that reader and writer both have are written as references to them.
final class RecordCodec {
  private enum Tag {
    NULL,
    SHARED,
    TEXT,
    INT,
    LONG,
    DOUBLE,
    BOOLEAN,
    CONSTANT,
    LIST,
    SET,
    MAP,
    OPTIONAL,
    RECORD
  }

  private static final Tag[] TAGS = Tag.values();

  private RecordCodec() {}

  /// @param shared objects that the reader has in the same order
  /// @return nothing where the tree holds something else than records, collections and values
  static Optional<byte[]> write(Object tree, List<Object> shared) {
    var bytes = new ByteArrayOutputStream();
    try (var out = new DataOutputStream(bytes)) {
      new Writer(out, shared).write(tree);
    } catch (IOException _) {
      return Optional.empty();
    }
    return Optional.of(bytes.toByteArray());
  }

  /// @throws IOException when the bytes were not written by this version of the engine
  static Object read(byte[] bytes, List<Object> shared) throws IOException {
    try (var in = new DataInputStream(new ByteArrayInputStream(bytes))) {
      return new Reader(in, shared).read();
    } catch (ReflectiveOperationException | RuntimeException e) {
      throw new IOException(e);
    }
  }

  private static final class Writer {
    private final DataOutputStream out;
    private final Map<Object, Integer> shared = new IdentityHashMap<>();
    private final Map<String, Integer> texts = new HashMap<>();
    private final Map<Class<?>, Method[]> accessors = new HashMap<>();

    Writer(DataOutputStream out, List<Object> shared) {
      this.out = out;
      for (int k = 0; k < shared.size(); k++) {
        this.shared.putIfAbsent(shared.get(k), k);
      }
    }

    void write(Object value) throws IOException {
      Integer known = shared.get(value);
      if (known != null) {
        tag(Tag.SHARED);
        out.writeInt(known);
        return;
      }
      switch (value) {
        case null -> tag(Tag.NULL);
        case String text -> {
          tag(Tag.TEXT);
          text(text);
        }
        case Integer integer -> {
          tag(Tag.INT);
          out.writeInt(integer);
        }
        case Long integer -> {
          tag(Tag.LONG);
          out.writeLong(integer);
        }
        case Double real -> {
          tag(Tag.DOUBLE);
          out.writeDouble(real);
        }
        case Boolean bool -> {
          tag(Tag.BOOLEAN);
          out.writeBoolean(bool);
        }
        case Enum<?> constant -> {
          tag(Tag.CONSTANT);
          text(constant.getDeclaringClass().getName());
          out.writeInt(constant.ordinal());
        }
        case List<?> list -> {
          tag(Tag.LIST);
          all(list);
        }
        case Set<?> set -> {
          tag(Tag.SET);
          all(set);
        }
        case Map<?, ?> map -> {
          tag(Tag.MAP);
          out.writeInt(map.size());
          for (var entry : map.entrySet()) {
            write(entry.getKey());
            write(entry.getValue());
          }
        }
        case Optional<?> optional -> {
          tag(Tag.OPTIONAL);
          write(optional.isPresent() ? optional.get() : null);
        }
        case Record whole -> {
          tag(Tag.RECORD);
          record(whole);
        }
        default -> throw new IOException("neither a record nor a value: " + value.getClass());
      }
    }

    private void tag(Tag tag) throws IOException {
      out.writeByte(tag.ordinal());
    }

    private void all(java.util.Collection<?> values) throws IOException {
      out.writeInt(values.size());
      for (Object element : values) {
        write(element);
      }
    }

    private void text(String text) throws IOException {
      Integer known = texts.putIfAbsent(text, texts.size());
      out.writeInt(known == null ? -1 : known);
      if (known == null) {
        out.writeUTF(text);
      }
    }

    private void record(Record whole) throws IOException {
      Class<?> type = whole.getClass();
      text(type.getName());
      Method[] methods = accessors.get(type);
      if (methods == null) {
        RecordComponent[] components = type.getRecordComponents();
        methods = new Method[components.length];
        for (int k = 0; k < methods.length; k++) {
          methods[k] = components[k].getAccessor();
          methods[k].setAccessible(true);
        }
        accessors.put(type, methods);
      }
      try {
        for (Method method : methods) {
          write(method.invoke(whole));
        }
      } catch (ReflectiveOperationException e) {
        throw new IOException(e);
      }
    }
  }

  private static final class Reader {
    private final DataInputStream in;
    private final List<Object> shared;
    private final List<String> texts = new ArrayList<>();
    private final Map<String, Class<?>> classes = new HashMap<>();
    private final Map<Class<?>, Constructor<?>> constructors = new HashMap<>();

    Reader(DataInputStream in, List<Object> shared) {
      this.in = in;
      this.shared = shared;
    }

    Object read() throws IOException, ReflectiveOperationException {
      return switch (TAGS[in.readByte()]) {
        case NULL -> null;
        case SHARED -> shared.get(in.readInt());
        case TEXT -> text();
        case INT -> in.readInt();
        case LONG -> in.readLong();
        case DOUBLE -> in.readDouble();
        case BOOLEAN -> in.readBoolean();
        case CONSTANT -> type(text()).getEnumConstants()[in.readInt()];
        case LIST -> Arrays.asList(all());
        case SET -> new LinkedHashSet<>(Arrays.asList(all()));
        case MAP -> {
          int size = size();
          var map = LinkedHashMap.newLinkedHashMap(size);
          for (int k = 0; k < size; k++) {
            map.put(read(), read());
          }
          yield map;
        }
        case OPTIONAL -> Optional.ofNullable(read());
        case RECORD -> {
          Constructor<?> constructor = constructor(type(text()));
          var components = new Object[constructor.getParameterCount()];
          for (int k = 0; k < components.length; k++) {
            components[k] = read();
          }
          yield constructor.newInstance(components);
        }
      };
    }

    private Object[] all() throws IOException, ReflectiveOperationException {
      var elements = new Object[size()];
      for (int k = 0; k < elements.length; k++) {
        elements[k] = read();
      }
      return elements;
    }

    /// An element takes a byte at least, so that damaged bytes cannot ask for more room than they
    /// have themselves.
    private int size() throws IOException {
      int size = in.readInt();
      if (size < 0 || size > in.available()) {
        throw new IOException(
            "a collection of %d elements in %d bytes".formatted(size, in.available()));
      }
      return size;
    }

    private String text() throws IOException {
      int known = in.readInt();
      if (known >= 0) {
        return texts.get(known);
      }
      texts.add(in.readUTF());
      return texts.getLast();
    }

    private Class<?> type(String name) throws ReflectiveOperationException {
      Class<?> type = classes.get(name);
      if (type == null) {
        type = Class.forName(name, false, RecordCodec.class.getClassLoader());
        if (!type.isRecord() && !type.isEnum()) {
          throw new ClassNotFoundException(name + " is neither a record nor an enum");
        }
        classes.put(name, type);
      }
      return type;
    }

    private Constructor<?> constructor(Class<?> type) throws ReflectiveOperationException {
      Constructor<?> constructor = constructors.get(type);
      if (constructor == null) {
        RecordComponent[] components = type.getRecordComponents();
        var parameters = new Class<?>[components.length];
        for (int k = 0; k < parameters.length; k++) {
          parameters[k] = components[k].getType();
        }
        constructor = type.getDeclaredConstructor(parameters);
        constructor.setAccessible(true);
        constructors.put(type, constructor);
      }
      return constructor;
    }
  }
}
