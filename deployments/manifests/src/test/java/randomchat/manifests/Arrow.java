package randomchat.manifests;

/** Somebody may open connections to a port of somebody. */
record Arrow(String from, String to, int port) implements Comparable<Arrow> {

  /** Whoever is not in the namespace and has no name of its own here. */
  static final String OUTSIDE = "outside";

  @Override
  public int compareTo(Arrow other) {
    return toString().compareTo(other.toString());
  }

  @Override
  public String toString() {
    return "%s → %s:%d".formatted(from, to, port);
  }
}
