package dev.backprop;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.io.Serializable;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.RestController;

/// The arrows between packages and the habits of the house. A package that does not exist yet
/// cannot break a rule.
class ArchitectureTests {

  private static final String BASE = "dev.backprop";

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages(BASE);

  static Stream<ArchRule> arrows() {
    return Stream.of(
        only("core.linalg"),
        only("core.nn", "core.linalg"),
        only("core.metric", "core.linalg"),
        only("core.train", "core.metric", "core.nn", "core.linalg"),
        only("problem"),
        only("http", "problem"),
        only("dataset", "core", "http", "problem"),
        only("model", "dataset", "core", "http", "problem"),
        only("job", "model", "dataset", "core", "http", "problem"),
        only("job.event", "core", "http", "problem"),
        only("job.webhook", "job.event", "core", "http", "problem"),
        only("inference", "model", "dataset", "core", "http", "problem"),
        only("insight", "model", "dataset", "core", "http", "problem"),
        top("dataset"),
        part("dataset", "generator"),
        part("dataset", "preprocessing"),
        part("dataset", "intake", "generator"),
        part("dataset", "web", "intake"),
        top("inference"),
        part("inference", "protocol"));
  }

  @ParameterizedTest
  @MethodSource("arrows")
  void dependOnlyInTheDirectionOfTheDesign(ArchRule rule) {
    rule.check(CLASSES);
  }

  @Test
  void packagesAreFreeOfCycles() {
    slices()
        .matching(BASE + ".(**)")
        .should()
        .beFreeOfCycles()
        .because("a cycle cannot be understood in parts; use a type in the lower package instead")
        .check(CLASSES);
  }

  @Test
  void coreKnowsOnlyJava() {
    noClasses()
        .that()
        .resideInAPackage(BASE + ".core..")
        .should()
        .dependOnClassesThat(
            DescribedPredicate.not(
                resideInAnyPackage("java..", "org.jspecify..", BASE + ".core..")))
        .because("the numbers must run anywhere; use a type of the core or of java.* instead")
        .allowEmptyShould(true)
        .check(CLASSES);
  }

  @Test
  void controllersAreHiddenInFeatures() {
    classes()
        .that()
        .areAnnotatedWith(RestController.class)
        .or()
        .areAnnotatedWith(Controller.class)
        .should()
        .bePackagePrivate()
        .andShould()
        .resideInAnyPackage(
            Stream.of("dataset", "job", "model", "inference", "insight", "problem", "system")
                .map(name -> BASE + "." + name + "..")
                .toArray(String[]::new))
        .because("nobody calls a controller in Java; use the feature's records and repository")
        .check(CLASSES);
  }

  @Test
  void dependenciesComeThroughConstructors() {
    noFields()
        .should()
        .beAnnotatedWith(Autowired.class)
        .because("a field that is injected cannot be final; use a constructor parameter instead")
        .check(CLASSES);
  }

  @Test
  void timeIsPassedIn() {
    noClasses()
        .should()
        .callMethod(Instant.class, "now")
        .orShould()
        .callMethod(LocalDateTime.class, "now")
        .orShould()
        .callMethod(System.class, "currentTimeMillis")
        .because("tests need to set the time; use an injected java.time.Clock instead")
        .check(CLASSES);
  }

  @Test
  void nobodySleeps() {
    noClasses()
        .should()
        .callMethodWhere(calls(Thread.class, "sleep"))
        .because("a sleep is a guess; use a condition, a latch or a scheduler instead")
        .check(CLASSES);
  }

