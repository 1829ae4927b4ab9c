package dev.partyline.script.transcript;

import dev.partyline.wire.Conversation;

/** What is asked of a conversation of which all bytes are needed. */
final class CompleteRecording {
  private CompleteRecording() {}

  /**
   * Checks that no bytes are missing.
   *
   * @param use what cannot be done with it otherwise, as words after "can"
   * @throws IllegalStateException if some are
   */
  static void check(Conversation conversation, String use) {
    if (!conversation.gaps().isEmpty()) {
      throw new IllegalStateException(
          conversation.name()
              + " lacks bytes that were not kept: only a complete recording can "
              + use
              + ", as RecordingPolicy.everything() keeps it, and tcpdump -s 0 captures it");
    }
  }
}
