package org.genn.engine.model;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/*
 * Each record is taken apart by a pattern: one that gets a component more does not compile until the component is here
 * too. (Reflection would need no pattern, but takes three times as long, which every start would pay.)
 *
 * Functions have no contents that could be hashed; those that are known are called, and their results
 * enter instead. A description with one that is not known has no digest, rather than a wrong one.
 */

/// A hash of everything in a model that its kernels depend on: the same in every process of one
/// Java (another one may compress what is hashed in another way), and in whatever order parameters
/// were given.
///
/// The seed is no part of it, nor are the numbers in arrays of initial values and extra global
/// parameters (their lengths are): kernels read all of these from memory.
///
/// @param hash SHA-256, in hexadecimal digits
/// @param initialValues that are part of the model, in an order that models with the same hash have
///   in common
public record ModelDigest(String hash, List<InitialValue> initialValues) {
  private static final long FACTOR = 0x9E3779B97F4A7C15L;

  public ModelDigest {
    initialValues = List.copyOf(initialValues);
  }

  /// The digest, or nothing for a model that holds something that cannot be hashed.
  public static Optional<ModelDigest> of(ModelSpec spec) {
    var walk = new Walk(spec);
    try {
      walk.value(spec);
    } catch (Unknown _) {
      return Optional.empty();
    }
    return Optional.of(new ModelDigest(walk.bytes.hash(), walk.initialValues));
  }

  /// Something is met that cannot be hashed.
  private static final class Unknown extends RuntimeException {
    Unknown(String what) {
      super(what, null, false, false);
    }
  }

  private static final class Walk {
    private final double dt;
    private final Map<String, Integer> sizes = new HashMap<>();
    private final DigestBytes bytes = new DigestBytes();
    private final List<InitialValue> initialValues = new ArrayList<>();

    /// Values that functions are called with.
    private Map<String, Double> parameters = Map.of();

    private int sources;
    private int targets;

    Walk(ModelSpec spec) {
      dt = spec.dt();
      for (NeuronGroup group : spec.neuronGroups()) {
        sizes.put(group.name(), group.size());
      }
    }

    // Plain tests, the most frequent first: this is called for everything, and in a new JVM a
    // switch
    // over so many types takes long to link and to compile.
    private void value(Object value) {
      if (value instanceof String text) {
        bytes.text(text);
      } else if (value instanceof List<?> list) {
        bytes.number('c', list.size());
        for (int k = 0; k < list.size(); k++) {
          value(list.get(k));
        }
      } else if (value instanceof Double real) {
        bytes.number('d', Double.doubleToRawLongBits(real));
      } else if (value instanceof Map<?, ?> map) {
        map(map);
      } else if (value instanceof Integer integer) {
        bytes.number('i', integer);
      } else if (value instanceof Enum<?> constant) {
        bytes.text(constant.name());
      } else if (value instanceof Boolean bool) {
        bytes.number('b', bool ? 1 : 0);
      } else {
        part(value);
      }
    }

    /// Names of a set or of the keys of a map, or of enum constants, in order.
    private static String[] names(Set<?> set) {
      var names = new String[set.size()];
      int k = 0;
      for (Object element : set) {
        names[k++] = name(element);
      }
      Arrays.sort(names);
      return names;
    }

    private static String name(Object named) {
      return switch (named) {
        case String text -> text;
        case Enum<?> constant -> constant.name();
        default -> throw new Unknown(named.getClass().getName());
      };
    }

    private void map(Map<?, ?> map) {
      bytes.number('m', map.size());
      if (map.isEmpty()) {
        return;
      }
      var values = new HashMap<String, Object>();
      map.forEach((key, value) -> values.put(name(key), value));
      for (String name : names(values.keySet())) {
        bytes.text(name);
        value(values.get(name));
      }
    }

    /// A record: its type, then its components.
    private void whole(Object whole, Object... components) {
      bytes.text(whole.getClass().getName());
      for (Object component : components) {
        value(component);
      }
    }

    /// A record with bindings: functions in it are called with their numbers.
    private void bound(Bindings bindings, Object whole, Object... components) {
      Map<String, Double> outer = parameters;
      parameters = bindings.parameters();
      whole(whole, components);
      parameters = outer;
    }

    private void initial(InitialValue initial) {
      switch (initial) {
        case InitialValue.Constant(var value) -> whole(initial, value);
        case InitialValue.Normal(var mean, var deviation) -> whole(initial, mean, deviation);
        case InitialValue.Uniform(var minimum, var maximum) -> whole(initial, minimum, maximum);
        case InitialValue.Snippet(var init, var bindings) ->
            bound(bindings, initial, init, bindings);
        case InitialValue.Values values -> bytes.number('v', values.length());
      }
    }

