package dev.partyline.assertions;

import dev.partyline.internal.secrets.MaskedBytes;
import dev.partyline.script.transcript.Redaction;
import dev.partyline.wire.Bytes;
import dev.partyline.wire.Conversation;
import dev.partyline.wire.Side;
import org.jspecify.annotations.Nullable;

/** The secrets of a conversation, which are looked for only once a failure is to be shown. */
final class Secrets {
  private final Conversation conversation;
  private final Redaction redaction;
  private @Nullable Conversation masked;
  private @Nullable Redaction withSecrets;

  Secrets(Conversation conversation, Redaction redaction) {
    this.conversation = conversation;
    this.redaction = redaction;
  }

  /** Returns all that a side sent. */
  MaskedBytes stream(SideStream stream) {
    return new MaskedBytes(stream.bytes(), maskedStream(stream.side()));
  }

  private Bytes maskedStream(Side side) {
    Conversation result = masked;
    if (result == null) {
      result = redaction.apply(conversation);
      masked = result;
    }
    return result.bytes(side);
  }

  /** Masks bytes of which nothing is known but that they may have a secret of the conversation. */
  MaskedBytes apply(Bytes bytes) {
    Redaction result = withSecrets;
    if (result == null) {
      long byteCount = conversation.byteCount(Side.CLIENT) + conversation.byteCount(Side.SERVER);
      result =
          byteCount <= SideStream.MAX_READABLE_BYTES
              ? redaction.withSecretsOf(conversation)
              : redaction;
      withSecrets = result;
    }
    return new MaskedBytes(bytes, result.apply(bytes));
  }
}
