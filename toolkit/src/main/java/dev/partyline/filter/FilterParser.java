package dev.partyline.filter;

import dev.partyline.internal.text.IpText;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Parses filters with the precedence of pcap-filter(7): 'not' first, then 'and' and 'or' alike,
 * from left to right.
 */
final class FilterParser {
  /** Far more than a reader can follow, far fewer than a stack can hold. */
  private static final int MAX_DEPTH = 100;

  private static final Set<String> QUALIFIERS =
      Set.of("src", "dst", "host", "net", "port", "portrange");

  private static final String CONDITION =
      Protocol.words() + ", src, dst, " + OperandKind.words() + ", 'not' or '('";

  private final FilterLexer lexer;

  /** What holds for an operand without words of its own; null before the first one. */
  private @Nullable Qualifiers currentQualifiers;

  private int depth;

  private FilterParser(FilterLexer lexer) {
    this.lexer = lexer;
  }

  static Condition parse(String expression) {
    FilterLexer lexer = FilterLexer.of(expression);
    if (lexer.isAtEnd()) {
      return new Condition.Always();
    }
    FilterParser parser = new FilterParser(lexer);
    Condition condition = parser.expression(parser::condition);
    if (!lexer.isAtEnd()) {
      throw lexer.expected(parser.continuation() + " or the end", lexer.peek());
    }
    return condition;
  }

  /** Returns the words that may follow a condition; after a protocol they may go on with it. */
  private String continuation() {
    Protocol protocol = Protocol.named(lexer.previous().word());
    boolean mayHaveOperand = protocol != null && protocol != Protocol.UNIX;
    return (mayHaveOperand ? "host, net, port, portrange, src, dst, " : "") + "'and', 'or'";
  }

  private Condition expression(Supplier<Condition> operandParser) {
    Condition first = operandParser.get();
    List<Condition.Term> terms = new ArrayList<>();
    while (lexer.peek().isAnd() || lexer.peek().isOr()) {
      terms.add(new Condition.Term(lexer.next().isAnd(), operandParser.get()));
    }
    return Condition.Expression.of(first, terms);
  }

  private Condition condition() {
    return negatable(this::condition, this::primitive);
  }

  /** Parses what follows words such as 'tcp port', which hold for all between parentheses. */
  private Condition operand(Qualifiers qualifiers) {
    return negatable(() -> operand(qualifiers), () -> qualifiers.operand(lexer));
  }

  private Condition negatable(
      Supplier<Condition> parenthesizedParser, Supplier<Condition> operandParser) {
    boolean negated = false;
    while (lexer.peek().isNot()) {
      lexer.next();
      negated = !negated;
    }
    Condition condition =
        lexer.peek().is("(") ? parentheses(parenthesizedParser) : operandParser.get();
    return negated ? Condition.Not.of(condition) : condition;
  }

  private Condition parentheses(Supplier<Condition> operandParser) {
    Token parenthesis = lexer.next();
    if (++depth > MAX_DEPTH) {
      throw lexer.error(
          "expected at most " + MAX_DEPTH + " parentheses in one another", parenthesis);
    }
    // As in tcpdump, words between parentheses do not hold after them.
    Qualifiers outerQualifiers = currentQualifiers;
    Condition condition = expression(operandParser);
    currentQualifiers = outerQualifiers;
    if (!lexer.consume(")")) {
      throw lexer.expected(continuation() + " or ')'", lexer.peek());
    }
    depth--;
    return condition;
  }

  private Condition primitive() {
    Token token = lexer.peek();
    Protocol protocol = Protocol.named(token.word());
    if (protocol != null) {
      lexer.next();
      if (protocol == Protocol.UNIX || !QUALIFIERS.contains(lexer.peek().word())) {
        currentQualifiers = null;
        return new Condition.HasProtocol(protocol);
      }
    }
    Direction direction = direction();
    OperandKind kind = OperandKind.named(lexer.peek().word());
    boolean isUnqualified = protocol == null && direction == null;
    if (kind != null && (isUnqualified || kind.isDirectional())) {
      lexer.next();
    } else if (direction != null) {
      kind = OperandKind.HOST;
    } else {
      return elidedPrimitive();
    }
    Qualifiers qualifiers =
        new Qualifiers(
            protocol == null ? Protocol.ANY : protocol,
            direction == null ? Direction.EITHER : direction,
            kind);
    currentQualifiers = qualifiers;
    return operand(qualifiers);
  }

  private Condition elidedPrimitive() {
    Token token = lexer.peek();
    if (currentQualifiers != null) {
      return currentQualifiers.operand(lexer);
    }
    boolean isOperand =
        Service.named(token.word()) != null
            || IpText.parseDotted(token.word()) != null
            || IpLiteral.parse(token.word()) != null;
    if (isOperand) {
      throw lexer.expected("host, net, port, src or dst in front of it", token);
    }
    throw lexer.expected(CONDITION, token);
  }

  private @Nullable Direction direction() {
    Direction first = directionOf(lexer.peek());
    if (first == null) {
      return null;
    }
    lexer.next();
    Direction second = directionOf(lexer.peek(1));
    boolean isJoined = lexer.peek().isAnd() || lexer.peek().isOr();
    if (!isJoined || second == null || second == first) {
      return first;
    }
    boolean isAnd = lexer.next().isAnd();
    lexer.next();
    return isAnd ? Direction.BOTH : Direction.EITHER;
  }

  private static @Nullable Direction directionOf(Token token) {
    if (token.is("src")) {
      return Direction.SOURCE;
    }
    return token.is("dst") ? Direction.DESTINATION : null;
  }
}
