package dev.partyline.junit5;

import dev.partyline.loopback.Client;
import dev.partyline.loopback.ClientSpec;
import dev.partyline.loopback.Listener;
import dev.partyline.loopback.ListenerSpec;
import dev.partyline.loopback.LoopbackException;
import dev.partyline.script.Script;
import dev.partyline.wire.Transport;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Starts what an annotation asks for.
 *
 * @param element where the annotation stands
 * @param members where the names in it are looked for
 * @param cast who is to have what is started
 */
record Openings(Element element, Members members, Cast cast) {
  private static final Pattern HOST_AND_PORT = Pattern.compile("(?:\\[(.+)]|([^:]+)):(\\d{1,9})");

  Listener start(ScriptedListener asked) {
    element.requireType(Listener.class);
    Terms terms = Terms.of(element, asked);
    try {
      Script script =
          terms
              .script(members)
              .orElseThrow(() -> element.wrong("must have one of value, resource and script"));
      ListenerSpec spec =
          Listener.playing(script)
              .over(asked.transport())
              .onPort(asked.port())
              .deadline(terms.deadline())
              .sharing(cast.board(terms.board()))
              .redacting(terms.redaction());
      Listener listener = (asked.ipv6() ? spec.overIpv6() : spec).start();
      cast.add(Role.of(element, listener, terms.deadline()));
      return listener;
    } catch (IllegalArgumentException | LoopbackException e) {
      throw element.failed(e);
    }
  }

  Client start(ScriptedClient asked) {
    element.requireType(Client.class);
    Terms terms = Terms.of(element, asked);
    try {
      Optional<Script> script = terms.script(members);
      ClientSpec spec =
          Client.to(server(asked.to()))
              .deadline(terms.deadline())
              .sharing(cast.board(terms.board()))
              .redacting(terms.redaction());
      // By default the address says whether it is TCP or a Unix domain socket.
      spec = asked.transport() == Transport.TCP ? spec : spec.over(asked.transport());
      Client client = (script.isPresent() ? spec.playing(script.get()) : spec).start();
      cast.add(Role.of(element, client, terms.deadline()));
      return client;
    } catch (IllegalArgumentException | LoopbackException e) {
      throw element.failed(e);
    }
  }

  private SocketAddress server(String to) {
    Matcher parts = HOST_AND_PORT.matcher(to);
    if (parts.matches()) {
      String host = parts.group(1) == null ? parts.group(2) : parts.group(1);
      return new InetSocketAddress(host, Integer.parseInt(parts.group(3)));
    }
    Optional<Listener> ahead = element.isParameter() ? cast.listener(to) : Optional.empty();
    return ahead
        .map(Listener::address)
        .orElseGet(
            () ->
                members.value(
                    element,
                    "to",
                    to,
                    "a Listener, a SocketAddress, a port or a Path",
                    Openings::address));
  }

  private static Optional<SocketAddress> address(Object value) {
    if (value instanceof Listener listener) {
      return Optional.of(listener.address());
    }
    if (value instanceof SocketAddress address) {
      return Optional.of(address);
    }
    if (value instanceof Integer port) {
      return Optional.of(new InetSocketAddress("127.0.0.1", port));
    }
    if (value instanceof Path path) {
      return Optional.of(UnixDomainSocketAddress.of(path));
    }
    return Optional.empty();
  }
}
