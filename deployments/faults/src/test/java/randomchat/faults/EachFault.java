package randomchat.faults;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each fault by itself: nothing that was acknowledged is lost, twice or elsewhere. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class EachFault {

  private Stage stage;

  abstract Stage stage();

  abstract boolean canHappen(Fault fault);

  @BeforeAll
  void open() {
    stage = stage();
  }

  @AfterAll
  void close() {
    stage.close();
  }

  Stream<Fault> faults() {
    return Stream.of(Fault.values()).filter(this::canHappen).filter(Suite::has);
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
