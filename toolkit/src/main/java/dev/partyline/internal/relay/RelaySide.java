package dev.partyline.internal.relay;

import dev.partyline.internal.net.SocketError;
import dev.partyline.internal.net.StreamEndpoint;
import dev.partyline.internal.net.StreamIo;
import dev.partyline.internal.net.StreamOwner;
import dev.partyline.internal.net.tls.TlsSetup;
import dev.partyline.wire.Bytes;
import dev.partyline.wire.Side;
import dev.partyline.wire.TlsSession;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;

/** One of the two connections of a relay: what its endpoint tells are events of the core. */
final class RelaySide implements StreamOwner {
  private final Relay relay;
  private final Side side;
  private final RelayChannel channel;
  private final StreamEndpoint endpoint;

  RelaySide(Relay relay, Side side, RelayChannel channel) {
    this.relay = relay;
    this.side = side;
    this.channel = channel;
    this.endpoint = new StreamEndpoint(channel.stream(), this);
  }

  /** Receives urgent bytes in line: otherwise they would be lost. */
  static void receiveUrgentInline(SocketChannel channel) throws IOException {
    channel.socket().setOOBInline(true);
  }

  RelayChannel channel() {
    return channel;
  }

  StreamEndpoint endpoint() {
    return endpoint;
  }

  void startTls(TlsSetup tlsSetup) {
    var unused =
        tlsSetup.start(
            endpoint, channel.stream(), side.peer(), Bytes.EMPTY, relay.core()::onTlsFault);
  }

  @Override
  public ByteBuffer readBuffer() {
    return relay.bufferPool().next();
  }

  @Override
  public void onReceived(ByteBuffer bytes) {
    relay.core().pump(side).onReceived(bytes);
  }

  @Override
  public void onFin(boolean truncated) {
    relay.core().pump(side).onFin(truncated);
  }

  @Override
  public void onReset(SocketError error) {
    relay.core().onReset(side, error);
  }

  @Override
  public void onResetPending() {
    relay.core().pump(side).onResetPending();
  }

  @Override
  public void onHandshakeDone(TlsSession session) {
    relay.onHandshakeDone(side, session);
  }

  @Override
  public void onTlsFailed(StreamIo io, boolean finReceived) {
    io.discard();
    relay.core().onTlsFailed(side, String.valueOf(io.failure()), finReceived);
  }

  @Override
  public void onWritable() {
    relay.core().pump(side.peer()).onWritable();
  }

  @Override
  public void onConnectable() {
    relay.onConnectable(this, side);
  }

  @Override
  public void onFailure(Throwable failure) {
    relay.onFailure(failure);
  }
}
