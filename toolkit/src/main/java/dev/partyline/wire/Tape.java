package dev.partyline.wire;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Where one conversation is written: the bytes in blocks, the events as pairs of numbers beside
 * them, for a recording of a million small messages must not cost a million objects.
 *
 * <p>Everything is only ever appended, so a snapshot shares the arrays and remembers how far they
 * counted when it was taken.
 */
final class Tape {
  private static final int BLOCK_BITS = 16;
  private static final int BLOCK = 1 << BLOCK_BITS;
  private static final int SENT = 0;
  private static final int FINISHED = 1;
  private static final int RESET = 2;

  private byte[][] blocks = {new byte[256]};
  private long size;

  /** Two numbers an event: its time, and where its bytes end with kind and side in the low bits. */
  private long[] log = new long[8];

  private int logged;
  private long clientBytes;
  private final List<Close> closes = new ArrayList<>();
  private final List<Note> notes = new ArrayList<>();

  void sent(Side side, long nanos, ByteBuffer bytes) {
    long end = size + bytes.remaining();
    if (side == Side.CLIENT) {
      clientBytes += bytes.remaining();
    }
    for (int from = bytes.position(); size < end; ) {
      byte[] block = blockFor(end);
      int at = (int) (size & (BLOCK - 1));
      int length = (int) Math.min(end - size, block.length - at);
      bytes.get(from, block, at, length);
      from += length;
      size += length;
    }
    log(nanos, SENT, side);
  }

  void finished(Side side, long nanos, How how, String cause) {
    closes.add(new Close(side, how, count(side), nanos, cause));
    log(nanos, FINISHED, side);
  }

  void reset(Side side, long nanos, How how, String cause) {
    closes.add(new Close(side, how, count(side), nanos, cause));
    log(nanos, RESET, side);
  }

  void note(long nanos, String text) {
    notes.add(new Note(nanos, text));
  }

  long count(Side side) {
    return side == Side.CLIENT ? clientBytes : size - clientBytes;
  }

  /** The first block starts small, for ten thousand idle connections; the others are whole. */
  private byte[] blockFor(long end) {
    int index = (int) (size >>> BLOCK_BITS);
    if (index == 0) {
      if (blocks[0].length < BLOCK && blocks[0].length < end) {
        long wanted = Math.max(Long.highestOneBit(end - 1) << 1, blocks[0].length * 2L);
        // A snapshot goes on reading the block that it has seen.
        blocks = blocks.clone();
        blocks[0] = Arrays.copyOf(blocks[0], (int) Math.min(wanted, BLOCK));
      }
    } else if (index >= blocks.length) {
      blocks = Arrays.copyOf(blocks, blocks.length * 2);
    }
    if (blocks[index] == null) {
      blocks[index] = new byte[BLOCK];
    }
    return blocks[index];
  }

  private void log(long nanos, int kind, Side side) {
    if (logged == log.length) {
      log = Arrays.copyOf(log, log.length * 2);
    }
    log[logged++] = nanos;
    log[logged++] = size << 3 | (long) kind << 1 | side.ordinal();
  }

  Snapshot snapshot() {
    return new Snapshot(
        blocks,
        log,
        logged,
        clientBytes,
        size - clientBytes,
        List.copyOf(closes),
        List.copyOf(notes));
  }

  /** The tape as it was at one moment. */
  record Snapshot(
      byte[][] blocks,
      long[] log,
      int logged,
      long clientBytes,
      long serverBytes,
      List<Close> closes,
      List<Note> notes) {

    List<Event> events() {
      List<Event> events = new ArrayList<>(logged / 2);
      long from = 0;
      for (int i = 0; i < logged; i += 2) {
        long end = log[i + 1] >>> 3;
        Side side = side(i);
        switch (kind(i)) {
          case SENT -> events.add(new Event.Sent(side, log[i], read(from, end)));
          case FINISHED -> events.add(new Event.Finished(side, log[i]));
          default -> events.add(new Event.Reset(side, log[i]));
        }
        from = end;
      }
      return List.copyOf(events);
    }

    Bytes sentBy(Side side) {
      byte[] all = new byte[Math.toIntExact(side == Side.CLIENT ? clientBytes : serverBytes)];
      int at = 0;
      long from = 0;
      for (int i = 0; i < logged; i += 2) {
        long end = log[i + 1] >>> 3;
        if (side(i) == side) {
          copy(from, end, all, at);
          at += (int) (end - from);
        }
        from = end;
      }
      return Bytes.owning(all);
    }

    private Side side(int i) {
      return (log[i + 1] & 1) == 0 ? Side.CLIENT : Side.SERVER;
    }

    private int kind(int i) {
      return (int) (log[i + 1] >>> 1 & 3);
    }

    private Bytes read(long from, long end) {
      byte[] copy = new byte[(int) (end - from)];
      copy(from, end, copy, 0);
      return Bytes.owning(copy);
    }

    private void copy(long from, long end, byte[] target, int at) {
      int done = 0;
      while (from + done < end) {
        int offset = (int) (from + done & (BLOCK - 1));
        int length = (int) Math.min(end - from - done, BLOCK - offset);
        System.arraycopy(
            blocks[(int) ((from + done) >>> BLOCK_BITS)], offset, target, at + done, length);
        done += length;
      }
    }
  }
}
