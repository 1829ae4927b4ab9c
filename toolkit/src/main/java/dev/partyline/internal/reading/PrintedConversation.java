package dev.partyline.internal.reading;

import dev.partyline.internal.secrets.SecretRules;
import dev.partyline.internal.secrets.stream.MaskedStream;
import dev.partyline.wire.Bytes;
import dev.partyline.wire.Conversation;
import dev.partyline.wire.Side;
import java.io.UncheckedIOException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A conversation as it is printed. Its secrets are looked for when something is printed for the
 * first time, because most views never are.
 */
final class PrintedConversation {
  private final Conversation conversation;
  private @Nullable Conversation printed;

  PrintedConversation(Conversation conversation) {
    this.conversation = conversation;
  }

  /** Returns bytes that were kept; all are masked if the secrets cannot be looked for. */
  Bytes bytes(Side side, long offset, long endOffset) {
    try {
      return printed().bytes(side, offset, endOffset);
    } catch (IllegalStateException | UncheckedIOException e) {
      // What prints an object for a failure could not say why there is none.
      byte[] masked = new byte[(int) (endOffset - offset)];
      Arrays.fill(masked, MaskedStream.MASK);
      return Bytes.of(masked);
    }
  }

  /** Returns bytes that were decoded, and so can be searched by themselves alone. */
  Bytes decoded(Bytes bytes) {
    return conversation.isExact() ? bytes : SecretRules.STANDARD.mask(bytes);
  }

  private synchronized Conversation printed() {
    Conversation result = printed;
    if (result == null) {
      result = SecretRules.printed(conversation);
      printed = result;
    }
    return result;
  }
}
