package dev.partyline.filter;

import java.net.InetAddress;
import java.util.List;

/** What is said before an operand, and so what the operand means. */
record Qualifiers(Protocol protocol, Direction direction, OperandKind kind) {
  private static final int HIGHEST_PID = 999_999_999;

  Condition operand(FilterLexer tokens) {
    return switch (kind) {
      case HOST -> host(tokens);
      case NET -> new Condition.Address(protocol, direction, net(tokens));
      case PORT -> port(tokens);
      case PORTRANGE -> portRange(tokens);
      case STATE -> state(tokens);
      case PID -> pid(tokens);
    };
  }

  private Condition host(FilterLexer tokens) {
    Token here = tokens.next();
    InetAddress address = IpLiteral.read(here.word());
    if (address == null) {
      throw tokens.expected(
          "an address such as 127.0.0.1 or ::1 (a name is never looked up; a part of an address"
              + " is a net)",
          here);
    }
    check(address, tokens, here);
    if (tokens.peek().is("/") || tokens.peek().is("mask")) {
      throw tokens.expected("nothing more of a host; a net begins with net", tokens.peek());
    }
    return new Condition.Address(protocol, direction, Subnet.host(address));
  }

  private Subnet net(FilterLexer tokens) {
    Token here = tokens.next();
    SubnetParser reader = new SubnetParser(tokens, here);
    Subnet net = reader.read();
    check(net.address(), tokens, here);
    return net;
  }

  private void check(InetAddress address, FilterLexer tokens, Token here) {
    if (!protocol.allows(address)) {
      String version = protocol == Protocol.IP ? "IPv4" : "IPv6";
      throw tokens.expected("an address of " + version + " after " + protocol.word(), here);
    }
  }

  private Condition port(FilterLexer tokens) {
    Token here = tokens.next();
    Service service = service(here.word(), tokens, here);
    return ports(service.protocol(), service.port(), service.port());
  }

  private Condition portRange(FilterLexer tokens) {
    Token here = tokens.next();
    // One port is a range too, and the name of a service may have a hyphen.
    List<String> ends =
        Service.named(here.word()) == null
            ? List.of(here.word().split("-", 2))
            : List.of(here.word());
    Service from = service(ends.get(0), tokens, here);
    Service to = service(ends.get(ends.size() - 1), tokens, here);
    return ports(
        from.protocol() == to.protocol() ? from.protocol() : Protocol.ANY,
        Math.min(from.port(), to.port()),
        Math.max(from.port(), to.port()));
  }

  private Condition ports(Protocol ofService, int first, int last) {
    Protocol both = protocol == Protocol.ANY ? ofService : protocol;
    return new Condition.Ports(both, direction, first, last);
  }

  private Service service(String word, FilterLexer tokens, Token here) {
    Service service = Service.named(word);
    if (service == null) {
      throw tokens.expected(
          kind == OperandKind.PORT
              ? "a port from 0 to 65535, or a well-known service such as http"
              : "two ports from 0 to 65535 and a hyphen between them, such as 8000-8999",
          here);
    }
    boolean fits = service.protocol() == Protocol.ANY || protocol == Protocol.ANY;
    if (!fits && service.protocol() != protocol) {
      String wanted = "a service over " + protocol.word() + " (" + word + " is one over ";
      throw tokens.expected(wanted + service.protocol().word() + "), or a number", here);
    }
    return service;
  }

  private static Condition state(FilterLexer tokens) {
    Token here = tokens.next();
    TcpState state = TcpState.named(here.word());
    if (state == null) {
      throw tokens.expected("a state (" + TcpState.words() + ")", here);
    }
    return new Condition.InState(state);
  }

  private static Condition pid(FilterLexer tokens) {
    Token here = tokens.next();
    int pid = Numbers.read(here.word(), HIGHEST_PID);
    if (pid < 0) {
      throw tokens.expected("the id of a process, from 0 to " + HIGHEST_PID, here);
    }
    return new Condition.OfProcess(pid);
  }
}
