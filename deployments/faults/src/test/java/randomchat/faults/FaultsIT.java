package randomchat.faults;

import randomchat.faults.fleet.Database;

/** On one Redis. */
class FaultsIT extends EachFault {

  @Override
  Stage stage() {
    return new Stage(Database.Single.start(), Suite.seed());
  }

  @Override
  boolean canHappen(Fault fault) {
    return !fault.isOfClusters();
  }
}
