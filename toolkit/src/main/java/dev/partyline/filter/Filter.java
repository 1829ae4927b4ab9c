package dev.partyline.filter;

import dev.partyline.wire.Conversation;

/**
 * A filter of connections in the syntax of tcpdump: {@code tcp port 80 and not host 10.0.0.1}.
 *
 * <p>The language is the part of pcap-filter(7) that makes sense on connections, and some words for
 * what netstat prints of them:
 *
 * <ul>
 *   <li>{@code tcp}, {@code udp}, {@code unix}, {@code ip}, {@code ip6}: the protocol
 *   <li>{@code tcp6}, {@code udp6}: the protocol of a socket that was opened for IPv6, as netstat
 *       prints it; it may have IPv4 addresses, as those of Java have, and {@code ip6} does not
 *       match it then
 *   <li>{@code host A}: the address; {@code ::ffff:127.0.0.1} is 127.0.0.1. {@code localhost} is
 *       127.0.0.1 and ::1; no other name is looked up
 *   <li>{@code net A/LENGTH}, {@code net A mask M}, {@code net 192.168}: an address in the subnet
 *   <li>{@code port N}, {@code portrange N-M}: numbers, or well-known services such as {@code
 *       http}, which stands for {@code tcp port 80}
 *   <li>{@code state established}: a state of RFC 9293, as the RFC, ss or netstat spells it
 *   <li>{@code uid N}: the user that has opened it
 *   <li>{@code pid N}, {@code program NAME}: the process that has it open, and its program
 *   <li>{@code path P}: the path of a Unix domain socket, without spaces and parentheses
 * </ul>
 *
 * <p>{@code src}, {@code dst} or {@code src and dst} before host, net, port and portrange select an
 * end; without it either end matches. After one of these, host may be left out. A protocol other
 * than {@code unix} may precede it. Conditions are joined by {@code and} ({@code &&}), {@code or}
 * ({@code ||}), {@code not} ({@code !}) and parentheses. As in tcpdump, {@code not} binds tightest,
 * and {@code and} and {@code or} have the same precedence, from left to right; the words before an
 * operand also hold for the next one: {@code tcp dst port 80 or 443}. Case matters only in paths
 * and names of programs.
 */
public final class Filter {
  private final Condition condition;

  private Filter(Condition condition) {
    this.condition = condition;
  }

  /**
   * Parses a filter.
   *
   * @param expression the filter; an empty one matches everything, as in tcpdump
   * @throws FilterException if it is not a filter; the message shows where, and what was expected
   */
  public static Filter parse(String expression) {
    return new Filter(FilterParser.parse(expression));
  }

  /** Returns the filter that matches everything, whose text is empty. */
  public static Filter all() {
    return parse("");
  }

  /**
   * Returns whether a flow matches. What is not known of it, such as a null address, does not
   * match: {@code port 80} is false then, and {@code not port 80} true.
   */
  public boolean matches(Flow flow) {
    return condition.matches(flow);
  }

  /**
   * Returns whether it picks a conversation: if either side, as the source, makes a flow that
   * matches, as tcpdump picks packets of either direction. State and process are not known.
   *
   * <pre><code>
   * recording.matching(Filter.parse("tcp port 6379")::matches)
   * </code></pre>
   */
  public boolean matches(Conversation conversation) {
    Flow fromClient = Flow.of(conversation);
    return matches(fromClient) || matches(fromClient.reversed());
  }

  /**
   * Returns whether it asks for the process that has a connection open, for which a search is
   * needed: only if it has {@code pid} or {@code program}.
   */
  public boolean asksForProcess() {
    return condition.asksForProcess();
  }

  /** Returns whether the other is a filter with the same normal form. */
  @Override
  public boolean equals(Object other) {
    return other instanceof Filter filter && condition.equals(filter.condition);
  }

  @Override
  public int hashCode() {
    return condition.hashCode();
  }

  /** Returns the filter in its normal form, with nothing left out; it is parsed to an equal one. */
  @Override
  public String toString() {
    return condition.toString();
  }
}
