package randomchat.faults;

import randomchat.faults.fleet.SystemFleet;

/**
 * On the whole system, through its gateway. No part of a usual run: {@code mvn … verify
 * -Dit.test=WholeSystemFaults}, in containers with {@code TEST_COMPOSE=true}.
 */
final class WholeSystemFaults extends EachFault {

  @Override
  Stage stage() {
    return new Stage(new SystemFleet(), Suite.seed());
  }

  @Override
  boolean canHappen(Fault fault) {
    return !fault.isOfProcesses();
  }
}
