package dev.partyline.loopback;

/** Says nothing to anybody, and either reads what comes or does not even that. */
final class SilentHandler implements EndpointOwnerFactory, EndpointOwner {
  private final boolean autoRead;

  SilentHandler(boolean autoRead) {
    this.autoRead = autoRead;
  }

  @Override
  public EndpointOwner create(Endpoint endpoint) {
    endpoint.setAutoRead(autoRead);
    return this;
  }
}
