package dev.partyline.internal.pcap.write;

import dev.partyline.wire.Bytes;
import dev.partyline.wire.Side;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;

/** A file of pcapng that is written from its start to its end. */
final class PcapngFile implements Closeable {
  private static final int ENHANCED_PACKET = 6;
  private static final int HEADER_BYTES = 28;
  private static final int FLAGS_OPTION = 2;
  private static final int INBOUND = 1;
  private static final int OUTBOUND = 2;

  /** The padding of the frame, and the option of the flags. */
  private static final int MAX_FLAGS_BYTES = 3 + 8;

  private static final Bytes NO_COMMENTS = Bytes.of(new byte[4]);

  private final BackgroundOutput output;
  private final FrameEncoder encoder = new FrameEncoder();

  /** Opens a file; what it had is overwritten. */
  PcapngFile(Path path) throws IOException {
    output = new BackgroundOutput(path);
  }

  /** Appends a block that is complete. */
  void write(Bytes block) throws IOException {
    output.write(block.toBuffer());
  }

  /** Appends a packet: a frame, its direction as the server sees it, and comments. */
  void write(long nanos, AddressPair addresses, SyntheticFrame frame, FrameSink.Payload payload)
      throws IOException {
    int frameBytes = encoder.encode(addresses, frame, payload);
    int paddedBytes = PcapngBlocks.padded(frameBytes);
    Bytes comments =
        frame.comments().isEmpty() ? NO_COMMENTS : PcapngBlocks.comments(frame.comments());
    int blockBytes = HEADER_BYTES + paddedBytes + Long.BYTES + comments.size() + Integer.BYTES;
    ByteBuffer buffer = output.buffer(HEADER_BYTES + frameBytes + MAX_FLAGS_BYTES);
    buffer.putInt(ENHANCED_PACKET).putInt(blockBytes).putInt(0);
    buffer.putInt((int) (nanos >>> Integer.SIZE)).putInt((int) nanos);
    buffer.putInt(frameBytes).putInt(frameBytes);
    buffer.put(encoder.frame(), 0, frameBytes);
    for (int i = frameBytes; i < paddedBytes; i++) {
      buffer.put((byte) 0);
    }
    buffer.putShort((short) FLAGS_OPTION).putShort((short) Integer.BYTES);
    buffer.putInt(frame.sender() == Side.CLIENT ? INBOUND : OUTBOUND);
    output.write(comments.toBuffer());
    output.buffer(Integer.BYTES).putInt(blockBytes);
  }

  @Override
  public void close() throws IOException {
    output.close();
  }
}
