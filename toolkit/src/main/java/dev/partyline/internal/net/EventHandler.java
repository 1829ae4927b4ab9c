package dev.partyline.internal.net;

import dev.partyline.wire.TlsSession;
import java.io.IOException;
import java.nio.channels.SelectionKey;

/** What the loop calls for a channel, timer or task. Its exceptions are its own failures. */
public interface EventHandler {
  /** Called when the channel is ready. */
  void onReady(SelectionKey key) throws IOException;

  /** Called when its {@link Timer} is due. */
  void onTimeout(long now) throws IOException;

  /** Called when the TLS handshake is done, which may be during a read. */
  default void onHandshakeDone(TlsSession session) throws IOException {}

  /** Called when a task of TLS is done: there may be more to read. */
  default void onTaskDone() throws IOException {}

  /** Called with an exception of this handler: it ends this handler, and no other. */
  void onFailure(Throwable failure);
}
