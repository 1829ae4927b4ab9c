package dev.partyline.internal.reading;

import dev.partyline.internal.secrets.SecretRules;
import dev.partyline.wire.Bytes;
import dev.partyline.wire.Conversation;
import dev.partyline.wire.Side;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
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

  /**
   * Returns what reads bytes that were kept once, because many parts of a view are slices of them.
   */
  Supplier<Bytes> range(Side side, long offset, long endOffset) {
    AtomicReference<@Nullable Bytes> range = new AtomicReference<>();
    return () -> {
      Bytes result = range.get();
      if (result == null) {
        result = bytes(side, offset, endOffset);
        range.set(result);
      }
      return result;
    };
  }

  /** Returns bytes that were kept; all are masked if the secrets cannot be looked for. */
  Bytes bytes(Side side, long offset, long endOffset) {
    try {
      return printed().bytes(side, offset, endOffset);
    } catch (IllegalStateException | UncheckedIOException e) {
      // What prints an object for a failure could not say why there is none.
      byte[] masked = new byte[(int) (endOffset - offset)];
      Arrays.fill(masked, (byte) '*');
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
