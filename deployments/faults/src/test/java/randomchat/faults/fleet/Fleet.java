package randomchat.faults.fleet;

import java.util.List;
import java.util.Map;

/** Replicas of the services that people talk on, and the Redis that these share. */
public interface Fleet extends AutoCloseable {

  String SECRET = "a-secret-for-the-fault-suite-and-nothing-else";
  int LEASE_SECONDS = 3;
  int DRAIN_SECONDS = 3;
  int MAX_MSGS = 20_000;

  /** What differs from the defaults, so that a short run meets what a long one would. */
  Map<String, String> SETTINGS =
      Map.of(
          "JWT_SECRET",
          SECRET,
          "LEASE_SECONDS",
          "" + LEASE_SECONDS,
          "DRAIN_SECONDS",
          "" + DRAIN_SECONDS,
          "MAX_ALLOWED_CONNS",
          "20000",
          "MAX_MSGS",
          "" + MAX_MSGS,
          "PAGE_SIZE",
          "500",
          "MESSAGE_RATE",
          "200",
          "MESSAGE_BURST",
          "1000");

  /** The Redis they share, or the nodes of its cluster. */
  List<Node> nodes();

  List<? extends Replica> chats();

  List<? extends Replica> matches();

  @Override
  void close();
}
