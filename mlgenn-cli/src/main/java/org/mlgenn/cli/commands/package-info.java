/// One class per command of `mlgenn`; `Commands` lists them.
@NullMarked
package org.mlgenn.cli.commands;

import org.jspecify.annotations.NullMarked;
