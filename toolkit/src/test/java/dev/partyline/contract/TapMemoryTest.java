package dev.partyline.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.partyline.wire.RecordingPolicy;
import dev.partyline.wire.Side;
import java.io.IOException;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Peers that do not read cost the kernel's memory, not the tap's. */
@Timeout(60)
class TapMemoryTest {
  @Test
  void a_hundred_stuck_connections_take_little_memory() throws IOException {
    List<Setup.PeerPair> pairs = new ArrayList<>();
    Pattern pattern = new Pattern(40);
    try (Setup setup =
        Setup.tapped(
            TransportPair.IPV4, spec -> spec.keeping(RecordingPolicy.headAndTail(1_000, 1_000)))) {
      long before = directMemoryUsed();
      long sent = 0;
      for (int i = 0; i < 100; i++) {
        Setup.PeerPair pair = setup.connectPair();
        pairs.add(pair);
        Side side = i % 2 == 0 ? Side.CLIENT : Side.SERVER;
        // As much as a buffer of the kernel holds, so that the tap has to stop reading.
        sent += pair.peer(side).sendUntilBlocked(pattern, 4 << 20);
      }
      assertThat(sent).isGreaterThan(100 << 20);
      assertThat(directMemoryUsed() - before).isLessThan(64 << 20);
    } finally {
      for (Setup.PeerPair pair : pairs) {
        pair.close();
      }
    }
  }

  private static long directMemoryUsed() {
    return ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
        .filter(pool -> pool.getName().equals("direct"))
        .mapToLong(BufferPoolMXBean::getMemoryUsed)
        .sum();
  }
}
