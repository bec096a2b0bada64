/// Pictures of a training: its learning curve, and what the neurons do with one example.
@NullMarked
package org.mlgenn.cli.pictures;

import org.jspecify.annotations.NullMarked;
