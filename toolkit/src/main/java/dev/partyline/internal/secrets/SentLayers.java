package dev.partyline.internal.secrets;

import dev.partyline.internal.secrets.stream.Dialogue;
import dev.partyline.internal.secrets.stream.Dialogue.Missing;
import dev.partyline.internal.secrets.stream.Layer;
import dev.partyline.internal.secrets.stream.MaskedStream;
import dev.partyline.internal.secrets.stream.SecretRule;
import dev.partyline.wire.Side;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What each side sent as layers: the text of the connection, and each body and message by itself,
 * put together from its chunks or frames.
 */
final class SentLayers {
  private static final String SWITCHED = "HTTP/1.1 101";

  private static final Pattern BLANK_LINE = Pattern.compile("\\n\\r?\\n");

  private static final Pattern WEB_SOCKET =
      Pattern.compile("(?i)\\nupgrade:[ \\t]*websocket[ \\t]*\\r?\\n");

  private final Dialogue dialogue;
  private final String clientText;
  private final int preface;

  /** Where the answer ends by which HTTP/1.1 became another protocol, or -1. */
  private final int switchEnd;

  SentLayers(Dialogue dialogue, String clientText, String serverText) {
    this.dialogue = dialogue;
    this.clientText = clientText;
    this.preface = clientText.indexOf(Http2Secrets.PREFACE);
    this.switchEnd = switchEnd(serverText);
  }

  private static int switchEnd(String text) {
    int end = text.indexOf(SWITCHED);
    while (end >= 0 && isInWord(text, end + SWITCHED.length())) {
      end = text.indexOf(SWITCHED, end + 1);
    }
    Matcher head = BLANK_LINE.matcher(text);
    return end >= 0 && head.find(end) ? head.end() : -1;
  }

  private static boolean isInWord(String text, int offset) {
    return offset < text.length()
        && (Character.isLetterOrDigit(text.charAt(offset)) || text.charAt(offset) == '_');
  }

  /**
   * Returns the layers of a side, after masking what is around bytes that were not kept.
   *
   * @param whole all that it sent
   * @param fieldRule masks the fields of HTTP/2, which are compressed
   */
  List<Layer> of(Side side, Layer whole, SecretRule fieldRule) {
    if (dialogue.isOfDatagrams()) {
      hideAroundGaps(side, whole);
      return dialogue.chunks(side);
    }
    MaskedStream stream = dialogue.stream(side);
    int switched = side == Side.SERVER ? switchEnd : clientHeadEnd();
    if (preface != 0) {
      boolean isSwitched =
          switchEnd >= 0
              && (preface > 0 || WEB_SOCKET.matcher(whole.text()).region(0, switched).find());
      if (!isSwitched) {
        hideAroundGaps(side, whole);
        return Http1Layers.of(whole, stream);
      }
    }
    List<Missing> missing = dialogue.missing(side);
    int start = preface == 0 ? 0 : preface > 0 && side == Side.CLIENT ? preface : switched;
    List<Layer> layers = new ArrayList<>(List.of(Layer.in(stream).add(0, start).build()));
    layers.addAll(
        preface < 0
            ? WebSocketLayers.of(stream, start, missing)
            : Http2Secrets.of(stream, start, missing, fieldRule));
    return layers;
  }

  private void hideAroundGaps(Side side, Layer whole) {
    for (Missing gap : dialogue.missing(side)) {
      GapSurroundings.hide(whole, gap.offset());
    }
  }

  private int clientHeadEnd() {
    int end = clientText.indexOf("\r\n\r\n");
    return end < 0 ? clientText.length() : end + 4;
  }
}
