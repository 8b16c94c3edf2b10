package randomchat.faults;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import randomchat.faults.fleet.Database;
import randomchat.faults.fleet.Fleet;
import randomchat.faults.fleet.Node;
import randomchat.faults.fleet.ProcessFleet;
import randomchat.faults.fleet.ProcessReplica;
import randomchat.faults.fleet.Replica;
import randomchat.faults.load.Crowd;
import randomchat.faults.load.Member;
import randomchat.kit.testing.Await;
import randomchat.kit.testing.RedisCluster;
import randomchat.kit.testing.RedisServer;
import randomchat.kit.testing.TestTokens;

/** What can happen to a system that is in use. Each returns when it is over. */
enum Fault {
  /** A replica of chat crashes in the middle of a burst, and comes back. */
  CHAT_KILLED {
    @Override
    void happen(Fleet fleet, Crowd crowd, Random random) {
      Replica replica = any(fleet.chats(), random);
      replica.kill();
      replica.start();
    }
  },

  /** A replica is asked to end, drains, and another takes its place. */
  CHAT_DRAINED {
    @Override
    void happen(Fleet fleet, Crowd crowd, Random random) {
      Replica replica = any(fleet.chats(), random);
      replica.drain();
      replica.start();
    }
  },

  /** All replicas are replaced, one after the other, twice. */
  CHAT_ROLLED_TWICE {
    @Override
    void happen(Fleet fleet, Crowd crowd, Random random) {
      for (int round = 0; round < 2; round++) {
        for (Replica replica : fleet.chats()) {
          replica.drain();
          replica.start();
        }
      }
    }
  },

  /** The clock of a replica is minutes ahead, and then as far behind. */
  CLOCKS_DIFFER {
    @Override
    void happen(Fleet fleet, Crowd crowd, Random random) {
      ProcessReplica replica = any(((ProcessFleet) fleet).chats(), random);
      for (Duration ahead : List.of(CLOCKS_APART, CLOCKS_APART.negated())) {
        replica.drain();
        replica.startAhead(ahead);
        Instant exp = Instant.now().plus(ahead.dividedBy(2));
        String token = TestTokens.channel(Fleet.SECRET, "1", "2", "3", exp);
        int status = replica.status("/api/chat/channel/messages", token);
        assertEquals(ahead.isNegative(), status != 401, "it reads the wrong clock: " + status);
        pause(CLOCKS_APART_MILLIS);
      }
      replica.drain();
      replica.start();
    }

    @Override
    boolean isOfProcesses() {
      return true;
    }
  },

  /** Redis ends the connections that hear the topics. */
  SUBSCRIPTIONS_KILLED {
    @Override
    void happen(Fleet fleet, Crowd crowd, Random random) {
      tellAll(fleet, "CLIENT KILL TYPE pubsub");
    }
  },

  /** Redis ends the connections that carry commands. */
  COMMANDS_KILLED {
    @Override
    void happen(Fleet fleet, Crowd crowd, Random random) {
      tellAll(fleet, "CLIENT KILL TYPE normal");
    }
  },

  /** Redis forgets the scripts. */
  SCRIPTS_FORGOTTEN {
    @Override
    void happen(Fleet fleet, Crowd crowd, Random random) {
      tellAll(fleet, "SCRIPT FLUSH");
    }
  },

  /** Redis, or one node of it, says nothing for ten seconds, with all connections open. */
  REDIS_HUNG {
    @Override
    void happen(Fleet fleet, Crowd crowd, Random random) {
      Node node = any(alive(fleet), random);
      node.freeze();
      pause(10_000);
      node.thaw();
    }
  },

  /** Redis crashes and comes back at once with what it has on disk. */
  REDIS_CRASHED {
    @Override
    void happen(Fleet fleet, Crowd crowd, Random random) {
      Node node = any(alive(fleet), random);
      node.kill();
      node.restart();
    }
  },

  /** Redis is away for half a minute. */
  REDIS_GONE {
    @Override
    void happen(Fleet fleet, Crowd crowd, Random random) {
      Node node = any(alive(fleet), random);
      node.kill();
      pause(30_000);
      node.restart();
    }
  },

