package dev.partyline.filter;

import java.net.InetAddress;
import java.util.List;

/** The words before an operand, which say what it means. */
record Qualifiers(Protocol protocol, Direction direction, OperandKind kind) {
  /** The highest number of a user in Linux. */
  private static final long MAX_ID = 4_294_967_294L;

  Condition operand(FilterLexer lexer) {
    return switch (kind) {
      case HOST -> host(lexer);
      case NET -> new Condition.Address(protocol, direction, subnet(lexer));
      case PORT -> port(lexer);
      case PORTRANGE -> portRange(lexer);
      case STATE -> state(lexer);
      case UID -> new Condition.HasUid(id("a user", lexer));
      case PID -> new Condition.HasPid(id("a process", lexer));
      case PROGRAM -> new Condition.HasProgram(text("the name of a program, such as java", lexer));
      case PATH -> new Condition.HasPath(text("a path, such as /run/app.sock", lexer));
    };
  }

  private Condition host(FilterLexer lexer) {
    Token token = lexer.next();
    InetAddress address = IpLiteral.parse(token.word());
    boolean isLocalhost = token.is(Condition.IsLocalhost.NAME);
    if (address == null && !isLocalhost) {
      throw lexer.expected(
          "an address such as 127.0.0.1 or ::1, or localhost (no other name is looked up; a part of"
              + " an address is a net)",
          token);
    }
    if (lexer.peek().is("/") || lexer.peek().is("mask")) {
      throw lexer.expected("nothing more of a host; a net begins with net", lexer.peek());
    }
    if (address == null) {
      return new Condition.IsLocalhost(protocol, direction);
    }
    check(address, lexer, token);
    return new Condition.Address(protocol, direction, Subnet.host(address));
  }

  private Subnet subnet(FilterLexer lexer) {
    Token token = lexer.next();
    SubnetParser parser = new SubnetParser(lexer, token);
    Subnet subnet = parser.parse();
    check(subnet.address(), lexer, token);
    return subnet;
  }

  private void check(InetAddress address, FilterLexer lexer, Token token) {
    if (!protocol.allows(address)) {
      String version = protocol == Protocol.IP ? "IPv4" : "IPv6";
      throw lexer.expected("an address of " + version + " after " + protocol.word(), token);
    }
  }

  private Condition port(FilterLexer lexer) {
    Token token = lexer.next();
    Service service = service(token.word(), lexer, token);
    return ports(service.protocol(), service.port(), service.port());
  }

  private Condition portRange(FilterLexer lexer) {
    Token token = lexer.next();
    // One port is a range too, and the name of a service may have a hyphen.
    List<String> bounds =
        Service.named(token.word()) == null
            ? List.of(token.word().split("-", 2))
            : List.of(token.word());
    Service first = service(bounds.get(0), lexer, token);
    Service last = service(bounds.get(bounds.size() - 1), lexer, token);
    return ports(
        first.protocol() == last.protocol() ? first.protocol() : Protocol.ANY,
        Math.min(first.port(), last.port()),
        Math.max(first.port(), last.port()));
  }

  private Condition ports(Protocol serviceProtocol, int first, int last) {
    Protocol effectiveProtocol = protocol == Protocol.ANY ? serviceProtocol : protocol;
    return new Condition.HasPort(effectiveProtocol, direction, first, last);
  }

  private Service service(String word, FilterLexer lexer, Token token) {
    Service service = Service.named(word);
    if (service == null) {
      throw lexer.expected(
          kind == OperandKind.PORT
              ? "a port from 0 to 65535, or a well-known service such as http"
              : "two ports from 0 to 65535 and a hyphen between them, such as 8000-8999",
          token);
    }
    boolean fits = service.protocol() == Protocol.ANY || protocol == Protocol.ANY;
    if (!fits && service.protocol() != protocol.withoutVersion()) {
      String expectation = "a service over " + protocol.word() + " (" + word + " is one over ";
      throw lexer.expected(expectation + service.protocol().word() + "), or a number", token);
    }
    return service;
  }

  private static Condition state(FilterLexer lexer) {
    Token token = lexer.next();
    TcpState state = TcpState.named(token.word());
    if (state == null) {
      throw lexer.expected("a state (" + TcpState.words() + ")", token);
    }
    return new Condition.HasState(state);
  }

  private static long id(String owner, FilterLexer lexer) {
    Token token = lexer.next();
    long id = Numbers.parse(token.word(), MAX_ID);
    if (id < 0) {
      throw lexer.expected("the id of " + owner + ", from 0 to " + MAX_ID, token);
    }
    return id;
  }

  /** Returns an operand in which case matters. */
  private static String text(String expectation, FilterLexer lexer) {
    Token first = lexer.peek();
    if (lexer.isAtEnd() || first.isAnd() || first.isOr() || first.is(")")) {
      throw lexer.expected(expectation, first);
    }
    return lexer.nextWhole().text();
  }
}
