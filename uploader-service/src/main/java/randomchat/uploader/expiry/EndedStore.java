package randomchat.uploader.expiry;

import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import randomchat.kit.redis.RedisLink;
import randomchat.uploader.Blocking;
import randomchat.uploader.ChannelId;
import randomchat.uploader.UploaderKeys;

/** The stream of channels that ended. */
@Singleton
class EndedStore {

  /**
   * @param channel empty for an entry that names none
   */
  record Entry(String id, Optional<ChannelId> channel) {}

  private static final String MOST = "100";

  private final RedisLink link;

  EndedStore(RedisLink link) {
    this.link = link;
  }

  /** The next entries behind an id, 100 at most, oldest first. */
  List<Entry> after(String id) {
    Request range =
        Request.cmd(Command.XRANGE)
            .arg(UploaderKeys.ENDED)
            .arg("(" + id)
            .arg("+")
            .arg("COUNT")
            .arg(MOST);
    List<Entry> entries = new ArrayList<>();
    for (Response entry : Blocking.reply(link.send(UploaderKeys.ENDED, range))) {
      entries.add(new Entry(entry.get(0).toString(), channel(entry.get(1))));
    }
    return entries;
  }

  private static Optional<ChannelId> channel(Response fields) {
    for (int i = 0; i + 1 < fields.size(); i += 2) {
      if (fields.get(i).toString().equals("channel")) {
        return ChannelId.parse(fields.get(i + 1).toString());
      }
    }
    return Optional.empty();
  }
}
