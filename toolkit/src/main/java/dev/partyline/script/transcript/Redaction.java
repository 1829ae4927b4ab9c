package dev.partyline.script.transcript;

import dev.partyline.internal.secrets.MaskedStatements;
import dev.partyline.internal.secrets.SecretRules;
import dev.partyline.wire.Bytes;
import dev.partyline.wire.Conversation;
import java.util.LinkedHashSet;
import java.util.List;
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

  /** Returns this redaction that also masks the values of these headers, whatever their case. */
  public Redaction headers(String... names) {
    return new Redaction(rules.withHeaders(names));
  }

  /**
   * Returns this redaction that also masks the values of these fields, whatever their case: in
   * URLs, forms, JSON and XML.
   */
  public Redaction fields(String... names) {
    return new Redaction(rules.withFields(names));
  }

  /**
   * Returns this redaction that also masks what a regular expression finds in all that one side
   * sent, and in each body and message that it sent in parts: its groups, or all of it if it has
   * none.
   *
   * @param regex the expression as {@link Pattern} has it, on bytes read as ISO-8859-1
   * @throws java.util.regex.PatternSyntaxException if it is not a valid expression
   */
  public Redaction pattern(String regex) {
    return new Redaction(rules.withPattern(Pattern.compile(regex)));
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
