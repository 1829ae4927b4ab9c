package dev.partyline.loopback;

/** Says nothing to anybody, and either reads what comes or does not even that. */
final class SilentHandler implements EndpointOwnerFactory, EndpointOwner {
  private final boolean reading;

  SilentHandler(boolean reading) {
    this.reading = reading;
  }

  @Override
  public EndpointOwner welcome(Endpoint link) {
    link.reading(reading);
    return this;
  }
}
