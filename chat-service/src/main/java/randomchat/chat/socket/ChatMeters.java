package randomchat.chat.socket;

import io.quarkus.runtime.Startup;
import jakarta.inject.Singleton;
import java.util.concurrent.atomic.LongAdder;
import randomchat.kit.observe.Meters;
import randomchat.kit.observe.Stopwatch;

/** What is counted of messages. */
@Startup
@Singleton
final class ChatMeters {

  /** Stored for the first time, by frames of this replica. */
  final LongAdder posted;

  /** Given to a socket's queue, live or replayed; the echo to the sender is one of them. */
  final LongAdder delivered;

  /** Positions that the topic left out, and that a read brought. */
  final LongAdder gaps;

  /** How often a client took less than came, and was served from the stream instead. */
  final LongAdder overflows;

  /** By {@link EchoWatch}. */
  final Stopwatch latency;

  ChatMeters(Meters meters) {
    posted = meters.counter("messages.posted", "Messages stored");
    delivered = meters.counter("messages.delivered", "Messages given to the queue of a socket");
    gaps = meters.counter("gaps.repaired", "Gaps in what the topic said, filled by a read");
    overflows = meters.counter("outgoing.overflows", "Sockets whose queue was full");
    latency =
        meters.timer("delivery.latency", "From a frame that was read to its echo in the queue");
  }
}
