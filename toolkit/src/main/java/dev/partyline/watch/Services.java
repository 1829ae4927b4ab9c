package dev.partyline.watch;

import static java.util.Map.entry;

import java.util.Map;

/** The names that the usual ports have in the registry of IANA. */
final class Services {
  private static final Map<Integer, String> NAMES =
      Map.ofEntries(
          entry(7, "echo"),
          entry(9, "discard"),
          entry(20, "ftp-data"),
          entry(21, "ftp"),
          entry(22, "ssh"),
          entry(23, "telnet"),
          entry(25, "smtp"),
          entry(53, "domain"),
          entry(67, "bootps"),
          entry(68, "bootpc"),
          entry(69, "tftp"),
          entry(80, "http"),
          entry(88, "kerberos"),
          entry(110, "pop3"),
          entry(119, "nntp"),
          entry(123, "ntp"),
          entry(143, "imap"),
          entry(161, "snmp"),
          entry(179, "bgp"),
          entry(389, "ldap"),
          entry(443, "https"),
          entry(445, "microsoft-ds"),
          entry(465, "submissions"),
          entry(587, "submission"),
          entry(636, "ldaps"),
          entry(853, "domain-s"),
          entry(873, "rsync"),
          entry(993, "imaps"),
          entry(995, "pop3s"),
          entry(1080, "socks"),
          entry(1433, "ms-sql-s"),
          entry(1883, "mqtt"),
          entry(2049, "nfs"),
          entry(3306, "mysql"),
          entry(3389, "ms-wbt-server"),
          entry(5060, "sip"),
          entry(5222, "xmpp-client"),
          entry(5432, "postgresql"),
          entry(5671, "amqps"),
          entry(5672, "amqp"),
          entry(6379, "redis"),
          entry(8080, "http-alt"),
          entry(8883, "secure-mqtt"),
          entry(11211, "memcache"),
          entry(27017, "mongodb"));

  private Services() {}

  static String name(int port) {
    return NAMES.getOrDefault(port, String.valueOf(port));
  }
}
