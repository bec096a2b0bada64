/// GeNN's built-in models as descriptions, by the names that GeNN gives them. Start with
/// `NeuronModels`.
@NullMarked
package org.genn.engine.model.builtin;

import org.jspecify.annotations.NullMarked;
