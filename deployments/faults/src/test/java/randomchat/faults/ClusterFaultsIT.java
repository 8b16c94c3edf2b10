package randomchat.faults;

import java.util.EnumSet;
import java.util.Set;
import randomchat.faults.fleet.Database;

/** On a Redis Cluster: nothing is lost, but for what a failover loses, and that is told. */
class ClusterFaultsIT extends EachFault {

  /** Those that are something else on a cluster; a long run has them all. */
  private static final Set<Fault> BRIEFLY =
      EnumSet.of(
          Fault.CHAT_KILLED,
          Fault.SUBSCRIPTIONS_KILLED,
          Fault.COMMANDS_KILLED,
          Fault.SLOTS_MOVED,
          Fault.PRIMARY_KILLED);

  @Override
  Stage stage() {
    return new Stage(Database.Cluster.start(), Suite.seed());
  }

  @Override
  boolean canHappen(Fault fault) {
    return Suite.isLong() || BRIEFLY.contains(fault);
  }
}
