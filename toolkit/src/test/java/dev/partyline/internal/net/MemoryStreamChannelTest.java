package dev.partyline.internal.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.partyline.wire.Bytes;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.function.Executable;

/** A stream in memory behaves as one of TCP over loopback does. */
@Timeout(20)
class MemoryStreamChannelTest {
  private final BlockingQueue<Integer> readyOps = new LinkedBlockingQueue<>();
  private EventLoop loop;
  private MemoryStreamChannel own;
  private MemoryStreamChannel peer;

  @BeforeEach
  void open() throws IOException {
    loop = EventLoop.acquire();
    own = MemoryStreamChannel.open(loop, new FakeStreamChannel(action -> {}));
    peer = own.peer();
    RecordingEventHandler handler =
        new RecordingEventHandler() {
          @Override
          public void onReady(int ops) {
            readyOps.add(ops);
            own.setInterestOps(0);
          }
        };
    onLoop(() -> own.register(handler));
  }

  /** Both ends are for the thread of the loop. */
  private void onLoop(Executable action) {
    AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
    loop.call(
        new RecordingEventHandler(),
        () -> {
          try {
            action.execute();
          } catch (Throwable e) {
            failure.set(e);
          }
        });
    assertThat(failure.get()).isNull();
  }

  @AfterEach
  void close() {
    onLoop(
        () -> {
          own.close();
          peer.close();
          loop.release();
        });
  }

  private static String read(MemoryStreamChannel channel) throws IOException {
    ByteBuffer in = ByteBuffer.allocate(100);
    int count = channel.read(in);
    return count < 0 ? "FIN" : Bytes.copyOf(in.flip()).utf8();
  }

  private static ByteBuffer bytes(int count) {
    return ByteBuffer.allocate(count);
  }

  private int nextReadyOps() throws InterruptedException {
    Integer ops = readyOps.poll(10, TimeUnit.SECONDS);
    return ops == null ? 0 : ops;
  }

  @Test
  void what_is_written_is_read_in_order_and_then_the_fin() throws Exception {
    onLoop(
        () -> {
          assertThat(read(own)).isEmpty();
          peer.write(Bytes.utf8("one").toBuffer());
          peer.write(Bytes.utf8("two").toBuffer());
          peer.shutdownOutput();
          assertThat(read(own)).isEqualTo("onetwo");
          assertThat(read(own)).isEqualTo("FIN");
          assertThat(own.write(Bytes.utf8("still").toBuffer())).isEqualTo(5);
          assertThat(read(peer)).isEqualTo("still");
          assertThatThrownBy(() -> peer.write(bytes(1))).hasMessage("Broken pipe");
        });
  }

  @Test
  void a_full_stream_takes_no_more_until_its_peer_has_read() throws Exception {
    ByteBuffer much = bytes(1 << 20);
    onLoop(
        () -> {
          assertThat(own.write(much)).isPositive().isLessThan(1 << 20);
          assertThat(own.write(much)).isZero();
          own.setInterestOps(SelectionKey.OP_WRITE);
          assertThat(peer.read(bytes(10))).isEqualTo(10);
        });
    assertThat(nextReadyOps()).isEqualTo(SelectionKey.OP_WRITE);
    onLoop(
        () -> {
          assertThat(own.write(much)).isEqualTo(10);
          assertThat(peer.unreadBytes()).isEqualTo(much.position() - 10);
        });
  }

  @Test
  void one_with_a_limited_buffer_is_writable_when_all_was_read() throws Exception {
    onLoop(
        () -> {
          own.write(bytes(2));
          own.limitSendBuffer();
          own.setInterestOps(SelectionKey.OP_WRITE);
          peer.read(bytes(1));
        });
    assertThat(readyOps).isEmpty();
    onLoop(
        () -> {
          peer.read(bytes(1));
        });
    assertThat(nextReadyOps()).isEqualTo(SelectionKey.OP_WRITE);
  }

  @Test
  void a_close_with_unread_bytes_resets_the_peer_after_what_it_had_sent() throws Exception {
    onLoop(
        () -> {
          own.write(bytes(1));
          peer.write(Bytes.utf8("last words").toBuffer());
          peer.close();
          assertThat(read(own)).isEqualTo("last words");
          assertThatThrownBy(() -> read(own)).hasMessage("Connection reset");
        });
  }

  @Test
  void a_reset_is_told_though_nothing_is_to_be_read() throws Exception {
    onLoop(
        () -> {
          peer.resetOnClose();
          peer.close();
        });
    assertThat(nextReadyOps()).isEqualTo(SelectionKey.OP_CONNECT);
    onLoop(
        () -> {
          assertThatThrownBy(() -> own.write(bytes(1))).hasMessage("Connection reset");
        });
  }

  @Test
  void what_is_written_to_a_closed_end_is_answered_by_a_reset() throws Exception {
    onLoop(
        () -> {
          peer.close();
          assertThat(read(own)).isEqualTo("FIN");
          ByteBuffer lost = bytes(5);
          own.write(lost);
          assertThat(lost.hasRemaining()).isFalse();
          assertThatThrownBy(() -> own.write(bytes(1))).hasMessage("Connection reset");
        });
  }
}
