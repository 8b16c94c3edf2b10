package randomchat.match.pool;

import java.util.List;

/**
 * What a look for partners found.
 *
 * @param standings of the tickets that looked, in their order
 * @param ghosts users in the line who have no live ticket
 */
public record Sought(List<Standing> standings, List<UserId> ghosts) {

  public Sought {
    standings = List.copyOf(standings);
    ghosts = ghosts.stream().distinct().toList();
  }

  boolean anyWaits() {
    return standings.stream().anyMatch(Standing.Waiting.class::isInstance);
  }
}
