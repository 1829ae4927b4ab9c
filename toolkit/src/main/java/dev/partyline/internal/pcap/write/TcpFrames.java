package dev.partyline.internal.pcap.write;

import dev.partyline.wire.Conversation;
import dev.partyline.wire.Event;
import dev.partyline.wire.Side;
import dev.partyline.wire.Termination;
import java.util.ArrayList;
import java.util.List;

/** The frames of a stream: of a TCP connection, or of a Unix domain socket. */
final class TcpFrames extends RecordedFrames {
  private final Conversation conversation;
  private final TcpSegments segments;
  private long nanos;

  TcpFrames(
      Conversation conversation, MaskedRanges masked, FrameComments comments, FrameSink sink) {
    super(conversation, masked, comments, sink);
    this.conversation = conversation;
    this.segments = new TcpSegments(conversation.number(), this::write);
    advance();
  }

  private void write(SyntheticFrame frame) {
    sink.write(nanos, frame, frame.length() == 0 ? FrameSink.Payload.NONE : this::read);
  }

  @Override
  public void open() {
    switch (refusal()) {
      case REFUSED -> segments.syn(comments.opening());
      case TIMED_OUT -> segments.syn(withTimeout(comments.opening()));
      default -> segments.handshake(comments.opening());
    }
  }

  /** Returns how the server has ended the connection before anything was sent, if it has. */
  private Termination.Kind refusal() {
    boolean isFirst =
        hasNext()
            && reader.side() == Side.SERVER
            && reader.event().orElse(null) instanceof Event.Rst;
    return isFirst ? conversation.ledger().get(0).kind() : Termination.Kind.FIN;
  }

  /** A SYN without an answer is all that there is, so it has what is said of the timeout. */
  private List<String> withTimeout(List<String> texts) {
    List<String> all = new ArrayList<>(texts);
    reader.event().ifPresent(event -> all.addAll(comments.of(event)));
    advance();
    return all;
  }

  @Override
  public void writeNext() {
    nanos = reader.nanos();
    Event event = reader.event().orElse(null);
    if (event == null) {
      writeSent(reader.side(), comments.sent());
    } else {
      write(event);
    }
    advance();
  }

  private void writeSent(Side side, List<String> texts) {
    List<String> pendingTexts = texts;
    long eventStart = eventOffset();
    long eventEnd = eventStart + reader.byteCount();
    if (eventStart == eventEnd) {
      segments.sent(side, 0, 0, texts);
    }
    long endOffset;
    for (long offset = eventStart; offset < eventEnd; offset = endOffset) {
      endOffset = masked.endOffset(side, offset, eventEnd);
      if (masked.isLeftOut(side, offset)) {
        segments.leftOut(side, endOffset - offset, pendingTexts);
      } else {
        int partOffset = (int) (offset - eventStart);
        segments.sent(side, partOffset, (int) (endOffset - offset), pendingTexts);
      }
      pendingTexts = List.of();
    }
  }

  private void write(Event event) {
    if (event instanceof Event.Fin) {
      segments.fin(event.side(), comments.of(event));
    } else if (event instanceof Event.Rst) {
      writeReset(event.side(), comments.nextTermination(event));
    } else if (event instanceof Event.Dropped dropped) {
      segments.skipped(event.side(), dropped.byteCount(), comments.of(event));
    } else {
      segments.remark(event.side(), comments.of(event));
    }
  }

  /** A side that timed out has sent nothing, so there is no RST of it. */
  private void writeReset(Side side, Termination termination) {
    List<String> texts = comments.of(termination);
    if (termination.kind() == Termination.Kind.TIMED_OUT) {
      segments.remark(side.peer(), texts);
    } else {
      segments.rst(side, texts);
    }
  }

  @Override
  public void close() {
    segments.end();
  }
}
