package randomchat.kit.testing;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.lang.reflect.Field;
import java.util.Map;

/** Gives a Quarkus test a Redis of its own; a field of type {@link RedisServer} receives it. */
public final class RedisResource implements QuarkusTestResourceLifecycleManager {

  private RedisServer server;

  @Override
  public Map<String, String> start() {
    server = RedisServer.start();
    return Map.of("REDIS_ADDRS", server.address());
  }

  @Override
  public void inject(Object testInstance) {
    for (Class<?> c = testInstance.getClass(); c != Object.class; c = c.getSuperclass()) {
      for (Field field : c.getDeclaredFields()) {
        if (field.getType().equals(RedisServer.class)) {
          try {
            field.setAccessible(true);
            field.set(testInstance, server);
          } catch (IllegalAccessException e) {
            throw new IllegalStateException(e);
          }
        }
      }
    }
  }

  @Override
  public void stop() {
    if (server != null) {
      server.close();
    }
  }
}
