package randomchat.kit.health;

import jakarta.enterprise.inject.Instance;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;
import randomchat.kit.redis.RedisLink;
import randomchat.kit.redis.Topics;

/** A replica that Redis does not answer, or that is deaf to its topics, takes no traffic. */
@Readiness
class RedisReadiness implements HealthCheck {

  private final RedisLink link;
  private final Instance<Topics> topics;

  RedisReadiness(RedisLink link, Instance<Topics> topics) {
    this.link = link;
    this.topics = topics;
  }

  @Override
  public HealthCheckResponse call() {
    boolean hears = topics.isUnsatisfied() || topics.get().isFresh();
    return HealthCheckResponse.named("redis").status(link.isFresh() && hears).build();
  }
}
