package dev.partyline.hunt;

import java.util.List;

/**
 * What one run of a test has recorded.
 *
 * @param peers its listeners, clients and taps
 * @param startedAtNanos when it began, on the clock of their recordings, which is {@link
 *     System#nanoTime()}
 * @param endedAtNanos when it ended, or failed
 */
public record RecordedRun(List<RecordedPeer> peers, long startedAtNanos, long endedAtNanos) {
  public RecordedRun {
    peers = List.copyOf(peers);
  }
}
