package dev.partyline.weather;

/** The connection ends once exactly so many bytes have passed. */
record CutAfterBytes(long bytes, Cut how) implements Cutting {
  @Override
  public Course begin(Meeting meeting) {
    return new Quota(bytes, new Verdict.End(how, meeting.since()));
  }

  @Override
  public String toString() {
    return Cutting.word(how) + bytes + " bytes";
  }
}
