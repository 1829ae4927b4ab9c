package dev.partyline.internal.secrets.logins;

import dev.partyline.internal.secrets.stream.Dialogue;
import dev.partyline.internal.secrets.stream.Layer;
import dev.partyline.wire.Side;

/** The passwords of RADIUS (RFC 2865, 5.2 and 5.3), which a secret of both sides only obscures. */
final class RadiusRequest {
  private static final int ACCESS_REQUEST = 1;
  private static final int HEAD_BYTES = 20;
  private static final int USER_PASSWORD = 2;
  private static final int CHAP_PASSWORD = 3;

  private RadiusRequest() {}

  static void apply(Dialogue dialogue) {
    if (dialogue.isOfDatagrams()) {
      dialogue.chunks(Side.CLIENT).forEach(RadiusRequest::apply);
    }
  }

  private static void apply(Layer datagram) {
    int size = datagram.size();
    if (size < HEAD_BYTES
        || datagram.byteAt(0) != ACCESS_REQUEST
        || ((datagram.byteAt(2) & 0xff) << 8 | datagram.byteAt(3) & 0xff) != size) {
      return;
    }
    int offset = HEAD_BYTES;
    while (offset + 2 <= size) {
      int type = datagram.byteAt(offset);
      int length = Math.max(2, datagram.byteAt(offset + 1) & 0xff);
      if (type == USER_PASSWORD || type == CHAP_PASSWORD) {
        datagram.mask(offset + 2, Math.min(size, offset + length));
      }
      offset += length;
    }
  }
}
