package dev.partyline.internal.secrets.logins;

import dev.partyline.internal.secrets.logins.Words.Word;
import dev.partyline.internal.secrets.stream.Dialogue;
import dev.partyline.internal.secrets.stream.Layer;
import dev.partyline.internal.secrets.stream.SecretRule;
import dev.partyline.internal.secrets.stream.TextScan;
import dev.partyline.wire.Side;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The passwords of Redis, in commands on a line and in arrays of strings (RESP). */
public final class RedisCommands implements SecretRule {
  private static final int MAX_ARGUMENTS = 1000;
  private static final Set<String> SECRET_SETTINGS =
      Set.of(
          "REQUIREPASS",
          "MASTERAUTH",
          "TLS-KEY-FILE-PASS",
          "TLS-CLIENT-KEY-FILE-PASS",
          "AUTH-PASS");

  /** A string in hex, as ACL GENPASS is answered. */
  private static final Pattern GENERATED =
      Pattern.compile("\\$\\d{1,4}\\r?\\n([0-9a-f]{1,1024}+)(?![^\\r\\n])");

  private static final Set<String> HASH_COMMANDS = Set.of("HSET", "HMSET", "HSETNX");

  /** What a command begins with that is about a hash. */
  private static final String HASH = "Hh";

  private static final int MAX_LINE = 64 * 1024;

  private final BiPredicate<String, String> isSecret;

  /** Whether an array of the server may have the fields of a hash. */
  private boolean asksForHash;

  /**
   * Masks in commands what is secret.
   *
   * @param isSecret whether the value of a field is a secret, by its name and itself
   * @param asksForHash whether what was not kept of the client may ask for a hash
   */
  public RedisCommands(BiPredicate<String, String> isSecret, boolean asksForHash) {
    this.isSecret = isSecret;
    this.asksForHash = asksForHash;
  }

  @Override
  public void apply(Layer layer) {
    each(
        layer,
        words -> {
          mask(words, true);
          hash(words);
        },
        this::hash);
  }

  private void hash(Words words) {
    String command = words.upper(0);
    asksForHash |= command.equals("HGETALL");
    if (HASH_COMMANDS.contains(command)) {
      fields(words, 2);
    }
  }

  /** Masks the values of a hash, of which each follows its name. */
  private void fields(Words words, int first) {
    for (int i = first; i + 1 < words.count(); i += 2) {
      if (isSecret.test(words.all().get(i).text(), words.all().get(i + 1).text())) {
        words.mask(i + 1);
      }
    }
  }

  private static void each(Layer layer, Consumer<Words> arrayRule, Consumer<Words> lineRule) {
    String text = layer.text();
    TextScan scan = new TextScan(text);
    int offset = 0;
    while (offset < layer.size()) {
      char first = text.charAt(offset);
      int end = scan.lineEnd(offset);
      if (first == '*' || first == '%') {
        List<Word> arguments = new ArrayList<>();
        offset = array(text, offset, end, arguments);
        arrayRule.accept(new Words(layer, arguments));
      } else {
        if (HASH.indexOf(first) >= 0 && end - offset <= MAX_LINE) {
          lineRule.accept(Words.ofLine(layer, offset, end, MAX_ARGUMENTS));
        }
        offset = end + 1;
      }
    }
  }

  /** Adds the strings of an array, and returns where it ends. */
  private static int array(String text, int offset, int lineEnd, List<Word> arguments) {
    int count = number(text, offset + 1, lineEnd) * (text.charAt(offset) == '%' ? 2 : 1);
    int next = lineEnd + 1;
    for (int i = 0; i < Math.min(count, MAX_ARGUMENTS); i++) {
      int end = text.indexOf('\n', next);
      if (end < 0 || text.charAt(next) != '$') {
        return next;
      }
      int size = Math.max(0, number(text, next + 1, end));
      int argumentEnd = Math.min(text.length(), end + 1 + size);
      arguments.add(new Word(end + 1, argumentEnd, text.substring(end + 1, argumentEnd)));
      next = Math.min(text.length(), argumentEnd + 2);
    }
    return next;
  }

  private static int number(String text, int offset, int lineEnd) {
    String digits = text.substring(offset, lineEnd).strip();
    return digits.matches("\\d{1,9}") ? Integer.parseInt(digits) : -1;
  }

  /** Masks what is secret in a command; returns whether it is one that has a secret. */
  static boolean mask(Words words, boolean isArray) {
    switch (words.upper(0)) {
      case "AUTH" -> {
        if (!isArray) {
          return false;
        }
        words.mask(words.count() - 1);
      }
      case "HELLO" -> words.mask(words.upper(2).equals("AUTH") ? 4 : words.count());
      case "CONFIG", "SENTINEL" -> settings(words, 2);
      case "ACL" -> rules(words);
      case "MIGRATE" -> migration(words);
      default -> {
        return false;
      }
    }
    return true;
  }

  /** Masks in what the server answers the settings, hashes and passwords that it is asked for. */
  public void maskAnswers(Dialogue dialogue) {
    Layer server = dialogue.layer(Side.SERVER);
    each(
        server,
        words -> {
          settings(words, 0);
          if (asksForHash) {
            fields(words, 0);
          }
        },
        line -> {});
    maskGenerated(dialogue, server);
  }

  private static void maskGenerated(Dialogue dialogue, Layer server) {
    String asked = dialogue.layer(Side.CLIENT).text();
    for (String command : new String[] {"GENPASS", "genpass"}) {
      for (int i = asked.indexOf(command); i >= 0; i = asked.indexOf(command, i + 1)) {
        Matcher answer = GENERATED.matcher(server.text());
        if (answer.find(dialogue.peerSizeAt(Side.CLIENT, i))) {
          server.mask(answer.start(1), answer.end(1));
        }
      }
    }
  }

  private static void settings(Words words, int first) {
    for (int i = first; i + 1 < words.count(); i++) {
      if (SECRET_SETTINGS.contains(words.upper(i))) {
        words.mask(i + 1);
      }
    }
  }

  private static void rules(Words words) {
    for (int i = 3; i < words.count(); i++) {
      String rule = words.upper(i);
      if (!rule.isEmpty() && "><#!".indexOf(rule.charAt(0)) >= 0) {
        words.maskAfter(i, 1);
      }
    }
  }

  private static void migration(Words words) {
    for (int i = 1; i < words.count(); i++) {
      switch (words.upper(i)) {
        case "AUTH" -> words.mask(i + 1);
        case "AUTH2" -> words.mask(i + 2);
        default -> {
          // Any other argument is no secret.
        }
      }
    }
  }
}
