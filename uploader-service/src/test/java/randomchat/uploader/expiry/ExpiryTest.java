package randomchat.uploader.expiry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import randomchat.uploader.ChannelId;
import randomchat.uploader.Samples;
import randomchat.uploader.UploaderKeys;
import randomchat.uploader.UploaderTest;

/** Files go with their channel. */
@QuarkusTest
class ExpiryTest extends UploaderTest {

  @Inject EndedChannels endedChannels;
  @Inject Sweeper sweeper;

  private void end(ChannelId channel) {
    state(channel, "ended");
    announce(channel);
  }

  private void announce(ChannelId channel) {
    redis.stream(String.class).xadd("ended", Map.of("channel", channel.value()));
    redis.key().expire("ended", 3600);
  }

  @Test
  void aChannelThatEnded_losesItsFiles_andNoOther() {
    ChannelId ended = openChannel();
    ChannelId open = openChannel();
    uploaded(ended, "a.png", Samples.PNG);
    uploaded(ended, "b.png", Samples.PNG);
    String kept = uploaded(open, "c.png", Samples.PNG);
    end(ended);
    announce(open);
    redis.stream(String.class).xadd("ended", Map.of("channel", "no number", "other", "x"));
    endedChannels.follow();
    assertEquals(List.of(), stored(ended));
    assertFalse(redis.key().exists(UploaderKeys.uploads(ended)));
    assertEquals(List.of(kept), stored(open));
    endedChannels.follow();
  }

  @Test
  void moreEndedChannelsThanOneLook_areAllSeen() {
    ChannelId last = openChannel();
    uploaded(last, "a.png", Samples.PNG);
    for (int i = 0; i < 250; i++) {
      announce(new ChannelId("77" + i));
    }
    end(last);
    endedChannels.follow();
    assertEquals(List.of(), stored(last));
  }

  @Test
  void orphans_areSwept_butNeitherYoungOnesNorThoseOfOpenChannels() {
    ChannelId ended = openChannel();
    ChannelId unknown = openChannel();
    ChannelId open = openChannel();
    uploaded(ended, "a.png", Samples.PNG);
    uploaded(unknown, "a.png", Samples.PNG);
    String kept = uploaded(open, "a.png", Samples.PNG);
    state(ended, "ended");
    redis.key().del(UploaderKeys.meta(unknown));

    sweepAll(Instant.now().minus(Sweeper.SPARED));
    assertEquals(1, stored(ended).size());
    assertEquals(1, stored(unknown).size());

    sweepAll(Instant.now().plusSeconds(60));
    assertEquals(List.of(), stored(ended));
    assertEquals(List.of(), stored(unknown));
    assertEquals(List.of(kept), stored(open));
    assertFalse(redis.key().exists(UploaderKeys.uploads(unknown)));
    assertTrue(redis.key().exists(UploaderKeys.uploads(open)));
  }

  /** Twice: the first may begin in the middle of the bucket. */
  private void sweepAll(Instant before) {
    sweeper.sweepBatch(before);
    sweeper.sweepBatch(before);
  }
}
