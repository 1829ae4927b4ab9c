package dev.partyline.wire;

import java.util.ArrayList;
import java.util.List;

/** A tape as it was at one moment, which can be read without its writer. */
record ConversationSnapshot(
    ByteStore.View store,
    ChunkLog.View chunks,
    EventMarkers.View marks,
    long clientLast,
    long serverLast) {

  /** Where the JDK ends an array. */
  private static final int MOST = Integer.MAX_VALUE - 8;

  long count(Side side) {
    return chunks.count(side);
  }

  long last(Side side) {
    return side == Side.CLIENT ? clientLast : serverLast;
  }

  MissingRanges holes() {
    return chunks.holes(store.holes());
  }

  List<Event> events() {
    long bytes = count(Side.CLIENT) + count(Side.SERVER) - holes().size();
    if (bytes > MOST) {
      throw new IllegalStateException(
          "the conversation has "
              + bytes
              + " bytes, more than a list of events may hold: read it with forEachEvent, or parts"
              + " of it with bytes(side, from, to)");
    }
    List<Event> events = new ArrayList<>();
    new Traversal(this, EventReader.of(this, events::add)).walk();
    return List.copyOf(events);
  }

  List<Note> notes() {
    List<Note> notes = new ArrayList<>();
    if (marks.hasNotes()) {
      new Traversal(this, new NoteReader(notes)).walk();
    }
    return List.copyOf(notes);
  }

  Bytes bytes(Side side, long from, long to) {
    if (from < 0 || to < from || to > count(side)) {
      throw new IndexOutOfBoundsException(
          "bytes (" + from + ".." + to + ") must be within 0.." + count(side) + ", of the " + side);
    }
    if (to - from > MOST) {
      throw new IllegalStateException(
          "the "
              + side
              + " sent "
              + (to - from)
              + " bytes, more than one run may hold: read parts of them with bytes(side, from, to)");
    }
    byte[] all = new byte[(int) (to - from)];
    new SideRanges(this, side, from, to)
        .read(
            (offset, place, length, missing) -> {
              if (missing) {
                throw new IllegalStateException(
                    length
                        + " bytes of the "
                        + side
                        + " were dropped from byte "
                        + offset
                        + " on: gaps() says what is missing, events() has what was kept");
              }
              store.copy(place, (int) length, all, (int) (offset - from));
              return true;
            });
    return Bytes.owning(all);
  }

  long indexOf(Side side, Bytes wanted, long from) {
    long start = Math.max(0, from);
    if (wanted.isEmpty() || count(side) - start < wanted.size()) {
      return wanted.isEmpty() && start <= count(side) ? start : -1;
    }
    ByteSearch search = new ByteSearch(store, wanted, count(side) - start);
    new SideRanges(this, side, start, count(side)).read(search);
    return search.found();
  }

  /** Returns how many bytes of both sides came ahead of one that was kept. */
  long placeOf(Side side, long offset) {
    long[] found = {-1};
    if (offset >= 0 && offset < count(side)) {
      new SideRanges(this, side, offset, offset + 1)
          .read(
              (at, place, length, missing) -> {
                found[0] = place;
                return false;
              });
    }
    if (found[0] < 0) {
      throw new IndexOutOfBoundsException(
          "offset (" + offset + ") must be of a byte that was kept of the " + side);
    }
    return found[0];
  }

  /** Returns when a byte was seen; of one that was dropped, when the next that was not. */
  long nanosOf(Side side, long offset) {
    if (offset < 0 || offset >= count(side)) {
      throw new IndexOutOfBoundsException(
          "offset (" + offset + ") must be of a byte that the " + side + " sent");
    }
    ChunkLog.Start start = chunks.at(side, offset);
    TimestampLookup moment = new TimestampLookup(side, offset, start.offset(), last(side));
    chunks.read(start, moment);
    return moment.nanos();
  }

  List<Gap> gaps() {
    List<Gap> gaps = new ArrayList<>();
    if (!holes().isEmpty()) {
      for (Side side : Side.values()) {
        new SideRanges(this, side, 0, count(side)).read(new GapReader(side, gaps));
      }
    }
    return List.copyOf(gaps);
  }
}
