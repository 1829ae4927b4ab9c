package dev.partyline.filter;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** The words and signs of a filter, read from left to right. */
final class FilterLexer {
  /** What pcap-filter(7) has for packets and for links, of which a connection knows nothing. */
  private static final Set<String> OF_PACKETS =
      Set.of(
          ("action addr1 addr2 addr3 addr4 ah arp broadcast byte carp clnp decnet dir esis esp ether"
                  + " fddi gateway geneve greater icmp icmp6 ifindex ifname igmp igrp inbound iso"
                  + " isis len less link llc mpls multicast nrr on outbound pim pppoed pppoes proto"
                  + " protochain ra rarp reason rnr rset rulenum ruleset sctp srnr stp subrulenum"
                  + " subtype ta tr type vlan vrrp wlan [ ] < > = + - * ^ & | :")
              .split(" "));

  private static final String PUNCTUATION = "._-:%";

  private final String expression;
  private final List<Token> tokens;
  private int at;

  private FilterLexer(String expression, List<Token> tokens) {
    this.expression = expression;
    this.tokens = tokens;
  }

  static FilterLexer of(String expression) {
    List<Token> tokens = new ArrayList<>();
    int i = 0;
    while (i < expression.length()) {
      int end = end(expression, i);
      if (!Character.isWhitespace(expression.charAt(i))) {
        tokens.add(new Token(expression.substring(i, end), i + 1));
      }
      i = end;
    }
    tokens.add(new Token("", expression.length() + 1));
    return new FilterLexer(expression, tokens);
  }

  private static int end(String text, int from) {
    int end = from;
    while (end < text.length() && isOfWord(text.charAt(end))) {
      end++;
    }
    if (end > from) {
      return end;
    }
    boolean two = text.startsWith("&&", from) || text.startsWith("||", from);
    return two ? from + 2 : from + Character.charCount(text.codePointAt(from));
  }

  private static boolean isOfWord(char each) {
    return (each >= '0' && each <= '9')
        || (each >= 'A' && each <= 'Z')
        || (each >= 'a' && each <= 'z')
        || PUNCTUATION.indexOf(each) >= 0;
  }

  boolean isDone() {
    return peek().text().isEmpty();
  }

  Token peek() {
    return peek(0);
  }

  /** Returns what comes after this many others; the end comes again and again. */
  Token peek(int others) {
    return tokens.get(Math.min(at + others, tokens.size() - 1));
  }

  Token next() {
    Token next = peek();
    at = Math.min(at + 1, tokens.size() - 1);
    return next;
  }

  /** Takes this word if it comes next. */
  boolean take(String wanted) {
    boolean here = peek().is(wanted);
    at += here ? 1 : 0;
    return here;
  }

  /** Returns the error that here something else was expected. */
  FilterException expected(String wanted, Token here) {
    if (OF_PACKETS.contains(here.word())) {
      return wrong(
          "'"
              + here.text()
              + "' is about packets, and this filter about connections: expected "
              + wanted,
          here);
    }
    String found = here.text().isEmpty() ? ", but it ends here" : ", not '" + here.text() + "'";
    return wrong("expected " + wanted + found, here);
  }

  FilterException wrong(String problem, Token here) {
    return new FilterException(expression, here.column(), problem);
  }
}
