package randomchat.user.avatar;

import java.util.List;
import java.util.SplittableRandom;

/**
 * A friendly face on a coloured ground, put together from parts that the seed chooses: some ten
 * million different ones. Nothing of it comes from a user's text.
 */
record Avatar(String ground, String ears, String face, String eyes, String mouth) {

  private static final int[] FACE_HUES = {12, 28, 45, 95, 160, 190, 215, 262, 290, 330};

  static Avatar of(Seed seed) {
    SplittableRandom random = new SplittableRandom(seed.bits());
    int faceHue = FACE_HUES[random.nextInt(FACE_HUES.length)];
    int groundHue = faceHue + 90 + random.nextInt(150); // away from the face's, at both ends
    int turn = 20 + random.nextInt(40);
    String skin = Colour.hsl(faceHue, 0.62, 0.74);
    String shade = Colour.hsl(faceHue, 0.50, 0.58);
    String ink = Colour.hsl(faceHue, 0.35, 0.18);
    return new Avatar(
        ground(Colour.hsl(groundHue, 0.60, 0.86), Colour.hsl(groundHue + turn, 0.58, 0.66)),
        pick(Parts.EARS, random).formatted(skin, shade),
        pick(Parts.FACES, random).formatted(skin),
        pick(Parts.EYES, random).formatted(ink) + pick(Parts.CHEEKS, random).formatted(shade),
        pick(Parts.MOUTHS, random).formatted(ink));
  }

  String svg() {
    return "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 96 96\" width=\"96\" height=\"96\">"
        + ground
        + ears
        + face
        + eyes
        + mouth
        + "</svg>\n";
  }

  private static String ground(String from, String to) {
    return """
        <defs><linearGradient id="g" x1="0" y1="0" x2="1" y2="1"><stop offset="0" stop-color="%s"/>\
        <stop offset="1" stop-color="%s"/></linearGradient></defs><path d="M0 0h96v96H0z" fill="url(#g)"/>"""
        .formatted(from, to);
  }

  private static String pick(List<String> parts, SplittableRandom random) {
    return parts.get(random.nextInt(parts.size()));
  }
}
