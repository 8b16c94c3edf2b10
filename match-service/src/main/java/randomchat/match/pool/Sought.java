package randomchat.match.pool;

import java.util.List;

/**
 * What a look for partners found.
 *
 * @param standings of the tickets that looked, in their order
 * @param goesOn whether one of them still waits, and the line goes on behind what was looked at
 * @param ghosts that were met
 */
record Sought(List<Standing> standings, boolean goesOn, List<Ghost> ghosts) {

  Sought {
    standings = List.copyOf(standings);
    ghosts = ghosts.stream().distinct().toList();
  }

  boolean anyWaits() {
    return standings.stream().anyMatch(Standing.Waiting.class::isInstance);
  }
}
