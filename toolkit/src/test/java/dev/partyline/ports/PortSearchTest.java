package dev.partyline.ports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.partyline.wire.LoopbackException;
import java.util.BitSet;
import java.util.List;
import org.junit.jupiter.api.Test;

class PortSearchTest {
  private static final PortRange RANGE = PortRange.of("20000-29999", null, null);

  @Test
  void theLastPortOfAFullRangeIsFound() {
    int lastFreePort;
    try (PortLease lease = Ports.reserve()) {
      lastFreePort = lease.port();
    }
    BitSet leasedPorts = new BitSet();
    leasedPorts.set(RANGE.first(), RANGE.last() + 1);
    leasedPorts.clear(lastFreePort);
    PortSearch search = new PortSearch(RANGE, leasedPorts, 1, true);
    search.tryAll(RANGE.first(), RANGE.last());
    List<PortHold> holds = search.result();
    PortHold.releaseAll(holds);
    assertThat(holds).singleElement().extracting(PortHold::port).isEqualTo(lastFreePort);
  }

  @Test
  void portsOfOtherLeasesAreSkippedInOneStep() {
    BitSet leasedPorts = new BitSet();
    leasedPorts.set(20_004);
    PortSearch search = new PortSearch(RANGE, leasedPorts, 10, true);
    assertThat(search.tryFrom(20_000)).isEqualTo(20_005);
    assertThat(search.tryFrom(29_995)).as("too near to the end").isEqualTo(29_996);
    assertThatThrownBy(search::result).isInstanceOf(LoopbackException.class);
  }
}
