package dev.partyline.internal.faults;

import dev.partyline.weather.spi.FaultContext;
import dev.partyline.weather.spi.Impairment;
import dev.partyline.weather.spi.ImpairmentBehavior;
import dev.partyline.wire.Transport;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** No write goes across certain offsets of the stream, which are sorted. */
public record SliceAt(List<Long> offsets) implements Impairment {
  @Override
  public ImpairmentBehavior begin(FaultContext context) {
    return new SliceState(context, this::nextEdge, 0);
  }

  private long nextEdge(long edge) {
    int found = Collections.binarySearch(offsets, edge);
    int nextIndex = found < 0 ? -found - 1 : found + 1;
    return nextIndex < offsets.size() ? offsets.get(nextIndex) : Long.MAX_VALUE;
  }

  @Override
  public @Nullable String unsupportedReason(Transport transport) {
    return transport.isStream() ? null : Slice.ADVICE;
  }

  @Override
  public String toString() {
    return "slice at " + offsets.stream().map(String::valueOf).collect(Collectors.joining(","));
  }
}
