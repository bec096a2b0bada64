package org.mlgenn.tests.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// The dependency rules of ARCHITECTURE.md §2.
class ArchitectureTest {
  private static final String ENGINE = "org.genn.engine.";
  private static JavaClasses ours;

  @BeforeAll
  static void importClasses() {
    ours =
        new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("org.genn", "org.mlgenn");
  }

  @Test
  void allLayersAreSeen() {
    for (String type :
        new String[] {
          ENGINE + "snippet.Snippet",
          ENGINE + "model.ModelSpec",
          ENGINE + "kernel.Lowering",
          ENGINE + "backend.Backend",
          ENGINE + "runtime.Simulation",
          "org.mlgenn.Network",
          "org.mlgenn.compilers.CompiledNetwork",
          "org.mlgenn.train.Trainer",
          "org.mlgenn.datasets.Mnist",
          "org.mlgenn.cli.Main"
        }) {
      assertTrue(ours.contain(type), type);
    }
  }

  @Test
  void snippetsDependOnNothingElse() {
    onlyDependsOn(ENGINE + "snippet..", ENGINE + "snippet..");
  }

  @Test
  void modelsKnowSnippetsOnly() {
    onlyDependsOn(ENGINE + "model..", ENGINE + "model..", ENGINE + "snippet..");
  }

  @Test
  void kernelsKnowNoBackend() {
    onlyDependsOn(
        ENGINE + "kernel..", ENGINE + "kernel..", ENGINE + "model..", ENGINE + "snippet..");
  }

  @Test
  void backendsKnowNoRuntime() {
    noClasses()
        .that()
        .resideInAPackage(ENGINE + "backend..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage(ENGINE + "runtime..")
        .check(ours);
  }

  @Test
  void engineKnowsNoLibraryAboveIt() {
    noClasses()
        .that()
        .resideInAPackage("org.genn.engine..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("org.mlgenn..")
        .check(ours);
  }

  @Test
  void coreAndCompilersKnowModelsAndSnippetsOnly() {
    noClasses()
        .that()
        .resideInAnyPackage(
            "org.mlgenn",
            "org.mlgenn.neurons..",
            "org.mlgenn.synapses..",
            "org.mlgenn.connectivity..",
            "org.mlgenn.initializers..",
            "org.mlgenn.readouts..",
            "org.mlgenn.losses..",
            "org.mlgenn.optimisers..",
            "org.mlgenn.metrics..",
            "org.mlgenn.parts..",
            "org.mlgenn.data..",
            "org.mlgenn.serialisers..",
            "org.mlgenn.compilers..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(ENGINE + "kernel..", ENGINE + "backend..", ENGINE + "runtime..")
        .check(ours);
  }

  @Test
  void trainingKnowsNoKernels() {
    noClasses()
        .that()
        .resideInAPackage("org.mlgenn.train..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(ENGINE + "kernel..", ENGINE + "backend.jvm..")
        .check(ours);
  }

  @Test
  void dataSetsKnowTheCoreOnly() {
    noClasses()
        .that()
        .resideInAPackage("org.mlgenn.datasets..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "org.genn..", "org.mlgenn.compilers..", "org.mlgenn.train..", "org.mlgenn.cli..")
        .check(ours);
  }

  @Test
  void nothingKnowsTheCommandLine() {
    noClasses()
        .that()
        .resideOutsideOfPackage("org.mlgenn.cli..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("org.mlgenn.cli..")
        .check(ours);
  }

  @Test
  void enginePackagesHaveNoCycles() {
    slices().matching("org.genn.engine.(*)..").should().beFreeOfCycles().check(ours);
  }

  @Test
  void nothingUsesJavaSerialisation() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .haveFullyQualifiedName("java.io.ObjectInputStream")
        .check(ours);
  }

  private static void onlyDependsOn(String from, String... to) {
    String[] allowed = new String[to.length + 3];
    System.arraycopy(to, 0, allowed, 0, to.length);
    allowed[to.length] = "java..";
    allowed[to.length + 1] = "org.jspecify..";
    allowed[to.length + 2] = "org.slf4j..";
    classes()
        .that()
        .resideInAPackage(from)
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(allowed)
        .check(ours);
  }
}
