// What a careful C programmer writes for the networks of the benchmarks: separate arrays, loops that the compiler
// vectorises, blocks of neurons that are looked at one by one only if one of them spikes, 16-bit targets where
// they fit, rows that are fetched ahead. It shares no text with the engine; generated code is measured against it.
//
// Each function is called by all threads at the same time, each with its own part; a step has one meeting at most.
#include <math.h>
#include <sched.h>
#include <stdint.h>
#include <string.h>

#define LOOP __attribute__((visibility("default")))
#define ALONE static __attribute__((noinline))
#define INLINE static inline __attribute__((always_inline))
#define R restrict
#define BLOCK 64

// ---- threads

struct meeting {
  _Alignas(64) int arrived;
  _Alignas(64) int round;
};

static inline void relax(void) {
#if defined(__x86_64__)
  __builtin_ia32_pause();
#endif
}

static void meet(struct meeting *meeting, int parts) {
  if (parts == 1) {
    return;
  }
  int round = __atomic_load_n(&meeting->round, __ATOMIC_RELAXED);
  if (__atomic_add_fetch(&meeting->arrived, 1, __ATOMIC_ACQ_REL) == parts) {
    __atomic_store_n(&meeting->arrived, 0, __ATOMIC_RELAXED);
    __atomic_store_n(&meeting->round, round + 1, __ATOMIC_RELEASE);
    return;
  }
  for (int spins = 0; __atomic_load_n(&meeting->round, __ATOMIC_ACQUIRE) == round; spins++) {
    if (spins < 4000) {
      relax();
    } else {
      sched_yield();
    }
  }
}

// ---- neurons

// A block of leaky integrate-and-fire neurons with refractory time and constant input; appends those that spike.
INLINE int lif_block(float *R v, float *R refractory, int first, int size, const float *R c, int *R spikes) {
  v += first, refractory += first;
  const float decay = c[0], steady = c[1], threshold = c[2], reset = c[3], silence = c[4], dt = c[5];
  int fired[BLOCK], any = 0, count = 0;
  for (int i = 0; i < size; i++) {
    float x = v[i], r = refractory[i];
    int active = r <= 0.0f;
    x = active ? steady - decay * (steady - x) : x;
    r = active ? r : r - dt;
    int spike = (r <= 0.0f) & (x >= threshold);
    v[i] = spike ? reset : x;
    refractory[i] = spike ? silence : r;
    fired[i] = spike;
    any |= spike;
  }
  for (int i = 0; any && i < size; i++) {
    if (fired[i]) {
      spikes[count++] = first + i;
    }
  }
  return count;
}

ALONE int lif_step(float *R v, float *R refractory, int n, const float *R c, int *R spikes) {
  int count = 0, first = 0;
  for (; first + BLOCK <= n; first += BLOCK) {
    count += lif_block(v, refractory, first, BLOCK, c, spikes + count);
  }
  return count + lif_block(v, refractory, first, n - first, c, spikes + count);
}

// Examples `begin` to `end` of a batch, one after the other, all steps of each.
LOOP long lif(float *R v, float *R refractory, int n, int begin, int end, int steps, const float *R c,
              int *R spikes) {
  long count = 0;
  for (int example = begin; example < end; example++) {
    for (int step = 0; step < steps; step++) {
      count += lif_step(v + (long) example * n, refractory + (long) example * n, n, c, spikes);
    }
  }
  return count;
}

// Integrators of a decaying sum of their input, which is used up.
ALONE void sum_step(float *R v, float *R input, int n, float decay) {
  for (int i = 0; i < n; i++) {
    v[i] = decay * v[i] + input[i];
    input[i] = 0.0f;
  }
}

// ---- sparse rows

static inline void fetch(const char *from, long bytes) {
  long most = bytes < 1024 ? bytes : 1024;
  for (long at = 0; at < most; at += 64) {
    __builtin_prefetch(from + at);
  }
}

