package dev.partyline.internal.secrets.logins;

import dev.partyline.internal.secrets.logins.RedisReader.RedisMessage;
import dev.partyline.internal.secrets.stream.Dialogue;
import dev.partyline.internal.secrets.stream.Layer;
import dev.partyline.internal.secrets.stream.TextScan;
import dev.partyline.wire.Side;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.regex.Pattern;

/** The passwords of Redis, in commands on a line and in arrays of strings (RESP). */
public final class RedisCommands {
  /** What may have a secret, and on a line blanks before it. */
  static final Set<String> LOGINS = Set.of("AUTH", "HELLO", "CONFIG", "ACL", "MIGRATE", "SENTINEL");

  private static final Set<String> SECRET_SETTINGS =
      Set.of(
          "REQUIREPASS",
          "MASTERAUTH",
          "PRIMARYAUTH",
          "TLS-KEY-FILE-PASS",
          "TLS-CLIENT-KEY-FILE-PASS",
          "SENTINEL-PASS",
          "AUTH-PASS");

  private static final Set<String> HASH_COMMANDS = Set.of("HSET", "HMSET", "HSETNX");

  /** What is answered by entries of a stream, each of which has its fields in an array. */
  private static final Set<String> STREAM_COMMANDS =
      Set.of("XRANGE", "XREVRANGE", "XREAD", "XREADGROUP", "XCLAIM", "XAUTOCLAIM");

  /** What says on a line that a word after the key is a value, and no sentence goes on. */
  private static final List<String> SET_OPTIONS =
      List.of("EXAT", "PXAT", "NX", "XX", "KEEPTTL", "GET");

  private static final Pattern DIGITS = Pattern.compile("\\d+");

  /** What is answered by pushes alone. */
  private static final Set<String> SUBSCRIPTIONS =
      Set.of(
          "SUBSCRIBE", "PSUBSCRIBE", "SSUBSCRIBE", "UNSUBSCRIBE", "PUNSUBSCRIBE", "SUNSUBSCRIBE");

  /** What the commands begin with that are looked at on a line, too. */
  private static final String FIRST_LETTERS = "ACGHMPSUXacghmpsux";

  /** No line of Redis is longer. */
  private static final int MAX_LINE = 64 * 1024;

  private final BiPredicate<String, String> isSecret;
  private final List<Generation> generations = new ArrayList<>();
  private int count;
  private boolean asksForHash;
  private boolean subscribes;
  private boolean isEachAnswered = true;

  /**
   * A command that asks for a password.
   *
   * @param offset where it begins
   * @param index how many commands are before it that are answered
   */
  record Generation(int offset, int index) {}

  private RedisCommands(BiPredicate<String, String> isSecret, boolean asksForHash) {
    this.isSecret = isSecret;
    this.asksForHash = asksForHash;
  }

  /**
   * Masks in commands and answers what is secret.
   *
   * @param isSecret whether the value of a field is a secret, by its name and itself
   */
  public static void apply(Dialogue dialogue, BiPredicate<String, String> isSecret) {
    // What was not kept of the client may ask for a hash.
    boolean lacksCommands = !dialogue.missing(Side.CLIENT).isEmpty();
    RedisCommands commands = new RedisCommands(isSecret, lacksCommands);
    commands.read(dialogue.layer(Side.CLIENT));
    new RedisReplies(dialogue, commands).mask();
  }

  private void read(Layer client) {
    RedisReader reader = RedisReader.ofCommands(client);
    TextScan scan = new TextScan(client.text());
    while (reader.hasNext()) {
      RedisMessage message = reader.next();
      if (!message.isLine()) {
        mask(message.words(), true);
        read(message.words(), message.offset());
        continue;
      }
      int start = scan.skipWhitespace(message.offset());
      if (start >= message.endOffset()) {
        continue;
      }
      boolean isLookedAt =
          FIRST_LETTERS.indexOf(scan.charAt(start)) >= 0 && message.endOffset() - start <= MAX_LINE;
      int end = isLookedAt ? message.endOffset() : start;
      read(Words.ofLine(client, start, end, Integer.MAX_VALUE), start);
    }
  }

