package dev.partyline.internal.pcap.streams;

import dev.partyline.wire.ConversationRecorder;
import dev.partyline.wire.Side;
import dev.partyline.wire.Termination;
import java.nio.ByteBuffer;
import java.util.EnumSet;
import java.util.Set;

/** A TCP connection: two streams, what ends them, and when. */
final class TcpConnection extends RecordedConversation {
  private final Runnable onFarSegment;
  private final boolean beginsWithSyn;
  private final TcpStream client;
  private final TcpStream server;
  private final Set<Side> resetSides = EnumSet.noneOf(Side.class);

  TcpConnection(
      ConversationRecorder recorder,
      CaptureClock clock,
      HeldBytes heldBytes,
      Runnable onFarSegment,
      boolean clientIsLower,
      boolean beginsWithSyn) {
    super(recorder, clock, clientIsLower);
    this.onFarSegment = onFarSegment;
    this.beginsWithSyn = beginsWithSyn;
    this.client = new TcpStream(heldBytes, new SideSink(Side.CLIENT));
    this.server = new TcpStream(heldBytes, new SideSink(Side.SERVER));
  }

  private TcpStream stream(Side side) {
    return side == Side.CLIENT ? client : server;
  }

  @Override
  void onSegment(TransportSegment segment, Side side) {
    if (segment.isAck()) {
      stream(side.peer()).onAcknowledged(segment.acknowledgmentNumber());
    }
    boolean isRefused = beginsWithSyn && side == Side.SERVER && server.isNew();
    stream(side).onSegment(segment);
    if (segment.isRst() && resetSides.add(side)) {
      stream(side).onReset();
      Termination.Kind kind = isRefused ? Termination.Kind.REFUSED : Termination.Kind.RST;
      recorder.recordRst(side, kind, "");
    }
  }

  @Override
  public boolean isReusedBy(TransportSegment segment, boolean fromLower) {
    TcpStream stream = stream(side(fromLower));
    boolean isSyn = segment.isSyn() && !segment.isAck();
    boolean isLate = hasEnded() && stream.hasSyn();
    return isSyn && (isLate || !stream.maySynBe(segment.sequenceNumber()));
  }

  @Override
  void finish() {
    client.onEnd();
    server.onEnd();
    if (hasEnded()) {
      recorder.recordClosed();
    }
  }

  private boolean hasEnded() {
    return !resetSides.isEmpty() || client.isFinished() && server.isFinished();
  }

  private final class SideSink implements TcpStream.ByteSink {
    private final Side side;

    SideSink(Side side) {
      this.side = side;
    }

    @Override
    public void onBytes(ByteBuffer bytes) {
      recorder.recordSent(side, bytes);
    }

    @Override
    public void onMissing(long byteCount) {
      recorder.recordMissing(side, byteCount);
    }

    @Override
    public void onFin() {
      recorder.recordFin(side);
    }

    @Override
    public void onFarSegment() {
      onFarSegment.run();
    }
  }
}
