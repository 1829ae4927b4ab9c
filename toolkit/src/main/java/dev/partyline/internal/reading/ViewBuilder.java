package dev.partyline.internal.reading;

import dev.partyline.view.Flaw;
import dev.partyline.wire.Conversation;
import dev.partyline.wire.Gap;
import dev.partyline.wire.Side;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Collects parts and flaws of a conversation, one side after the other, and puts them into one
 * order.
 */
public final class ViewBuilder<T> {
  /** A flaw is larger than the bytes that it takes to make one. */
  private static final int MAX_FLAWS = 1_000;

  private final Conversation conversation;
  private final List<Gap> gaps;
  private final List<OrderedItem> items = new ArrayList<>();
  private final int[] flawCounts = new int[Side.values().length];
  private final long[] lastPositions = {-1, -1};

  /** A part or a flaw, and how many bytes of both sides were sent before its end. */
  private record OrderedItem(long position, Object item) {}

  public ViewBuilder(Conversation conversation) {
    this.conversation = conversation;
    this.gaps = conversation.gaps();
  }

  /** Adds a part that ends before an offset. */
  public void add(Side side, long endOffset, T part) {
    boolean isKept =
        gaps.stream()
            .noneMatch(
                gap ->
                    gap.side() == side && gap.offset() < endOffset && endOffset <= gap.endOffset());
    long position =
        isKept ? conversation.globalOffset(side, endOffset - 1) : lastPositions[side.ordinal()];
    lastPositions[side.ordinal()] = position;
    items.add(new OrderedItem(position, part));
  }

  /** Adds a part that is a datagram, in the order of the events. */
  public void addNext(Side side, T part) {
    long position = Math.max(lastPositions[0], lastPositions[1]) + 1;
    lastPositions[side.ordinal()] = position;
    items.add(new OrderedItem(position, part));
  }

  /** Adds a flaw of the last part of a side, or of what follows it. */
  public void add(Flaw flaw) {
    int side = flaw.side().ordinal();
    if (flawCounts[side]++ < MAX_FLAWS) {
      items.add(new OrderedItem(lastPositions[side], flaw));
    }
  }

  /** Returns a collector of the flaws of a side. */
  public FlawCollector flaws(Side side) {
    return new FlawCollector() {
      @Override
      public Side side() {
        return side;
      }

      @Override
      public void add(Flaw flaw) {
        ViewBuilder.this.add(flaw);
      }
    };
  }

  /** Returns parts and flaws in the order of what they are about. */
  @SuppressWarnings("unchecked") // What is not a flaw was added as a part.
  public ViewContent<T> build() {
    items.sort(Comparator.comparingLong(OrderedItem::position));
    List<Object> sortedItems = items.stream().map(OrderedItem::item).toList();
    List<T> parts =
        sortedItems.stream().filter(item -> !(item instanceof Flaw)).map(item -> (T) item).toList();
    List<Flaw> flaws =
        sortedItems.stream()
            .filter(Flaw.class::isInstance)
            .map(Flaw.class::cast)
            .sorted(Comparator.comparing(Flaw::side))
            .toList();
    return new ViewContent<>(parts, flaws, sortedItems);
  }
}
