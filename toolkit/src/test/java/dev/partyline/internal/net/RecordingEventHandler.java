package dev.partyline.internal.net;

import java.nio.channels.SelectionKey;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Somebody who is not there, but wants to know what went wrong. */
public class RecordingEventHandler implements EventHandler {
  final List<Throwable> failures = new CopyOnWriteArrayList<>();

  @Override
  public void onReady(SelectionKey key) {}

  @Override
  public void onTimeout(long now) {}

  @Override
  public void onFailure(Throwable problem) {
    failures.add(problem);
  }
}
