package randomchat.uploader.upload;

import jakarta.ws.rs.container.ContainerRequestContext;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;
import randomchat.kit.problem.BodyLimit;
import randomchat.kit.problem.Problem;
import randomchat.uploader.member.MembersOnly;

/** Stops reading a body that did not say how long it is, and turns out to be too long. */
class BoundedBody {

  private static final int LAST = 10_000;

  private final BodyLimit limit;

  BoundedBody(BodyLimit limit) {
    this.limit = limit;
  }

  @MembersOnly
  @ServerRequestFilter(priority = LAST)
  void bound(ContainerRequestContext request) {
    if (request.getMethod().equals("POST")) {
      request.setEntityStream(new Bounded(request.getEntityStream(), limit.bytes()));
    }
  }

  private static final class Bounded extends FilterInputStream {

    private long left;
    private boolean over;

    Bounded(InputStream in, long most) {
      super(in);
      this.left = most;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      int count = super.read(bytes, offset, length);
      left -= Math.max(count, 0);
      if (left < 0) {
        over = true;
        throw new Problem(413, "the request is larger than what is accepted here");
      }
      return count;
    }

    /** Does not read the rest, as the stream itself would. */
    @Override
    public void close() throws IOException {
      if (!over) {
        super.close();
      }
    }
  }
}
