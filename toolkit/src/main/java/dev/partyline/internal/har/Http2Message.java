package dev.partyline.internal.har;

import dev.partyline.internal.har.HarBody.BodyRange;
import dev.partyline.view.http2.Http2Frame;
import dev.partyline.wire.Conversation;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a side sends on a stream of HTTP/2, put together from its frames. */
final class Http2Message {
  private static final int HEADER_BYTES = 9;
  private static final int PADDED = 0x8;

  private final List<BodyRange> ranges = new ArrayList<>();
  private final List<HarField> trailers = new ArrayList<>();
  private final List<String> remarks = new ArrayList<>();
  private @Nullable Http2Frame head;
  private long endOffset;
  private boolean ended;

  /** Adds header fields, or trailers. */
  void addFields(Http2Frame frame) {
    if (head == null) {
      head = frame;
    } else {
      trailers.addAll(fields(frame));
    }
    extend(frame);
  }

  /** Adds a frame of content. */
  void addContent(Http2Frame frame) {
    long payloadOffset = frame.offset() + HEADER_BYTES;
    // Where some of a frame was not kept its padding is not known.
    boolean isMissing = frame.payload().isEmpty();
    long offset = payloadOffset + (isPadded(frame) && !isMissing ? 1 : 0);
    long end =
        isMissing
            ? frame.endOffset()
            : Math.min(frame.endOffset(), offset + frame.content().size());
    if (offset < end) {
      ranges.add(new BodyRange(offset, end));
    }
    extend(frame);
  }

  /** Returns whether its payload begins with the length of its padding. */
  static boolean isPadded(Http2Frame frame) {
    return (frame.flags() & PADDED) != 0;
  }

  private void extend(Http2Frame frame) {
    endOffset = frame.endOffset();
    ended |= frame.endsStream();
  }

  void addRemark(String remark) {
    remarks.add(remark);
  }

  @Nullable Http2Frame head() {
    return head;
  }

  boolean hasEnded() {
    return ended;
  }

  /** Returns the offset after its last frame so far. */
  long endOffset() {
    return endOffset;
  }

  /** Returns the value of one of its fields; empty if it has none. */
  static String field(Http2Frame frame, String name) {
    return frame.field(name).map(WireText::of).orElse("");
  }

  private static List<HarField> fields(Http2Frame frame) {
    return frame.fields().stream()
        .map(field -> new HarField(WireText.of(field.name()), WireText.of(field.value())))
        .toList();
  }

  /** Returns the message whose header fields begin with a frame. */
  HarMessage of(Conversation conversation, Http2Frame first) {
    List<HarField> headers = fields(first);
    boolean isHead = first.equals(head);
    HarBody body =
        new HarBody(
            conversation,
            first.side(),
            isHead ? List.copyOf(ranges) : List.of(),
            HarBody.codings(headers));
    return new HarMessage(
        "HTTP/2.0",
        headers,
        isHead ? List.copyOf(trailers) : List.of(),
        -1,
        body,
        isHead ? List.copyOf(remarks) : List.of());
  }
}
