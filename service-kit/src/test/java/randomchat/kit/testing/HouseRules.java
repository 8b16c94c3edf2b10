package randomchat.kit.testing;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;

/**
 * The rules every service keeps. A service applies them by a field {@code @ArchTest static final
 * ArchTests rules = ArchTests.in(HouseRules.class)} in a class with {@code @AnalyzeClasses(packages
 * = "randomchat", importOptions = HouseRules.OurClasses.class)}.
 */
public final class HouseRules {

  private HouseRules() {}

  /** Main classes of the service itself and of the kit. */
  public static final class OurClasses implements ImportOption {
    @Override
    public boolean includes(com.tngtech.archunit.core.importer.Location location) {
      return !location.contains("/test-classes/") && !location.contains("-tests.jar");
    }
  }

  @ArchTest
  static final ArchRule an_interface_arrives_with_its_second_implementation =
      classes()
          .that()
          .areInterfaces()
          .and()
          .areNotAnnotations()
          .and()
          .resideOutsideOfPackage("randomchat.kit..")
          .should(haveTwoImplementations())
          .allowEmptyShould(true);

  @ArchTest
  static final ArchRule names_say_what_a_thing_is =
      noClasses()
          .should()
          .haveNameMatching(".*(Impl|Manager|Helper|Utils?)")
          .because("such a name hides a second thing, or says nothing");

  @ArchTest
  static final ArchRule packages_are_features =
      noClasses()
          .should()
          .resideInAnyPackage(
              "..controller..", "..service..", "..repository..", "..util..", "..dto..");

  @ArchTest
  static final ArchRule only_scripts_and_stores_know_redis =
      noClasses()
          .that()
          .resideOutsideOfPackage("randomchat.kit.redis..")
          .and()
          .haveSimpleNameNotEndingWith("Script")
          .and()
          .haveSimpleNameNotEndingWith("Scripts")
          .and()
          .haveSimpleNameNotEndingWith("Store")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("io.vertx.redis..", "io.quarkus.redis..")
          .because("Redis has three rings: LuaScript, one class per script, the feature's store");

  @ArchTest
  static final ArchRule the_kit_knows_no_service =
      noClasses()
          .that()
          .resideInAPackage("randomchat.kit..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "randomchat.chat..",
              "randomchat.match..",
              "randomchat.user..",
              "randomchat.uploader..");

  private static ArchCondition<JavaClass> haveTwoImplementations() {
    return new ArchCondition<>("have at least two implementations, or be sealed") {
      @Override
      public void check(JavaClass type, ConditionEvents events) {
        long implementations = type.getAllSubclasses().size();
        boolean fine = implementations >= 2;
        events.add(
            new SimpleConditionEvent(
                type, fine, type.getName() + " has " + implementations + " implementations"));
      }
    };
  }
}
