package dev.partyline.internal.secrets;

import dev.partyline.wire.Bytes;
import dev.partyline.wire.Side;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Applies the rules to what both sides sent: first to what is put together from frames and chunks.
 */
final class SecretSearch {
  private static final Pattern SWITCHED = Pattern.compile("HTTP/1\\.1 101\\b");

  private static final Pattern BLANK_LINE = Pattern.compile("\\n\\r?\\n");

  private static final Pattern WEB_SOCKET =
      Pattern.compile("(?i)\\nupgrade:[ \\t]*websocket[ \\t]*\\r?\\n");

  private static final Pattern REQUEST_LINE =
      Pattern.compile("[A-Z]+ [^\\n]*+(?<= HTTP/[12]\\.[01]\\r?)\\n");

  private final SecretRules rules;
  private final Dialogue dialogue;
  private final List<SecretRule> textRules = new ArrayList<>();
  private final PatternRule patterns;

  SecretSearch(SecretRules rules, Dialogue dialogue) {
    this.rules = rules;
    this.dialogue = dialogue;
    this.patterns = new PatternRule(rules.patterns());
    textRules.add(new NamedValues(rules));
    if (rules.standard()) {
      textRules.add(new KnownShapes());
    }
  }

  void run() {
    Layer client = Layer.whole(dialogue.stream(Side.CLIENT));
    Layer server = Layer.whole(dialogue.stream(Side.SERVER));
    if (rules.standard()) {
      BinaryLogins.apply(dialogue);
      if (!REQUEST_LINE.matcher(client.text()).lookingAt()) {
        new RedisCommands().apply(client);
        RedisCommands.maskAnswers(server);
        LoginCommands.apply(dialogue);
      }
    }
    for (Side side : Side.values()) {
      Layer whole = side == Side.CLIENT ? client : server;
      List<Layer> layers = layers(side, client.text(), server.text());
      layers.forEach(this::applyTextRules);
      if (layers.size() != 1 || layers.get(0).size() != whole.size()) {
        patterns.apply(whole);
      }
      maskValues(whole);
      maskAfterGaps(side, whole.text());
    }
  }

  private void applyTextRules(Layer layer) {
    textRules.forEach(rule -> rule.apply(layer));
    patterns.apply(layer);
  }

  /** Returns what a side sent: the text of the connection, and each body and message by itself. */
  private List<Layer> layers(Side side, String clientText, String serverText) {
    MaskedStream stream = dialogue.stream(side);
    String text = side == Side.CLIENT ? clientText : serverText;
    int preface = clientText.indexOf(Http2Secrets.PREFACE);
    int switched = 0;
    if (preface != 0) {
      Matcher answer = SWITCHED.matcher(serverText);
      Matcher answerEnd = BLANK_LINE.matcher(serverText);
      if (!answer.find() || !answerEnd.find(answer.end())) {
        return Http1Layers.of(Layer.whole(stream), stream);
      }
      switched = side == Side.SERVER ? answerEnd.end() : headEnd(clientText);
      if (preface < 0 && !WEB_SOCKET.matcher(text.substring(0, switched)).find()) {
        return Http1Layers.of(Layer.whole(stream), stream);
      }
    }
    int start = preface > 0 && side == Side.CLIENT ? preface : switched;
    Layer head = Layer.in(stream).add(0, start).build();
    List<Layer> layers = new ArrayList<>(List.of(head));
    layers.addAll(
        preface < 0
            ? WebSocketLayers.of(stream, start)
            : Http2Secrets.of(stream, start, this::applyTextRules));
    return layers;
  }

  private static int headEnd(String text) {
    int end = text.indexOf("\r\n\r\n");
    return end < 0 ? text.length() : end + 4;
  }

  private void maskValues(Layer layer) {
    Bytes all = Bytes.of(layer.bytes(0, rules.values().isEmpty() ? 0 : layer.size()));
    for (Bytes value : rules.values()) {
      for (int i = all.indexOf(value, 0); i >= 0; i = all.indexOf(value, i + value.size())) {
        layer.mask(i, i + value.size());
      }
    }
  }

  /** Masks also the rest of a line after a gap, because what a rule looks for may be dropped. */
  private void maskAfterGaps(Side side, String text) {
    for (int gapOffset : dialogue.gapOffsets(side)) {
      int end = new TextScan(text).foldedLineEnd(gapOffset, 0);
      dialogue.stream(side).mask(gapOffset, end);
    }
  }
}
