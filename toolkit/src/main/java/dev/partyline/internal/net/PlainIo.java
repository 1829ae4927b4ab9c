package dev.partyline.internal.net;

import dev.partyline.wire.TlsSession;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import org.jspecify.annotations.Nullable;

/** Reads and writes bytes as they are. */
final class PlainIo implements StreamIo {
  private final StreamChannel channel;

  PlainIo(StreamChannel channel) {
    this.channel = channel;
  }

  @Override
  public int read(ByteBuffer in) throws IOException {
    return channel.read(in);
  }

  @Override
  public int write(ByteBuffer out) throws IOException {
    return channel.write(out);
  }

  @Override
  public boolean flush() {
    return true;
  }

  @Override
  public void shutdownOutput(boolean closeNotify) throws IOException {
    channel.shutdownOutput();
  }

  @Override
  public void sendCloseNotify() {}

  @Override
  public int interestOps(boolean wantsRead, boolean wantsWrite) {
    return (wantsRead ? SelectionKey.OP_READ : 0) | (wantsWrite ? SelectionKey.OP_WRITE : 0);
  }

  @Override
  public boolean isTls() {
    return false;
  }

  @Override
  public boolean isHandshaking() {
    return false;
  }

  @Override
  public @Nullable TlsSession session() {
    return null;
  }

  @Override
  public boolean isReadableAfterFlush() {
    return false;
  }

  @Override
  public boolean hasMore() {
    return false;
  }

  @Override
  public boolean hasUnsent() {
    return false;
  }

  @Override
  public boolean isTruncated() {
    return false;
  }

  @Override
  public @Nullable String failure() {
    return null;
  }

  @Override
  public ByteBuffer readBufferFor(ByteBuffer buffer) {
    return buffer;
  }

  @Override
  public void discard() {}
}
