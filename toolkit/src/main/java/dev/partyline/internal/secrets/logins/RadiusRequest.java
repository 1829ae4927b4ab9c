package dev.partyline.internal.secrets.logins;

import dev.partyline.internal.secrets.stream.Dialogue;
import dev.partyline.internal.secrets.stream.Layer;
import dev.partyline.wire.Side;
import java.util.Arrays;
import java.util.Set;

/** The passwords of RADIUS (RFC 2865, 5.2 and 5.3), which a secret of both sides only obscures. */
final class RadiusRequest {
  private static final int ACCESS_REQUEST = 1;
  private static final int HEAD_BYTES = 20;

  /** User-Password and CHAP-Password. */
  private static final Set<Integer> PASSWORDS = Set.of(2, 3);

  private static final int VENDOR_SPECIFIC = 26;
  private static final byte[] MICROSOFT = {0, 0, 1, 0x37};

  /** The responses of MS-CHAP, and the passwords that are changed (RFC 2548, 2). */
  private static final Set<Integer> MICROSOFT_PASSWORDS = Set.of(1, 3, 4, 5, 6, 25, 27);

  private RadiusRequest() {}

  static void apply(Dialogue dialogue) {
    if (dialogue.isOfDatagrams()) {
      dialogue.chunks(Side.CLIENT).forEach(RadiusRequest::apply);
    }
  }

  private static void apply(Layer datagram) {
    if (datagram.size() < HEAD_BYTES || datagram.byteAt(0) != ACCESS_REQUEST) {
      return;
    }
    // What follows the end is padding.
    int end = (datagram.byteAt(2) & 0xff) << 8 | datagram.byteAt(3) & 0xff;
    if (end <= datagram.size() && areAttributes(datagram, end)) {
      mask(datagram, HEAD_BYTES, end, PASSWORDS);
    }
  }

  private static boolean areAttributes(Layer datagram, int end) {
    int offset = HEAD_BYTES;
    while (offset + 2 <= end && length(datagram, offset) >= 2) {
      offset += length(datagram, offset);
    }
    return offset == end;
  }

  private static int length(Layer datagram, int attribute) {
    return datagram.byteAt(attribute + 1) & 0xff;
  }

  private static void mask(Layer datagram, int start, int end, Set<Integer> passwords) {
    int offset = start;
    while (offset + 2 <= end) {
      int type = datagram.byteAt(offset) & 0xff;
      int attributeEnd = Math.min(end, offset + Math.max(2, length(datagram, offset)));
      if (passwords.contains(type)) {
        datagram.mask(offset + 2, attributeEnd);
      } else if (type == VENDOR_SPECIFIC && startsWith(datagram, offset + 2, MICROSOFT)) {
        mask(datagram, offset + 2 + MICROSOFT.length, attributeEnd, MICROSOFT_PASSWORDS);
      }
      offset = attributeEnd;
    }
  }

  private static boolean startsWith(Layer datagram, int offset, byte[] start) {
    return Arrays.equals(
        datagram.bytes(offset, Math.min(datagram.size(), offset + start.length)), start);
  }
}
