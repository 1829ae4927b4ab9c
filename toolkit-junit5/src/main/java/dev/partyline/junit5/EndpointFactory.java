package dev.partyline.junit5;

import dev.partyline.junit5.internal.ClientRedirect;
import dev.partyline.junit5.internal.ManagedEndpoint;
import dev.partyline.junit5.internal.ManagedTap;
import dev.partyline.junit5.internal.TestEndpoints;
import dev.partyline.junit5.internal.UpstreamRef;
import dev.partyline.junit5.internal.WeatherRequest;
import dev.partyline.junit5.internal.jupiter.InjectionPoint;
import dev.partyline.junit5.internal.jupiter.MemberLookup;
import dev.partyline.loopback.Client;
import dev.partyline.loopback.ClientSpec;
import dev.partyline.loopback.Listener;
import dev.partyline.loopback.ListenerSpec;
import dev.partyline.loopback.Tap;
import dev.partyline.loopback.TapSpec;
import dev.partyline.ports.PortLease;
import dev.partyline.ports.Ports;
import dev.partyline.replay.CassetteSession;
import dev.partyline.script.Script;
import dev.partyline.tls.Tls;
import dev.partyline.weather.Weather;
import dev.partyline.wire.LoopbackException;
import dev.partyline.wire.Transport;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Starts what an annotation asks for.
 *
 * @param injectionPoint the element with the annotation
 * @param members where members that it names are looked up
 * @param endpoints the endpoints that will close what is started
 */
record EndpointFactory(
    InjectionPoint injectionPoint, MemberLookup members, TestEndpoints endpoints) {

  Listener start(ScriptedListener annotation, Optional<InWeather> inWeather) {
    injectionPoint.requireType(Listener.class);
    ScriptedOptions options = ScriptedOptions.of(injectionPoint, annotation);
    try {
      Script script =
          options
              .script(members)
              .orElseThrow(
                  () ->
                      injectionPoint.configurationError(
                          "must have one of value, resource and script"));
      ListenerSpec spec =
          Listener.playing(script)
              .over(annotation.transport())
              .onPort(annotation.port())
              .deadline(options.deadline())
              .sharing(endpoints.marks(options.marks()))
              .keeping(options.keep().recordingPolicy())
              .redacting(options.redaction());
      Optional<Tls> tls = options.resolveTls(members);
      spec = tls.isPresent() ? spec.tls(tls.get()) : spec;
      Optional<Weather> weather = weather(inWeather);
      spec = weather.isPresent() ? spec.in(weather.get()) : spec;
      Listener listener = (annotation.ipv6() ? spec.overIpv6() : spec).start();
      endpoints.add(
          injectionPoint, new ManagedEndpoint(injectionPoint, listener, options.deadline()));
      return listener;
    } catch (IllegalArgumentException | LoopbackException e) {
      throw injectionPoint.configurationError(e);
    }
  }

  Client start(ScriptedClient annotation, Optional<InWeather> inWeather) {
    injectionPoint.requireType(Client.class);
    ScriptedOptions options = ScriptedOptions.of(injectionPoint, annotation);
    try {
      Optional<Script> script = options.script(members);
      ClientSpec spec =
          UpstreamRef.resolve(annotation.to(), 0, injectionPoint, members, endpoints)
              .clientSpec()
              .deadline(options.deadline())
              .sharing(endpoints.marks(options.marks()))
              .keeping(options.keep().recordingPolicy())
              .redacting(options.redaction());
      if (!annotation.retryingConnect().isEmpty()) {
        spec =
            spec.retryingConnect(options.duration("retryingConnect", annotation.retryingConnect()));
      }
      // By default the address says whether it is TCP or a Unix domain socket.
      spec = annotation.transport() == Transport.TCP ? spec : spec.over(annotation.transport());
      Optional<Tls> tls = options.resolveTls(members);
      spec = tls.isPresent() ? spec.tls(tls.get()) : spec;
      Optional<Weather> weather = weather(inWeather);
      spec = weather.isPresent() ? spec.in(weather.get()) : spec;
      Client client = (script.isPresent() ? spec.playing(script.get()) : spec).start();
      endpoints.add(
          injectionPoint, new ManagedEndpoint(injectionPoint, client, options.deadline()));
      return client;
    } catch (IllegalArgumentException | LoopbackException e) {
      throw injectionPoint.configurationError(e);
    }
  }

  Tap start(Tapped annotation, Optional<InWeather> inWeather, Optional<Cassette> cassette) {
    injectionPoint.requireType(Tap.class);
    TappedOptions options = new TappedOptions(injectionPoint, annotation);
    try {
      Weather weather = weather(options.weather(), inWeather);
      Supplier<TapSpec> server =
          () ->
              UpstreamRef.resolve(
                      annotation.to(),
                      annotation.containerPort(),
                      injectionPoint,
                      members,
                      endpoints)
                  .tapSpec();
      Optional<CassetteSession> session =
          cassette.map(
              each ->
                  new CassetteStarter(injectionPoint, members, endpoints)
                      .start(each, annotation, weather, server));
      Tap tap =
          session.isPresent()
              ? session.get().tap()
              : options.applyTo(server.get()).in(weather).start();
      endpoints.add(
          injectionPoint, new ManagedTap(injectionPoint, tap, annotation.mustBeUsed(), session));
      ClientRedirect redirect = new ClientRedirect(injectionPoint, tap);
      redirect.setProperties(annotation.systemProperty(), endpoints);
      redirect.addEnvironment(annotation.environment(), endpoints);
      return tap;
    } catch (IllegalArgumentException | IllegalStateException | LoopbackException e) {
      throw injectionPoint.configurationError(e);
    }
  }

  /** Leases a port, as its number or as the lease. */
  Object lease() {
    injectionPoint.requireType(int.class, PortLease.class);
    PortLease lease = reserve(1);
    return injectionPoint.type() == PortLease.class ? lease : lease.port();
  }

  /** Leases adjacent ports, as their numbers or as the lease. */
  Object lease(FreePorts annotation) {
    injectionPoint.requireType(int[].class, PortLease.class);
    PortLease lease = reserve(annotation.value());
    return injectionPoint.type() == PortLease.class
        ? lease
        : lease.ports().stream().mapToInt(Integer::intValue).toArray();
  }

  private PortLease reserve(int count) {
    try {
      PortLease lease =
          Ports.reserveBlock(count).named(injectionPoint + " of " + endpoints.testName());
      endpoints.add(injectionPoint, lease);
      if (injectionPoint.type() != PortLease.class && !Ports.mechanism().shared()) {
        // A test that has only the number could not release the port for its server.
        lease.releaseForBind();
      }
      return lease;
    } catch (IllegalArgumentException | LoopbackException e) {
      throw injectionPoint.configurationError(e);
    }
  }

  private Weather weather(Weather tapWeather, Optional<InWeather> inWeather) {
    Weather weather = weather(inWeather).map(tapWeather::and).orElse(tapWeather);
    for (WeatherRequest each : endpoints.weatherRequests()) {
      weather = each.claim(injectionPoint.name()) ? weather.and(each.weather()) : weather;
    }
    return weather;
  }

  private Optional<Weather> weather(Optional<InWeather> inWeather) {
    return inWeather.map(each -> WeatherReader.ofEndpoint(injectionPoint, each, members));
  }
}
