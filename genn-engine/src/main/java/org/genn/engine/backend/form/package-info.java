/// Forms of loops: what is done to routines before they are printed, where several back ends want
/// the same.
///
/// `Outline` gives each loop a routine of its own, `RowBlocks` handles several entries of a spike
/// list at a time.
@NullMarked
package org.genn.engine.backend.form;

import org.jspecify.annotations.NullMarked;
