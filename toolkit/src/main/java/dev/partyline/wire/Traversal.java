package dev.partyline.wire;

/** Goes over all that a take has in its order: chunks, what is missing, ends and notes. */
final class Traversal implements ChunkLog.Reader {
  private final ConversationSnapshot take;
  private final MissingRanges holes;
  private final Walker walker;
  private int marked;
  private long clientDropped;
  private long serverDropped;
  private long nanos;

  /** Somebody who is told what comes. */
  interface Walker {
    /** Takes a chunk, or a part of it, with where on the tape it begins and ends. */
    void sent(Side side, long nanos, long from, long to);

    /** Takes an end, that TLS starts, or that bytes were dropped. */
    void event(Event event);

    void note(long nanos, String text);
  }

  Traversal(ConversationSnapshot take, Walker walker) {
    this.take = take;
    this.holes = take.holes();
    this.walker = walker;
  }

  void walk() {
    take.chunks().read(ChunkLog.Start.BEGINNING, this);
    marks(Long.MAX_VALUE);
    tellDropped();
  }

  @Override
  public boolean chunk(long number, Side side, long time, long from, long end) {
    marks(number);
    if (from == end && !(holes.at(from) && holes.at(from - 1))) {
      sent(side, time, from, end);
    }
    for (long place = from; place < end; ) {
      long next = holes.end(place, end);
      if (holes.at(place)) {
        drop(side, next - place);
      } else {
        sent(side, time, place, next);
      }
      place = next;
    }
    return true;
  }

  @Override
  public boolean dropped(long number, Side side, long bytes) {
    marks(number);
    drop(side, bytes);
    return true;
  }

  private void sent(Side side, long time, long from, long to) {
    tellDropped();
    nanos = time;
    walker.sent(side, time, from, to);
  }

  private void drop(Side side, long bytes) {
    clientDropped += side == Side.CLIENT ? bytes : 0;
    serverDropped += side == Side.SERVER ? bytes : 0;
  }

  private void tellDropped() {
    if (clientDropped > 0) {
      walker.event(new Event.Dropped(Side.CLIENT, nanos, clientDropped));
    }
    if (serverDropped > 0) {
      walker.event(new Event.Dropped(Side.SERVER, nanos, serverDropped));
    }
    clientDropped = 0;
    serverDropped = 0;
  }

  private void marks(long number) {
    while (marked < take.marks().used() && take.marks().get(marked).chunks() <= number) {
      EventMarkers.Mark mark = take.marks().get(marked++);
      tellDropped();
      if (mark.event() != null) {
        nanos = mark.event().nanos();
        walker.event(mark.event());
      } else if (mark.note() != null) {
        walker.note(mark.note().nanos(), mark.note().text());
      }
    }
  }
}
