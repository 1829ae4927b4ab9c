package dev.partyline.weather;

/** So many bytes pass in one direction, which then ends by a FIN; the other goes on. */
record LimitData(long bytes) implements StreamImpairment {
  @Override
  public ImpairmentBehavior begin(FaultContext context) {
    return new ByteQuota(bytes, new Verdict.HalfClose(context.startedAt()));
  }

  @Override
  public String toString() {
    return "limit " + bytes + " bytes";
  }
}
