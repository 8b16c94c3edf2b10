package randomchat.user.avatar;

import java.util.List;

/** What faces are made of, in a square of 96 by 96. The colours are still to be filled in. */
final class Parts {

  private Parts() {}

  /** Behind the face: its colour, a darker one. */
  static final List<String> EARS =
      List.of(
          "",
          // a cat's
          """
          <path d="M22 46 24 14q14 4 22 16zM74 46 72 14q-14 4-22 16z" fill="%1$s"/>\
          <path d="M27 34l1-13q7 3 11 9zM69 34l-1-13q-7 3-11 9z" fill="%2$s"/>""",
          // a bear's
          """
          <circle cx="26" cy="30" r="12" fill="%1$s"/><circle cx="70" cy="30" r="12" fill="%1$s"/>\
          <circle cx="26" cy="30" r="6" fill="%2$s"/><circle cx="70" cy="30" r="6" fill="%2$s"/>""",
          // a rabbit's
          """
          <ellipse cx="35" cy="22" rx="8" ry="19" fill="%1$s"/><ellipse cx="61" cy="22" rx="8" ry="19" fill="%1$s"/>\
          <ellipse cx="35" cy="23" rx="4" ry="13" fill="%2$s"/><ellipse cx="61" cy="23" rx="4" ry="13" fill="%2$s"/>""",
          // feelers
          """
          <path d="M38 30Q34 18 26 14M58 30q4-12 12-16" fill="none" stroke="%2$s" stroke-width="3"/>\
          <circle cx="25" cy="13" r="5" fill="%1$s"/><circle cx="71" cy="13" r="5" fill="%1$s"/>""",
          // a sprout
          """
          <path d="M48 32V16" stroke="%2$s" stroke-width="3"/>\
          <path d="M48 18q-12 2-14-9 12-2 14 9zM48 18q12 2 14-9-12-2-14 9z" fill="%1$s"/>""",
          // a tuft
          "<path d=\"M34 32q0-16 8-18-1 6 4 8 0-8 8-12-1 8 4 12 3-2 4-6 4 8 0 16z\" fill=\"%2$s\"/>");

  static final List<String> FACES =
      List.of(
          "<circle cx=\"48\" cy=\"54\" r=\"30\" fill=\"%s\"/>",
          "<rect x=\"19\" y=\"26\" width=\"58\" height=\"56\" rx=\"24\" fill=\"%s\"/>",
          "<path d=\"M48 25c20 0 31 14 31 31S66 84 48 84 17 73 17 56s11-31 31-31z\" fill=\"%s\"/>",
          "<path d=\"M48 24c14 0 26 12 28 32s-12 28-28 28-30-8-28-28 14-32 28-32z\" fill=\"%s\"/>");

  static final List<String> EYES =
      List.of(
          """
          <circle cx="37" cy="50" r="4" fill="%1$s"/><circle cx="59" cy="50" r="4" fill="%1$s"/>""",
          """
          <circle cx="37" cy="50" r="7" fill="#fff"/><circle cx="59" cy="50" r="7" fill="#fff"/>\
          <circle cx="38" cy="51" r="3.5" fill="%1$s"/><circle cx="58" cy="51" r="3.5" fill="%1$s"/>""",
          """
          <ellipse cx="37" cy="50" rx="3.5" ry="6" fill="%1$s"/><ellipse cx="59" cy="50" rx="3.5" ry="6" fill="%1$s"/>\
          <circle cx="38" cy="48" r="1.5" fill="#fff"/><circle cx="60" cy="48" r="1.5" fill="#fff"/>""",
          """
          <path d="M31 52q6-8 12 0M53 52q6-8 12 0" fill="none" stroke="%1$s" stroke-width="3" stroke-linecap="round"/>""",
          """
          <circle cx="37" cy="50" r="4" fill="%1$s"/>\
          <path d="M53 51q6 4 12 0" fill="none" stroke="%1$s" stroke-width="3" stroke-linecap="round"/>""",
          """
          <g fill="none" stroke="%1$s" stroke-width="2.5"><circle cx="36" cy="50" r="8"/><circle cx="60" cy="50" r="8"/>\
          <path d="M44 49q4-3 8 0"/></g><circle cx="36" cy="50" r="3" fill="%1$s"/><circle cx="60" cy="50" r="3" fill="%1$s"/>""");

  static final List<String> CHEEKS =
      List.of(
          "",
          """
          <g fill="%1$s" opacity=".45"><circle cx="28" cy="62" r="5"/><circle cx="68" cy="62" r="5"/></g>""",
          """
          <g fill="%1$s" opacity=".6"><circle cx="27" cy="60" r="1.5"/><circle cx="32" cy="63" r="1.5"/>\
          <circle cx="69" cy="60" r="1.5"/><circle cx="64" cy="63" r="1.5"/></g>""");

  static final List<String> MOUTHS =
      List.of(
          """
          <path d="M38 65q10 9 20 0" fill="none" stroke="%1$s" stroke-width="3" stroke-linecap="round"/>""",
          """
          <path d="M37 64h22q-2 12-11 12t-11-12z" fill="%1$s"/><path d="M40 64h16v3H40z" fill="#fff"/>""",
          """
          <path d="M41 67q7 5 15-2" fill="none" stroke="%1$s" stroke-width="3" stroke-linecap="round"/>""",
          """
          <ellipse cx="48" cy="68" rx="4.5" ry="5.5" fill="%1$s"/>""",
          """
          <path d="M48 63v3q-5 6-9 1M48 66q5 6 9 1" fill="none" stroke="%1$s" stroke-width="2.5" stroke-linecap="round"/>\
          <path d="M44 60h8l-4 4z" fill="%1$s"/>""",
          """
          <path d="M41 68h14" stroke="%1$s" stroke-width="3" stroke-linecap="round"/>""");
}
