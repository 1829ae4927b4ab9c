package dev.partyline.filter;

import dev.partyline.wire.Transport;
import java.util.Comparator;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A port that has a name.
 *
 * @param protocol tcp or udp if the name is for that one only, else any
 */
record Service(int port, Protocol protocol) {
  /** Common ones of the registry of IANA and of services(5), the same on every machine. */
  private static final Map<String, Service> WELL_KNOWN =
      """
      echo 7 any
      discard 9 any
      daytime 13 tcp
      chargen 19 any
      ftp-data 20 tcp
      ftp 21 tcp
      ssh 22 tcp
      telnet 23 tcp
      smtp 25 tcp
      time 37 any
      whois 43 tcp
      domain 53 any
      bootps 67 udp
      bootpc 68 udp
      tftp 69 udp
      gopher 70 tcp
      finger 79 tcp
      http 80 tcp
      kerberos 88 any
      pop3 110 tcp
      sunrpc 111 any
      nntp 119 tcp
      ntp 123 udp
      imap 143 tcp
      imap2 143 tcp
      snmp 161 any
      bgp 179 tcp
      ldap 389 any
      https 443 any
      microsoft-ds 445 tcp
      submissions 465 tcp
      isakmp 500 udp
      syslog 514 udp
      submission 587 tcp
      ldaps 636 any
      domain-s 853 any
      rsync 873 tcp
      imaps 993 tcp
      pop3s 995 tcp
      socks 1080 tcp
      openvpn 1194 any
      ms-sql-s 1433 tcp
      radius 1812 any
      mqtt 1883 tcp
      nfs 2049 any
      mysql 3306 tcp
      ms-wbt-server 3389 tcp
      svn 3690 tcp
      sip 5060 any
      xmpp-client 5222 tcp
      xmpp-server 5269 tcp
      mdns 5353 udp
      postgresql 5432 tcp
      amqps 5671 tcp
      amqp 5672 tcp
      x11 6000 tcp
      redis 6379 tcp
      http-alt 8080 tcp
      secure-mqtt 8883 tcp
      git 9418 tcp
      memcache 11211 any
      mongodb 27017 tcp
      """
          .lines()
          .map(line -> line.split(" "))
          .collect(
              Collectors.toUnmodifiableMap(
                  row -> row[0], row -> new Service(Integer.parseInt(row[1]), protocol(row[2]))));

  /** Returns the service of a number or a lower-case name; null if it is neither. */
  static @Nullable Service named(String word) {
    int number = (int) Numbers.parse(word, 65_535);
    return number < 0 ? WELL_KNOWN.get(word) : new Service(number, Protocol.ANY);
  }

  /** Returns the name of a port over a transport, the shortest if it has several; null if none. */
  static @Nullable String nameOf(Transport transport, int port) {
    return WELL_KNOWN.entrySet().stream()
        .filter(each -> each.getValue().port == port && each.getValue().isOver(transport))
        .map(Map.Entry::getKey)
        .min(Comparator.comparingInt(String::length))
        .orElse(null);
  }

  private boolean isOver(Transport transport) {
    return protocol == Protocol.ANY || protocol.name().equals(transport.name());
  }

  private static Protocol protocol(String word) {
    Protocol match = Protocol.named(word);
    return match == null ? Protocol.ANY : match;
  }
}
