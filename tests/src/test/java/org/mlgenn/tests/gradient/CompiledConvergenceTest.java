package org.mlgenn.tests.gradient;

import java.util.ArrayList;
import java.util.List;
import org.genn.engine.model.Precision;
import org.genn.feature.Feature;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;

/// What a compiled network learns from, in the precision that it is trained in, against the exact
/// gradients in continuous time: every pair of loss and readout, with the topologies taking turns.
/// `CompiledGradientTest` shows on all topologies that the gradients are those of the reference
/// algorithm, whose convergence `ReferenceGradientTest` shows.
@Tag("slow")
@Feature({
  "EVP-01", "EVP-05", "EVP-06", "EVP-07", "EVP-08", "EVP-09", "EVP-10", "EVP-11", "EVP-12",
  "EVP-13", "EVP-14"
})
class CompiledConvergenceTest extends GradientContract {
  private final List<CompiledGradients> used = new ArrayList<>();

  @Override
  GradientUnderTest underTest() {
    var gradients = new CompiledGradients(Precision.FLOAT);
    used.add(gradients);
    return gradients;
  }

  @Override
  List<NetworkCase> cases() {
    List<NetworkCase> all = GradientNetworks.CASES;
    List<Pair> pairs = all.stream().map(NetworkCase::pair).distinct().toList();
    List<NetworkCase> chosen = new ArrayList<>();
    for (int pair = 0; pair < pairs.size(); pair++) {
      Pair wanted = pairs.get(pair);
      List<NetworkCase> topologies =
          all.stream().filter(network -> network.pair().equals(wanted)).toList();
      chosen.add(topologies.get(pair % topologies.size()));
    }
    return chosen;
  }

  @AfterAll
  void close() {
    used.forEach(CompiledGradients::close);
  }
}
