package randomchat.faults;

import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import randomchat.faults.fleet.Database;

/** On a Redis Cluster: nothing is lost, but for what a failover loses, and that is told. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ClusterFaultsIT {

  private Stage stage;

  @BeforeAll
  void open() {
    stage = new Stage(Database.Cluster.start(), Suite.seed());
  }

  @AfterAll
  void close() {
    stage.close();
  }

  @ParameterizedTest
  @EnumSource(
      names = {
        "CHAT_KILLED",
        "SUBSCRIPTIONS_KILLED",
        "COMMANDS_KILLED",
        "SLOTS_MOVED",
        "PRIMARY_KILLED"
      })
  void nothing_is_lost_silently_by(Fault fault) {
    stage.after(List.of(fault));
  }
}