#define WEIGHTED_ROW(NAME, INDEX)                                                                    \
  ALONE void NAME(float *R input, const INDEX *R targets, const float *R weights, long begin, long end) { \
    _Pragma("GCC unroll 8") for (long k = begin; k < end; k++) {                                     \
      input[targets[k]] += weights[k];                                                               \
    }                                                                                                \
  }
WEIGHTED_ROW(weighted_row_16, uint16_t)
WEIGHTED_ROW(weighted_row_32, int)

// Spikes of `steps` steps from outside, through sparse rows with weights, to integrators of one part of the targets. Row
// `s` of the part is from `offsets[s * (parts + 1) + part]` to the next offset.
LOOP void sparse(float *R v, float *R input, const void *R targets, int narrow, const float *R weights,
                 const long *R offsets, int part, int parts, int from, int to, float decay, const int *R ids,
                 const int *R ends, int steps) {
  for (int step = 0; step < steps; step++) {
    for (int spike = ends[step]; spike < ends[step + 1]; spike++) {
      const long *R row = offsets + (long) ids[spike] * (parts + 1) + part;
      if (spike + 1 < ends[steps]) {
        const long *R next = offsets + (long) ids[spike + 1] * (parts + 1) + part;
        long synapses = next[1] - next[0];
        fetch((const char *) (weights + next[0]), synapses * 4);
        fetch((const char *) targets + next[0] * (narrow ? 2 : 4), synapses * (narrow ? 2 : 4));
      }
      if (narrow) {
        weighted_row_16(input, targets, weights, row[0], row[1]);
      } else {
        weighted_row_32(input, targets, weights, row[0], row[1]);
      }
    }
    sum_step(v + from, input + from, to - from, decay);
  }
}

// ---- dense rows

typedef float floats __attribute__((vector_size(64), aligned(4), may_alias));
#define AT(pointer) (*(floats *) (pointer))

// The rows of all spikes of a step, added in order; 128 targets stay in registers meanwhile.
ALONE void dense_rows(float *R input, const float *R weights, const int *R ids, int count, int n) {
  int at = 0;
  for (; at + 128 <= n; at += 128) {
    float *R q = input + at;
    floats a = AT(q), b = AT(q + 16), c = AT(q + 32), d = AT(q + 48);
    floats e = AT(q + 64), f = AT(q + 80), g = AT(q + 96), h = AT(q + 112);
    for (int spike = 0; spike < count; spike++) {
      float *w = (float *) weights + (long) ids[spike] * n + at;
      a += AT(w), b += AT(w + 16), c += AT(w + 32), d += AT(w + 48);
      e += AT(w + 64), f += AT(w + 80), g += AT(w + 96), h += AT(w + 112);
    }
    AT(q) = a, AT(q + 16) = b, AT(q + 32) = c, AT(q + 48) = d;
    AT(q + 64) = e, AT(q + 80) = f, AT(q + 96) = g, AT(q + 112) = h;
  }
  for (int spike = 0; spike < count; spike++) {
    const float *R w = weights + (long) ids[spike] * n;
    for (int i = at; i < n; i++) {
      input[i] += w[i];
    }
  }
}

// Examples `begin` to `end`; the spikes of an example in step `s` are from `ends[example * (steps + 1) + s]` on.
LOOP void dense(float *R v, float *R input, const float *R weights, int n, int begin, int end, float decay,
                const int *R ids, const int *R ends, int steps) {
  for (int example = begin; example < end; example++) {
    const int *R own = ends + (long) example * (steps + 1);
    for (int step = 0; step < steps; step++) {
      dense_rows(input + (long) example * n, weights, ids + own[step], own[step + 1] - own[step], n);
      sum_step(v + (long) example * n, input + (long) example * n, n, decay);
    }
  }
}

// ---- recurrent network of excitatory and inhibitory neurons

