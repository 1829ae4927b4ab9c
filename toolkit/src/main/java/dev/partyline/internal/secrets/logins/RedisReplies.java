package dev.partyline.internal.secrets.logins;

import dev.partyline.internal.secrets.logins.RedisCommands.Generation;
import dev.partyline.internal.secrets.logins.RedisReader.RedisMessage;
import dev.partyline.internal.secrets.logins.Words.Word;
import dev.partyline.internal.secrets.stream.Dialogue;
import dev.partyline.internal.secrets.stream.Dialogue.Missing;
import dev.partyline.internal.secrets.stream.Layer;
import dev.partyline.internal.secrets.stream.TextScan;
import dev.partyline.wire.Side;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** What Redis answers: settings, hashes, accounts, and the passwords that it is asked for. */
final class RedisReplies {
  private static final Pattern HEX = Pattern.compile("[0-9a-f]+");

  /** How many digits ACL GENPASS is answered with, unless it asks for another number. */
  private static final int PASSWORD_DIGITS = 64;

  /** What is sent to a subscriber, which answers no other command. */
  private static final Set<String> PUBLISHED =
      Set.of(
          "MESSAGE",
          "PMESSAGE",
          "SMESSAGE",
          "SUBSCRIBE",
          "PSUBSCRIBE",
          "SSUBSCRIBE",
          "UNSUBSCRIBE",
          "PUNSUBSCRIBE",
          "SUNSUBSCRIBE");

  private static final int MAX_NAME = 256;

  private static final Pattern ANY_GENERATION = Pattern.compile("(?i)GENPASS");

  private final Dialogue dialogue;
  private final Layer server;
  private final RedisCommands commands;

  /** The last that was answered by itself, which may be the name of a field. */
  private Word lastValue = new Word(0, 0, "");

  RedisReplies(Dialogue dialogue, RedisCommands commands) {
    this.dialogue = dialogue;
    this.server = dialogue.layer(Side.SERVER);
    this.commands = commands;
  }

  void mask() {
    boolean lacksBytes = lacksBytes(Side.CLIENT) || lacksBytes(Side.SERVER);
    List<Generation> generations = commands.generations();
    boolean areFound = generations.isEmpty() || commands.isEachAnswered();
    int nextGeneration = 0;
    int index = 0;
    RedisReader reader = RedisReader.ofReplies(server);
    while (reader.hasNext()) {
      RedisMessage reply = reader.next();
      reply.arrays().forEach(this::array);
      if (lacksBytes(Side.SERVER) && commands.asksForHash()) {
        fieldsWithoutArray(reply);
      }
      if (!isPush(reply)) {
        if (nextGeneration < generations.size()
            && generations.get(nextGeneration).index() == index) {
          areFound &= generated(generations.get(nextGeneration), reply);
          nextGeneration++;
        }
        index++;
      }
    }
    if (commands.asksForHash()) {
      hideAfterGaps();
    }
    if (lacksBytes || !areFound) {
      maskAllGenerated();
    }
  }

  private boolean lacksBytes(Side side) {
    return !dialogue.missing(side).isEmpty();
  }

  /** Masks values of fields whose array is not known as one, because its beginning is lost. */
  private void fieldsWithoutArray(RedisMessage reply) {
    if (reply.isLine()) {
      int end = Math.min(reply.endOffset(), reply.offset() + MAX_NAME);
      Words line = Words.ofLine(server, reply.offset(), end, 1);
      line.all().forEach(name -> lastValue = name);
    }
    for (Words words : reply.arrays()) {
      for (Word value : words.all()) {
        commands.fields(new Words(server, List.of(lastValue, value)), 0);
        lastValue = value;
      }
    }
  }

  /**
   * Masks the line after each in which bytes are missing that may have been the name of a field.
   */
  private void hideAfterGaps() {
    TextScan scan = new TextScan(server.text());
    int lineEnd = -1;
    for (Missing gap : dialogue.missing(Side.SERVER)) {
      if (gap.offset() > lineEnd) {
        lineEnd = scan.lineEnd(gap.offset());
        if (scan.startsWith(lineEnd + 1, "+")) {
          server.hide(lineEnd + 2, scan.lineEnd(lineEnd + 1));
        }
      }
    }
  }

  private void array(Words words) {
    RedisCommands.settings(words, 0);
    if (commands.asksForHash()) {
      commands.fields(words, 0);
    }
    for (Word word : words.all()) {
      if (word.text().startsWith("user ")) {
        account(Words.ofLine(server, word.offset(), word.endOffset(), Integer.MAX_VALUE));
      }
    }
  }

  /** Masks the passwords, hashed or not, of what ACL LIST answers. */
  private static void account(Words words) {
    if (words.upper(2).equals("ON") || words.upper(2).equals("OFF")) {
      RedisCommands.rules(words, 2);
    }
  }

  private boolean isPush(RedisMessage reply) {
    return reply.type() == '>'
        || commands.subscribes()
            && reply.type() == '*'
            && !reply.isLine()
            && PUBLISHED.contains(reply.words().upper(0));
  }

  /** Masks the password that a command is answered with; returns whether it can be the answer. */
  private boolean generated(Generation generation, RedisMessage reply) {
    if (reply.isLine()
        || dialogue.peerSizeAt(Side.SERVER, reply.offset()) < generation.offset()
        || !HEX.matcher(reply.words().text(0)).matches()) {
      return reply.type() == '-';
    }
    reply.words().mask(0);
    return true;
  }

  /** Masks what can be an answer, because it cannot be told which command is answered by which. */
  private void maskAllGenerated() {
    boolean isAsked = ANY_GENERATION.matcher(dialogue.layer(Side.CLIENT).text()).find();
    RedisReader reader = RedisReader.ofReplies(server);
    while (reader.hasNext()) {
      for (Words words : reader.next().arrays()) {
        for (int i = 0; i < words.count(); i++) {
          String text = words.text(i);
          if (HEX.matcher(text).matches() && (isAsked || text.length() == PASSWORD_DIGITS)) {
            words.mask(i);
          }
        }
      }
    }
  }
}
