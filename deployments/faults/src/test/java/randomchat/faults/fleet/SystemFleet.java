package randomchat.faults.fleet;

import java.net.URI;
import java.util.List;
import randomchat.e2e.system.Part;
import randomchat.e2e.system.RandomChat;

/**
 * The whole system as {@code run.sh} starts it, in containers with {@code TEST_COMPOSE=true}; all
 * clients come through its gateway.
 */
public final class SystemFleet implements Fleet {

  private final RandomChat system = RandomChat.start(SETTINGS);
  private final List<Member> chats = members("chat");
  private final List<Member> matches = members("match");
  private final List<Node> nodes = List.of(Node.of(system));

  /** Wherever it runs, clients know its gateway only. */
  private final class Member extends Replica {

    private final Part part;

    Member(Part part) {
      this.part = part;
    }

    @Override
    public URI url(String path) {
      return URI.create(system.origin() + path);
    }

    @Override
    long pid() {
      return part.pid();
    }

    @Override
    void awaitProcess() {
      part.awaitReady();
    }

    @Override
    void end() {
      part.kill();
    }

    @Override
    void endInPeace() {
      part.terminate();
      part.awaitEnd();
    }

    @Override
    void startAgain() {
      part.revive();
    }
  }

  private List<Member> members(String service) {
    List<Member> members = system.partsOf(service).stream().map(Member::new).toList();
    members.forEach(Replica::awaitReady);
    return members;
  }

  @Override
  public List<Node> nodes() {
    return nodes;
  }

  @Override
  public List<? extends Replica> chats() {
    return chats;
  }

  @Override
  public List<? extends Replica> matches() {
    return matches;
  }

  @Override
  public void close() {
    system.close();
  }
}
