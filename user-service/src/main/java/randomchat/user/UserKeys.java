package randomchat.user;

/**
 * Every key of this service.
 *
 * <table>
 *   <caption>Keys</caption>
 *   <tr><th>key</th><th>type</th><th>expiry</th><th>writer</th><th>readers</th></tr>
 *   <tr><td>{@code user:{<user>}}</td><td>hash: name, seed, created</td>
 *       <td>{@code REDIS_EXPIRATION_HOURS}, refreshed by every look-up</td><td>user</td><td>user, match</td></tr>
 * </table>
 */
final class UserKeys {

  private UserKeys() {}

  static String user(UserId id) {
    return "user:{" + id + "}";
  }
}