struct recurrent {
  float *v;
  float *refractory;
  float *excitation;
  float *inhibition;
  const void *targets;
  const long *offsets;
  int *spikes;
  int *counts;
  struct meeting *meeting;
  const float *constants;
  long narrow;
  long excitatory;
  long neurons;
  long parts;
};

INLINE int recurrent_block(float *R v, float *R refractory, float *R excitation, float *R inhibition, int first,
                           int size, const float *R c, int *R spikes) {
  v += first, refractory += first, excitation += first, inhibition += first;
  const float decay = c[0], rest = c[1], threshold = c[2], reset = c[3], silence = c[4], dt = c[5];
  const float resistance = c[6], fast = c[7], fast_share = c[8], slow = c[9], slow_share = c[10];
  int fired[BLOCK], any = 0, count = 0;
  for (int i = 0; i < size; i++) {
    float x = v[i], r = refractory[i];
    float current = fast_share * excitation[i] + slow_share * inhibition[i];
    excitation[i] *= fast;
    inhibition[i] *= slow;
    float steady = current * resistance + rest;
    int active = r <= 0.0f;
    x = active ? steady - decay * (steady - x) : x;
    r = active ? r : r - dt;
    int spike = (r <= 0.0f) & (x >= threshold);
    v[i] = spike ? reset : x;
    refractory[i] = spike ? silence : r;
    fired[i] = spike;
    any |= spike;
  }
  for (int i = 0; any && i < size; i++) {
    if (fired[i]) {
      spikes[count++] = first + i;
    }
  }
  return count;
}

ALONE int recurrent_step(float *R v, float *R refractory, float *R excitation, float *R inhibition, int from, int to,
                         const float *R c, int *R spikes) {
  int count = 0, first = from;
  for (; first + BLOCK <= to; first += BLOCK) {
    count += recurrent_block(v, refractory, excitation, inhibition, first, BLOCK, c, spikes + count);
  }
  return count + recurrent_block(v, refractory, excitation, inhibition, first, to - first, c, spikes + count);
}

#define EQUAL_ROW(NAME, INDEX)                                                           \
  ALONE void NAME(float *R input, const INDEX *R targets, int synapses, float weight) { \
    _Pragma("GCC unroll 8") for (int k = 0; k < synapses; k++) {                         \
      input[targets[k]] += weight;                                                       \
    }                                                                                    \
  }
EQUAL_ROW(equal_row_16, uint16_t)
EQUAL_ROW(equal_row_32, int)

static inline const char *row_start(const struct recurrent *net, int neuron, int part, int *synapses) {
  const long *R row = net->offsets + (long) neuron * (net->parts + 1) + part;
  *synapses = row[1] - row[0];
  return (const char *) net->targets + row[0] * (net->narrow ? 2 : 4);
}

// Neurons and targets of a part; spikes of this and of the last step are kept for each part.
LOOP long recurrent(struct recurrent *net, int part, int first_step, int steps) {
  int parts = net->parts, n = net->neurons;
  int share = ((n + parts - 1) / parts + 15) & ~15;
  int from = part * share < n ? part * share : n;
  int to = from + share < n ? from + share : n;
  long total = 0;
  for (int step = first_step; step < first_step + steps; step++) {
    int last = (step & 1) ^ 1, now = step & 1;
    for (int sender = 0; sender < parts; sender++) {
      const int *R spikes = net->spikes + ((long) last * parts + sender) * n;
      int count = net->counts[16 * (last * parts + sender)];
      int synapses = 0, next_synapses = 0;
      const char *row = 0, *next = count ? row_start(net, spikes[0], part, &next_synapses) : 0;
      for (int spike = 0; spike < count; spike++) {
        row = next;
        synapses = next_synapses;
        if (spike + 1 < count) {
          next = row_start(net, spikes[spike + 1], part, &next_synapses);
          fetch(next, (long) next_synapses * (net->narrow ? 2 : 4));
        }
        int is_excitatory = spikes[spike] < net->excitatory;
        float *input = is_excitatory ? net->excitation : net->inhibition;
        float weight = net->constants[is_excitatory ? 11 : 12];
        if (net->narrow) {
          equal_row_16(input, (const uint16_t *) row, synapses, weight);
        } else {
          equal_row_32(input, (const int *) row, synapses, weight);
        }
      }
    }
    int count = recurrent_step(net->v, net->refractory, net->excitation, net->inhibition, from, to, net->constants,
                               net->spikes + ((long) now * parts + part) * n);
    net->counts[16 * (now * parts + part)] = count;
    total += count;
    meet(net->meeting, parts);
  }
  return total;
}

