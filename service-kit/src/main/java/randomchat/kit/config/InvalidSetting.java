package randomchat.kit.config;

/** A variable of the configuration table has a value that stops the start. */
public final class InvalidSetting extends RuntimeException {

  InvalidSetting(String variable, String allowed, String value) {
    super("%s must be %s, but is '%s'".formatted(variable, allowed, value));
  }

  public InvalidSetting(String message) {
    super(message);
  }
}
