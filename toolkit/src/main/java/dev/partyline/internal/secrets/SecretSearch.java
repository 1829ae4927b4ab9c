package dev.partyline.internal.secrets;

import dev.partyline.internal.secrets.logins.BinaryLogins;
import dev.partyline.internal.secrets.logins.IrcServices;
import dev.partyline.internal.secrets.logins.LoginCommands;
import dev.partyline.internal.secrets.logins.RedisCommands;
import dev.partyline.internal.secrets.stream.Dialogue;
import dev.partyline.internal.secrets.stream.Layer;
import dev.partyline.internal.secrets.stream.SecretRule;
import dev.partyline.internal.secrets.tunnels.MessageDialogue;
import dev.partyline.internal.secrets.tunnels.ProtocolSwitch;
import dev.partyline.wire.Side;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Applies the rules to what both sides sent, and again to what follows where that becomes another
 * protocol: first to what is put together from frames and chunks.
 */
final class SecretSearch {
  private static final Pattern REQUEST_LINE =
      Pattern.compile("(?:\\r?\\n)*+[A-Z-]+ [^\\n]*+(?<= HTTP/[12]\\.[01]\\r?)\\n");

  /** How many protocols can be one in another. */
  private static final int MAX_DEPTH = 8;

  private final SecretRules rules;
  private final Dialogue whole;
  private final List<SecretRule> textRules = new ArrayList<>();
  private final PatternRule patterns;
  private final KnownValues knownValues;
  private final NamedSecrets names;

  SecretSearch(SecretRules rules, Dialogue whole) {
    this.rules = rules;
    this.whole = whole;
    this.patterns = new PatternRule(rules.patterns());
    this.names = new NamedSecrets(rules);
    this.knownValues = new KnownValues(rules.values());
    textRules.add(new NamedValues(names));
    textRules.add(knownValues);
    if (rules.standard()) {
      textRules.add(new KnownShapes());
      textRules.add(new KnownTokens());
      textRules.add(new XmppLogin());
    }
  }

  void run() {
    search(whole, 0);
    for (Side side : Side.values()) {
      patterns.apply(whole.layer(side));
      knownValues.apply(whole.layer(side));
    }
  }

  private void search(Dialogue dialogue, int depth) {
    Optional<ProtocolSwitch> end =
        depth < MAX_DEPTH ? ProtocolSwitch.of(dialogue) : Optional.empty();
    if (end.isEmpty() || !end.get().isSure()) {
      searchProtocol(dialogue);
    }
    if (end.isEmpty()) {
      return;
    }
    int clientOffset = end.get().clientOffset();
    int serverOffset = end.get().serverOffset();
    searchProtocol(dialogue.until(clientOffset, serverOffset));
    Dialogue inner = dialogue.from(clientOffset, serverOffset);
    switch (end.get().next()) {
      case STREAM -> search(inner, depth + 1);
      case WEB_SOCKET -> searchMessages(MessageDialogue.ofWebSocket(inner), depth + 1);
    }
  }

  private void searchProtocol(Dialogue dialogue) {
    if (rules.standard()) {
      BinaryLogins.apply(dialogue);
      if (!REQUEST_LINE.matcher(dialogue.layer(Side.CLIENT).text()).lookingAt()) {
        searchCommands(dialogue);
      }
    }
    MessageDialogue.ofSockJs(dialogue).ifPresent(sent -> searchMessages(sent, MAX_DEPTH));
    SentLayers.of(dialogue, this::applyTextRules).forEach(this::applyTextRules);
  }

  private void searchCommands(Dialogue dialogue) {
    Layer client = dialogue.layer(Side.CLIENT);
    Layer server = dialogue.layer(Side.SERVER);
    RedisCommands.apply(
        dialogue, (name, value) -> rules.isAddedField(name) || names.isSecret(name, value));
    new IrcServices().apply(client);
    LoginCommands.apply(dialogue, client, server);
  }

  private void searchMessages(MessageDialogue sent, int depth) {
    if (rules.standard()) {
      searchCommands(sent.lines());
    }
    sent.messages().forEach(this::applyTextRules);
    search(sent.binary(), depth);
    for (Side side : Side.values()) {
      knownValues.apply(sent.payload().layer(side));
    }
  }

  private void applyTextRules(Layer layer) {
    textRules.forEach(rule -> rule.apply(layer));
    UnescapedText.apply(layer, textRules);
    QuotedPrintable.apply(layer, textRules);
    if (!layer.isWhole()) {
      patterns.apply(layer);
    }
  }
}