  @Test
  void randomNumbersCanBeRepeatedEverywhere() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .areAssignableTo(Random.class)
        .orShould()
        .callMethod(Math.class, "random")
        .because(
            "its stream is not ours to keep; use java.util.random.RandomGenerator or the"
                + " counter-based numbers of the core instead")
        .check(CLASSES);
  }

  @Test
  void wordsGoToTheLog() {
    noClasses()
        .should()
        .accessField(System.class, "out")
        .orShould()
        .accessField(System.class, "err")
        .orShould()
        .callMethod(Throwable.class, "printStackTrace")
        .because("the operator reads the log; use an SLF4J logger instead")
        .check(CLASSES);
  }

  @Test
  void stateIsNotTiedToThreads() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .areAssignableTo(ThreadLocal.class)
        .because("virtual threads come by the thousand; use a parameter or a ScopedValue instead")
        .check(CLASSES);
  }

  @Test
  void nothingIsSerializedByJava() {
    noClasses()
        .that()
        .areNotAssignableTo(Throwable.class)
        .and()
        .areNotEnums()
        .and(DescribedPredicate.not(jacksonExtension()))
        .should()
        .implement(Serializable.class)
        .because("Java serialization runs code from data; use JSON or raw numbers instead")
        .check(CLASSES);
  }

  @Test
  void everyPackageIsNullMarked() {
    Set<String> unmarked = new TreeSet<>();
    for (JavaClass type : CLASSES) {
      if (!type.getPackage().isAnnotatedWith(NullMarked.class)) {
        unmarked.add(type.getPackageName());
      }
    }
    assertThat(unmarked)
        .as("every package is @NullMarked because null must be said; use package-info.java")
        .isEmpty();
  }

  @Test
  void rulesBite() {
    assertThatThrownBy(() -> only("system.json").check(CLASSES))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("dev.backprop.problem");
    assertThatThrownBy(() -> part("dataset", "intake").check(CLASSES))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("dev.backprop.dataset.generator");
    assertThatThrownBy(() -> top("system").check(CLASSES))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("dev.backprop.system.security");
  }

  /// A package, with those below it, may depend on the named ones and on libraries.
  private static ArchRule only(String name, String... allowed) {
    String[] homes =
        Stream.concat(Stream.of(name), Stream.of(allowed))
            .map(each -> BASE + "." + each + "..")
            .toArray(String[]::new);
    DescribedPredicate<JavaClass> ours = resideInAnyPackage(BASE + "..");
    return noClasses()
        .that()
        .resideInAPackage(BASE + "." + name + "..")
        .should()
        .dependOnClassesThat(ours.and(DescribedPredicate.not(resideInAnyPackage(homes))))
        .because(
            "the data goes one way (DESIGN: packages); "
                + "use an interface that the lower package owns instead")
        .as(
            name
                + " depends only on "
                + (allowed.length == 0 ? "itself" : String.join(", ", allowed)))
        .allowEmptyShould(true);
  }

  /// The package of a feature itself depends on none of those below it.
  private static ArchRule top(String feature) {
    return noClasses()
        .that()
        .resideInAPackage(BASE + "." + feature)
        .should()
        .dependOnClassesThat()
        .resideInAPackage(BASE + "." + feature + ".*..")
        .because("it is what they stand on; move the class that needs them down to them instead")
        .as(feature + " depends on no package below it");
  }

  /// Within a feature, a package may depend on the one above it and on the named ones beside it.
  private static ArchRule part(String feature, String name, String... beside) {
    String home = BASE + "." + feature;
    String[] allowed =
        Stream.concat(
                Stream.of(home),
                Stream.concat(Stream.of(name), Stream.of(beside))
                    .map(each -> home + "." + each + ".."))
            .toArray(String[]::new);
    DescribedPredicate<JavaClass> related = resideInAnyPackage(home + "..");
    return noClasses()
        .that()
        .resideInAPackage(home + "." + name + "..")
        .should()
        .dependOnClassesThat(related.and(DescribedPredicate.not(resideInAnyPackage(allowed))))
        .because("each can then be understood without the others; use the package above instead")
        .as(
            feature
                + "."
                + name
                + " depends, of its feature, only on the package above"
                + (beside.length == 0 ? "" : " and " + String.join(", ", beside)));
  }

  private static DescribedPredicate<JavaAccess<?>> calls(Class<?> owner, String method) {
    return new DescribedPredicate<>("calls of " + owner.getSimpleName() + "." + method) {
      @Override
      public boolean test(JavaAccess<?> access) {
        return access.getTargetOwner().isEquivalentTo(owner) && access.getName().equals(method);
      }
    };
  }

  /// What Jackson makes its extensions inherit, though nothing ever writes them.
  private static DescribedPredicate<JavaClass> jacksonExtension() {
    return JavaClass.Predicates.assignableTo(
        DescribedPredicate.describe(
            "Jackson's", type -> type.getPackageName().startsWith("tools.jackson.")));
  }
}
