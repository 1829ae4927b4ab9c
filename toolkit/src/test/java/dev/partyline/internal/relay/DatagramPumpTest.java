package dev.partyline.internal.relay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.partyline.weather.FaultInjector;
import dev.partyline.weather.Weather;
import dev.partyline.weather.spi.ConnectionDirection;
import dev.partyline.wire.ConversationRecorder;
import dev.partyline.wire.Recorder;
import dev.partyline.wire.Side;
import dev.partyline.wire.Transport;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class DatagramPumpTest {
  private final List<Integer> sent = new ArrayList<>();
  private boolean full = true;
  private long now;

  private final DatagramPump pump = newPump();

  private DatagramPump newPump() {
    ConversationRecorder recorder = new Recorder(() -> now).open(Transport.UDP, "a:1", "b:2");
    ConnectionDirection direction =
        new ConnectionDirection(1, Side.CLIENT, Transport.UDP, "a:1", "b:2", 0);
    return new DatagramPump(
        new TapRecorder(recorder),
        Side.CLIENT,
        new FaultInjector(Weather.clear(), Transport.UDP).newPipeline(direction),
        this::send,
        () -> now);
  }

  private boolean send(ByteBuffer datagram) {
    if (!full) {
      sent.add(datagram.remaining());
    }
    return !full;
  }

  @Test
  void a_full_socket_is_tried_again_a_millisecond_later_however_many_datagrams_come_until_then()
      throws IOException {
    pump.forward(ByteBuffer.allocate(1));
    assertThat(pump.wakeAt()).isEqualTo(1_000_000);
    now = 900_000;
    pump.forward(ByteBuffer.allocate(2));
    assertThat(pump.wakeAt()).isEqualTo(1_000_000);
    full = false;
    now = 1_000_000;
    pump.deliverDue();
    assertThat(sent).containsExactly(1, 2);
    assertThat(pump.isHolding()).isFalse();
  }
}
