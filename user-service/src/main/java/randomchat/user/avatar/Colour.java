package randomchat.user.avatar;

/** Colours as SVG takes them everywhere. */
final class Colour {

  private Colour() {}

  /**
   * @param hue degrees, any
   * @param saturation from 0 to 1
   * @param lightness from 0 to 1
   * @return as {@code #rrggbb}
   */
  static String hsl(int hue, double saturation, double lightness) {
    return "#%02x%02x%02x"
        .formatted(
            channel(0, hue, saturation, lightness),
            channel(8, hue, saturation, lightness),
            channel(4, hue, saturation, lightness));
  }

  /** The formula of CSS Color 4, 7.1. */
  private static int channel(int n, int hue, double saturation, double lightness) {
    double k = (n + hue / 30.0) % 12;
    double a = saturation * Math.min(lightness, 1 - lightness);
    double value = lightness - a * Math.max(-1, Math.min(Math.min(k - 3, 9 - k), 1));
    return (int) Math.round(value * 255);
  }
}
