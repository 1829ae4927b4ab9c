package dev.partyline.internal.secrets;

import dev.partyline.internal.secrets.stream.Layer;
import dev.partyline.internal.secrets.stream.SecretRule;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What XMPP sends to log in by elements whose names say it: a hash of a component (XEP-0114) or of
 * a user (XEP-0078), and the first response of SASL 2 (XEP-0388).
 */
final class XmppLogin implements SecretRule {
  private static final String HANDSHAKE = "handshake";
  private static final String INITIAL_RESPONSE = "initial-response";
  private static final String DIGEST = "digest";
  private static final String OLD_LOGIN = "jabber:iq:auth";

  /** How far the digest may be from what says that it is one of a login. */
  private static final int MAX_QUERY = 4 * 1024;

  private static final Pattern CONTENT =
      Pattern.compile("(?:\\s[^>]{0,256}+)?+>\\s{0,64}+([^<\\s]++)");

  @Override
  public void apply(Layer layer) {
    String text = layer.text();
    elements(layer, text, HANDSHAKE, 0, text.length());
    elements(layer, text, INITIAL_RESPONSE, 0, text.length());
    int end = 0;
    for (int i = text.indexOf(OLD_LOGIN); i >= 0; i = text.indexOf(OLD_LOGIN, i + 1)) {
      int start = Math.max(end, i);
      end = Math.min(text.length(), i + MAX_QUERY);
      elements(layer, text, DIGEST, start, end);
    }
  }

  private static void elements(Layer layer, String text, String name, int start, int end) {
    String tag = "<" + name;
    int i = text.indexOf(tag, start);
    while (i >= 0 && i < end) {
      content(layer, text, i + tag.length());
      i = text.indexOf(tag, i + 1);
    }
  }

  private static void content(Layer layer, String text, int offset) {
    Matcher content = CONTENT.matcher(text).region(offset, text.length());
    if (content.lookingAt()) {
      layer.mask(content.start(1), content.end(1));
    }
  }
}
