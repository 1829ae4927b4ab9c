package dev.partyline.loopback;

/** Says nothing to anybody, and either reads what comes or does not even that. */
final class Quiet implements Host, Talk {
  private final boolean reading;

  Quiet(boolean reading) {
    this.reading = reading;
  }

  @Override
  public Talk welcome(Link link) {
    link.reading(reading);
    return this;
  }
}
