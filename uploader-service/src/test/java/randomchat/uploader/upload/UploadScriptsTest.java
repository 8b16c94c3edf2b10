package randomchat.uploader.upload;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import randomchat.uploader.ChannelId;
import randomchat.uploader.UploaderKeys;
import randomchat.uploader.UploaderTest;
import randomchat.uploader.member.OpenScript;
import randomchat.uploader.store.ObjectKey;
import randomchat.uploader.type.FileName;
import randomchat.uploader.type.FileType;

@QuarkusTest
class UploadScriptsTest extends UploaderTest {

  private static final UploadRecord ISSUED = UploadRecord.issued();
  private static final UploadRecord CLEAN =
      UploadRecord.clean(new FileType("image/png", "png"), 5, null, FileName.of("a.png"));

  @Inject UploadScripts scripts;
  @Inject OpenScript open;

  @Test
  void open_isWhatChatOpened_andNothingElse() {
    ChannelId channel = openChannel();
    assertTrue(open.isOpen(channel));
    state(channel, "ended");
    assertFalse(open.isOpen(channel));
    assertFalse(open.isOpen(new ChannelId("1")));
  }

  @Test
  void record_isFoundAgain_andLivesForALifetime() {
    ObjectKey key = ObjectKey.random(openChannel(), "png");
    assertTrue(scripts.record(key.channel(), Map.of(key, CLEAN)));
    assertTrue(scripts.record(key.channel(), Map.of(key, CLEAN)));
    assertEquals(Optional.of(CLEAN), scripts.find(key));
    assertTrue(redis.key().ttl(UploaderKeys.uploads(key.channel())) > 86_000);
  }

  @Test
  void record_inAChannelThatIsNotOpen_changesNothing() {
    ObjectKey key = ObjectKey.random(openChannel(), "png");
    state(key.channel(), "ended");
    assertFalse(scripts.record(key.channel(), Map.of(key, CLEAN)));
    assertFalse(redis.key().exists(UploaderKeys.uploads(key.channel())));
    ObjectKey nowhere = ObjectKey.random(new ChannelId("1"), "png");
    assertFalse(scripts.record(nowhere.channel(), Map.of(nowhere, CLEAN)));
  }

  @Test
  void find_letsTheUploadsLiveOn_unlessTheirChannelEnded() {
    ObjectKey key = ObjectKey.random(openChannel(), "png");
    scripts.record(key.channel(), Map.of(key, CLEAN));
    redis.key().expire(UploaderKeys.uploads(key.channel()), 100);
    assertEquals(Optional.empty(), scripts.find(ObjectKey.random(key.channel(), "png")));
    assertTrue(redis.key().ttl(UploaderKeys.uploads(key.channel())) <= 100);
    scripts.find(key);
    assertTrue(redis.key().ttl(UploaderKeys.uploads(key.channel())) > 86_000);
    state(key.channel(), "ended");
    assertEquals(Optional.empty(), scripts.find(key));
  }

  @Test
  void replace_isDoneOnce_andTheSecondOneLearnsOfTheFirst() {
    ObjectKey key = ObjectKey.random(openChannel(), "png");
    scripts.record(key.channel(), Map.of(key, ISSUED));
    UploadRecord other = UploadRecord.clean(new FileType("image/png", "png"), 6, "other", null);
    assertEquals(Optional.of(CLEAN), scripts.replace(key, ISSUED, CLEAN));
    assertEquals(Optional.of(CLEAN), scripts.replace(key, ISSUED, CLEAN));
    assertEquals(Optional.of(CLEAN), scripts.replace(key, ISSUED, other));
    scripts.discard(key, ISSUED);
    assertEquals(Optional.of(CLEAN), scripts.find(key));
    scripts.discard(key, CLEAN);
    assertEquals(Optional.empty(), scripts.find(key));
    assertEquals(Optional.empty(), scripts.replace(key, ISSUED, CLEAN));
  }

  @Test
  void forget_isForChannelsThatAreNotOpen() {
    ObjectKey key = ObjectKey.random(openChannel(), "png");
    scripts.record(key.channel(), Map.of(key, CLEAN));
    assertEquals(Optional.empty(), scripts.forget(key.channel()));
    state(key.channel(), "ended");
    assertEquals(Optional.of(1), scripts.forget(key.channel()));
    assertEquals(Optional.of(0), scripts.forget(key.channel()));
    assertFalse(redis.key().exists(UploaderKeys.uploads(key.channel())));
  }
}
