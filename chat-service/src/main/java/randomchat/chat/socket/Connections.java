package randomchat.chat.socket;

import jakarta.inject.Singleton;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import randomchat.chat.channel.Membership;

/** The open sockets of this replica. Touched by the event loop only. */
@Singleton
final class Connections {

  private final Map<String, OpenSocket> open = new HashMap<>();
  private final Map<Membership, List<OpenSocket>> members = new HashMap<>();

  void add(String id, OpenSocket socket) {
    open.put(id, socket);
    members.merge(
        member(socket),
        List.of(socket),
        (some, one) -> Stream.concat(some.stream(), one.stream()).toList());
  }

  Optional<OpenSocket> find(String id) {
    return Optional.ofNullable(open.get(id));
  }

  void remove(String id) {
    OpenSocket socket = open.remove(id);
    if (socket != null) {
      members.computeIfPresent(
          member(socket),
          (member, some) -> {
            List<OpenSocket> others = some.stream().filter(one -> one != socket).toList();
            return others.isEmpty() ? null : others;
          });
    }
  }

  /** Another socket of the same member. */
  Optional<OpenSocket> sibling(Membership member) {
    return Optional.ofNullable(members.get(member)).map(List::getFirst);
  }

  Collection<OpenSocket> all() {
    return List.copyOf(open.values());
  }

  private static Membership member(OpenSocket socket) {
    return socket.connection().membership();
  }
}
