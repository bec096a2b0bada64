/// The command line: `Main` finds the `Command`, parses its options and turns failures into
/// messages and exit codes.
///
/// What can be trained are `Recipe` services, found by `ServiceLoader`; a recipe makes an
/// `Experiment` of the options that it is given. Start with `Main`.
@NullMarked
package org.mlgenn.cli;

import org.jspecify.annotations.NullMarked;