  private void read(Words words, int offset) {
    String command = words.upper(0);
    asksForHash |= command.equals("HGETALL") || STREAM_COMMANDS.contains(command);
    switch (command) {
      case "SET" -> {
        if (words.count() == 3 || isSetOption(words.upper(3))) {
          value(words, 1, 2);
        }
      }
      case "SETNX", "GETSET" -> value(words, 1, 2);
      case "SETEX", "PSETEX" -> value(words, 1, 3);
      case "MSET", "MSETNX" -> fields(words, 1);
      case "XADD" -> fields(words, entryId(words) + 1);
      default -> {
        // Any other command has its names elsewhere, if it has some.
      }
    }
    if (HASH_COMMANDS.contains(command)) {
      fields(words, 2);
    } else if (command.equals("HSETEX")) {
      fields(words, words.indexOf("FIELDS") + 2);
    } else if (command.equals("ACL") && words.upper(1).equals("GENPASS")) {
      generations.add(new Generation(offset, count));
    }
    isEachAnswered &= !command.equals("MONITOR") && !words.upper(1).equals("REPLY");
    boolean isSubscription = SUBSCRIPTIONS.contains(command);
    subscribes |= isSubscription;
    count += isSubscription ? 0 : 1;
  }

  /** Returns whether an array of the server may have the fields of a hash. */
  boolean asksForHash() {
    return asksForHash;
  }

  /** Returns whether what others publish is sent among the answers. */
  boolean subscribes() {
    return subscribes;
  }

  /** Returns whether the answers are as many as the commands. */
  boolean isEachAnswered() {
    return isEachAnswered;
  }

  List<Generation> generations() {
    return generations;
  }

  /** Masks the values of a hash, of which each follows its name. */
  void fields(Words words, int first) {
    for (int i = first; i + 1 < words.count(); i += 2) {
      value(words, i, i + 1);
    }
  }

  private void value(Words words, int name, int value) {
    if (value < words.count() && isSecret.test(words.text(name), words.text(value))) {
      words.mask(value);
    }
  }

  /** Returns whether an option is next, or what a gap or the end has left of it. */
  private static boolean isSetOption(String word) {
    String letters = DIGITS.matcher(word).replaceAll("");
    return SET_OPTIONS.stream().anyMatch(option -> option.startsWith(letters));
  }

  /** Returns where the id of an entry stands, after the key and options. */
  private static int entryId(Words words) {
    int i = 2;
    while (i < words.count()) {
      switch (words.upper(i)) {
        case "NOMKSTREAM", "KEEPREF", "DELREF", "ACKED" -> i++;
        case "MAXLEN", "MINID" -> {
          String sign = words.text(i + 1);
          i += sign.equals("~") || sign.equals("=") ? 3 : 2;
        }
        case "LIMIT" -> i += 2;
        default -> {
          return i;
        }
      }
    }
    return i;
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
      case "HELLO" -> hello(words);
      case "CONFIG", "SENTINEL" -> settings(words, 2);
      case "ACL" -> rules(words, 3);
      case "MIGRATE" -> migration(words);
      default -> {
        return false;
      }
    }
    return true;
  }

  /** Masks the password among options that stand in any order. */
  private static void hello(Words words) {
    for (int i = 2; i < words.count(); i += words.upper(i).equals("AUTH") ? 3 : 2) {
      if (words.upper(i).equals("AUTH")) {
        words.mask(i + 2);
      }
    }
  }

  static void settings(Words words, int first) {
    for (int i = first; i + 1 < words.count(); i++) {
      if (SECRET_SETTINGS.contains(words.upper(i))) {
        words.mask(i + 1);
      }
    }
  }

  /** Masks what follows the sign of a password or a hash in the rules of an account. */
  static void rules(Words words, int first) {
    for (int i = first; i < words.count(); i++) {
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
