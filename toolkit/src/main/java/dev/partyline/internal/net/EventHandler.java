package dev.partyline.internal.net;

import java.io.IOException;

/** What the loop calls for a channel, timer or task. Its exceptions are its own failures. */
public interface EventHandler {
  /** Called when the channel is ready for operations, those of a selection key. */
  void onReady(int readyOps) throws IOException;

  /** Called when its {@link Timer} is due. */
  void onTimeout(long now) throws IOException;

  /** Called with an exception of this handler: it ends this handler, and no other. */
  void onFailure(Throwable failure);
}
