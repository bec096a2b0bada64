package org.genn.engine.backend;

/// Whether a back end works on this machine.
///
/// @param detail one line: what was found, or what is missing and how to get it
public record Availability(boolean isAvailable, String detail) {}
