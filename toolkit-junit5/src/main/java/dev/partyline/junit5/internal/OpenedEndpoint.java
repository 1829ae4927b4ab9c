package dev.partyline.junit5.internal;

import dev.partyline.loopback.Client;
import dev.partyline.loopback.Listener;
import dev.partyline.loopback.Tap;
import dev.partyline.ports.OpenResource;
import dev.partyline.script.transcript.Redacted;
import dev.partyline.script.transcript.Redaction;
import dev.partyline.weather.Weathered;
import dev.partyline.wire.Conversation;
import dev.partyline.wire.Recorded;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * A listener, client or tap that a test opened in code. The test itself checks and closes it; only
 * its errors in the background fail the test.
 */
final class OpenedEndpoint extends ManagedResource {
  private final OpenResource resource;
  private final Recorded endpoint;

  private <T extends Recorded & Redacted> OpenedEndpoint(
      String name,
      OpenResource resource,
      T endpoint,
      Supplier<List<AssertionError>> problems,
      Runnable drainAction,
      Runnable closeAction) {
    super(name, problems, drainAction, closeAction);
    this.resource = resource;
    this.endpoint = endpoint;
  }

  /** Returns the endpoint of a resource, if it is not a lease of ports. */
  static Optional<OpenedEndpoint> of(OpenResource resource) {
    if (resource.owner() instanceof Listener listener) {
      return Optional.of(
          new OpenedEndpoint(
              "listener",
              resource,
              listener,
              listener::backgroundFailures,
              listener::drainInput,
              listener::close));
    }
    if (resource.owner() instanceof Client client) {
      return Optional.of(
          new OpenedEndpoint(
              "client",
              resource,
              client,
              client::backgroundFailures,
              client::drainInput,
              client::close));
    }
    if (resource.owner() instanceof Tap tap) {
      return Optional.of(
          new OpenedEndpoint(
              "tap", resource, tap, tap::backgroundFailures, tap::drainInput, tap::close));
    }
    return Optional.empty();
  }

  boolean isOpen() {
    return resource.isOpen();
  }

  @Override
  public String label() {
    return resource.toString();
  }

  @Override
  public Recorded endpoint() {
    return endpoint;
  }

  @Override
  Redaction redaction() {
    return ((Redacted) endpoint).redaction();
  }

  @Override
  boolean isUnused() {
    return endpoint.recording().connections() == 0;
  }

  @Override
  public void await() {}

  @Override
  Optional<String> takeFailure(boolean requireFinished) {
    return Optional.empty();
  }

  @Override
  List<String> remarks() {
    return Weathered.of(endpoint).map(WeatherText::remarks).orElse(List.of());
  }

  @Override
  List<String> remarks(Conversation conversation) {
    return endpoint instanceof Tap ? ManagedTap.ledgerRemarks(conversation) : List.of();
  }

  /** Returns {@code at ShopTest.java:31}, because several may have the same name. */
  @Override
  String place() {
    return openFrame()
        .map(frame -> " at " + frame.getFileName() + ":" + frame.getLineNumber())
        .orElse("");
  }

  private Optional<StackTraceElement> openFrame() {
    return Stream.of(resource.openStackTrace().getStackTrace()).findFirst();
  }

  /** Returns {@code Listener{127.0.0.1:80}, opened at ShopTest.ships(ShopTest.java:31)}. */
  @Override
  public String toString() {
    return resource + openFrame().map(frame -> ", opened at " + frame).orElse("");
  }
}
