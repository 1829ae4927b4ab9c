package dev.partyline.filter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.partyline.wire.Transport;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

class FilterFuzzTest {
  /** Tokens that start a condition come first, so that many sequences are filters. */
  private static final List<String> TOKENS =
      List.of(
          ("tcp tcp6 udp udp6 unix ip ip6 localhost uid program path src dst host net port portrange state pid ( ) and or not ! && ||"
                  + " 10.0.0.1 ::1 ::ffff:10.0.0.1 80 443 80-90 http domain ntp estab close-wait 10"
                  + " 192.168 10.0.0.0 2001:db8:: / 8 32 96 mask 255.0.255.0 255.0.0.0 65535 65536"
                  + " 1.2.3.4.5 :: : ::: - . % 007 99999999999 example.org TCP Or ether vlan [ 13 ]"
                  + " = & | \" ' \\ \u00e9 \ud83d \ud83d\ude00 \u0000 \u0085 \u2028")
              .split(" "));

  private static final List<String> OPERANDS =
      List.of(
          "host 10.0.0.1",
          "src net 10",
          "tcp port 80",
          "80",
          "net 10.0.1 mask 255.0.255.0",
          "::/0",
          "state estab",
          "time_wait",
          "pid 7",
          "uid 0",
          "program Java",
          "path /run/x.sock",
          "host localhost",
          "tcp6 dst port 443",
          "8",
          "udp",
          "dst or src portrange 8-7",
          "src and dst 2001:0db8:0:0:1:0:0:1",
          "net ::ffff:10.0.0.0/104");

  private static final List<String> OPERATORS =
      List.of(" and ", " or ", " and not ", " or (", ") and ", " or not (", "||", "&& ! ");

  private static final Flow FLOW =
      new Flow(
          Transport.TCP,
          new InetSocketAddress("10.0.0.1", 80),
          new InetSocketAddress("10.0.0.2", 443),
          TcpState.ESTABLISHED,
          7);

  @Property(tries = 10_000)
  void randomTokensAreAFilterOrAnError(@ForAll long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    String separator = random.nextInt(9) == 0 ? "" : " ";
    readsBack(soup(random, TOKENS, 1 + random.nextInt(9), separator));
  }

  @Property(tries = 10_000)
  void aFilterIsParsedFromItsText(@ForAll long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    StringBuilder text = new StringBuilder("port 80");
    for (int remaining = random.nextInt(8); remaining > 0; remaining--) {
      text.append(soup(random, OPERATORS, 1, "")).append(soup(random, OPERANDS, 1, ""));
    }
    long openCount = text.chars().filter(each -> each == '(').count();
    long closedCount = text.chars().filter(each -> each == ')').count();
    readsBack(text + ")".repeat((int) Math.max(0, openCount - closedCount)));
  }

  @Property
  void anyCharactersAreAFilterOrAnError(@ForAll String text) {
    readsBack(text);
  }

  private static void readsBack(String text) {
    Filter filter;
    try {
      filter = Filter.parse(text);
    } catch (FilterException e) {
      assertThat(e.column()).as(text).isBetween(1, text.length() + 1);
      assertThat(e.getMessage().lines().toList()).as(text).hasSize(3);
      return;
    }
    Filter reparsedFilter = Filter.parse(filter.toString());
    assertThat(reparsedFilter)
        .isEqualTo(filter)
        .hasSameHashCodeAs(filter)
        .hasToString(filter.toString());
    assertThat(reparsedFilter.matches(FLOW)).isEqualTo(filter.matches(FLOW));
  }

  private static String soup(
      SplittableRandom random, List<String> words, int count, String separator) {
    return random
        .ints(count, 0, words.size())
        .mapToObj(words::get)
        .collect(Collectors.joining(separator));
  }
}
