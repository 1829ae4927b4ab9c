package dev.partyline.internal.reading;

import dev.partyline.internal.secrets.SecretRules;
import dev.partyline.wire.Conversation;
import java.util.function.Function;

/** What a view prints: read again from the conversation with its secrets masked. */
public final class MaskedText {
  private MaskedText() {}

  public static String of(
      Conversation conversation, Function<? super Conversation, ? extends ViewContent<?>> reader) {
    return reader.apply(SecretRules.printed(conversation)).toString();
  }
}
