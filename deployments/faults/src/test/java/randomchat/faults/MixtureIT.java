package randomchat.faults;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import randomchat.faults.fleet.Database;

/** Faults in an order that the seed decides, several before anybody may draw breath. */
@Timeout(value = 1, unit = TimeUnit.DAYS) // it goes on for as long as it was told to
class MixtureIT {

  private static final int AT_MOST = 4; // faults in a row

  @Test
  void nothing_is_lost_by_any_mixture_of_faults() {
    mix(Database.Single.start(), false);
  }

  @Test
  void nothing_is_lost_silently_by_any_mixture_of_faults_on_a_cluster() {
    mix(Database.Cluster.start(), true);
  }

  private static void mix(Database database, boolean cluster) {
    Random random = new Random(Suite.seed());
    List<Fault> known =
        Stream.of(Fault.values())
            .filter(fault -> cluster || !fault.isOfClusters())
            .filter(fault -> Suite.isLong() || !fault.isSlow())
            .filter(Suite::has)
            .toList();
    try (Stage stage = new Stage(database, random.nextLong())) {
      long end = System.nanoTime() + Suite.mixture().dividedBy(2).toNanos();
      do {
        List<Fault> next = new ArrayList<>();
        for (int i = 1 + random.nextInt(AT_MOST); i > 0; i--) {
          next.add(known.get(random.nextInt(known.size())));
        }
        stage.after(next);
      } while (System.nanoTime() < end);
      stage.everyKeyExpires();
    }
  }
}
