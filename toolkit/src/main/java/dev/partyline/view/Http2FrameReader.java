package dev.partyline.view;

import dev.partyline.wire.Bytes;
import dev.partyline.wire.Side;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a side sent, cut into frames (RFC 9113, 4.1), and why that ends where it does. */
final class Http2FrameReader {
  static final Bytes PREFACE = Bytes.utf8("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n");
  static final int HEAD = 9;

  private final Scroll scroll;
  private final List<Http2.Frame> frames = new ArrayList<>();
  private @Nullable Flaw end;

  private Http2FrameReader(Scroll scroll) {
    this.scroll = scroll;
  }

  static Http2FrameReader of(Scroll scroll) {
    Http2FrameReader cut = new Http2FrameReader(scroll);
    if (scroll.side() == Side.SERVER || cut.preface()) {
      while (scroll.all() > 0 && cut.frame()) {}
    }
    return cut;
  }

  Side side() {
    return scroll.side();
  }

  List<Http2.Frame> frames() {
    return frames;
  }

  /** Returns what is wrong behind the last frame, if anything. */
  @Nullable Flaw end() {
    return end;
  }

  /** Returns what the side said that it can take, for each time that it said so. */
  List<Http2Limits> limits() {
    List<Http2Limits> all = new ArrayList<>();
    Http2Limits limits = Http2Limits.INITIAL;
    for (Http2.Frame frame : frames) {
      if (frame.kind() == Http2.Kind.SETTINGS && (frame.flags() & 1) == 0) {
        limits = limits.with(frame.payload());
        all.add(limits);
      }
    }
    return all;
  }

  private boolean preface() {
    long from = scroll.at();
    for (int i = 0; i < PREFACE.size(); i++) {
      if (i == scroll.left()) {
        return i == 0 && scroll.all() == 0
            || missing("the connection preface has " + i + " of its 24 bytes");
      }
      if (scroll.peek(i) != PREFACE.at(i)) {
        end =
            new Flaw(
                Flaw.Kind.MALFORMED,
                Side.CLIENT,
                from + i,
                "this is not the connection preface " + PREFACE + " (RFC 9113, 3.4)");
        return false;
      }
    }
    Bytes preface = scroll.take(PREFACE.size());
    frames.add(
        new Http2.Frame(
            Side.CLIENT, from, scroll.at(), Http2.Kind.PREFACE, -1, 0, 0, preface, List.of()));
    return true;
  }

  private boolean frame() {
    long from = scroll.at();
    if (scroll.left() < HEAD) {
      return missing("the head of a frame has " + scroll.left() + " of its 9 bytes");
    }
    int length = (int) scroll.number(0, 3);
    int type = scroll.peek(3);
    int flags = scroll.peek(4);
    int stream = (int) scroll.number(5, 9) & Integer.MAX_VALUE;
    Http2.Kind kind = kind(type);
    if (scroll.all() < HEAD + length) {
      return missing(
          "a "
              + kind
              + " frame has "
              + (scroll.left() - HEAD)
              + " bytes of its "
              + length
              + " of payload");
    }
    Bytes payload = scroll.passage(HEAD + length, HEAD);
    frames.add(
        new Http2.Frame(side(), from, scroll.at(), kind, type, flags, stream, payload, List.of()));
    return true;
  }

  private boolean missing(String what) {
    end = scroll.missing(what);
    return false;
  }

  private static Http2.Kind kind(int type) {
    Http2.Kind[] kinds = Http2.Kind.values();
    return type <= 9 ? kinds[type + 1] : Http2.Kind.UNKNOWN;
  }
}