  /** The network breaks under half of the clients. */
  SOCKETS_CUT {
    @Override
    void happen(Fleet fleet, Crowd crowd, Random random) {
      crowd.run(
          () ->
              crowd.members().stream().filter(member -> random.nextBoolean()).forEach(Member::cut));
    }
  },

  /** Some clients read nothing for three seconds. */
  READERS_STOPPED {
    @Override
    void happen(Fleet fleet, Crowd crowd, Random random) {
      List<Member> stopped = some(crowd, random);
      crowd.run(() -> stopped.forEach(Member::readsNot));
      pause(3_000);
      crowd.run(() -> stopped.forEach(Member::readsAgain));
    }
  },

  /** Some clients come again from where they were long ago, from now, or from a future. */
  POSITIONS_WRONG {
    @Override
    void happen(Fleet fleet, Crowd crowd, Random random) {
      List<Member> some = some(crowd, random);
      crowd.run(
          () -> {
            for (Member member : some) {
              switch (random.nextInt(3)) {
                case 0 -> member.comeFrom(Math.max(0, member.last() - 20), "");
                case 1 -> member.comeFrom(member.last(), member.lastTime());
                default -> member.comeFrom(member.last() + 1_000, "");
              }
            }
          });
    }
  },

  /** A primary of the cluster dies, and its replica takes over; the dead one comes back. */
  PRIMARY_KILLED {
    @Override
    void happen(Fleet fleet, Crowd crowd, Random random) {
      RedisCluster cluster = cluster(fleet);
      // A replica that still reads, after the fault before this one, would not be voted for.
      Await.until("the cluster is whole", 30, cluster::isWhole);
      RedisServer primary = cluster.primaryOf(any(crowd, random));
      primary.kill();
      Await.until("a replica takes over", 30, cluster::isWhole);
      primary.restart();
      Await.until("the cluster is whole", 30, cluster::isWhole);
    }

    @Override
    boolean isOfClusters() {
      return true;
    }

    @Override
    boolean mayLose() {
      return true;
    }
  },

  /** Slots of channels in use move to other nodes. */
  SLOTS_MOVED {
    @Override
    void happen(Fleet fleet, Crowd crowd, Random random) {
      for (int i = 0; i < 5; i++) {
        cluster(fleet).migrate(any(crowd, random));
      }
    }

    @Override
    boolean isOfClusters() {
      return true;
    }
  };

  private static final int SOME = 5; // of so many, one
  private static final Duration CLOCKS_APART = Duration.ofMinutes(3);
  private static final int CLOCKS_APART_MILLIS = 1_500;

  abstract void happen(Fleet fleet, Crowd crowd, Random random);

  /** Whether it needs a cluster. */
  boolean isOfClusters() {
    return false;
  }

  /** Whether it needs processes that this suite has started itself. */
  boolean isOfProcesses() {
    return isOfClusters();
  }

  /** Whether it takes half a minute. */
  boolean isSlow() {
    return this == REDIS_GONE || this == CHAT_ROLLED_TWICE || this == CLOCKS_DIFFER;
  }

  /** Whether Redis itself may lose what it has confirmed: a replica is a moment behind. */
  boolean mayLose() {
    return false;
  }

  static void pause(int millis) {
    LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(millis));
  }

  private static <T> T any(List<? extends T> things, Random random) {
    return things.get(random.nextInt(things.size()));
  }

  /** A key of a channel in use. */
  private static String any(Crowd crowd, Random random) {
    return "{" + any(crowd.rooms(), random).channel() + "}:meta";
  }

  private static List<Member> some(Crowd crowd, Random random) {
    return crowd.members().stream().filter(member -> random.nextInt(SOME) == 0).toList();
  }

  private static List<Node> alive(Fleet fleet) {
    return fleet.nodes().stream().filter(Node::isAlive).toList();
  }

  private static void tellAll(Fleet fleet, String command) {
    alive(fleet).forEach(node -> node.tell(command.split(" ")));
  }

  private static RedisCluster cluster(Fleet fleet) {
    return ((Database.Cluster) ((ProcessFleet) fleet).database()).cluster();
  }
}
