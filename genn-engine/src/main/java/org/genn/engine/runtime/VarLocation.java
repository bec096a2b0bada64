package org.genn.engine.runtime;

/// Where the values of a variable are. Back ends whose kernels run in host memory have one copy,
/// whatever is asked for.
public enum VarLocation {
  /// In the device's memory only.
  DEVICE,
  /// In the memories of host and device; `pull` and `push` copy.
  HOST_DEVICE,
  /// In host memory that the device reads and writes directly.
  HOST_DEVICE_ZERO_COPY
}
