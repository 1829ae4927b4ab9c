package dev.partyline.loopback;

/** Sends nothing, and reads or does not even read. */
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
