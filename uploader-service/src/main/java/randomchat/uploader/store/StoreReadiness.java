package randomchat.uploader.store;

import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** A replica whose store does not answer takes no traffic. */
@Readiness
class StoreReadiness implements HealthCheck {

  private final Bucket bucket;

  StoreReadiness(Bucket bucket) {
    this.bucket = bucket;
  }

  @Override
  public HealthCheckResponse call() {
    return HealthCheckResponse.named("store").status(bucket.isFresh()).build();
  }
}
