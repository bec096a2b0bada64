package org.mlgenn;

import java.util.Optional;

/// A layer of a sequential network.
///
/// @param connection from the layer before; none for the input
public record Layer(Population population, Optional<Connection> connection) {}
