package dev.partyline.filter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.partyline.internal.text.HostAndPort;
import dev.partyline.peers.Program;
import dev.partyline.store.Pcapng;
import dev.partyline.wire.Recording;
import dev.partyline.wire.Side;
import dev.partyline.wire.Transport;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Compares the filter with tcpdump: both select the same connections. */
class FilterAgainstTcpdumpTest {
  private static final Pattern PACKET = Pattern.compile("(?m)^(\\d+)\\.000000 IP6? ");

  private static final String[] IPV4_ADDRESSES = {
    "10.0.0.1", "10.0.0.2", "10.1.2.3", "192.168.1.7", "192.168.2.9", "127.0.0.1", "0.0.0.0"
  };
  private static final String[] IPV6_ADDRESSES = {
    "::1", "2001:db8::1", "2001:db8:0:1::2", "fe80::1"
  };
  private static final int[] PORTS = {80, 443, 53, 22, 8080, 123, 40_000, 65_535, 1, 0};

  private static final List<Flow> FLOWS = flows();

  @TempDir private static Path directory;

  @BeforeAll
  static void writeCapture() throws IOException {
    Files.write(file(), PcapWriter.of(FLOWS));
  }

  /** Only names that are the same in every services(5). */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "tcp",
        "udp",
        "ip",
        "ip6",
        "ip6 and not tcp",
        "host 10.0.0.1",
        "src host 10.0.0.1",
        "dst host 10.0.0.1",
        "src 10.0.0.1",
        "dst 2001:db8::1",
        "src or dst 10.0.0.2",
        "dst or src 10.0.0.2",
        "src and dst 127.0.0.1",
        "dst and src host ::1",
        "ip host 10.0.0.2",
        "ip6 src host fe80::1",
        "host 0.0.0.0",
        "net 10",
        "net 10.1",
        "net 192.168.2",
        "net 10.0.0.1",
        "net 10.0.0.0/8",
        "net 10.0/16",
        "net 192.168.0.0 / 22",
        "net 192.168.2.0/31",
        "net 0.0.0.0/0",
        "net 0.0.0.0/1",
        "net 10.0.0.0 mask 255.0.0.0",
        "net 0.0.0.1 mask 0.0.0.255",
        "src net 10 or 192.168",
        "src and dst net 10",
        "ip net 127.0.0.0/8",
        "net ::/0",
        "net ::1",
        "net 2001:db8::/32",
        "net 2001:db8::/64",
        "ip6 dst net fe80::/10",
        "port 80",
        "src port 80",
        "dst port 443",
        "src and dst port 53",
        "src or dst port 53",
        "tcp port 53",
        "udp port 53",
        "udp src or dst port 53",
        "port domain",
        "tcp port https",
        "tcp port ssh",
        "tcp port http or ssh",
        "port 0 or 65535",
        "portrange 50-80",
        "portrange 80-50",
        "portrange 80",
        "tcp dst portrange 443-8080",
        "tcp portrange ssh-http",
        "portrange 1-22 or 8080",
        "port 80 or 443",
        "port 80 or not 443",
        "port (80 or 443)",
        "port not 80",
        "tcp port (80 or 443 and not 22)",
        "not port 80 and 443",
        "not host 10.0.0.1 and 10.0.0.2",
        "not (host 10.0.0.1 or 10.0.0.2)",
        "host 10.0.0.1 and 10.0.0.2",
        "host 10.0.0.1 or (10.0.0.2 and 127.0.0.1)",
        "host 10.0.0.1 and (port 80 or 443) or 10.0.0.2",
        "host 10.0.0.1 or (10.0.0.2 or ::1) and tcp",
        "src 10.0.0.1 or dst 10.0.0.2",
        "dst host ::1 or 10.0.0.1",
        "tcp or udp and port 53",
        "tcp or (udp and port 53)",
        "udp and port 53 or tcp",
        "port 53 or tcp and host 10.0.0.1",
        "tcp port 80 or udp port 53 or 443",
        "dst 10.0.0.1 and src or dst port 80",
        "not tcp or udp",
        "!tcp||udp",
        "! ! tcp && ip",
        "not not not (tcp or port 53) and ip",
        "((tcp) or (port 53))",
        "net 10 and not dst port 80 or 443 and ip",
        "tcp 80",
        "port 80 or tcp or 443",
        "(host 10.0.0.1) or 10.0.0.2",
        "10.0.0.1",
        "host 10.0.0.0/8",
        "net 10.0.0.1/8",
        "ip host ::1",
        "ip6 net 10",
        "port 65536",
        "port 80-90",
        "tcp tcp",
        "tcp and",
        "(tcp"
      })
  void picksWhatTcpdumpPicksAndRefusesWhatItRefuses(String expression) {
    assertThat(ours(expression)).isEqualTo(theirs(expression));
  }

  /** Random filters; the description of a failure has the seed. */
  @Test
  void anyFilterPicksTheSame() {
    for (int seed = 0; seed < 100; seed++) {
      String expression = new RandomFilter(seed).expression(3);
      assertThat(ours(expression))
          .as("seed %s: %s", seed, expression)
          .startsWith("[")
          .isEqualTo(theirs(expression));
    }
  }

  private static String ours(String expression) {
    try {
      Filter filter = Filter.parse(expression);
      return IntStream.range(0, FLOWS.size())
          .filter(i -> filter.matches(FLOWS.get(i)))
          .boxed()
          .toList()
          .toString();
    } catch (FilterException e) {
      return "refused";
    }
  }

  /** A conversation is picked if tcpdump picks a packet of it, in either direction. */
  @Test
  void conversations_are_picked_by_their_packets() throws IOException {
    List<Flow> packets = FLOWS.stream().flatMap(flow -> Stream.of(flow, flow.reversed())).toList();
    Path file = Files.write(directory.resolve("both.pcap"), PcapWriter.of(packets));
    Recording all = Pcapng.read(file);
    for (int seed = 0; seed < 40; seed++) {
      String expression = new RandomFilter(seed).expression(3);
      Set<String> theirs = new TreeSet<>();
      Matcher numbers = Pattern.compile("\\d+").matcher(theirs(file, expression));
      numbers
          .results()
          .forEach(each -> theirs.add(key(packets.get(Integer.parseInt(each.group())))));
      assertThat(keys(Pcapng.read(file, expression))).as(expression).isEqualTo(theirs);
      assertThat(keys(all.matching(Filter.parse(expression)::matches)))
          .as(expression)
          .isEqualTo(theirs);
    }
  }

  private static String key(Flow flow) {
    Stream<InetSocketAddress> ends = Stream.of(flow.source(), flow.destination());
    return flow.transport() + ends.map(HostAndPort::print).sorted().toList().toString();
  }

  private static Set<String> keys(Recording recording) {
    return recording.conversations().stream()
        .map(
            each ->
                each.transport()
                    + Stream.of(each.address(Side.CLIENT), each.address(Side.SERVER))
                        .sorted()
                        .toList()
                        .toString())
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static String theirs(String expression) {
    return theirs(file(), expression);
  }

  private static String theirs(Path file, String expression) {
    String output = Program.run("", "tcpdump", "-nttr", file, expression);
    if (output.contains("tcpdump: ") && !output.contains("expression rejects all packets")) {
      return "refused";
    }
    Matcher matcher = PACKET.matcher(output);
    return matcher.results().map(each -> Integer.valueOf(each.group(1))).toList().toString();
  }

  private static Path file() {
    return directory.resolve("flows.pcap");
  }

  /** Few addresses and ports, so that each is at both ends and over both transports. */
  private static List<Flow> flows() {
    List<Flow> flows = new ArrayList<>();
    SplittableRandom random = new SplittableRandom(20);
    for (String[] addresses : List.of(IPV4_ADDRESSES, IPV6_ADDRESSES)) {
      for (int i = 0; i < 24; i++) {
        flows.add(
            new Flow(
                random.nextInt(5) < 3 ? Transport.TCP : Transport.UDP,
                endpoint(addresses[i % addresses.length], random),
                endpoint(addresses[random.nextInt(addresses.length)], random),
                null,
                -1));
      }
    }
    return List.copyOf(flows);
  }

  private static InetSocketAddress endpoint(String address, SplittableRandom random) {
    return new InetSocketAddress(address, PORTS[random.nextInt(PORTS.length)]);
  }

  /** A random filter from a seed, with all that both grammars have. */
  private static final class RandomFilter {
    private static final List<String> DIRECTIONS =
        List.of("", "", "src ", "dst ", "src or dst ", "dst and src ");
    private static final List<String> PROTOCOLS = List.of("", "", "tcp ", "udp ");
    private static final List<String> PORT = List.of("80", "443", "53", "22", "domain", "https");
    private static final List<String> HOST =
        List.of("10.0.0.1", "10.0.0.2", "127.0.0.1", "::1", "2001:db8::1");
    private static final List<String> NET =
        List.of("10", "192.168", "10.0.0.0/8", "192.168.2.0/23", "2001:db8::/32", "::/0");
    private static final List<String> PROTOCOL_CONDITIONS = List.of("tcp", "udp", "ip", "ip6");
    private static final List<String> OPERATORS = List.of(" and ", " or ", " && ", "||");

    private final SplittableRandom random;

    /** The operands that need no words before them; empty if there must be some. */
    private List<String> operands = List.of();

    RandomFilter(int seed) {
      random = new SplittableRandom(seed);
    }

    String expression(int depth) {
      StringBuilder result = new StringBuilder(condition(depth));
      for (int remaining = random.nextInt(4); remaining > 0; remaining--) {
        result.append(pick(OPERATORS)).append(operandOrCondition(depth));
      }
      return result.toString();
    }

    private String operandOrCondition(int depth) {
      if (operands.isEmpty() || random.nextInt(3) > 0) {
        return condition(depth);
      }
      return random.nextInt(4) == 0 ? "not " + pick(operands) : pick(operands);
    }

    private String condition(int depth) {
      int choice = random.nextInt(depth > 0 ? 9 : 7);
      if (choice == 8) {
        return (random.nextBoolean() ? "not " : "! ") + condition(depth - 1);
      } else if (choice == 7) {
        List<String> outerOperands = operands;
        String inner = "(" + expression(depth - 1) + ")";
        operands = outerOperands;
        return inner;
      } else if (choice == 6) {
        operands = List.of();
        return pick(PROTOCOL_CONDITIONS);
      } else if (choice < 3) {
        operands = PORT;
        return pick(PROTOCOLS) + pick(DIRECTIONS) + "port " + pick(PORT);
      } else if (choice < 5) {
        operands = HOST;
        return pick(DIRECTIONS) + "host " + pick(HOST);
      }
      operands = NET;
      return pick(DIRECTIONS) + "net " + pick(NET);
    }

    private String pick(List<String> words) {
      return words.get(random.nextInt(words.size()));
    }
  }
}
