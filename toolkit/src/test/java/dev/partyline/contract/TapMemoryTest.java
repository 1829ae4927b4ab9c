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
    List<Setup.Call> open = new ArrayList<>();
    Pattern pattern = new Pattern(40);
    try (Setup line =
        Setup.tapped(
            TransportPair.IPV4, spec -> spec.keeping(RecordingPolicy.headAndTail(1_000, 1_000)))) {
      long before = direct();
      long said = 0;
      for (int i = 0; i < 100; i++) {
        Setup.Call call = line.call();
        open.add(call);
        Side side = i % 2 == 0 ? Side.CLIENT : Side.SERVER;
        // As much as a buffer of the kernel holds, which the tap has to take its hands off.
        said += call.end(side).sayUntilStuck(pattern, 4 << 20);
      }
      assertThat(said).isGreaterThan(100 << 20);
      assertThat(direct() - before).isLessThan(64 << 20);
    } finally {
      for (Setup.Call call : open) {
        call.close();
      }
    }
  }

  private static long direct() {
    return ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
        .filter(pool -> pool.getName().equals("direct"))
        .mapToLong(BufferPoolMXBean::getMemoryUsed)
        .sum();
  }
}
