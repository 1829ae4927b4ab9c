package dev.partyline.internal.secrets;

import dev.partyline.internal.secrets.logins.BinaryLogins;
import dev.partyline.internal.secrets.logins.IrcServices;
import dev.partyline.internal.secrets.logins.LoginCommands;
import dev.partyline.internal.secrets.logins.RedisCommands;
import dev.partyline.internal.secrets.stream.Dialogue;
import dev.partyline.internal.secrets.stream.Layer;
import dev.partyline.internal.secrets.stream.SecretRule;
import dev.partyline.wire.Bytes;
import dev.partyline.wire.Side;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Applies the rules to what both sides sent: first to what is put together from frames and chunks.
 */
final class SecretSearch {
  private static final Pattern REQUEST_LINE =
      Pattern.compile("[A-Z]+ [^\\n]*+(?<= HTTP/[12]\\.[01]\\r?)\\n");

  private final SecretRules rules;
  private final Dialogue dialogue;
  private final List<SecretRule> textRules = new ArrayList<>();
  private final PatternRule patterns;
  private final NamedSecrets names;

  SecretSearch(SecretRules rules, Dialogue dialogue) {
    this.rules = rules;
    this.dialogue = dialogue;
    this.patterns = new PatternRule(rules.patterns());
    this.names = new NamedSecrets(rules);
    textRules.add(new NamedValues(names));
    if (rules.standard()) {
      textRules.add(new KnownShapes());
      textRules.add(new KnownTokens());
    }
  }

  void run() {
    Layer client = Layer.whole(dialogue.stream(Side.CLIENT));
    Layer server = Layer.whole(dialogue.stream(Side.SERVER));
    if (rules.standard()) {
      BinaryLogins.apply(dialogue);
      if (!REQUEST_LINE.matcher(client.text()).lookingAt()) {
        RedisCommands redis =
            new RedisCommands(names::isSecret, !dialogue.missing(Side.CLIENT).isEmpty());
        redis.apply(client);
        redis.maskAnswers(server);
        new IrcServices().apply(client);
        LoginCommands.apply(dialogue, client, server);
      }
    }
    SentLayers sent = new SentLayers(dialogue, client.text(), server.text());
    search(Side.CLIENT, client, sent);
    search(Side.SERVER, server, sent);
  }

  private void search(Side side, Layer whole, SentLayers sent) {
    List<Layer> layers = sent.of(side, whole, this::applyTextRules);
    layers.forEach(this::applyTextRules);
    if (layers.size() != 1 || layers.get(0).size() != whole.size()) {
      patterns.apply(whole);
    }
    maskValues(whole);
  }

  private void applyTextRules(Layer layer) {
    textRules.forEach(rule -> rule.apply(layer));
    patterns.apply(layer);
  }

  private void maskValues(Layer layer) {
    String text = layer.text();
    for (Bytes value : rules.values()) {
      String secret = new String(value.toArray(), StandardCharsets.ISO_8859_1);
      int size = value.size();
      for (int i = text.indexOf(secret); i >= 0; i = text.indexOf(secret, i + size)) {
        layer.mask(i, i + size);
      }
    }
  }
}
