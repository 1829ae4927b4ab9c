package dev.partyline.view.dns;

import java.util.List;
import java.util.Map;

/** The names of the numbers of DNS (IANA, Domain Name System Parameters). */
final class DnsCodes {
  static final int A = 1;
  static final int NS = 2;
  static final int CNAME = 5;
  static final int SOA = 6;
  static final int PTR = 12;
  static final int HINFO = 13;
  static final int MX = 15;
  static final int TXT = 16;
  static final int AAAA = 28;
  static final int SRV = 33;
  static final int DNAME = 39;
  static final int OPT = 41;
  static final int CAA = 257;

  private static final Map<Integer, String> TYPES =
      Map.ofEntries(
          Map.entry(A, "A"),
          Map.entry(NS, "NS"),
          Map.entry(CNAME, "CNAME"),
          Map.entry(SOA, "SOA"),
          Map.entry(PTR, "PTR"),
          Map.entry(HINFO, "HINFO"),
          Map.entry(MX, "MX"),
          Map.entry(TXT, "TXT"),
          Map.entry(AAAA, "AAAA"),
          Map.entry(SRV, "SRV"),
          Map.entry(35, "NAPTR"),
          Map.entry(DNAME, "DNAME"),
          Map.entry(OPT, "OPT"),
          Map.entry(43, "DS"),
          Map.entry(46, "RRSIG"),
          Map.entry(47, "NSEC"),
          Map.entry(48, "DNSKEY"),
          Map.entry(52, "TLSA"),
          Map.entry(64, "SVCB"),
          Map.entry(65, "HTTPS"),
          Map.entry(250, "TSIG"),
          Map.entry(251, "IXFR"),
          Map.entry(252, "AXFR"),
          Map.entry(255, "ANY"),
          Map.entry(CAA, "CAA"));

  private static final Map<Integer, String> CLASSES =
      Map.of(1, "IN", 3, "CH", 4, "HS", 254, "NONE", 255, "ANY");

  private static final List<String> OPCODES =
      List.of("QUERY", "IQUERY", "STATUS", "RESERVED3", "NOTIFY", "UPDATE", "DSO");

  private static final List<String> STATUSES =
      List.of(
          "NOERROR",
          "FORMERR",
          "SERVFAIL",
          "NXDOMAIN",
          "NOTIMP",
          "REFUSED",
          "YXDOMAIN",
          "YXRRSET",
          "NXRRSET",
          "NOTAUTH",
          "NOTZONE");

  private DnsCodes() {}

  static String type(int type) {
    return TYPES.getOrDefault(type, "TYPE" + type);
  }

  static String dnsClass(int number) {
    return CLASSES.getOrDefault(number, "CLASS" + number);
  }

  static String opcode(int number) {
    return number < OPCODES.size() ? OPCODES.get(number) : "RESERVED" + number;
  }

  static String status(int number) {
    return number < STATUSES.size() ? STATUSES.get(number) : "RESERVED" + number;
  }
}
