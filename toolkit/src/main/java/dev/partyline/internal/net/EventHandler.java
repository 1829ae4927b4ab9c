package dev.partyline.internal.net;

import dev.partyline.wire.TlsSession;
import java.io.IOException;
import java.nio.channels.SelectionKey;

/** Something that the loop works for: it takes its failures, so that the loop survives them. */
public interface EventHandler {
  /** Does what the channel is ready for. */
  void onReady(SelectionKey key) throws IOException;

  /** Called at the time that {@link Timer} asked for, or when that may have come. */
  void onTimeout(long now) throws IOException;

  /** Is told that both sides have agreed on TLS, which may be in the middle of a read. */
  default void onHandshakeDone(TlsSession session) throws IOException {}

  /** Is told that what TLS had to compute is there: there may be more to read. */
  default void onTaskDone() throws IOException {}

  /** Takes an exception of this target's code: it ends this target, and no other. */
  void onFailure(Throwable failure);
}
