package dev.partyline.filter;

import java.net.InetAddress;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What a filter requires of a flow; its text is parsed to an equal one. */
sealed interface Condition {
  boolean matches(Flow flow);

  /** Returns whether it needs to know the process. */
  default boolean asksForProcess() {
    return false;
  }

  /** Requires nothing, so that every flow matches. */
  record Always() implements Condition {
    @Override
    public boolean matches(Flow flow) {
      return true;
    }

    @Override
    public String toString() {
      return "";
    }
  }

  record HasProtocol(Protocol protocol) implements Condition {
    @Override
    public boolean matches(Flow flow) {
      return protocol.carries(flow);
    }

    @Override
    public String toString() {
      return protocol.word();
    }
  }

  record Address(Protocol protocol, Direction direction, Subnet subnet) implements Condition {
    @Override
    public boolean matches(Flow flow) {
      return protocol.carries(flow)
          && direction.matches(
              flow,
              endpoint -> endpoint.getAddress() != null && subnet.contains(endpoint.getAddress()));
    }

    @Override
    public String toString() {
      return protocol.prefix() + direction.prefix() + subnet;
    }
  }

  /** Is 127.0.0.1 or ::1, as in the hosts file of every machine. */
  record IsLocalhost(Protocol protocol, Direction direction) implements Condition {
    static final String NAME = "localhost";

    private static final List<InetAddress> ADDRESSES =
        Stream.of("127.0.0.1", "::1").map(IpLiteral::parse).filter(Objects::nonNull).toList();

    @Override
    public boolean matches(Flow flow) {
      return protocol.carries(flow)
          && direction.matches(flow, endpoint -> ADDRESSES.contains(endpoint.getAddress()));
    }

    @Override
    public String toString() {
      return protocol.prefix() + direction.prefix() + "host " + NAME;
    }
  }

  record HasPort(Protocol protocol, Direction direction, int first, int last) implements Condition {
    @Override
    public boolean matches(Flow flow) {
      return protocol.carries(flow)
          && direction.matches(
              flow, endpoint -> first <= endpoint.getPort() && endpoint.getPort() <= last);
    }

    @Override
    public String toString() {
      String ports = first == last ? "port " + first : "portrange " + first + "-" + last;
      return protocol.prefix() + direction.prefix() + ports;
    }
  }

  record HasState(TcpState state) implements Condition {
    @Override
    public boolean matches(Flow flow) {
      return flow.state() == state;
    }

    @Override
    public String toString() {
      return "state " + state.word();
    }
  }

  record HasUid(long uid) implements Condition {
    @Override
    public boolean matches(Flow flow) {
      return flow.uid() == uid;
    }

    @Override
    public String toString() {
      return "uid " + uid;
    }
  }

  record HasProgram(String program) implements Condition {
    @Override
    public boolean matches(Flow flow) {
      return program.equals(flow.program());
    }

    @Override
    public boolean asksForProcess() {
      return true;
    }

    @Override
    public String toString() {
      return "program " + program;
    }
  }

  record HasPath(String path) implements Condition {
    @Override
    public boolean matches(Flow flow) {
      return path.equals(flow.path());
    }

    @Override
    public String toString() {
      return "path " + path;
    }
  }

  record HasPid(long pid) implements Condition {
    @Override
    public boolean matches(Flow flow) {
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
    public boolean matches(Flow flow) {
      return !condition.matches(flow);
    }

    @Override
    public boolean asksForProcess() {
      return condition.asksForProcess();
    }

    @Override
    public String toString() {
      return "not " + Expression.operandText(condition);
    }
  }

  /**
   * Conditions joined from left to right, 'and' and 'or' with the same precedence: a list and not a
   * tree, so that a long filter needs no deep stack.
   */
  record Expression(Condition first, List<Term> terms) implements Condition {
    static Condition of(Condition first, List<Term> terms) {
      if (terms.isEmpty()) {
        return first;
      }
      // Parentheses around the first operand change nothing.
      return first instanceof Expression expression
          ? new Expression(
              expression.first, Stream.concat(expression.terms.stream(), terms.stream()).toList())
          : new Expression(first, List.copyOf(terms));
    }

    static String operandText(Condition condition) {
      return condition instanceof Expression ? "(" + condition + ")" : condition.toString();
    }

    @Override
    public boolean matches(Flow flow) {
      boolean result = first.matches(flow);
      for (Term term : terms) {
        result =
            term.and
                ? result && term.condition.matches(flow)
                : result || term.condition.matches(flow);
      }
      return result;
    }

    @Override
    public boolean asksForProcess() {
      return first.asksForProcess()
          || terms.stream().anyMatch(term -> term.condition.asksForProcess());
    }

    @Override
    public String toString() {
      return terms.stream()
          .map(Term::toString)
          .collect(Collectors.joining("", operandText(first), ""));
    }
  }

  /** A condition that is joined to all before it, by 'and' or else by 'or'. */
  record Term(boolean and, Condition condition) {
    @Override
    public String toString() {
      return (and ? " and " : " or ") + Expression.operandText(condition);
    }
  }
}
