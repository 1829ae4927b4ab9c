package dev.partyline.internal.secrets;

import dev.partyline.internal.secrets.ValueMask.Place;
import dev.partyline.internal.secrets.stream.TextScan;

/** Secrets in the one line of another protocol that says what they are before them. */
final class ListedSecrets {
  private static final String WEB_SOCKET_PROTOCOLS = "Sec-WebSocket-Protocol";

  /** The password of ICE and the key of SRTP in a description of a session (RFC 8839, RFC 4568). */
  private static final String ATTRIBUTE = "a=";

  private static final String CRYPTO = "a=crypto:";
  private static final int MAX_CRYPTO = 128;
  private static final String INLINE_KEY = "inline";

  private final TextScan scan;
  private final NamedSecrets names;
  private final ValueMask mask;

  ListedSecrets(TextScan scan, NamedSecrets names, ValueMask mask) {
    this.scan = scan;
    this.names = names;
    this.mask = mask;
  }

  /** Masks what belongs to the name before a colon, and returns where to look on. */
  int colon(String name, int nameStart, int offset) {
    if (name.equalsIgnoreCase(WEB_SOCKET_PROTOCOLS) && scan.isAtLineStart(nameStart)) {
      return protocols(offset);
    }
    if (scan.endsWith(nameStart, ATTRIBUTE)
        && scan.isAtLineStart(nameStart - ATTRIBUTE.length())
        && names.isTelling(name)) {
      return mask.value(name, offset, scan.strippedEnd(scan.lineEnd(offset)), Place.QUOTED);
    }
    boolean isKey =
        name.equals(INLINE_KEY)
            && names.isTelling(NamedSecrets.ALWAYS_SECRET)
            && isInCrypto(nameStart);
    return isKey ? mask.value(NamedSecrets.ALWAYS_SECRET, offset, keyEnd(offset), Place.QUOTED) : 0;
  }

  /** Masks each protocol after one that is the name of a secret, as browsers can send no header. */
  private int protocols(int offset) {
    String previous = "";
    int last = 0;
    int start = offset;
    for (String item : scan.text(offset, scan.lineEnd(offset)).split(",", -1)) {
      String protocol = item.strip();
      if (names.isField(previous)) {
        int itemStart = start + item.indexOf(protocol);
        int itemEnd = itemStart + protocol.length();
        last = Math.max(last, mask.value(previous, itemStart, itemEnd, Place.QUOTED));
      }
      previous = protocol.length() > NamedSecrets.MAX_NAME_LENGTH ? "" : protocol;
      start += item.length() + 1;
    }
    return last;
  }

  private boolean isInCrypto(int offset) {
    String before = scan.text(Math.max(0, offset - MAX_CRYPTO), offset);
    return before.substring(before.lastIndexOf('\n') + 1).startsWith(CRYPTO);
  }

  private int keyEnd(int offset) {
    int end = offset;
    while (end < scan.length() && scan.charAt(end) > ' ' && scan.charAt(end) != '|') {
      end++;
    }
    return end;
  }
}
