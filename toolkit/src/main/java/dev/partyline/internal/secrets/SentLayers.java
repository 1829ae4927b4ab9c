package dev.partyline.internal.secrets;

import dev.partyline.internal.secrets.stream.Dialogue;
import dev.partyline.internal.secrets.stream.Dialogue.Missing;
import dev.partyline.internal.secrets.stream.Layer;
import dev.partyline.internal.secrets.stream.SecretRule;
import dev.partyline.wire.Side;
import java.util.ArrayList;
import java.util.List;

/**
 * What each side sent as layers: the text of the connection, and each body by itself, put together
 * from its chunks or frames.
 */
final class SentLayers {
  private SentLayers() {}

  /**
   * Returns the layers of a dialogue, after masking what is around bytes that were not kept.
   *
   * @param fieldRule masks the fields of HTTP/2, which are compressed
   */
  static List<Layer> of(Dialogue dialogue, SecretRule fieldRule) {
    List<Layer> layers = new ArrayList<>();
    for (Side side : Side.values()) {
      Layer whole = dialogue.layer(side);
      if (isHttp2(dialogue, side) && !dialogue.isOfDatagrams()) {
        layers.addAll(Http2Secrets.of(whole, dialogue.missing(side), fieldRule));
      } else {
        hideAroundGaps(whole, dialogue.missing(side));
        layers.addAll(dialogue.isOfDatagrams() ? dialogue.chunks(side) : Http1Layers.of(whole));
      }
    }
    return layers;
  }

  /** Returns whether a side sends frames of HTTP/2, which a server does also by itself. */
  private static boolean isHttp2(Dialogue dialogue, Side side) {
    return dialogue.layer(Side.CLIENT).text().startsWith(Http2Secrets.PREFACE)
        || side == Side.SERVER && Http2Secrets.isServer(dialogue.layer(side));
  }

  private static void hideAroundGaps(Layer whole, List<Missing> missing) {
    GapSurroundings.hide(whole, missing.stream().map(Missing::offset).toList());
  }
}
