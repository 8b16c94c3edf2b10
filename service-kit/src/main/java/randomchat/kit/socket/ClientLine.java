package randomchat.kit.socket;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CorruptedWebSocketFrameException;
import io.netty.handler.codec.http.websocketx.WebSocketCloseStatus;
import io.netty.handler.flush.FlushConsolidationHandler;
import io.netty.util.ReferenceCountUtil;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.impl.ConnectionBase;
import java.util.concurrent.TimeUnit;

/**
 * The connection under a request that becomes a socket, for what the framework does not offer:
 * flushing once per turn of the loop, bounding or ending a connection whose peer does not read, and
 * refusing a frame before it is there.
 */
public final class ClientLine {

  private static final int FLUSH_AT_LATEST_AFTER = 256; // writes

  /** Bytes on their way at which reading stops and goes on: above what a service itself queues. */
  private static final WriteBufferWaterMark MOST_UNREAD =
      new WriteBufferWaterMark(256 * 1024, 512 * 1024);

  private static final int HEARD_OUT_SECONDS = 2;
  private static final String PLATFORM = "handler"; // the name of its own in a pipeline

  private ClientLine() {}

  /** Nothing is read from a client that does not read: its pings would pile up as pongs. */
  private static final class ReadsWhatItTakes extends ChannelInboundHandlerAdapter {
    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
      context.channel().config().setAutoRead(context.channel().isWritable());
      context.fireChannelWritabilityChanged();
    }
  }

  /**
   * Says 1009 to a client as soon as it begins a frame that is too large, and takes nothing more
   * from it: an end at once would drop what it was told, as long as it writes.
   */
  private static final class RefusesLargeFrames extends ChannelInboundHandlerAdapter {
    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
      if (cause instanceof CorruptedWebSocketFrameException broken
          && broken.closeStatus() == WebSocketCloseStatus.MESSAGE_TOO_BIG) {
        context.pipeline().addFirst(new Discards());
        context.writeAndFlush(
            new CloseWebSocketFrame(CloseCode.TOO_LARGE.code(), CloseCode.TOO_LARGE.reason()));
        context.executor().schedule(() -> end(context, cause), HEARD_OUT_SECONDS, TimeUnit.SECONDS);
      } else {
        context.fireExceptionCaught(cause);
      }
    }
  }

  private static void end(ChannelHandlerContext context, Throwable cause) {
    if (context.channel().isActive()) { // or its client has gone itself
      context.fireExceptionCaught(cause);
    }
  }

  private static final class Discards extends ChannelInboundHandlerAdapter {
    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
      ReferenceCountUtil.release(message);
    }
  }

  /** The connection of a request, made ready for a socket. */
  public static Channel of(HttpServerRequest request) {
    Channel channel = ((ConnectionBase) request.connection()).channel();
    if (channel.pipeline().get(FlushConsolidationHandler.class) == null) {
      // true: also what is written outside its own read event, as deliveries are.
      channel.pipeline().addFirst(new FlushConsolidationHandler(FLUSH_AT_LATEST_AFTER, true));
      channel.config().setWriteBufferWaterMark(MOST_UNREAD);
      channel.pipeline().addFirst(new ReadsWhatItTakes());
      if (channel.pipeline().get(PLATFORM) != null) { // none where the client has gone already
        channel.pipeline().addBefore(PLATFORM, null, new RefusesLargeFrames());
      }
    }
    return channel;
  }

  /** Ends the connection at once: a close frame would queue behind what nobody reads. */
  public static void kill(Channel channel) {
    channel
        .eventLoop()
        .execute(
            () -> {
              ChannelHandlerContext first = channel.pipeline().firstContext();
              if (first != null) {
                first.close();
              }
            });
  }
}