    private void connectivity(Connectivity connectivity) {
      switch (connectivity) {
        case Connectivity.Dense(), Connectivity.DenseProcedural() -> whole(connectivity);
        case Connectivity.Procedural(var synapses) -> whole(connectivity, synapses);
        case Connectivity.ProceduralKernel(var synapses) -> whole(connectivity, synapses);
        case Connectivity.Toeplitz(var synapses) -> whole(connectivity, synapses);
        case Connectivity.Shared(var group) -> whole(connectivity, group);
        case Connectivity.Bitmask(var pattern) -> whole(connectivity, pattern);
        case Connectivity.Sparse(var pattern, var isNarrow) ->
            whole(connectivity, pattern, isNarrow);
      }
    }

    private void pairs(SynapsePairs pairs) {
      long hash = pairs.size();
      for (int k = 0; k < pairs.size(); k++) {
        hash = (hash + pairs.source(k)) * FACTOR + pairs.target(k);
        hash = (hash ^ (hash >>> 29)) * FACTOR;
      }
      bytes.number('p', hash);
      bytes.number('p', pairs.maxRowLength());
    }

    private void sparse(SparseInit init) {
      if (init
          instanceof
          SparseInit(
              var name,
              var declarations,
              var rowCode,
              var columnCode,
              var hostCode,
              var maxRow,
              var maxColumn,
              var kernelSize,
              var hostArrays,
              var expected)) {
        whole(
            init,
            name,
            declarations,
            rowCode,
            columnCode,
            hostCode,
            maxRow.map(bound -> bound.of(sources, targets, parameters)),
            maxColumn.map(bound -> bound.of(sources, targets, parameters)),
            kernelSize.map(size -> Arrays.toString(size.of(parameters))),
            hostArrays.keySet(),
            expected.map(count -> count.of(sources, targets, parameters)));
      }
    }

    private void item(Schedule.Item item) {
      switch (item) {
        case Schedule.BeginTrial(var clearsSpikes, var resetsTime) ->
            whole(item, clearsSpikes, resetsTime);
        case Schedule.Run(var phases, var first, var steps, var updates) ->
            whole(item, phases, first, steps, updates);
        case Schedule.Update(var group) -> whole(item, group);
      }
    }

    /// What models are full of, the most frequent first: the cases are tested one after the other.
    private void part(Object part) {
      switch (part) {
        case ModelParameter(var name, var type) -> whole(part, name, type);
        case Bindings(var numbers, var initial, var arrays, var dynamic) ->
            whole(part, numbers, initial, arrays, dynamic);
        case Declarations(var given, var derived, var variables, var arrays) ->
            whole(part, given, derived, variables, arrays);
        case Variable(var name, var type, var access, var isPerStep) ->
            whole(part, name, type, access, isPerStep);
        case DerivedParameter(var name, var type, var function) ->
            whole(part, name, type, function.apply(parameters, dt));
        case NeuronEnd(var variables, var spike, var dynamics) ->
            whole(part, variables, spike, dynamics);
        case VariableDeclaration(var name, var type, var mode) -> whole(part, name, type, mode);
        case ExtraGlobalParameter(var name, var type) -> whole(part, name, type);
        case InputVariable(var name, var type, var initial) -> whole(part, name, type, initial);
        case InitialValue initial -> {
          initialValues.add(initial);
          initial(initial);
        }
        case Optional<?> optional -> {
          bytes.number('o', optional.isPresent() ? 1 : 0);
          if (optional.isPresent()) {
            value(optional.get());
          }
        }
        case OptionalInt optional -> {
          bytes.number('o', optional.isPresent() ? 1 : 0);
          bytes.number('i', optional.orElse(0));
        }
        case Set<?> set -> {
          bytes.number('c', set.size());
          for (String name : names(set)) {
            bytes.text(name);
          }
        }
        default -> description(part);
      }
    }

