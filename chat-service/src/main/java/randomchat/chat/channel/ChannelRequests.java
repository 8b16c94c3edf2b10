package randomchat.chat.channel;

import io.smallrye.mutiny.Uni;
import io.vertx.core.Future;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import randomchat.kit.problem.Problem;
import randomchat.kit.token.Tokens;

/** Answers requests about a channel, whichever edition's path they came by. */
@Singleton
final class ChannelRequests {

  private static final String POSITION = "[1-9]\\d{0,14}";

  private final Memberships memberships;
  private final ChannelStore store;
  private final ChannelSettings settings;

  ChannelRequests(Memberships memberships, ChannelStore store, ChannelSettings settings) {
    this.memberships = memberships;
    this.store = store;
    this.settings = settings;
  }

  Uni<List<String>> members(String authorization) {
    Membership member = member(authorization);
    List<String> ids = List.of(member.user().text(), member.peer().text());
    return uni(opened(member).map(state -> ids));
  }

  Uni<List<String>> online(String authorization) {
    Membership member = member(authorization);
    return uni(
        opened(member)
            .compose(state -> store.read(member, Place.NOW, 0))
            .map(
                snapshot -> {
                  requireOpen(snapshot.state());
                  return snapshot.online();
                }));
  }

  Uni<String> page(String authorization, String from) {
    Membership member = member(authorization);
    boolean fromNewest = from == null || from.isEmpty();
    if (!fromNewest && !from.matches(POSITION)) {
      throw Problem.badRequest("ps is not a page of this history");
    }
    long before = fromNewest ? -1 : Long.parseLong(from);
    return uni(
        history(member, before, settings.pageSize())
            .map(
                page -> {
                  String next =
                      page.hasOlder() ? String.valueOf(page.messages().getLast().position()) : "";
                  return "{\"next_ps\":\"" + next + "\"," + messages(member, page, false) + "}";
                }));
  }

  Uni<String> wholeHistory(String authorization) {
    Membership member = member(authorization);
    return uni(
        history(member, -1, settings.mostMessages())
            .map(page -> "{" + messages(member, page, true) + "}"));
  }

  Uni<Void> leave(String authorization, String leaver) {
    Membership member = member(authorization);
    if (leaver != null && !leaver.isEmpty() && !leaver.equals(member.user().text())) {
      throw Problem.badRequest("delby is somebody else");
    }
    return uni(
        store
            .end(member, member.user())
            .map(
                ended -> {
                  requireOpen(ended ? ChannelState.OPEN : ChannelState.ENDED);
                  return null;
                }));
  }

  /** The channel of a good token, if it is open. */
  Future<ChannelId> authorize(String authorization) {
    Membership member = member(authorization);
    return opened(member).map(state -> member.channel());
  }

  private Future<HistoryPage> history(Membership member, long before, int size) {
    return opened(member)
        .compose(state -> store.history(member, before, size))
        .map(
            page -> {
              requireOpen(page.state());
              return page;
            });
  }

  private Future<ChannelState> opened(Membership member) {
    return store
        .open(member)
        .map(
            state -> {
              requireOpen(state);
              return state;
            });
  }

  private Membership member(String authorization) {
    return Tokens.bearer(authorization).flatMap(memberships::of).orElseThrow(Problem::unauthorized);
  }

  private static void requireOpen(ChannelState state) {
    if (!state.isOpen()) {
      throw Problem.notFound("this channel has ended");
    }
  }

  private static String messages(Membership member, HistoryPage page, boolean oldestFirst) {
    List<String> frames = new ArrayList<>(page.messages().size());
    for (StoredMessage message : page.messages()) {
      boolean seen = message.isSeen(member.user().text(), page.ownMark(), page.peerMark());
      frames.add(message.frame(seen));
    }
    if (oldestFirst) {
      Collections.reverse(frames);
    }
    return "\"messages\":[" + String.join(",", frames) + "]";
  }

  private static <T> Uni<T> uni(Future<T> future) {
    return Uni.createFrom().completionStage(future.toCompletionStage());
  }
}
