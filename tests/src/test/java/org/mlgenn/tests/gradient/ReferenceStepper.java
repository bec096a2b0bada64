package org.mlgenn.tests.gradient;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.mlgenn.tests.gradient.Circuit.Cells;
import org.mlgenn.tests.gradient.Circuit.Kind;
import org.mlgenn.tests.gradient.Circuit.Projection;

/// The library's time steps and its exact EventProp schedule, written down plainly in double
/// precision.
///
/// A forward step n integrates from `n dt` to `(n + 1) dt`; what it does, in order:
///
/// 1. `I += w` for every spike emitted in step n − 1;
/// 2. `V = α V + (1 - α) Iscale I`, `Iscale = tauSyn/dt (1 - β)`, then `I = β I`;
/// 3. a LIF neuron with `V ≥ 1` spikes: the tape keeps `I - V` with the I of 1. and the V of 2.;
///    then `V = 0`;
/// 4. an input spike of time s is emitted in the first step with `n dt ≥ s`.
///
/// The backward pass visits the same steps from the last to the first:
///
/// 1. for every spike emitted in step n, with its targets' adjoints as the later steps left them:
///    `gradient -= tauSyn λI` and `reverse += w (λV - λI)`;
/// 2. `λI = D + β (λI - D) + κ (α - β) (λV - D)`, then `λV = D + α (λV - D)`, where the drive D is
///    `-dL/dV_n / dt`;
/// 3. `λV += (λV + reverse + e) / (I - V)` for every spike emitted in step n by a neuron that is no
///    input; `e = -dL/dr` if r is minus the time of this spike, else 0.
///
/// @see <a href="https://doi.org/10.1038/s41598-021-91786-z">Wunderlich & Pehle (2021)</a>
public final class ReferenceStepper implements GradientUnderTest {

  /// A spike on the tape.
  ///
  /// @param group index of the neuron's group
  /// @param neuron index in the group
  /// @param slope `I - V` at the threshold; 1 for inputs
  record Spike(int group, int neuron, double slope) {}

  /// What a forward pass leaves behind.
  ///
  /// @param spikes per time step
  /// @param voltages of the output before its reset, `(timestep, neuron)`
  record Forward(List<List<Spike>> spikes, double[][] voltages) {}

  @Override
  public double[][][] gradients(NetworkCase network, double dt, double phase) {
    var sum = network.circuit().weights();
    for (double[][] rows : sum) {
      for (double[] row : rows) {
        Arrays.fill(row, 0);
      }
    }
    for (Example example : network.examples()) {
      Forward forward = forward(network, example, dt, phase);
      double[][][] gradients =
          new Pass(network.circuit(), dt)
              .backward(forward, DiscreteErrors.of(network, example, forward, dt));
      for (int projection = 0; projection < sum.length; projection++) {
        for (int source = 0; source < sum[projection].length; source++) {
          for (int target = 0; target < sum[projection][source].length; target++) {
            sum[projection][source][target] +=
                gradients[projection][source][target] / network.examples().size();
          }
        }
      }
    }
    return sum;
  }

  /// Number of spikes of every neuron `(group, neuron)` in one trial; 0 for inputs.
  static int[][] spikeCounts(NetworkCase network, Example example, double dt, double phase) {
    int[][] counts =
        network.circuit().cells().stream()
            .map(cells -> new int[cells.size()])
            .toArray(int[][]::new);
    for (List<Spike> step : forward(network, example, dt, phase).spikes()) {
      for (Spike spike : step) {
        if (spike.group() > 0) {
          counts[spike.group()][spike.neuron()]++;
        }
      }
    }
    return counts;
  }

  static Forward forward(NetworkCase network, Example example, double dt, double phase) {
    return new Pass(network.circuit(), dt)
        .forward(network.shiftedSpikes(example, phase), network.timesteps(dt));
  }

  /// State of one pass; forward the voltages and currents, backward their adjoints.
  private static final class Pass {
    private final Circuit circuit;
    private final double dt;
    private final double[][] v;
    private final double[][] i;
    private final double[] alpha;
    private final double[] beta;
    private final double[] coupling;

    Pass(Circuit circuit, double dt) {
      this.circuit = circuit;
      this.dt = dt;
      int groups = circuit.cells().size();
      v = new double[groups][];
      i = new double[groups][];
      alpha = new double[groups];
      beta = new double[groups];
      coupling = new double[groups];
      for (int group = 0; group < groups; group++) {
        Cells cells = circuit.cells().get(group);
        v[group] = new double[cells.size()];
        i[group] = new double[cells.size()];
        alpha[group] = Math.exp(-dt / cells.tauMem());
        beta[group] = Math.exp(-dt / cells.tauSyn());
        coupling[group] =
            cells.tauMem() == cells.tauSyn()
                ? dt / cells.tauMem() * alpha[group]
                : cells.tauMem() / (cells.tauMem() - cells.tauSyn()) * (alpha[group] - beta[group]);
      }
    }

