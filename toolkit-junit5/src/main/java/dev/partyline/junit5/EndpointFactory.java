package dev.partyline.junit5;

import dev.partyline.loopback.Client;
import dev.partyline.loopback.ClientSpec;
import dev.partyline.loopback.Listener;
import dev.partyline.loopback.ListenerSpec;
import dev.partyline.loopback.LoopbackException;
import dev.partyline.loopback.PortLease;
import dev.partyline.loopback.Ports;
import dev.partyline.loopback.Tap;
import dev.partyline.loopback.TapSpec;
import dev.partyline.script.Script;
import dev.partyline.tls.Tls;
import dev.partyline.weather.Weather;
import dev.partyline.wire.Transport;
import java.util.Optional;

/**
 * Starts what an annotation asks for.
 *
 * @param element where the annotation stands
 * @param members where the names in it are looked for
 * @param cast who is to have what is started
 */
record EndpointFactory(InjectionPoint element, MemberLookup members, TestEndpoints cast) {

  Listener start(ScriptedListener asked) {
    element.requireType(Listener.class);
    ScriptedOptions terms = ScriptedOptions.of(element, asked);
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
      Optional<Tls> security = terms.security(members);
      spec = security.isPresent() ? spec.tls(security.get()) : spec;
      Listener listener = (asked.ipv6() ? spec.overIpv6() : spec).start();
      cast.add(new ManagedEndpoint(element, listener, terms.deadline()));
      return listener;
    } catch (IllegalArgumentException | LoopbackException e) {
      throw element.failed(e);
    }
  }

  Client start(ScriptedClient asked) {
    element.requireType(Client.class);
    ScriptedOptions terms = ScriptedOptions.of(element, asked);
    try {
      Optional<Script> script = terms.script(members);
      ClientSpec spec =
          UpstreamRef.named(asked.to(), 0, element, members, cast)
              .client()
              .deadline(terms.deadline())
              .sharing(cast.board(terms.board()))
              .redacting(terms.redaction());
      // By default the address says whether it is TCP or a Unix domain socket.
      spec = asked.transport() == Transport.TCP ? spec : spec.over(asked.transport());
      Optional<Tls> security = terms.security(members);
      spec = security.isPresent() ? spec.tls(security.get()) : spec;
      Client client = (script.isPresent() ? spec.playing(script.get()) : spec).start();
      cast.add(new ManagedEndpoint(element, client, terms.deadline()));
      return client;
    } catch (IllegalArgumentException | LoopbackException e) {
      throw element.failed(e);
    }
  }

  Tap start(Tapped asked, Optional<InWeather> beside) {
    element.requireType(Tap.class);
    TappedOptions terms = new TappedOptions(element, asked);
    try {
      TapSpec spec =
          UpstreamRef.named(asked.to(), asked.containerPort(), element, members, cast).tapped();
      Tap tap = terms.applied(spec).in(weather(terms.weather(), beside)).start();
      cast.add(new ManagedTap(element, tap, asked.mustBeUsed()));
      ClientRedirect pointing = new ClientRedirect(element, tap);
      pointing.properties(asked.systemProperty(), cast);
      pointing.environment(asked.environment(), cast);
      return tap;
    } catch (IllegalArgumentException | LoopbackException e) {
      throw element.failed(e);
    }
  }

  /** Leases a port, as its number or as the lease. */
  Object lease() {
    element.requireType(int.class, PortLease.class);
    PortLease lease = leased(1);
    return element.type() == PortLease.class ? lease : lease.port();
  }

  /** Leases adjacent ports, as their numbers or as the lease. */
  Object lease(FreePorts asked) {
    element.requireType(int[].class, PortLease.class);
    PortLease lease = leased(asked.value());
    return element.type() == PortLease.class
        ? lease
        : lease.ports().stream().mapToInt(Integer::intValue).toArray();
  }

  private PortLease leased(int count) {
    try {
      PortLease lease = Ports.reserveBlock(count).named(element + " of " + cast.test());
      cast.add(element, lease);
      if (element.type() != PortLease.class && !Ports.mechanism().shared()) {
        // Who has but the number could not let go of the port for a server.
        lease.releaseForBind();
      }
      return lease;
    } catch (IllegalArgumentException | LoopbackException e) {
      throw element.failed(e);
    }
  }

  private Weather weather(Weather own, Optional<InWeather> beside) {
    Weather weather = own;
    if (beside.isPresent()) {
      weather =
          WeatherRequest.behind(
              own, WeatherRequest.beside(element, beside.get(), members).weather());
    }
    for (WeatherRequest each : cast.forecasts()) {
      weather =
          each.concerns(element.name()) ? WeatherRequest.behind(weather, each.weather()) : weather;
    }
    return weather;
  }
}
