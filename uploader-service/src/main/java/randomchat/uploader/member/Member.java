package randomchat.uploader.member;

import java.util.Optional;
import randomchat.kit.token.Claims;
import randomchat.uploader.ChannelId;

/** Who calls, and from which channel: as a verified channel token says. */
public record Member(String user, ChannelId channel) {

  static final String AUDIENCE = "randomchat:channel";

  static Optional<Member> of(Claims claims) {
    return ChannelId.parse(claims.texts().get("channel_id"))
        .map(channel -> new Member(claims.subject(), channel));
  }
}
