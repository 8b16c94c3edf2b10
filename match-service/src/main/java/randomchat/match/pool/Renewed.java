package randomchat.match.pool;

import java.util.List;

/**
 * What a renewal of leases told.
 *
 * @param standings of the tickets, in their order
 * @param waiting how many are in the line
 */
public record Renewed(List<Standing> standings, long waiting) {

  public Renewed {
    standings = List.copyOf(standings);
  }
}
