package dev.partyline.view.http2;

import dev.partyline.internal.reading.FlawCollector;
import dev.partyline.internal.reading.FlawException;
import dev.partyline.internal.reading.ViewBuilder;
import dev.partyline.wire.Bytes;
import dev.partyline.wire.Side;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/** Reads the frames of one side in order, because decoding depends on it, and checks them. */
final class Http2Reader {
  private final ViewBuilder<Http2Frame> builder;
  private final FlawCollector flaws;
  private final Http2FrameReader frameReader;
  private final Iterator<Http2Limits> peerLimits;
  private final HpackDecoder decoder;
  private Http2Limits limits = Http2Limits.INITIAL;

  /** Whether an earlier block was lost, and so the state of the table. */
  private boolean tableLost;

  Http2Reader(
      ViewBuilder<Http2Frame> builder, Http2FrameReader frameReader, List<Http2Limits> peerLimits) {
    this.builder = builder;
    this.flaws = builder.flaws(frameReader.side());
    this.frameReader = frameReader;
    this.peerLimits = peerLimits.iterator();
    this.decoder = newDecoder(frameReader.isExact());
  }

  private static HpackDecoder newDecoder(boolean exact) {
    try {
      return new HpackDecoder(exact);
    } catch (NoClassDefFoundError e) {
      throw new IllegalStateException(
          "HTTP/2 is read with Netty, which is missing: add io.netty:netty-codec-http2 to the"
              + " dependencies of the tests",
          e);
    }
  }

  void read() {
    List<Http2Frame> frames = frameReader.frames();
    boolean inBlock = false;
    for (int i = 0; i < frames.size(); i++) {
      Http2Frame frame = frames.get(i);
      boolean startsBlock =
          frame.kind() == Http2Frame.Kind.HEADERS || frame.kind() == Http2Frame.Kind.PUSH_PROMISE;
      if (startsBlock) {
        addBlock(frames, i);
      } else {
        builder.add(frame.side(), frame.endOffset(), frame);
      }
      Http2Rules.check(frame, limits, flaws);
      boolean continuesBlock = inBlock && frame.kind() == Http2Frame.Kind.CONTINUATION;
      checkSequence(frames, i, inBlock, continuesBlock);
      inBlock = (startsBlock || continuesBlock) && !frame.hasFlag(Http2Frame.END_HEADERS);
      applyAcknowledgedLimits(frame);
    }
    if (frameReader.flaw() != null) {
      flaws.add(frameReader.flaw());
    }
  }

  private void checkSequence(
      List<Http2Frame> frames, int i, boolean inBlock, boolean continuesBlock) {
    Http2Frame frame = frames.get(i);
    int firstIndex = frame.side() == Side.CLIENT ? 1 : 0;
    if (i == firstIndex && frame.kind() != Http2Frame.Kind.SETTINGS) {
      addMalformed(frame, "the first frame must be SETTINGS, not " + frame.kind());
    }
    if (inBlock && (!continuesBlock || frames.get(i - 1).streamId() != frame.streamId())) {
      addMalformed(
          frame, "the header fields before it must be continued by CONTINUATION on their stream");
    } else if (!inBlock && frame.kind() == Http2Frame.Kind.CONTINUATION) {
      addMalformed(frame, "there are no header fields that this CONTINUATION could continue");
    }
  }

  private void addMalformed(Http2Frame frame, String description) {
    flaws.addMalformed(frame.offset(), description);
  }

  private void applyAcknowledgedLimits(Http2Frame frame) {
    if (frame.kind() == Http2Frame.Kind.SETTINGS
        && frame.hasFlag(Http2Frame.ACK)
        && peerLimits.hasNext()) {
      limits = peerLimits.next();
      decoder.setMaxTableSize(limits.headerTableSize());
    }
  }

  /** Adds a frame with the header fields that begin with it. */
  private void addBlock(List<Http2Frame> frames, int start) {
    Http2Frame first = frames.get(start);
    List<Http2Frame> parts = new ArrayList<>();
    for (int i = start;
        i < frames.size() && (i == start || isContinuation(first, frames.get(i)));
        i++) {
      parts.add(frames.get(i));
      if (frames.get(i).hasFlag(Http2Frame.END_HEADERS)) {
        decode(parts);
        return;
      }
    }
    builder.add(first.side(), first.endOffset(), first);
    boolean last = start + parts.size() == frames.size();
    if (last) {
      long endOffset = parts.get(parts.size() - 1).endOffset();
      flaws.addIncomplete(endOffset, "the header fields have no frame with END_HEADERS yet");
    }
    tableLost |= !last;
  }

  private static boolean isContinuation(Http2Frame first, Http2Frame frame) {
    return frame.kind() == Http2Frame.Kind.CONTINUATION && frame.streamId() == first.streamId();
  }

  private void decode(List<Http2Frame> parts) {
    Http2Frame first = parts.get(0);
    List<Bytes> block = new ArrayList<>();
    for (Http2Frame part : parts) {
      Optional<Http2FrameLayout> layout =
          Http2FrameLayout.of(part.kind(), part.flags(), part.payload());
      tableLost |= layout.isEmpty() || Http2Rules.isPayloadMissing(part);
      block.add(layout.map(Http2FrameLayout::content).orElse(Bytes.EMPTY));
    }
    if (tableLost) {
      builder.add(first.side(), first.endOffset(), first);
      addUndecodable(first);
      return;
    }
    try {
      builder.add(
          first.side(), first.endOffset(), withFields(first, decoder.decode(Bytes.join(block))));
    } catch (FlawException e) {
      tableLost = true;
      builder.add(first.side(), first.endOffset(), first);
      flaws.addMalformed(offset(parts, block, e.offset()), e.description());
    }
  }

  private void addUndecodable(Http2Frame frame) {
    flaws.addIncomplete(
        frame.offset(),
        "the header fields cannot be decoded: earlier ones that they depend on were not, or some of"
            + " them was not kept");
  }

  private static Http2Frame withFields(Http2Frame frame, List<Http2Frame.Field> fields) {
    return new Http2Frame(
        frame.side(),
        frame.offset(),
        frame.endOffset(),
        frame.kind(),
        frame.type(),
        frame.flags(),
        frame.streamId(),
        frame.payload(),
        fields);
  }

  /** Returns the offset, in what the side sent, of one in the header fields of these frames. */
  private static long offset(List<Http2Frame> parts, List<Bytes> block, long blockOffset) {
    long remaining = blockOffset;
    for (int i = 0; i < parts.size(); i++) {
      Http2Frame part = parts.get(i);
      if (remaining < block.get(i).size() || i == parts.size() - 1) {
        int contentOffset =
            Http2FrameLayout.of(part.kind(), part.flags(), part.payload())
                .map(Http2FrameLayout::contentOffset)
                .orElse(0);
        return part.offset() + Http2FrameReader.HEADER_BYTES + contentOffset + remaining;
      }
      remaining -= block.get(i).size();
    }
    return parts.get(0).offset();
  }
}