    Forward forward(double[][] inputSpikes, int timesteps) {
      var spikes = new ArrayList<List<Spike>>();
      double[][] voltages = new double[timesteps][];
      int[] next = new int[inputSpikes.length];
      List<Spike> arriving = List.of();
      for (int step = 0; step < timesteps; step++) {
        List<Spike> emitted = new ArrayList<>();
        arriving.forEach(this::deliver);
        for (int group = 1; group < v.length; group++) {
          integrate(group);
          if (group == circuit.output()) {
            voltages[step] = v[group].clone();
          }
          if (circuit.cells().get(group).kind() == Kind.LIF) {
            threshold(group, emitted);
          }
        }
        for (int input = 0; input < next.length; input++) {
          if (next[input] < inputSpikes[input].length
              && step * dt >= inputSpikes[input][next[input]]) {
            next[input]++;
            emitted.add(new Spike(0, input, 1));
          }
        }
        arriving = emitted.isEmpty() ? List.of() : emitted;
        spikes.add(arriving);
      }
      return new Forward(spikes, voltages);
    }

    private void deliver(Spike spike) {
      for (Projection projection : circuit.projections()) {
        if (projection.source() == spike.group()) {
          double[] current = i[projection.target()];
          double[] row = projection.weights()[spike.neuron()];
          for (int target = 0; target < row.length; target++) {
            current[target] += row[target];
          }
        }
      }
    }

    private void integrate(int group) {
      double scale = circuit.cells().get(group).tauSyn() / dt * (1 - beta[group]);
      for (int neuron = 0; neuron < v[group].length; neuron++) {
        double current = i[group][neuron];
        v[group][neuron] = alpha[group] * v[group][neuron] + (1 - alpha[group]) * scale * current;
        i[group][neuron] = beta[group] * current;
      }
    }

    private void threshold(int group, List<Spike> emitted) {
      for (int neuron = 0; neuron < v[group].length; neuron++) {
        if (v[group][neuron] >= Circuit.THRESHOLD) {
          double current = i[group][neuron] / beta[group];
          emitted.add(new Spike(group, neuron, current - v[group][neuron]));
          v[group][neuron] = 0;
        }
      }
    }

    double[][][] backward(Forward forward, DiscreteErrors errors) {
      double[][][] gradients = new double[circuit.projections().size()][][];
      for (int projection = 0; projection < gradients.length; projection++) {
        double[][] weights = circuit.projections().get(projection).weights();
        gradients[projection] = new double[weights.length][weights[0].length];
      }
      for (int step = forward.spikes().size() - 1; step >= 0; step--) {
        List<Spike> spikes = forward.spikes().get(step);
        double[] reverse = new double[spikes.size()];
        for (int index = 0; index < reverse.length; index++) {
          reverse[index] = presynaptic(spikes.get(index), gradients);
        }
        for (int group = 1; group < v.length; group++) {
          decay(group, group == circuit.output() ? errors.drives(step) : null);
        }
        for (int index = 0; index < reverse.length; index++) {
          Spike spike = spikes.get(index);
          if (spike.group() > 0) {
            double error =
                spike.group() == circuit.output() ? errors.ofSpike(step, spike.neuron()) : 0;
            double jump =
                Circuit.THRESHOLD * v[spike.group()][spike.neuron()] + reverse[index] + error;
            v[spike.group()][spike.neuron()] += jump / spike.slope();
          }
        }
      }
      return gradients;
    }

    private double presynaptic(Spike spike, double[][][] gradients) {
      double reverse = 0;
      for (int index = 0; index < gradients.length; index++) {
        Projection projection = circuit.projections().get(index);
        if (projection.source() == spike.group()) {
          double[] lambdaV = v[projection.target()];
          double[] lambdaI = i[projection.target()];
          double tauSyn = circuit.cells().get(projection.target()).tauSyn();
          double[] row = projection.weights()[spike.neuron()];
          for (int target = 0; target < row.length; target++) {
            gradients[index][spike.neuron()][target] -= tauSyn * lambdaI[target];
            reverse += row[target] * (lambdaV[target] - lambdaI[target]);
          }
        }
      }
      return reverse;
    }

    private void decay(int group, double[] drives) {
      for (int neuron = 0; neuron < v[group].length; neuron++) {
        double drive = drives == null ? 0 : drives[neuron];
        double lambdaV = v[group][neuron] - drive;
        double lambdaI = i[group][neuron] - drive;
        i[group][neuron] = drive + beta[group] * lambdaI + coupling[group] * lambdaV;
        v[group][neuron] = drive + alpha[group] * lambdaV;
      }
    }
  }
}
