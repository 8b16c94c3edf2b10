package randomchat.kit.redis;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.vertx.core.Future;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;
import randomchat.kit.observe.Meters;
import randomchat.kit.observe.Stopwatch;

/**
 * What is measured and traced of the connections to Redis. A command is a span if the request that
 * it is for is traced; those of sockets' frames and of timers are for none.
 */
public final class RedisWatch {

  private final Stopwatch roundTrips;
  private final LongAdder resubscriptions;
  private final Tracer tracer; // null: nothing is traced

  public RedisWatch(Meters meters, Optional<Tracer> tracer) {
    this.roundTrips =
        meters.timer("redis.roundtrip", "From a command's call to the answer of Redis");
    this.resubscriptions =
        meters.counter("resubscriptions", "Topics followed again after they were lost");
    this.tracer = tracer.orElse(null);
  }

  /** On the thread of the caller. */
  void onCommand(Request request, Future<Response> answer) {
    if (tracer != null && Span.current().getSpanContext().isSampled()) {
      Span span =
          tracer
              .spanBuilder(request.command().toString())
              .setSpanKind(SpanKind.CLIENT)
              .setAttribute("db.system.name", "redis")
              .startSpan();
      answer.onComplete(
          reply -> {
            if (reply.failed()) {
              span.setStatus(StatusCode.ERROR);
            }
            span.end();
          });
    }
  }

  /**
   * @param nanos from the call to the answer
   */
  void onAnswer(long nanos) {
    roundTrips.record(nanos);
  }

  void onResubscription() {
    resubscriptions.increment();
  }
}
