package dev.partyline.filter;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** The tokens of a filter, from left to right. */
final class FilterLexer {
  /** The words of pcap-filter(7) for packets and links, which connections do not have. */
  private static final Set<String> PACKET_WORDS =
      Set.of(
          ("action addr1 addr2 addr3 addr4 ah arp broadcast byte carp clnp decnet dir esis esp"
                  + " ether fddi gateway geneve greater icmp icmp6 ifindex ifname igmp igrp inbound"
                  + " iso isis len less link llc mpls multicast nrr on outbound pim pppoed pppoes"
                  + " proto protochain ra rarp reason rnr rset rulenum ruleset sctp srnr stp"
                  + " subrulenum subtype ta tr type vlan vrrp wlan [ ] < > = + - * ^ & | :")
              .split(" "));

  private static final String PUNCTUATION = "._-:%";

  private final String expression;
  private final List<Token> tokens;
  private int position;

  private FilterLexer(String expression, List<Token> tokens) {
    this.expression = expression;
    this.tokens = tokens;
  }

  static FilterLexer of(String expression) {
    List<Token> tokens = new ArrayList<>();
    int i = 0;
    while (i < expression.length()) {
      int end = endOfToken(expression, i);
      if (!Character.isWhitespace(expression.charAt(i))) {
        tokens.add(new Token(expression.substring(i, end), i + 1));
      }
      i = end;
    }
    tokens.add(new Token("", expression.length() + 1));
    return new FilterLexer(expression, tokens);
  }

  private static int endOfToken(String text, int start) {
    int end = start;
    while (end < text.length() && isWordCharacter(text.charAt(end))) {
      end++;
    }
    if (end > start) {
      return end;
    }
    boolean isTwoCharacters = text.startsWith("&&", start) || text.startsWith("||", start);
    return isTwoCharacters ? start + 2 : start + Character.charCount(text.codePointAt(start));
  }

  private static boolean isWordCharacter(char character) {
    return (character >= '0' && character <= '9')
        || (character >= 'A' && character <= 'Z')
        || (character >= 'a' && character <= 'z')
        || PUNCTUATION.indexOf(character) >= 0;
  }

  boolean isAtEnd() {
    return peek().text().isEmpty();
  }

  Token peek() {
    return peek(0);
  }

  /** Returns the token after this many others; after the last one comes the end, repeatedly. */
  Token peek(int lookahead) {
    return tokens.get(Math.min(position + lookahead, tokens.size() - 1));
  }

  Token next() {
    Token next = peek();
    position = Math.min(position + 1, tokens.size() - 1);
    return next;
  }

  /** Returns what comes next, up to a space or a parenthesis, as one token: a path or a name. */
  Token nextWhole() {
    Token first = next();
    StringBuilder text = new StringBuilder(first.text());
    while (!isAtEnd()
        && peek().column() == first.column() + text.length()
        && !peek().is("(")
        && !peek().is(")")) {
      text.append(next().text());
    }
    return new Token(text.toString(), first.column());
  }

  /** Returns the token before the next one; an empty one at the beginning. */
  Token previous() {
    return position == 0 ? new Token("", 1) : tokens.get(position - 1);
  }

  /** Consumes this word if it comes next. */
  boolean consume(String word) {
    boolean isNext = peek().is(word);
    position += isNext ? 1 : 0;
    return isNext;
  }

  /** Returns the error that something else was expected in place of a token. */
  FilterException expected(String expectation, Token token) {
    if (PACKET_WORDS.contains(token.word())) {
      return error(
          "'"
              + token.text()
              + "' filters packets, and this filters connections: expected "
              + expectation,
          token);
    }
    String actual = token.text().isEmpty() ? ", but it ends here" : ", not '" + token.text() + "'";
    return error("expected " + expectation + actual, token);
  }

  FilterException error(String problem, Token token) {
    return new FilterException(expression, token.column(), problem);
  }
}
