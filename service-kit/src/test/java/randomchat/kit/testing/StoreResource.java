package randomchat.kit.testing;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.util.Map;

/**
 * Gives a Quarkus test an object store of its own; a field of type {@link StoreServer} receives it.
 */
public final class StoreResource implements QuarkusTestResourceLifecycleManager {

  private StoreServer server;

  @Override
  public Map<String, String> start() {
    server = StoreServer.start();
    return Map.of(
        "S3_ENDPOINT", server.endpoint(),
        "S3_ACCESS_KEY", StoreServer.ACCESS_KEY,
        "S3_SECRET_KEY", StoreServer.SECRET_KEY);
  }

  @Override
  public void inject(TestInjector injector) {
    injector.injectIntoFields(server, new TestInjector.MatchesType(StoreServer.class));
  }

  @Override
  public void stop() {
    if (server != null) {
      server.close();
    }
  }
}
