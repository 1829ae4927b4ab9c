package dev.partyline.internal.faults;

import dev.partyline.internal.text.ArgumentChecks;
import dev.partyline.weather.spi.FaultContext;
import dev.partyline.weather.spi.ImpairmentBehavior;
import dev.partyline.wire.Transport;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/** Cuts the stream at offsets, which are sorted. */
public record SliceAt(List<Long> offsets, SlicePause pause) implements AdvisingImpairment {
  public static SliceAt of(SlicePause pause, long... offsets) {
    if (offsets.length == 0) {
      throw new IllegalArgumentException("offsets () must be at least one");
    }
    Arrays.stream(offsets).forEach(offset -> ArgumentChecks.atLeast("offset", offset, 1));
    return new SliceAt(Arrays.stream(offsets).sorted().distinct().boxed().toList(), pause);
  }

  @Override
  public ImpairmentBehavior begin(FaultContext context) {
    return new SliceState(context, this::nextEdge, this::nextEdge, pause);
  }

  private long nextEdge(long edge) {
    int found = Collections.binarySearch(offsets, edge);
    int nextIndex = found < 0 ? -found - 1 : found + 1;
    return nextIndex < offsets.size() ? offsets.get(nextIndex) : Long.MAX_VALUE;
  }

  @Override
  public @Nullable Advice advice(Transport transport) {
    return transport.isStream() ? null : Slice.ADVICE;
  }

  /** Returns fewer slices, and a single one earlier. */
  @Override
  public List<SliceAt> smaller() {
    if (offsets.size() > 1) {
      return SmallerValues.lists(offsets).stream().map(each -> new SliceAt(each, pause)).toList();
    }
    long offset = offsets.get(0);
    return LongStream.of(1, offset / 2, offset - 1)
        .filter(earlier -> earlier > 0 && earlier < offset)
        .distinct()
        .mapToObj(earlier -> new SliceAt(List.of(earlier), pause))
        .toList();
  }

  @Override
  public String toString() {
    return "slice at "
        + offsets.stream().map(String::valueOf).collect(Collectors.joining(","))
        + pause;
  }
}
