package dev.partyline.filter;

/**
 * Which connections are meant, in the words of tcpdump: {@code tcp port 80 and not host 10.0.0.1}.
 *
 * <p>The language is the part of pcap-filter(7) that makes sense on connections, and two words of
 * our own, {@code state} and {@code pid}:
 *
 * <ul>
 *   <li>{@code tcp}, {@code udp}, {@code unix}, {@code ip}, {@code ip6}: what carries it
 *   <li>{@code host A}: the address, never a name; {@code ::ffff:127.0.0.1} is 127.0.0.1
 *   <li>{@code net A/LENGTH}, {@code net A mask M}, {@code net 192.168}: an address among these
 *   <li>{@code port N}, {@code portrange N-M}: numbers, or well-known services such as {@code
 *       http}, which stands for {@code tcp port 80}
 *   <li>{@code state established}: a state of RFC 9293, as that, ss or netstat spells it
 *   <li>{@code pid N}: the process that has it open
 * </ul>
 *
 * <p>{@code src}, {@code dst} or {@code src and dst} before host, net, port and portrange say which
 * end is meant, else either; after one of these, host may be left out. One of {@code tcp}, {@code
 * udp}, {@code ip} and {@code ip6} may stand before that. They are joined by {@code and} ({@code
 * &&}), {@code or} ({@code ||}), {@code not} ({@code !}) and parentheses. As in tcpdump, {@code
 * not} binds tightest, and {@code and} and {@code or} bind alike, from left to right; what was said
 * before an operand need not be said again: {@code tcp dst port 80 or 443}. Capitals count as small
 * letters.
 */
public final class Filter {
  private final Condition condition;

  private Filter(Condition condition) {
    this.condition = condition;
  }

  /**
   * Reads a filter.
   *
   * @param expression the filter; an empty one means everything, as in tcpdump
   * @throws FilterException if it is none; the message shows where, and what was expected there
   */
  public static Filter parse(String expression) {
    return new Filter(FilterParser.parse(expression));
  }

  /** Returns the filter that everything passes, whose text is empty. */
  public static Filter all() {
    return parse("");
  }

  /**
   * Returns whether this flow is meant. What is not known of it, such as a null address, is never
   * what was asked for: {@code port 80} is false of it, and {@code not port 80} true.
   */
  public boolean matches(Flow flow) {
    return condition.matches(flow);
  }

  /**
   * Returns whether it asks for the process that has a connection open, which takes a search to
   * find out: without {@code pid} it does not.
   */
  public boolean asksForProcess() {
    return condition.asksForProcess();
  }

  /** Returns whether the other is a filter that says the same in its normal form. */
  @Override
  public boolean equals(Object other) {
    return other instanceof Filter filter && condition.equals(filter.condition);
  }

  @Override
  public int hashCode() {
    return condition.hashCode();
  }

  /** Returns the filter in its normal form, with nothing left out, which reads back as the same. */
  @Override
  public String toString() {
    return condition.toString();
  }
}
