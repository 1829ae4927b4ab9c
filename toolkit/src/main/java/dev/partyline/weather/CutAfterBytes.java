package dev.partyline.weather;

/** The connection ends once exactly so many bytes have passed. */
record CutAfterBytes(long bytes, CloseType how) implements StreamImpairment {
  @Override
  public ImpairmentBehavior begin(FaultContext meeting) {
    return new ByteQuota(bytes, new Verdict.End(how, meeting.since()));
  }

  @Override
  public String toString() {
    return StreamImpairment.word(how) + bytes + " bytes";
  }
}