    private void description(Object whole) {
      switch (whole) {
        case Connectivity connectivity -> connectivity(connectivity);
        case Schedule.Item item -> item(item);
        case VariableReference(var kind, var group, var name, _) -> whole(whole, kind, group, name);
        case VariableInit(var name, var declarations, var code) ->
            whole(whole, name, declarations, code);
        case NeuronGroup(var name, var size, var model, var bindings, var spikes, var events) ->
            bound(bindings, whole, name, size, model, bindings, spikes, events);
        case NeuronModel(
                var name,
                var declarations,
                var inputs,
                var code,
                var threshold,
                var reset,
                var isRefractory,
                var tape,
                var isOutside) ->
            whole(
                whole,
                name,
                declarations,
                inputs,
                code,
                threshold,
                reset,
                isRefractory,
                tape,
                isOutside);
        case SynapseGroup(
                var name,
                var connectivity,
                var source,
                var target,
                var update,
                var post,
                var postTarget,
                var preTarget,
                var delays) -> {
          sources = sizes.getOrDefault(source, 0);
          targets = sizes.getOrDefault(target, 0);
          whole(
              whole,
              name,
              connectivity,
              source,
              target,
              update,
              post,
              postTarget,
              preTarget,
              delays);
        }
        case WeightUpdate(
                var model,
                var bindings,
                var preNeuron,
                var postNeuron,
                var postsynaptic) ->
            bound(bindings, whole, model, bindings, preNeuron, postNeuron, postsynaptic);
        case WeightUpdateModel(
                var name,
                var declarations,
                var preNeuron,
                var postNeuron,
                var spike,
                var threshold,
                var event,
                var pre,
                var post,
                var postsynaptic,
                var postCode,
                var dynamics) ->
            whole(
                whole,
                name,
                declarations,
                preNeuron,
                postNeuron,
                spike,
                threshold,
                event,
                pre,
                post,
                postsynaptic,
                postCode,
                dynamics);
        case PostsynapticCode(var spike, var threshold, var event) ->
            whole(whole, spike, threshold, event);
        case Postsynapse(var model, var bindings, var variables) ->
            bound(bindings, whole, model, bindings, variables);
        case PostsynapticModel(var name, var declarations, var variables, var code) ->
            whole(whole, name, declarations, variables, code);
        case SynapseDelays(var axonal, var backPropagation, var dendritic) ->
            whole(whole, axonal, backPropagation, dendritic);
        case BuiltSynapses(var init, var bindings) -> bound(bindings, whole, init, bindings);
        case SparseInit init -> sparse(init);
        case SynapsePairs pairs -> pairs(pairs);
        case TapeModel(var fields, var record, var replay, var code) ->
            whole(whole, fields, record, replay, code);
        case TapeModel.Field(var name, var type, var expression) ->
            whole(whole, name, type, expression);
        case CurrentSource(
                var name,
                var target,
                var model,
                var bindings,
                var variables,
                var variable) ->
            bound(bindings, whole, name, target, model, bindings, variables, variable);
        case CurrentSourceModel(var name, var declarations, var variables, var code) ->
            whole(whole, name, declarations, variables, code);
        case CustomUpdate(
                var name,
                var group,
                var model,
                var bindings,
                var references,
                var arrays,
                var transposes) ->
            bound(bindings, whole, name, group, model, bindings, references, arrays, transposes);
        case CustomUpdateModel(
                var name,
                var declarations,
                var variables,
                var references,
                var arrays,
                var code) ->
            whole(whole, name, declarations, variables, references, arrays, code);
        case CustomUpdateVariable(var name, var type, var access) ->
            whole(whole, name, type, access);
        case CustomConnectivityUpdate(
                var name,
                var group,
                var synapses,
                var model,
                var bindings,
                var references) ->
            bound(bindings, whole, name, group, synapses, model, bindings, references);
        case CustomConnectivityUpdate.References(var synapses, var pre, var post, var arrays) ->
            whole(whole, synapses, pre, post, arrays);
        case CustomConnectivityUpdateModel(
                var name,
                var declarations,
                var synapses,
                var pre,
                var post,
                var arrays,
                var rowCode,
                var hostCode) ->
            whole(whole, name, declarations, synapses, pre, post, arrays, rowCode, hostCode);
        case ConnectivityUpdatePart(var variables, var references) ->
            whole(whole, variables, references);
        case Schedule(var timesteps, var items) -> whole(whole, timesteps, items);
        case ModelSpec(
                var name,
                var precision,
                var timePrecision,
                var step,
                var batch,
                _,
                var neurons,
                var synapses,
                var currents,
                var updates,
                var connectivityUpdates,
                var schedules,
                var tape) ->
            whole(
                whole,
                name,
                precision,
                timePrecision,
                step,
                batch,
                neurons,
                synapses,
                currents,
                updates,
                connectivityUpdates,
                schedules,
                tape);
        default -> throw new Unknown(whole.getClass().getName());
      }
    }
  }
}