// ---- EventProp on 700 inputs, 256 recurrent neurons and 20 readouts

enum { INPUTS = 700, HIDDEN = 256, READOUTS = 20 };

struct eventprop {
  const float *input_weights;
  const float *recurrent_weights;
  const float *readout_weights;
  const int *input_ids;
  const int *input_offsets;
  const int *labels;
  const float *constants;
  long timesteps;
  long batch;
};

// What a thread has for itself: gradients, and the tape of the example at hand.
struct trainer {
  float *input_gradient;
  float *recurrent_gradient;
  float *readout_gradient;
  int *ids;
  float *inverse_gaps;
  int *offsets;
};

INLINE void add_readouts(float *R into, const float *R row, float scale) {
  for (int k = 0; k < READOUTS; k++) {
    into[k] += scale * row[k];
  }
}

INLINE void add_scaled(float *R into, const float *R row, float scale) {
  for (int j = 0; j < HIDDEN; j++) {
    into[j] += scale * row[j];
  }
}

// Appends the neurons that spike and 1 / (I - V) of each.
ALONE int hidden_step(float *R v, float *R current, const float *R c, int *R ids, float *R inverse_gaps) {
  const float alpha = c[0], beta = c[1], share = c[2];
  float gap[HIDDEN];
  int count = 0;
  for (int first = 0; first < HIDDEN; first += BLOCK) {
    int fired[BLOCK], any = 0;
    float *bv = v + first, *bi = current + first, *bg = gap + first;
    for (int j = 0; j < BLOCK; j++) {
      float x = alpha * bv[j] + share * bi[j];
      int spike = x >= 1.0f;
      bg[j] = bi[j] - x;
      bv[j] = spike ? 0.0f : x;
      bi[j] *= beta;
      fired[j] = spike;
      any |= spike;
    }
    for (int j = 0; any && j < BLOCK; j++) {
      if (fired[j]) {
        ids[count] = first + j;
        inverse_gaps[count++] = 1.0f / bg[j];
      }
    }
  }
  return count;
}

static int forward(const struct eventprop *net, const struct trainer *own, int example, float *R sums) {
  float v[HIDDEN] = {0}, current[HIDDEN] = {0}, readout[READOUTS] = {0}, readout_current[READOUTS] = {0};
  const float alpha = net->constants[0], beta = net->constants[1], share = net->constants[2];
  const int *R offsets = net->input_offsets + example * (net->timesteps + 2);
  const int *R input_ids = net->input_ids;
  int count = 0;
  own->offsets[0] = 0;
  for (int step = 0; step < net->timesteps; step++) {
    if (step > 0) {
      int last = own->offsets[step - 1];
      dense_rows(current, net->input_weights, input_ids + offsets[step], offsets[step + 1] - offsets[step], HIDDEN);
      dense_rows(current, net->recurrent_weights, own->ids + last, count - last, HIDDEN);
      for (int k = last; k < count; k++) {
        add_readouts(readout_current, net->readout_weights + own->ids[k] * READOUTS, 1.0f);
      }
    }
    count += hidden_step(v, current, net->constants, own->ids + count, own->inverse_gaps + count);
    own->offsets[step + 1] = count;
    for (int k = 0; k < READOUTS; k++) {
      float x = alpha * readout[k] + share * readout_current[k];
      readout[k] = x;
      sums[k] += x;
      readout_current[k] *= beta;
    }
  }
  return count;
}

