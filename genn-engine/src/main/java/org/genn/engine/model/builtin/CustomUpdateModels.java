package org.genn.engine.model.builtin;

import java.util.List;
import java.util.Set;
import org.genn.engine.model.CustomUpdateModel;
import org.genn.engine.model.VarAccessMode;

/// The built-in custom-update models.
public final class CustomUpdateModels {

  /// Does nothing but to write the matrix that `variable` refers to, transposed, to the synapses
  /// that lead back.
  public static final CustomUpdateModel TRANSPOSE =
      new CustomUpdateModel("Transpose", "").reference("variable", VarAccessMode.READ_WRITE);

  private static final Catalogue<CustomUpdateModel> ALL =
      Catalogue.of("custom update model", List.of(TRANSPOSE), CustomUpdateModel::name);

  private CustomUpdateModels() {}

  /// The model that GeNN calls `name`.
  ///
  /// @throws IllegalArgumentException when there is none
  public static CustomUpdateModel named(String name) {
    return ALL.get(name);
  }

  public static Set<String> names() {
    return ALL.entries().keySet();
  }
}
