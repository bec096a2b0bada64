/// Data sets and the encoders that turn them into spikes.
///
/// Images come from IDX files: [Mnist] is bundled, [IdxFolder] reads any other data set of that
/// format. [ImageDataset] holds them as bytes; [LatencyEncoder] makes one spike of each bright
/// pixel, once for all epochs or, with random shifts, for each epoch anew. [YinYang] is generated.
@NullMarked
package org.mlgenn.datasets;

import org.jspecify.annotations.NullMarked;
