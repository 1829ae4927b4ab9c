package dev.partyline.internal.reading;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.partyline.internal.secrets.SecretRules;
import dev.partyline.wire.Bytes;
import dev.partyline.wire.Conversation;
import java.util.function.Function;

/** What a view prints: read again from the conversation with its secrets masked. */
public final class MaskedText {
  private MaskedText() {}

  public static String of(
      Conversation conversation, Function<? super Conversation, ? extends ViewContent<?>> reader) {
    return reader.apply(SecretRules.printed(conversation)).toString();
  }

  /** Returns a line of which nothing else is known, a byte for each character, as it is printed. */
  public static String of(String latin) {
    Bytes masked = SecretRules.STANDARD.mask(Bytes.of(latin.getBytes(ISO_8859_1)));
    return new String(masked.toArray(), ISO_8859_1);
  }
}
