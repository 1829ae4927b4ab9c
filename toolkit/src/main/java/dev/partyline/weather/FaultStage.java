package dev.partyline.weather;

import dev.partyline.weather.Verdict.Change;
import dev.partyline.weather.Verdict.Deliver;
import dev.partyline.weather.Verdict.Discard;
import dev.partyline.weather.Verdict.End;
import dev.partyline.weather.Verdict.Finish;
import dev.partyline.weather.Verdict.Hold;
import dev.partyline.weather.Verdict.Overtaken;
import dev.partyline.weather.Verdict.Pass;
import java.nio.ByteBuffer;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** One fault on one lane, with what waits there. */
final class FaultStage implements PendingInput {
  private static final int UNDECIDED = -1;

  private final ActiveFault up;
  private final boolean stream;
  private final DefaultFaultContext meeting;
  private final ImpairmentBehavior course;
  private final ChunkQueue line = new ChunkQueue();
  private final ReorderBuffer aside = new ReorderBuffer();

  /** Where in the stream the next byte stands that comes here. */
  private long position;

  private long now;
  private long lastLeft = Long.MIN_VALUE;
  private long wake;

  /** How many of the first bytes leave when, once that is decided. */
  private int size = UNDECIDED;

  private long due;

  /** Whether the connection has ended here. */
  private boolean over;

  FaultStage(ActiveFault up, ConnectionDirection passage, long since, long position) {
    this.up = up;
    this.stream = passage.transport().isStream();
    this.meeting = up.meet(passage, since);
    this.course = up.fault().course(meeting);
    this.position = position;
  }

  ActiveFault up() {
    return up;
  }

  ChunkQueue line() {
    return line;
  }

  long held() {
    return line.bytes() + aside.bytes();
  }

  /** Returns when to run again although nothing has come. */
  long wake() {
    return wake;
  }

  /** Moves what leaves by now on; returns the end that the fault makes, if it makes one. */
  @Nullable TimedChunk run(long now, ChunkQueue next) {
    this.now = now;
    while (!over) {
      if (aside.due() <= Math.min(head(), now)) {
        aside.expire(leftAt(aside.due()), next);
      } else if (size != UNDECIDED) {
        if (due > now) {
          wake = Math.min(due, aside.due());
          return null;
        }
        TimedChunk piece = passing(line.take(size));
        leave(piece, due, next);
        size = UNDECIDED;
        over = piece.isEnd() && piece.kind != Delivery.Kind.FIN;
      } else {
        Verdict verdict = ask();
        if (verdict instanceof Hold hold) {
          if (aside.due() > now) {
            wake = Math.min(hold.until(), aside.due());
            return null;
          }
          aside.expire(leftAt(aside.due()), next);
        } else if (verdict instanceof Deliver later) {
          decide(later.size(), later.at(), verdict);
        } else if (verdict != null) {
          TimedChunk end = obey(verdict, next);
          if (end != null) {
            return end;
          }
        }
      }
    }
    wake = Verdict.NEVER;
    return null;
  }

  /** Nobody will see what lies from an offset on: a fault behind this one has ended the stream. */
  void unsee(long offset) {
    meeting.unsee(offset);
  }

  /** When the first piece leaves if that is decided, or would if it were not held. */
  private long head() {
    TimedChunk first = line.first();
    return size != UNDECIDED ? due : first == null ? now : first.at;
  }

  /** Returns the verdict on what is first; null if that is an end, whose time is then decided. */
  private @Nullable Verdict ask() {
    TimedChunk first = line.first();
    if (first != null && first.isEnd()) {
      // Whether the end was there already when the last byte passed is a matter of load.
      boolean cut = first.kind == Delivery.Kind.CUT_FIN || first.kind == Delivery.Kind.CUT_RST;
      Verdict before = cut ? Verdict.WAIT : idle(first.at);
      if (!(before instanceof Hold)) {
        return before;
      }
      long at = course.end(first.kind, first.at);
      if (at > first.at) {
        meeting.first(first.offset());
      }
      due = Math.max(at, lastLeft);
      size = 0;
      return null;
    }
    Verdict verdict = first == null ? idle(now) : answered(course.next(this));
    if (verdict instanceof Hold hold && hold.until() <= now) {
      throw wrong(verdict, "it must hold beyond now, " + now);
    }
    if (first != null && !(verdict instanceof Pass)) {
      meeting.first(first.offset());
    }
    return verdict;
  }

