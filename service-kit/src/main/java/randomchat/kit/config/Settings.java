package randomchat.kit.config;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Reads the variables of the configuration table by their names. A value outside its range throws
 * {@link InvalidSetting}, which names the variable and the range; an empty value counts as unset.
 */
public final class Settings {

  private final Function<String, Optional<String>> source;

  public Settings(Function<String, Optional<String>> source) {
    this.source = source;
  }

  /** A whole number from {@code least} to {@code most}, both allowed. */
  public long number(String variable, long fallback, long least, long most) {
    return text(variable)
        .map(
            value -> {
              try {
                long number = Long.parseLong(value);
                if (number >= least && number <= most) {
                  return number;
                }
              } catch (NumberFormatException notANumber) {
                // told below, together with what is out of range
              }
              throw new InvalidSetting(
                  variable, "a whole number from %d to %d".formatted(least, most), value);
            })
        .orElse(fallback);
  }

  /** As {@link #number}, for ranges within an int. */
  public int integer(String variable, int fallback, int least, int most) {
    return Math.toIntExact(number(variable, fallback, least, most));
  }

  public boolean flag(String variable, boolean fallback) {
    return text(variable)
        .map(
            value ->
                switch (value) {
                  case "true" -> true;
                  case "false" -> false;
                  default -> throw new InvalidSetting(variable, "true or false", value);
                })
        .orElse(fallback);
  }

  /** One of {@code allowed}, as written there. */
  public String choice(String variable, String fallback, String... allowed) {
    String value = text(variable).orElse(fallback);
    if (!List.of(allowed).contains(value)) {
      throw new InvalidSetting(variable, String.join(" or ", allowed), value);
    }
    return value;
  }

  public Optional<String> text(String variable) {
    return source.apply(variable).map(String::strip).filter(value -> !value.isEmpty());
  }

  /** Comma-separated; blanks around an item and empty items do not count. */
  public List<String> list(String variable) {
    return text(variable).stream()
        .flatMap(value -> Stream.of(value.split(",")))
        .map(String::strip)
        .filter(item -> !item.isEmpty())
        .toList();
  }
}
