package dev.partyline.internal.secrets;

import dev.partyline.internal.secrets.stream.Dialogue;
import dev.partyline.wire.Bytes;
import dev.partyline.wire.Conversation;
import dev.partyline.wire.Side;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Which secrets are looked for.
 *
 * @param standard whether those that are known without being told are among them
 * @param headers names of headers, in small letters
 * @param fields names of fields in whatever has some, in small letters
 * @param patterns regular expressions of the user
 * @param values secrets that were found before, wherever they stand
 */
public record SecretRules(
    boolean standard,
    Set<String> headers,
    Set<String> fields,
    List<Pattern> patterns,
    List<Bytes> values) {
  public static final SecretRules NONE =
      new SecretRules(false, Set.of(), Set.of(), List.of(), List.of());

  public static final SecretRules STANDARD =
      new SecretRules(true, Set.of(), Set.of(), List.of(), List.of());

  public SecretRules withHeaders(String... names) {
    return new SecretRules(standard, plus(headers, names), fields, patterns, values);
  }

  public SecretRules withFields(String... names) {
    return new SecretRules(standard, headers, plus(fields, names), patterns, values);
  }

  public SecretRules withPattern(Pattern pattern) {
    List<Pattern> newPatterns = new ArrayList<>(patterns);
    newPatterns.add(pattern);
    return new SecretRules(standard, headers, fields, List.copyOf(newPatterns), values);
  }

  public SecretRules plusValues(List<Bytes> newValues) {
    List<Bytes> all = new ArrayList<>(values);
    all.addAll(newValues);
    return new SecretRules(standard, headers, fields, patterns, List.copyOf(all));
  }

  private static Set<String> plus(Set<String> names, String... more) {
    Set<String> all = new HashSet<>(names);
    for (String name : more) {
      all.add(name.toLowerCase(Locale.ROOT));
    }
    return Set.copyOf(all);
  }

  public boolean isEmpty() {
    return equals(NONE);
  }

  /** Returns whether a header of this name is secret, but for what is standard. */
  boolean isAddedHeader(String name) {
    return !headers.isEmpty() && headers.contains(name.toLowerCase(Locale.ROOT));
  }

  /** Returns whether a field of this name is secret, which may be one of an object. */
  boolean isAddedField(String name) {
    if (fields.isEmpty()) {
      return false;
    }
    String path = name.toLowerCase(Locale.ROOT).replace("%5b", "[").replace("%5d", "]");
    return fields.contains(path) || fields.contains(lastPart(path));
  }

  /** Returns {@code card} of {@code user[card]}, {@code user[card][]} and {@code user.card}. */
  private static String lastPart(String path) {
    int end = path.length();
    while (end > 0 && "[]".indexOf(path.charAt(end - 1)) >= 0) {
      end--;
    }
    return path.substring(
        Math.max(path.lastIndexOf('[', end - 1), path.lastIndexOf('.', end - 1)) + 1, end);
  }

  /** Finds the secrets in what both sides sent. */
  public MaskedConversation mask(Conversation conversation) {
    Dialogue dialogue = Dialogue.of(conversation);
    search(dialogue);
    return new MaskedConversation(conversation, dialogue);
  }

  private void search(Dialogue dialogue) {
    if (isEmpty()) {
      return;
    }
    new SecretSearch(this, dialogue).run();
    List<Bytes> repeated = RepeatedSecrets.of(dialogue);
    if (!repeated.isEmpty()) {
      new SecretSearch(plusValues(repeated), dialogue).run();
    }
  }

  /** Returns a conversation as it is printed: with what is standard masked, unless it is exact. */
  public static Conversation printed(Conversation conversation) {
    return conversation.isExact()
        ? conversation
        : STANDARD.mask(conversation).conversation().exact();
  }

  /** Finds the secrets in what one side sent, of which nothing else is known. */
  public Bytes mask(Bytes stream) {
    Dialogue dialogue = Dialogue.of(Side.CLIENT, stream);
    search(dialogue);
    return dialogue.layer(Side.CLIENT).stream().bytes();
  }
}
