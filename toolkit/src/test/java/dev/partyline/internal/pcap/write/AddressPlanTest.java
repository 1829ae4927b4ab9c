package dev.partyline.internal.pcap.write;

import static org.assertj.core.api.Assertions.assertThat;

import dev.partyline.wire.Conversation;
import dev.partyline.wire.Recorder;
import dev.partyline.wire.Transport;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class AddressPlanTest {
  private final Recorder recorder = new Recorder(() -> 0);
  private final AddressPlan plan = new AddressPlan();

  @Test
  void recordedAddressesStay() {
    assertThat(open("10.0.0.1:1", "10.0.0.2:2")).isEqualTo("10.0.0.1:1 > 10.0.0.2:2");
    assertThat(open("[fe80::1%eth0]:1", "[::1]:2")).isEqualTo("[fe80::1]:1 > [::1]:2");
  }

  @Test
  void bothSidesAreOfOneFamily() {
    assertThat(open("127.0.0.1:1", "[::1]:2")).isEqualTo("[::ffff:7f00:1]:1 > [::1]:2");
    assertThat(open("?", "[::1]:2")).startsWith("[2001:db8::1]:49153 > [::1]:2");
  }

  @Test
  void anAddressThatIsNoneIsReplacedAndSaidSo() {
    assertThat(open("?", "?"))
        .isEqualTo(
            "192.0.2.1:49152 > 192.0.2.2:49152;"
                + " the client, whose address is not known, is written as 192.0.2.1:49152;"
                + " the server, whose address is not known, is written as 192.0.2.2:49152");
    assertThat(open("10.0.0.1:1", "shop.example:443"))
        .isEqualTo("10.0.0.1:1 > 192.0.2.2:443; shop.example:443 is written as 192.0.2.2:443");
    assertThat(open("10.0.0.1:1", "10.0.0.2:70000")).startsWith("10.0.0.1:1 > 192.0.2.2:49152");
  }

  @Test
  void unknownAddressesOfConnectionsAllDiffer() {
    Set<AddressPair> pairs = new HashSet<>();
    for (int i = 0; i < 40_000; i++) {
      recorder.open(Transport.TCP, "?", "?");
    }
    recorder.recording().conversations().forEach(each -> pairs.add(plan.open(each).addresses()));
    assertThat(pairs).hasSize(40_000);
  }

  @Test
  void moreUnixSocketsThanThereArePortsAllDiffer() {
    Set<FrameAddress> servers = new HashSet<>();
    for (int i = 0; i < 17_000; i++) {
      recorder.open(Transport.UNIX, "?", "/run/" + i);
    }
    for (Conversation each : recorder.recording().conversations()) {
      servers.add(plan.open(each).addresses().server());
    }
    assertThat(servers).hasSize(17_000).allMatch(each -> each.port() <= 0xffff);
  }

  @Test
  void moreClientsOfOneUnixSocketThanThereArePortsAllDiffer() {
    Set<AddressPair> pairs = new HashSet<>();
    for (int i = 0; i < 20_000; i++) {
      recorder.open(Transport.UNIX, "?", "/run/a");
    }
    recorder.recording().conversations().forEach(each -> pairs.add(plan.open(each).addresses()));
    assertThat(pairs).hasSize(20_000);
  }

  @Test
  void addressesAreFreeWhenTheirConnectionHasEnded() {
    Conversation first = record(Transport.TCP, "10.0.0.1:1", "10.0.0.2:2");
    Conversation second = record(Transport.TCP, "10.0.0.1:1", "10.0.0.2:2");
    AddressPair addresses = plan.open(first).addresses();
    assertThat(plan.open(second).addresses()).isNotEqualTo(addresses);
    plan.close(addresses);
    assertThat(plan.open(second).addresses()).isEqualTo(addresses);
  }

  @Test
  void datagramsMayHaveTheSameAddressesAtTheSameTime() {
    Conversation first = record(Transport.UDP, "10.0.0.1:1", "10.0.0.2:2");
    Conversation second = record(Transport.UDP, "10.0.0.1:1", "10.0.0.2:2");
    assertThat(plan.open(first)).isEqualTo(plan.open(second));
  }

  @Test
  void eachPathOfAUnixSocketHasItsPort() {
    List<String> paths = List.of("/run/a", "/run/b", "/run/a");
    assertThat(paths.stream().map(path -> record(Transport.UNIX, "?", path)))
        .extracting(each -> plan.open(each).addresses().server().port())
        .containsExactly(49_152, 49_153, 49_152);
  }

  private String open(String client, String server) {
    AddressPlan.Plan opened = plan.open(record(Transport.TCP, client, server));
    AddressPair addresses = opened.addresses();
    return String.join(
        "; ",
        Stream.concat(
                Stream.of(addresses.client() + " > " + addresses.server()),
                opened.remarks().stream())
            .toList());
  }

  private Conversation record(Transport transport, String client, String server) {
    return recorder.open(transport, client, server).snapshot();
  }
}
