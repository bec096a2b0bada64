package org.mlgenn;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.mlgenn.neurons.LeakyIntegrate;
import org.mlgenn.neurons.LeakyIntegrateFire;
import org.mlgenn.neurons.Neuron;
import org.mlgenn.synapses.Exponential;
import org.mlgenn.synapses.Synapse;

/// Neurons and synapses that a whole network starts from, one per class.
///
/// A compiler may want other defaults than the classes have. `NetworkBuilder.neuron` and `.synapse`
/// give the default of a class, to which the methods of the neuron or synapse then add what differs
/// from it: what is said explicitly always holds.
///
/// ```java
/// var net = new NetworkBuilder().defaults(Defaults.forEventProp());
/// net.population("hidden", net.neuron(LeakyIntegrateFire.class).tauMem(10), 128);
/// ```
public record Defaults(
    Map<Class<? extends Neuron>, Neuron> neurons, Map<Class<? extends Synapse>, Synapse> synapses) {
  public static final Defaults NONE = new Defaults(Map.of(), Map.of());

  public Defaults {
    neurons = Collections.unmodifiableMap(new LinkedHashMap<>(neurons));
    synapses = Collections.unmodifiableMap(new LinkedHashMap<>(synapses));
  }

  /// What `EventPropCompiler` trains best: reset to `vReset`, scaled input.
  public static Defaults forEventProp() {
    return NONE.neuron(LeakyIntegrate.forEventProp())
        .neuron(LeakyIntegrateFire.forEventProp())
        .synapse(Exponential.forEventProp());
  }

  public Defaults neuron(Neuron neuron) {
    var extended = new LinkedHashMap<>(neurons);
    extended.put(neuron.getClass(), neuron);
    return new Defaults(extended, synapses);
  }

  public Defaults synapse(Synapse synapse) {
    var extended = new LinkedHashMap<>(synapses);
    extended.put(synapse.getClass(), synapse);
    return new Defaults(neurons, extended);
  }

  /// The only synapse, if there is exactly one.
  public Optional<Synapse> onlySynapse() {
    return synapses.size() == 1 ? synapses.values().stream().findFirst() : Optional.empty();
  }
}
