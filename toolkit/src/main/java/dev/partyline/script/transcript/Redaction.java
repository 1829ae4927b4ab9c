package dev.partyline.script.transcript;

import dev.partyline.internal.secrets.MaskedStatements;
import dev.partyline.internal.secrets.SecretRules;
import dev.partyline.internal.text.ArgumentChecks;
import dev.partyline.wire.Bytes;
import dev.partyline.wire.Conversation;
import dev.partyline.wire.Recorded;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What to mask in failures and files: an asterisk is written for each byte of a secret.
 *
 * <p>Line ends stay. The recording itself, and so every assertion, has the real bytes.
 */
public final class Redaction {
  private static final Redaction NONE = new Redaction(SecretRules.NONE);
  private static final Redaction STANDARD = new Redaction(SecretRules.STANDARD);

  /** A token (RFC 9110, 5.6.2). */
  private static final Pattern HEADER_NAME = Pattern.compile("[\\w!#$%&'*+.^`|~-]+");

  private static final int MAX_BYTE = 0xff;

  private final SecretRules rules;

  private Redaction(SecretRules rules) {
    this.rules = rules;
  }

  /**
   * Returns the default: the values of headers and fields whose name says that they are secret,
   * passwords in URLs, private keys and tokens of known forms, and what text protocols and some
   * binary ones send to log in.
   */
  public static Redaction standard() {
    return STANDARD;
  }

  /** Returns the redaction that masks nothing. */
  public static Redaction none() {
    return NONE;
  }

  /**
   * Returns the rules of a listener, client or tap, and {@link #standard()} for what has none, such
   * as a bare recording.
   */
  public static Redaction of(Recorded recorded) {
    return recorded instanceof Redacted redacted ? redacted.redaction() : STANDARD;
  }

  /**
   * Returns this redaction that also masks the values of these headers, whatever their case.
   *
   * @param names whole names, without the colon
   * @throws IllegalArgumentException if a name is empty or has what no name of a header has
   */
  public Redaction headers(String... names) {
    for (String name : names) {
      Objects.requireNonNull(name, "the name of a header must not be null");
      if (!HEADER_NAME.matcher(name).matches()) {
        throw ArgumentChecks.invalid(
            "the name of a header", name, "as in 'X-Door': letters, digits and hyphens, no colon");
      }
    }
    return new Redaction(rules.withHeaders(names));
  }

  /**
   * Returns this redaction that also masks the values of these fields, whatever their case: in
   * URLs, forms, JSON, XML, YAML, properties, arguments of GraphQL and hashes of Redis.
   *
   * @param names whole names: {@code card} is also {@code user[card]} and {@code user.card}, but
   *     not {@code cardNumber} or {@code card_number}
   * @throws IllegalArgumentException if a name is blank
   */
  public Redaction fields(String... names) {
    for (String name : names) {
      Objects.requireNonNull(name, "the name of a field must not be null");
      ArgumentChecks.notBlank("the name of a field", name);
    }
    return new Redaction(rules.withFields(names));
  }

  /**
   * Returns this redaction that also masks what a regular expression finds in all that one side
   * sent, and in each body and message that it sent in parts: its groups, or all of it if it has
   * none. Of a group that is repeated, as in {@code (?:(\d{4}))+}, only what it matched last is
   * masked, so repeat within the group.
   *
   * @param regex the expression as {@link Pattern} has it, on bytes read as ISO-8859-1: a letter
   *     that UTF-8 has more bytes for is written as these, such as {@code \xC3\xA9}
   * @throws java.util.regex.PatternSyntaxException if it is not a valid expression
   * @throws IllegalArgumentException if it is empty, or has a character that is no byte
   */
  public Redaction pattern(String regex) {
    if (regex.isEmpty()) {
      throw ArgumentChecks.invalid("the pattern of a secret", regex, "of one character at least");
    }
    regex
        .codePoints()
        .filter(character -> character > MAX_BYTE)
        .findFirst()
        .ifPresent(
            character -> {
              throw ArgumentChecks.invalid(
                  "the pattern of a secret",
                  regex,
                  "of bytes read as ISO-8859-1: write '%s' as %s"
                      .formatted(Character.toString(character), utf8(character)));
            });
    return new Redaction(rules.withPattern(Pattern.compile(regex)));
  }

  /** Returns the bytes of a character as an expression has them. */
  private static String utf8(int character) {
    byte[] bytes = Character.toString(character).getBytes(StandardCharsets.UTF_8);
    return HexFormat.of().withUpperCase().withPrefix("\\x").formatHex(bytes);
  }

  /** Returns this redaction that also masks the secrets of a conversation wherever they stand. */
  public Redaction withSecretsOf(Conversation conversation) {
    return rules.isEmpty()
        ? this
        : new Redaction(rules.plusValues(rules.mask(conversation).values()));
  }

  /**
   * Returns this redaction that also masks what is a secret of one of these conversations where
   * another one has it, as where a token of the login is sent on the next connection.
   */
  public Redaction across(List<Conversation> conversations) {
    if (rules.isEmpty() || conversations.size() < 2) {
      return this;
    }
    Set<Bytes> values = new LinkedHashSet<>();
    for (Conversation conversation : conversations) {
      values.addAll(rules.mask(conversation).repeatedValues());
    }
    return new Redaction(rules.plusValues(List.copyOf(values)));
  }

  /**
   * Returns the conversation with secrets masked, to be printed as it is then; sizes and times
   * stay.
   */
  public Conversation apply(Conversation conversation) {
    return (rules.isEmpty() ? conversation : rules.mask(conversation).conversation()).exact();
  }

  /** Returns all that one side sent with secrets masked. */
  public Bytes apply(Bytes stream) {
    return rules.mask(stream);
  }

  /**
   * Returns the lines of a printed script with secrets in their payloads masked, where what a line
   * is depends on those before it.
   */
  public List<String> apply(List<String> statements) {
    return rules.isEmpty() ? statements : MaskedStatements.of(statements, rules).lines();
  }

  /** Returns this redaction that also masks the secrets of a printed script wherever they stand. */
  public Redaction withSecretsOf(List<String> statements) {
    return rules.isEmpty()
        ? this
        : new Redaction(rules.plusValues(MaskedStatements.of(statements, rules).values()));
  }

  /** Returns a line of a printed script with secrets in its payload masked. */
  public String apply(String statement) {
    return apply(List.of(statement)).get(0);
  }
}
