package dev.partyline.weather;

/** The connection ends once exactly so many bytes have passed. */
record CutAfterBytes(long bytes, CloseType closeType) implements StreamImpairment {
  @Override
  public ImpairmentBehavior begin(FaultContext context) {
    return new ByteQuota(bytes, new Verdict.CloseConnection(closeType, context.startedAt()));
  }

  @Override
  public String toString() {
    return StreamImpairment.prefix(closeType) + bytes + " bytes";
  }
}
