package dev.partyline.hunt;

import dev.partyline.script.transcript.Redaction;
import dev.partyline.wire.Conversation;
import dev.partyline.wire.Recorded;
import dev.partyline.wire.Recording;
import java.util.List;

/**
 * What a listener, client or tap has recorded in one run of a test.
 *
 * @param name what the test calls it; the same in each run
 * @param conversations what was said on its connections
 * @param connectionCount how many connections there were, with those that were not kept
 * @param startedAtNanos when the recording began, on a clock that all peers of the run share
 * @param redaction what is masked where its bytes are printed
 */
public record RecordedPeer(
    String name,
    List<Conversation> conversations,
    int connectionCount,
    long startedAtNanos,
    Redaction redaction) {
  public RecordedPeer {
    conversations = List.copyOf(conversations);
  }

  /** Returns what a peer has recorded so far, masked by its own rules where it is printed. */
  public static RecordedPeer of(String name, Recorded peer) {
    Recording recording = peer.recording();
    return new RecordedPeer(
        name,
        recording.conversations(),
        recording.connections(),
        recording.startedAtNanos().orElse(0),
        Redaction.of(peer));
  }

  /**
   * Returns the same without the connections that were opened before, such as those of earlier runs
   * where a class has one listener for all.
   *
   * @param nanos on the clock of {@link #startedAtNanos()}
   */
  public RecordedPeer since(long nanos) {
    List<Conversation> later =
        conversations.stream().filter(each -> openedNanos(each) >= nanos).toList();
    return later.size() == conversations.size()
        ? this
        : new RecordedPeer(name, later, later.size(), startedAtNanos, redaction);
  }

  long openedNanos(Conversation conversation) {
    return startedAtNanos + conversation.openedAtNanos();
  }
}
