package dev.partyline.view;

import dev.partyline.wire.Bytes;
import dev.partyline.wire.Side;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/** Goes over the frames of one side in their order, decodes what hangs on that, and checks them. */
final class Http2Reader {
  private static final int ACK = 0x1;
  private static final int END_HEADERS = 0x4;

  private final ViewBuilder<Http2.Frame> found;
  private final Http2FrameReader cut;
  private final Iterator<Http2Limits> limitsOfPeer;
  private final HpackDecoder hpack;
  private Http2Limits limits = Http2Limits.INITIAL;

  /** Whether an earlier block was lost, and what the table has with it. */
  private boolean lost;

  Http2Reader(
      ViewBuilder<Http2.Frame> found, Http2FrameReader cut, List<Http2Limits> limitsOfPeer) {
    this.found = found;
    this.cut = cut;
    this.limitsOfPeer = limitsOfPeer.iterator();
    this.hpack = hpack();
  }

  private static HpackDecoder hpack() {
    try {
      return new HpackDecoder();
    } catch (NoClassDefFoundError e) {
      throw new IllegalStateException(
          "HTTP/2 is read with Netty, which is missing: add io.netty:netty-codec-http2 to the"
              + " dependencies of the tests",
          e);
    }
  }

  void read() {
    List<Http2.Frame> frames = cut.frames();
    boolean inBlock = false;
    for (int i = 0; i < frames.size(); i++) {
      Http2.Frame frame = frames.get(i);
      boolean opens = frame.kind() == Http2.Kind.HEADERS || frame.kind() == Http2.Kind.PUSH_PROMISE;
      if (opens) {
        block(frames, i);
      } else {
        found.add(frame.side(), frame.to(), frame);
      }
      Http2Rules.check(frame, limits, found);
      boolean goesOn = inBlock && frame.kind() == Http2.Kind.CONTINUATION;
      sequence(frames, i, inBlock, goesOn);
      inBlock = (opens || goesOn) && (frame.flags() & END_HEADERS) == 0;
      acknowledged(frame);
    }
    if (cut.end() != null) {
      found.add(cut.end());
    }
  }

  private void sequence(List<Http2.Frame> frames, int i, boolean inBlock, boolean goesOn) {
    Http2.Frame frame = frames.get(i);
    int first = frame.side() == Side.CLIENT ? 1 : 0;
    if (i == first && frame.kind() != Http2.Kind.SETTINGS) {
      malformed(frame, "the first frame must be SETTINGS, not " + frame.kind());
    }
    if (inBlock && (!goesOn || frames.get(i - 1).stream() != frame.stream())) {
      malformed(
          frame, "the header fields ahead of it must go on with CONTINUATION on their stream");
    } else if (!inBlock && frame.kind() == Http2.Kind.CONTINUATION) {
      malformed(frame, "there are no header fields that this CONTINUATION could go on with");
    }
  }

  private void malformed(Http2.Frame frame, String what) {
    found.malformed(frame.side(), frame.from(), what);
  }

  private void acknowledged(Http2.Frame frame) {
    if (frame.kind() == Http2.Kind.SETTINGS
        && (frame.flags() & ACK) != 0
        && limitsOfPeer.hasNext()) {
      limits = limitsOfPeer.next();
      hpack.limit(limits.table());
    }
  }

  /** Adds the frame with the header fields that begin with it. */
  private void block(List<Http2.Frame> frames, int start) {
    Http2.Frame first = frames.get(start);
    List<Http2.Frame> parts = new ArrayList<>();
    for (int i = start; i < frames.size() && (i == start || goesOn(first, frames.get(i))); i++) {
      parts.add(frames.get(i));
      if ((frames.get(i).flags() & END_HEADERS) != 0) {
        decode(parts);
        return;
      }
    }
    found.add(first.side(), first.to(), first);
    boolean last = start + parts.size() == frames.size();
    if (last) {
      long to = parts.get(parts.size() - 1).to();
      found.incomplete(first.side(), to, "the header fields have no frame with END_HEADERS yet");
    }
    lost |= !last;
  }

  private static boolean goesOn(Http2.Frame first, Http2.Frame frame) {
    return frame.kind() == Http2.Kind.CONTINUATION && frame.stream() == first.stream();
  }

  private void decode(List<Http2.Frame> parts) {
    Http2.Frame first = parts.get(0);
    List<Bytes> block = new ArrayList<>();
    for (Http2.Frame part : parts) {
      Optional<Http2FrameLayout> layout =
          Http2FrameLayout.of(part.kind(), part.flags(), part.payload());
      lost |= layout.isEmpty() || Http2Rules.isGone(part);
      block.add(layout.map(Http2FrameLayout::content).orElse(Bytes.EMPTY));
    }
    if (lost) {
      found.add(first.side(), first.to(), first);
      malformedOrGone(first);
      return;
    }
    try {
      found.add(first.side(), first.to(), with(first, hpack.decode(Bytes.join(block))));
    } catch (MalformedException e) {
      lost = true;
      found.add(first.side(), first.to(), first);
      found.malformed(first.side(), offset(parts, block, e.at), e.what());
    }
  }

  private void malformedOrGone(Http2.Frame frame) {
    found.incomplete(
        frame.side(),
        frame.from(),
        "the header fields cannot be decoded: earlier ones that they hang on were not, or some of"
            + " them was not kept");
  }

  private static Http2.Frame with(Http2.Frame frame, List<Http2.Field> fields) {
    return new Http2.Frame(
        frame.side(),
        frame.from(),
        frame.to(),
        frame.kind(),
        frame.type(),
        frame.flags(),
        frame.stream(),
        frame.payload(),
        fields);
  }

  /** Returns the offset in what the side sent of one in the header fields of these frames. */
  private static long offset(List<Http2.Frame> parts, List<Bytes> block, int at) {
    int rest = at;
    for (int i = 0; i < parts.size(); i++) {
      Http2.Frame part = parts.get(i);
      if (rest < block.get(i).size() || i == parts.size() - 1) {
        int contentAt =
            Http2FrameLayout.of(part.kind(), part.flags(), part.payload())
                .map(Http2FrameLayout::contentAt)
                .orElse(0);
        return part.from() + Http2FrameReader.HEAD + contentAt + rest;
      }
      rest -= block.get(i).size();
    }
    return parts.get(0).from();
  }
}
