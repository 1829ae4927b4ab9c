package dev.partyline.loopback;

import java.io.IOException;
import java.nio.channels.SelectionKey;

/** Something that the loop works for: it takes its failures, so that the loop survives them. */
interface Target {
  /** Does what the channel is ready for. */
  void ready(SelectionKey key) throws IOException;

  /** Called at the time that {@link Timer} asked for, or when that may have come. */
  void timeUp(long now) throws IOException;

  /** Takes an exception of this target's code: it ends this target, and no other. */
  void failed(Throwable problem);
}
