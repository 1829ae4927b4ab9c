package dev.partyline.internal.pcap.streams;

/** A conversation of a capture, to which its packets are passed in their order. */
interface CapturedConversation {
  /** One that the filter does not want. */
  CapturedConversation UNWANTED =
      new CapturedConversation() {
        @Override
        public void onSegment(TransportSegment segment, boolean fromLower) {}

        @Override
        public void onNote(String text) {}

        @Override
        public boolean isReusedBy(TransportSegment segment, boolean fromLower) {
          return false;
        }

        @Override
        public void onEnd() {}
      };

  /** Called with each packet; the clock has its time. */
  void onSegment(TransportSegment segment, boolean fromLower);

  /** Called with what the capture says about the packet that comes next. */
  void onNote(String text);

  /** Returns whether a segment is the first of another conversation between the same ports. */
  boolean isReusedBy(TransportSegment segment, boolean fromLower);

  /** Called when no more packets are passed. */
  void onEnd();
}
