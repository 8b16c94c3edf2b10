package randomchat.faults.attack;

import java.net.URI;
import java.util.Arrays;
import java.util.List;
import randomchat.kit.testing.Line;

/** What strangers do to a replica of chat. Each returns when it goes on at full strength. */
public enum Attack {
  /** Connections that are opened, and nothing more. */
  SILENT_CONNECTIONS {
    @Override
    public void begin(Attackers attackers, boolean thorough) {
      attackers.hold(10_000, () -> new Line(attackers.chat()));
    }
  },

  /** Sockets that are opened, and say nothing. */
  SILENT_SOCKETS {
    @Override
    public void begin(Attackers attackers, boolean thorough) {
      attackers.hold(
          thorough ? 10_000 : 1_500, () -> Line.upgraded(attackers.chat(), Strangers.token()));
    }
  },

  /** Clients that ask for a long history, and for pongs, and read nothing. */
  READS_NOTHING {
    @Override
    public void prepare(Attackers attackers) {
      for (int i = 0; i < 4; i++) {
        Strangers.Pair room = attackers.addRoom();
        fill(attackers, room.one());
        fill(attackers, room.other());
      }
    }

    /** Says nearly all that a member may say at once. */
    private static void fill(Attackers attackers, String token) {
      String text = "{\"event\":0,\"payload\":\"" + "x".repeat(4_000) + "\"}";
      try (Line line = Line.upgraded(attackers.chat(), token)) {
        for (int i = 0; i < 9; i++) {
          for (int sent = 0; sent < 100; sent++) {
            line.text(text);
          }
          for (int echoes = 0;
              echoes < 100;
              echoes += line.next().text().contains("\"event\":0,") ? 1 : 0) {}
        }
      }
    }

    @Override
    public void begin(Attackers attackers, boolean thorough) {
      byte[] ping = Line.frame(Line.PING, new byte[125]);
      URI all = URI.create(attackers.chat() + "?since=0");
      for (Strangers.Pair room : attackers.rooms()) {
        for (int i = 0; i < SOCKETS_OF_A_MEMBER; i++) {
          for (String token : List.of(room.one(), room.other())) {
            Line line = attackers.hold(Line.upgradedUnread(all, token));
            attackers.repeatedly(1, 50, () -> line.send(ping));
          }
        }
      }
    }
  },

  /** Clients that say more than anybody may. */
  FLOODS {
    @Override
    public void begin(Attackers attackers, boolean thorough) {
      byte[] words = Line.frame(Line.TEXT, "{\"event\":1,\"payload\":\"istyping\"}".getBytes());
      attackers.repeatedlyOnSockets(8, 1_000, line -> line.send(words));
    }
  },

  /** Clients that go on although they were sent away. */
  FLOODS_WITH_NONSENSE {
    @Override
    public void begin(Attackers attackers, boolean thorough) {
      byte[] words = Line.frame(Line.TEXT, "nonsense".getBytes());
      attackers.repeatedlyOnSockets(8, 1_000, line -> line.send(words));
    }
  },

  /** Clients whose frames no endpoint ever sees. */
  FLOODS_WITH_PINGS {
    @Override
    public void begin(Attackers attackers, boolean thorough) {
      byte[] ping = Line.frame(Line.PING, new byte[100]);
      byte[] binary = Line.frame(Line.BINARY, new byte[100]);
      attackers.repeatedlyOnSockets(
          8,
          1_000,
          line -> {
            line.send(ping);
            line.send(binary);
            line.next();
          });
    }
  },

  /** Clients that send frames of a million bytes. */
  LARGE_FRAMES {
    @Override
    public void begin(Attackers attackers, boolean thorough) {
      byte[] text = new byte[MILLION];
      Arrays.fill(text, (byte) 'x');
      byte[] frame = Line.frame(Line.TEXT, text);
      attackers.repeatedly(
          4,
          10,
          () -> {
            try (Line line = Line.upgraded(attackers.chat(), Strangers.token())) {
              line.send(frame);
              line.closeCode();
            }
          });
    }
  },

  /** Clients that send such frames but for their end. */
  HALF_FRAMES {
    @Override
    public void begin(Attackers attackers, boolean thorough) {
      byte[] head = Line.head(Line.TEXT, MILLION);
      byte[] most = new byte[MILLION - 1];
      attackers.hold(
          400,
          () -> {
            Line line = Line.upgraded(attackers.chat(), Strangers.token());
            line.send(head);
            line.send(most);
            return line;
          });
    }
  },

  /** Requests with long headers that never end, a byte at a time. */
  SLOW_UPGRADES {
    @Override
    public void begin(Attackers attackers, boolean thorough) {
      String whole =
          Request.upgrade(
                  attackers.chat().getPath(),
                  "X-Long: " + "x".repeat(7_000),
                  "X-More: " + "y".repeat(7_000))
              .text();
      String unfinished = whole.substring(0, whole.length() - 2);
      attackers.hold(
          2_000,
          () -> {
            Line line = new Line(attackers.chat());
            line.send(unfinished);
            return line;
          });
      attackers.onAll(line -> line.send("z"));
    }
  },

  /** A peer that comes, and comes again, without end. */
  RECONNECTS {
    @Override
    public void begin(Attackers attackers, boolean thorough) {
      String token = Strangers.token();
      attackers.repeatedly(4, 25, () -> Line.upgraded(attackers.chat(), token).close());
    }
  };

  private static final int SOCKETS_OF_A_MEMBER = 8;
  private static final int MILLION = 1_000_000;

  /** What has to be there before; harmless. */
  public void prepare(Attackers attackers) {}

  /**
   * @param thorough whether there is time
   */
  public abstract void begin(Attackers attackers, boolean thorough);
}
