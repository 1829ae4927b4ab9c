package dev.partyline.internal.net;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Does nothing, and records its failures. */
public class RecordingEventHandler implements EventHandler {
  final List<Throwable> failures = new CopyOnWriteArrayList<>();

  @Override
  public void onReady(int readyOps) {}

  @Override
  public void onTimeout(long now) {}

  @Override
  public void onFailure(Throwable problem) {
    failures.add(problem);
  }
}
