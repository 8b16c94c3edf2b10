package randomchat.faults;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import randomchat.faults.fleet.SystemFleet;

/**
 * Each fault by itself on the whole system, through its gateway. No part of a usual run: {@code mvn
 * … verify -Dit.test=WholeSystemFaults}, in containers with {@code TEST_COMPOSE=true}.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class WholeSystemFaults {

  private Stage stage;

  @BeforeAll
  void open() {
    stage = new Stage(new SystemFleet(), Suite.seed());
  }

  @AfterAll
  void close() {
    stage.close();
  }

  static Stream<Fault> faults() {
    return Stream.of(Fault.values()).filter(fault -> !fault.isOfProcesses()).filter(Suite::has);
  }

  @ParameterizedTest
  @MethodSource("faults")
  void nothing_is_lost_by(Fault fault) {
    stage.after(List.of(fault));
  }

  @Test
  void who_vanishes_is_offline_within_a_lease() {
    stage.whoVanishesIsOffline();
  }

  @Test
  void every_key_expires() {
    stage.everyKeyExpires();
  }
}
