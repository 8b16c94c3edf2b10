package randomchat.chat.socket;

import io.quarkus.vertx.http.HttpServerOptionsCustomizer;
import io.vertx.core.http.HttpServerOptions;
import jakarta.inject.Singleton;
import randomchat.chat.channel.ChannelSettings;

/** No more of a frame is taken in than one that is good may have, whole or in parts. */
@Singleton
final class FrameLimits implements HttpServerOptionsCustomizer {

  private final ChannelSettings settings;

  FrameLimits(ChannelSettings settings) {
    this.settings = settings;
  }

  @Override
  public void customizeHttpServer(HttpServerOptions options) {
    int most = Mailbox.FRAME_FACTOR * settings.mostBytes();
    options.setMaxWebSocketFrameSize(most).setMaxWebSocketMessageSize(most);
  }
}
