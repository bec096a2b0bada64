package org.genn.engine.kernel;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.genn.engine.snippet.SnippetType;

/// The names of a function while it is verified. A name in sight may not be declared again.
final class IrScope {

  private record Entry(SnippetType type, boolean isRow) {}

  private final String kind;
  private final String name;
  private final Deque<Map<String, Entry>> levels = new ArrayDeque<>();
  private final Deque<Set<String>> hoisted = new ArrayDeque<>();

  /// @param kind of routine
  IrScope(String kind, String name) {
    this.kind = kind;
    this.name = name;
    open();
  }

  String where() {
    return kind + " '" + name + "'";
  }

  void open() {
    levels.push(new HashMap<>());
    hoisted.push(new HashSet<>());
  }

  void close() {
    levels.pop();
    hoisted.pop();
  }

  void declare(String name, SnippetType type) {
    add(name, new Entry(type, false));
  }

  void declareRow(String name, Rows rows) {
    add(name, new Entry(new SnippetType.Pointer(SnippetType.of(rows.type()), false), true));
    hoisted.getFirst().add(rows.name());
  }

  private void add(String name, Entry entry) {
    if (!IrVerifier.isIdentifier(name)) {
      throw IrVerifier.problem(where(), "a name is no identifier: '" + name + "'");
    }
    if (find(name) != null) {
      throw IrVerifier.problem(where(), "'" + name + "' is declared twice");
    }
    levels.getFirst().put(name, entry);
  }

  private Entry find(String name) {
    for (var level : levels) {
      Entry entry = level.get(name);
      if (entry != null) {
        return entry;
      }
    }
    return null;
  }

  /// The type of a name, which must be declared.
  SnippetType type(String name) {
    Entry entry = find(name);
    if (entry == null) {
      throw IrVerifier.problem(where(), "'" + name + "' is not declared");
    }
    return entry.type;
  }

  boolean isRow(String name) {
    Entry entry = find(name);
    return entry != null && entry.isRow;
  }

  /// A row that has been taken would not see its array's new one.
  void requireNotHoisted(Rows rows) {
    for (var level : hoisted) {
      if (level.contains(rows.name())) {
        throw IrVerifier.problem(
            where(), "room is reserved in '" + rows.name() + "' after a row of it was taken");
      }
    }
  }
}