  private Verdict idle(long time) {
    Verdict verdict = answered(course.idle(time));
    if (!(verdict instanceof Hold || verdict instanceof End || verdict instanceof Finish)) {
      throw wrong(verdict, "nothing waits: it must hold or end");
    }
    return verdict;
  }

  /** Whoever writes a fault may do so without our checks for null. */
  private Verdict answered(@Nullable Verdict verdict) {
    if (verdict == null) {
      throw new IllegalStateException("fault (" + up.fault() + ") answered null; it must decide");
    }
    return verdict;
  }

  private @Nullable TimedChunk obey(Verdict verdict, ChunkQueue next) {
    if (verdict instanceof Pass pass) {
      TimedChunk piece = taken(pass.size(), verdict);
      leave(piece, piece.at, next);
    } else if (verdict instanceof Change change) {
      TimedChunk piece = taken(change.size(), verdict);
      leave(piece.with(change.bytes().toArray()), piece.at, next);
    } else if (verdict instanceof Discard discard) {
      taken(discard.size(), verdict);
    } else if (verdict instanceof Verdict.Duplicate) {
      TimedChunk piece = datagram(verdict);
      TimedChunk second = piece.again();
      leave(piece, piece.at, next);
      leave(second, second.at, next);
    } else if (verdict instanceof Overtaken overtaken) {
      aside.add(datagram(verdict), overtaken.others(), overtaken.until());
    } else if (verdict instanceof End end) {
      Delivery.Kind kind =
          end.how() == CloseType.FIN ? Delivery.Kind.CUT_FIN : Delivery.Kind.CUT_RST;
      return ending(kind, end.at());
    } else if (verdict instanceof Finish finish) {
      return ending(Delivery.Kind.FIN, finish.at());
    }
    return null;
  }

  private TimedChunk ending(Delivery.Kind kind, long at) {
    meeting.first(position);
    return TimedChunk.end(kind, up.fault().cause(), position, leftAt(Math.min(at, now)));
  }

  private TimedChunk taken(int size, Verdict verdict) {
    int most = size();
    if (stream ? size < 1 || size > most : size != most) {
      throw wrong(verdict, "size must be " + (stream ? "in 1.." : "") + most);
    }
    return passing(line.take(size));
  }

  private TimedChunk datagram(Verdict verdict) {
    if (stream) {
      throw wrong(verdict, "bytes of a stream are neither doubled nor overtaken");
    }
    return passing(line.take(size()));
  }

  private void decide(int size, long at, Verdict verdict) {
    long most = stream ? line.bytes() : size();
    if (stream ? size < 1 || size > most : size != most) {
      throw wrong(verdict, "size must be " + (stream ? "in 1.." : "") + most);
    }
    this.size = size;
    due = Math.max(Math.max(at, arrived()), lastLeft);
  }

  private TimedChunk passing(TimedChunk piece) {
    position = piece.offset() + (stream ? piece.size() : 1);
    return piece;
  }

  private void leave(TimedChunk piece, long at, ChunkQueue next) {
    if (piece.isEnd()) {
      aside.drain(lastLeft, next);
    }
    piece.at = leftAt(at);
    next.add(piece);
    aside.passed(piece.at, next);
  }

  private long leftAt(long at) {
    lastLeft = Math.max(lastLeft, at);
    return lastLeft;
  }

  /** The fault is taken down: all that waits goes on now. */
  void drain(long now, ChunkQueue next) {
    aside.drain(now, next);
    for (TimedChunk piece = line.poll(); piece != null; piece = line.poll()) {
      piece.at = now;
      next.add(piece);
    }
  }

  private IllegalStateException wrong(Verdict verdict, String rule) {
    return new IllegalStateException(
        "fault (" + up.fault() + ") answered " + verdict + "; " + rule);
  }

  private TimedChunk piece() {
    return Objects.requireNonNull(line.first());
  }

  @Override
  public long offset() {
    return piece().offset();
  }

  @Override
  public long index() {
    return piece().offset() + ((long) piece().copy << 48);
  }

  @Override
  public int size() {
    return piece().size();
  }

  @Override
  public byte at(int at) {
    return piece().byteAt(at);
  }

  @Override
  public ByteBuffer bytes() {
    return piece().view().asReadOnlyBuffer();
  }

  @Override
  public long arrived() {
    return piece().at;
  }

  @Override
  public long total() {
    return line.bytes();
  }

  @Override
  public long latest() {
    return Objects.requireNonNull(line.last()).at;
  }

  @Override
  public boolean ended() {
    return Objects.requireNonNull(line.last()).isEnd();
  }

  @Override
  public long now() {
    return now;
  }
}
