package dev.partyline.filter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FilterExceptionTest {
  private static final String CONDITION =
      "tcp, tcp6, udp, udp6, unix, ip, ip6, src, dst, host, net, port, portrange, state, uid, pid,"
          + " program, path, 'not' or '('";
  private static final String ADDRESS =
      "expected an address such as 127.0.0.1 or ::1, or localhost (no other name is looked up; a"
          + " part of an address is a net)";
  private static final String NET =
      "expected a net such as 10.0.0.0/8, 192.168 or 2001:db8::/32 (a name is never looked up)";
  private static final String PORT =
      "expected a port from 0 to 65535, or a well-known service such as http";
  private static final String RANGE =
      "expected two ports from 0 to 65535 and a hyphen between them, such as 8000-8999";
  private static final String AFTER_PROTOCOL =
      "expected host, net, port, portrange, src, dst, 'and', 'or'";
  private static final String PACKETS = "filters packets, and this filters connections:";

  @Test
  void showsTheFilterWithACaretBelowTheColumn() {
    assertThatThrownBy(() -> Filter.parse("tcp port 80 or\thost\nexample.org"))
        .isInstanceOf(FilterException.class)
        .hasMessage(
            String.format(
                "filter, column 21: "
                    + ADDRESS
                    + ", not 'example.org'%n    tcp port 80 or\thost example.org%n"
                    + "                  \t     ^"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '`',
      value = {
        "tcp and ~ 8 ~ expected " + CONDITION + ", but it ends here",
        "not ~ 4 ~ expected " + CONDITION + ", but it ends here",
        "() ~ 2 ~ expected " + CONDITION + ", not ')'",
        "(tcp ~ 5 ~ " + AFTER_PROTOCOL + " or ')', but it ends here",
        "(port 80 ~ 9 ~ expected 'and', 'or' or ')', but it ends here",
        "port 80) ~ 8 ~ expected 'and', 'or' or the end, not ')'",
        "tcp) ~ 4 ~ " + AFTER_PROTOCOL + " or the end, not ')'",
        "tcp udp ~ 5 ~ " + AFTER_PROTOCOL + " or the end, not 'udp'",
        "tcp 80 ~ 5 ~ " + AFTER_PROTOCOL + " or the end, not '80'",
        "unix port 80 ~ 6 ~ expected 'and', 'or' or the end, not 'port'",
        "10.0.0.1 ~ 1 ~ expected host, net, port, src or dst in front of it, not '10.0.0.1'",
        "tcp or ::1 ~ 8 ~ expected host, net, port, src or dst in front of it, not '::1'",
        "port 80 or tcp or 443 ~ 19 ~ expected host, net, port, src or dst in front of it, not"
            + " '443'",
        "(host ::1) or 10.0.0.1 ~ 15 ~ expected host, net, port, src or dst in front of it, not"
            + " '10.0.0.1'",
        "host example.org ~ 6 ~ " + ADDRESS + ", not 'example.org'",
        "host localhost/8 ~ 15 ~ expected nothing more of a host; a net begins with net, not '/'",
        "net localhost ~ 5 ~ " + NET + ", not 'localhost'",
        "host 10.0.0.1or ~ 6 ~ " + ADDRESS + ", not '10.0.0.1or'",
        "host 10.1 ~ 6 ~ " + ADDRESS + ", not '10.1'",
        "host 010.0.0.1 ~ 6 ~ " + ADDRESS + ", not '010.0.0.1'",
        "host 1.2.3.256 ~ 6 ~ " + ADDRESS + ", not '1.2.3.256'",
        "host 1.2.3.4.5 ~ 6 ~ " + ADDRESS + ", not '1.2.3.4.5'",
        "host fe80::1%eth0 ~ 6 ~ " + ADDRESS + ", not 'fe80::1%eth0'",
        "host ::1:: ~ 6 ~ " + ADDRESS + ", not '::1::'",
        "src ~ 4 ~ " + ADDRESS + ", but it ends here",
        "src or 10.0.0.1 ~ 5 ~ " + ADDRESS + ", not 'or'",
        "dst 10.0.0.0/8 ~ 13 ~ expected nothing more of a host; a net begins with net, not '/'",
        "ip host ::1 ~ 9 ~ expected an address of IPv4 after ip, not '::1'",
        "ip6 net 10 ~ 9 ~ expected an address of IPv6 after ip6, not '10'",
        "net example ~ 5 ~ " + NET + ", not 'example'",
        "net 10.0.0.1/8 ~ 5 ~ expected only zeros after the bits of the net, not '10.0.0.1'",
        "net 2001:db8::1/32 ~ 5 ~ expected only zeros after the bits of the net, not"
            + " '2001:db8::1'",
        "net 10.0.0.1 mask 255 ~ 5 ~ expected only zeros after the bits of the net, not"
            + " '10.0.0.1'",
        "net 10.0.0.0/33 ~ 14 ~ expected a number of bits from 0 to 32, not '33'",
        "net ::/129 ~ 8 ~ expected a number of bits from 0 to 128, not '129'",
        "net ::ffff:10.0.0.0/8 ~ 21 ~ expected a number of bits from 96 to 128, not '8'",
        "net 10 mask x ~ 13 ~ expected a mask such as 255.255.0.0, not 'x'",
        "net :: mask 255.0.0.0 ~ 8 ~ expected 'and', 'or' or the end, not 'mask'",
        "port ~ 5 ~ " + PORT + ", but it ends here",
        "port 65536 ~ 6 ~ " + PORT + ", not '65536'",
        "port 070 ~ 6 ~ " + PORT + ", not '070'",
        "port -1 ~ 6 ~ " + PORT + ", not '-1'",
        "port 80-90 ~ 6 ~ " + PORT + ", not '80-90'",
        "port 99999999999 ~ 6 ~ " + PORT + ", not '99999999999'",
        "portrange 80-x ~ 11 ~ " + RANGE + ", not '80-x'",
        "portrange 80 - 90 ~ 14 ~ '-' " + PACKETS + " expected 'and', 'or' or the end",
        "udp port http ~ 10 ~ expected a service over udp (http is one over tcp), or a number,"
            + " not 'http'",
        "state open ~ 7 ~ expected a state (listen, syn-sent, syn-received, established,"
            + " fin-wait-1, fin-wait-2, close-wait, closing, last-ack, time-wait, closed), not"
            + " 'open'",
        "tcp state listen ~ 5 ~ " + AFTER_PROTOCOL + " or the end, not 'state'",
        "pid x ~ 5 ~ expected the id of a process, from 0 to 4294967294, not 'x'",
        "uid root ~ 5 ~ expected the id of a user, from 0 to 4294967294, not 'root'",
        "program ~ 8 ~ expected the name of a program, such as java, but it ends here",
        "program or tcp ~ 9 ~ expected the name of a program, such as java, not 'or'",
        "path ) ~ 6 ~ expected a path, such as /run/app.sock, not ')'",
        "unix path /x ~ 6 ~ expected 'and', 'or' or the end, not 'path'",
        "udp6 port http ~ 11 ~ expected a service over udp6 (http is one over tcp), or a number,"
            + " not 'http'",
        "vlan 5 ~ 1 ~ 'vlan' " + PACKETS + " expected " + CONDITION,
        "ip proto 6 ~ 4 ~ 'proto' " + PACKETS + " " + AFTER_PROTOCOL + " or the end",
        "tcp[13] = 2 ~ 4 ~ '[' " + PACKETS + " " + AFTER_PROTOCOL + " or the end",
        "port 80 or ICMP ~ 12 ~ 'ICMP' " + PACKETS + " " + PORT,
        "tcp & udp ~ 5 ~ '&' " + PACKETS + " " + AFTER_PROTOCOL + " or the end",
        "tcp \u20ac ~ 5 ~ " + AFTER_PROTOCOL + " or the end, not '\u20ac'"
      })
  void saysWhatWasExpectedWhere(String expression, int column, String problem) {
    FilterException exception =
        catchThrowableOfType(FilterException.class, () -> Filter.parse(expression));
    assertThat(exception).isNotNull();
    assertThat(exception.getMessage().lines().findFirst())
        .hasValue("filter, column " + column + ": " + problem);
    assertThat(exception.column()).isEqualTo(column);
  }

  @Test
  void aThousandParenthesesAreTooMany() {
    assertThatThrownBy(() -> Filter.parse("(".repeat(1_000) + "tcp" + ")".repeat(1_000)))
        .isInstanceOf(FilterException.class)
        .hasMessageStartingWith("filter, column 101: expected at most 100 parentheses");
    assertThatThrownBy(() -> Filter.parse("port " + "(".repeat(100_000)))
        .isInstanceOf(FilterException.class)
        .hasMessageStartingWith("filter, column 106: expected at most 100 parentheses");
    assertThat(Filter.parse("(".repeat(100) + "tcp" + ")".repeat(100))).hasToString("tcp");
  }

  @Test
  void aLongFilterNeedsNoDeepStack() {
    String ports =
        IntStream.range(0, 50_000)
            .mapToObj(port -> "port " + port)
            .collect(Collectors.joining(" or "));
    Filter filter = Filter.parse(ports);
    assertThat(filter).hasToString(ports).isEqualTo(Filter.parse(ports));
    assertThat(filter).hasSameHashCodeAs(Filter.parse(ports));
    assertThat(Filter.parse("not ".repeat(100_001) + "tcp")).hasToString("not tcp");
  }
}
