package dev.partyline.filter;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What a filter asks of a flow; its text reads back as itself. */
sealed interface Condition {
  boolean holds(Flow flow);

  /** Returns whether the process has to be known. */
  default boolean asksForProcess() {
    return false;
  }

  /** Asks for nothing, so everything will do. */
  record Anything() implements Condition {
    @Override
    public boolean holds(Flow flow) {
      return true;
    }

    @Override
    public String toString() {
      return "";
    }
  }

  record Carried(Protocol by) implements Condition {
    @Override
    public boolean holds(Flow flow) {
      return by.carries(flow);
    }

    @Override
    public String toString() {
      return by.word();
    }
  }

  record Address(Protocol protocol, Direction direction, Subnet net) implements Condition {
    @Override
    public boolean holds(Flow flow) {
      return protocol.carries(flow)
          && direction.test(
              flow, end -> end.getAddress() != null && net.contains(end.getAddress()));
    }

    @Override
    public String toString() {
      return protocol.prefix() + direction.prefix() + net;
    }
  }

  record Ports(Protocol protocol, Direction direction, int first, int last) implements Condition {
    @Override
    public boolean holds(Flow flow) {
      return protocol.carries(flow)
          && direction.test(flow, end -> first <= end.getPort() && end.getPort() <= last);
    }

    @Override
    public String toString() {
      String ports = first == last ? "port " + first : "portrange " + first + "-" + last;
      return protocol.prefix() + direction.prefix() + ports;
    }
  }

  record InState(TcpState state) implements Condition {
    @Override
    public boolean holds(Flow flow) {
      return flow.state() == state;
    }

    @Override
    public String toString() {
      return "state " + state.word();
    }
  }

  record OfProcess(long pid) implements Condition {
    @Override
    public boolean holds(Flow flow) {
      return flow.pid() == pid;
    }

    @Override
    public boolean asksForProcess() {
      return true;
    }

    @Override
    public String toString() {
      return "pid " + pid;
    }
  }

  record Not(Condition condition) implements Condition {
    static Condition of(Condition condition) {
      return condition instanceof Not not ? not.condition : new Not(condition);
    }

    @Override
    public boolean holds(Flow flow) {
      return !condition.holds(flow);
    }

    @Override
    public boolean asksForProcess() {
      return condition.asksForProcess();
    }

    @Override
    public String toString() {
      return "not " + Chain.inner(condition);
    }
  }

  /**
   * Conditions joined from left to right, 'and' and 'or' alike: a list and no tree, so that a long
   * filter takes no deep stack.
   */
  record Chain(Condition first, List<Link> links) implements Condition {
    static Condition of(Condition first, List<Link> links) {
      if (links.isEmpty()) {
        return first;
      }
      // Parentheses around what comes first change nothing.
      return first instanceof Chain chain
          ? new Chain(chain.first, Stream.concat(chain.links.stream(), links.stream()).toList())
          : new Chain(first, List.copyOf(links));
    }

    static String inner(Condition condition) {
      return condition instanceof Chain ? "(" + condition + ")" : condition.toString();
    }

    @Override
    public boolean holds(Flow flow) {
      boolean so = first.holds(flow);
      for (Link link : links) {
        so = link.and ? so && link.condition.holds(flow) : so || link.condition.holds(flow);
      }
      return so;
    }

    @Override
    public boolean asksForProcess() {
      return first.asksForProcess()
          || links.stream().anyMatch(link -> link.condition.asksForProcess());
    }

    @Override
    public String toString() {
      return links.stream().map(Link::toString).collect(Collectors.joining("", inner(first), ""));
    }
  }

  /** What is joined to all that stands before it, by 'and' or else by 'or'. */
  record Link(boolean and, Condition condition) {
    @Override
    public String toString() {
      return (and ? " and " : " or ") + Chain.inner(condition);
    }
  }
}
