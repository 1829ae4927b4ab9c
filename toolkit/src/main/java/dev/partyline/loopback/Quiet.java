package dev.partyline.loopback;

/** Says nothing to anybody, and either reads what comes or does not even that. */
final class Quiet extends Host implements Talk {
  private final boolean reading;

  Quiet(boolean reading) {
    this.reading = reading;
  }

  @Override
  Talk welcome(Link link) {
    link.reading(reading);
    return this;
  }
}
