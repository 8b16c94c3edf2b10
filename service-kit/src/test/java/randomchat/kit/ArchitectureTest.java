package randomchat.kit;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.junit.ArchTests;
import com.tngtech.archunit.lang.ArchRule;
import randomchat.kit.testing.HouseRules;

@AnalyzeClasses(packages = "randomchat", importOptions = HouseRules.OurClasses.class)
class ArchitectureTest {

  @ArchTest static final ArchTests houseRules = ArchTests.in(HouseRules.class);

  @ArchTest
  static final ArchRule no_word_of_the_domain =
      noClasses()
          .should()
          .haveNameMatching(
              ".*\\.\\w*(User|Ticket|Pool|Match|Channel|Peer|Message|Upload|Avatar)\\w*");
}
