/// What `mlgenn train` can train: one class per recipe.
@NullMarked
package org.mlgenn.cli.recipes;

import org.jspecify.annotations.NullMarked;
