package dev.partyline.filter;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Reads a filter, with the precedence of pcap-filter(7): 'not' first, then 'and' and 'or' alike,
 * from left to right.
 */
final class FilterParser {
  /** Far more than anybody can read, far fewer than a stack takes. */
  private static final int DEEPEST = 100;

  private static final String CONDITION =
      "tcp, udp, unix, ip, ip6, src, dst, host, net, port, portrange, state, pid, 'not' or '('";

  private static final Set<String> QUALIFIERS =
      Set.of("src", "dst", "host", "net", "port", "portrange");

  private final FilterLexer tokens;

  /** What holds of an operand before which nothing is said; null where nothing was said yet. */
  private @Nullable Qualifiers kept;

  private int depth;

  private FilterParser(FilterLexer tokens) {
    this.tokens = tokens;
  }

  static Condition parse(String expression) {
    FilterLexer tokens = FilterLexer.of(expression);
    if (tokens.isDone()) {
      return new Condition.Anything();
    }
    FilterParser parser = new FilterParser(tokens);
    Condition all = parser.chain(parser::condition);
    if (!tokens.isDone()) {
      throw tokens.expected("'and', 'or' or the end", tokens.peek());
    }
    return all;
  }

  private Condition chain(Supplier<Condition> reader) {
    Condition first = reader.get();
    List<Condition.Link> links = new ArrayList<>();
    while (tokens.peek().isAnd() || tokens.peek().isOr()) {
      links.add(new Condition.Link(tokens.next().isAnd(), reader.get()));
    }
    return Condition.Chain.of(first, links);
  }

  private Condition condition() {
    return negatable(this::condition, this::primitive);
  }

  /** Reads what comes after words such as 'tcp port', which hold of all between parentheses. */
  private Condition operand(Qualifiers qualifiers) {
    return negatable(() -> operand(qualifiers), () -> qualifiers.operand(tokens));
  }

  private Condition negatable(Supplier<Condition> inParentheses, Supplier<Condition> plain) {
    boolean negated = false;
    while (tokens.peek().isNot()) {
      tokens.next();
      negated = !negated;
    }
    Condition condition = tokens.peek().is("(") ? parentheses(inParentheses) : plain.get();
    return negated ? Condition.Not.of(condition) : condition;
  }

  private Condition parentheses(Supplier<Condition> reader) {
    Token open = tokens.next();
    if (++depth > DEEPEST) {
      throw tokens.wrong("expected at most " + DEEPEST + " parentheses in one another", open);
    }
    // As in tcpdump, what is said between parentheses does not hold after them.
    Qualifiers before = kept;
    Condition condition = chain(reader);
    kept = before;
    if (!tokens.take(")")) {
      throw tokens.expected("'and', 'or' or ')'", tokens.peek());
    }
    depth--;
    return condition;
  }

  private Condition primitive() {
    Token start = tokens.peek();
    Protocol protocol = Protocol.named(start.word());
    if (protocol != null) {
      tokens.next();
      if (protocol == Protocol.UNIX || !QUALIFIERS.contains(tokens.peek().word())) {
        kept = null;
        return new Condition.Carried(protocol);
      }
    }
    Direction direction = direction();
    OperandKind kind = OperandKind.named(tokens.peek().word());
    boolean alone = protocol == null && direction == null;
    if (kind != null && (alone || kind.isOfAnEnd())) {
      tokens.next();
    } else if (direction != null) {
      kind = OperandKind.HOST;
    } else {
      return elided();
    }
    Qualifiers said =
        new Qualifiers(
            protocol == null ? Protocol.ANY : protocol,
            direction == null ? Direction.EITHER : direction,
            kind);
    kept = said;
    return operand(said);
  }

  private Condition elided() {
    Token here = tokens.peek();
    if (kept != null) {
      return kept.operand(tokens);
    }
    boolean isOperand =
        Service.named(here.word()) != null
            || IpLiteral.dotted(here.word()) != null
            || IpLiteral.read(here.word()) != null;
    if (isOperand) {
      throw tokens.expected("host, net, port, src or dst in front of it", here);
    }
    throw tokens.expected(CONDITION, here);
  }

  private @Nullable Direction direction() {
    Direction one = end(tokens.peek());
    if (one == null) {
      return null;
    }
    tokens.next();
    Direction other = end(tokens.peek(1));
    boolean joined = tokens.peek().isAnd() || tokens.peek().isOr();
    if (!joined || other == null || other == one) {
      return one;
    }
    boolean both = tokens.next().isAnd();
    tokens.next();
    return both ? Direction.BOTH : Direction.EITHER;
  }

  private static @Nullable Direction end(Token token) {
    if (token.is("src")) {
      return Direction.SOURCE;
    }
    return token.is("dst") ? Direction.DESTINATION : null;
  }
}