// Error of the crossentropy of the mean voltages.
static void errors(const struct eventprop *net, const float *R sums, int label, float *R drive) {
  double largest = -1e300, total = 0, powers[READOUTS];
  for (int k = 0; k < READOUTS; k++) {
    double mean = sums[k] / net->timesteps;
    largest = mean > largest ? mean : largest;
  }
  for (int k = 0; k < READOUTS; k++) {
    powers[k] = exp(sums[k] / net->timesteps - largest);
    total += powers[k];
  }
  for (int k = 0; k < READOUTS; k++) {
    drive[k] = (float) (((k == label) - powers[k] / total) / ((double) net->timesteps * net->batch));
  }
}

ALONE float feedback(const float *R w, const float *R lv, const float *R li) {
  floats a = {0}, b = {0};
  for (int j = 0; j < HIDDEN; j += 32) {
    a += AT(w + j) * (AT(lv + j) - AT(li + j));
    b += AT(w + j + 16) * (AT(lv + j + 16) - AT(li + j + 16));
  }
  a += b;
  float sum = 0.0f;
  for (int j = 0; j < 16; j++) {
    sum += a[j];
  }
  return sum;
}

ALONE void decay(float *R lv, float *R li, const float *R c) {
  const float alpha = c[0], beta = c[1], coupling = c[3];
  for (int j = 0; j < HIDDEN; j++) {
    li[j] = beta * li[j] + coupling * lv[j];
    lv[j] = alpha * lv[j];
  }
}

static void backward(const struct eventprop *net, const struct trainer *own, int example, const float *R drive) {
  float lv[HIDDEN] = {0}, li[HIDDEN] = {0}, readout_lv[READOUTS] = {0}, readout_li[READOUTS] = {0}, jumps[HIDDEN];
  const float alpha = net->constants[0], beta = net->constants[1], coupling = net->constants[3];
  const float minus_tau = -net->constants[4];
  const int *R offsets = net->input_offsets + example * (net->timesteps + 2);
  for (int step = net->timesteps - 1; step >= 0; step--) {
    int begin = own->offsets[step], end = own->offsets[step + 1];
    for (int k = begin; k < end; k++) {
      int j = own->ids[k];
      float jump = feedback(net->recurrent_weights + j * HIDDEN, lv, li);
      const float *R w = net->readout_weights + j * READOUTS;
      for (int o = 0; o < READOUTS; o++) {
        jump += w[o] * (readout_lv[o] - readout_li[o]);
      }
      jumps[k - begin] = jump;
      add_scaled(own->recurrent_gradient + j * HIDDEN, li, minus_tau);
      add_readouts(own->readout_gradient + j * READOUTS, readout_li, minus_tau);
    }
    for (int k = offsets[step + 1]; k < offsets[step + 2]; k++) {
      add_scaled(own->input_gradient + net->input_ids[k] * HIDDEN, li, minus_tau);
    }
    for (int o = 0; o < READOUTS; o++) {
      float d = drive[o];
      readout_li[o] = d + beta * (readout_li[o] - d) + coupling * (readout_lv[o] - d);
      readout_lv[o] = d + alpha * (readout_lv[o] - d);
    }
    decay(lv, li, net->constants);
    for (int k = begin; k < end; k++) {
      int j = own->ids[k];
      lv[j] += own->inverse_gaps[k] * (lv[j] + jumps[k - begin]);
    }
  }
}

// Forward and backward pass of examples `begin` to `end`; the spikes of hidden neurons.
LOOP long eventprop(const struct eventprop *net, const struct trainer *own, int begin, int end) {
  long spikes = 0;
  for (int example = begin; example < end; example++) {
    float sums[READOUTS] = {0}, drive[READOUTS];
    spikes += forward(net, own, example, sums);
    errors(net, sums, net->labels[example], drive);
    backward(net, own, example, drive);
  }
  return spikes;
}
