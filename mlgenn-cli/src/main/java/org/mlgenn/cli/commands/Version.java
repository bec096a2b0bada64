package org.mlgenn.cli.commands;

import java.util.Optional;

/// The version of this program.
final class Version {
  private Version() {}

  /// From the manifest of the jar.
  static String text() {
    return Optional.ofNullable(Version.class.getPackage().getImplementationVersion())
        .or(
            () ->
                Optional.ofNullable(Version.class.getModule().getDescriptor())
                    .flatMap(java.lang.module.ModuleDescriptor::rawVersion))
        .orElse("development version");
  }
}
