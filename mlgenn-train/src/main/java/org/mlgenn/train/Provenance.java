package org.mlgenn.train;

/// Where results come from: enough to get them again.
///
/// @param compiled the compiled network as text: compiler, settings, network, schedules
/// @param networkHash `Network.identity()`
/// @param seed of all random numbers, also where the network left it open
/// @param slices decide the order of sums over the batch, and with it the last bits
/// @param backend that ran
/// @param dataSha256 hash of the data
public record Provenance(
    String compiled,
    String networkHash,
    long seed,
    String backend,
    int threads,
    int slices,
    int batchSize,
    String dataSha256) {}
