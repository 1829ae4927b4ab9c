package dev.partyline.internal.faults;

import dev.partyline.weather.spi.ImpairmentBehavior;
import dev.partyline.weather.spi.PendingInput;
import dev.partyline.weather.spi.Verdict;

/** Passes exactly so many bytes, and ends then. */
final class ByteQuota implements ImpairmentBehavior {
  private final Verdict endVerdict;
  private long remainingBytes;

  ByteQuota(long bytes, Verdict endVerdict) {
    this.remainingBytes = bytes;
    this.endVerdict = endVerdict;
  }

  @Override
  public Verdict onInput(PendingInput input) {
    if (remainingBytes == 0) {
      return endVerdict;
    }
    int size = (int) Math.min(remainingBytes, input.size());
    remainingBytes -= size;
    return new Verdict.Pass(size);
  }

  @Override
  public Verdict onIdle(long now) {
    return remainingBytes == 0 ? endVerdict : Verdict.WAIT;
  }
}
