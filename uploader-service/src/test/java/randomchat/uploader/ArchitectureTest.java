package randomchat.uploader;

import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.junit.ArchTests;
import randomchat.kit.testing.HouseRules;

@AnalyzeClasses(packages = "randomchat", importOptions = HouseRules.OurClasses.class)
class ArchitectureTest {

  @ArchTest static final ArchTests houseRules = ArchTests.in(HouseRules.class);
}
