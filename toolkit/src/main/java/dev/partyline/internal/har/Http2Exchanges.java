package dev.partyline.internal.har;

import dev.partyline.internal.reading.BigEndian;
import dev.partyline.view.Flaw;
import dev.partyline.view.http2.Http2;
import dev.partyline.view.http2.Http2Frame;
import dev.partyline.wire.Bytes;
import dev.partyline.wire.Conversation;
import dev.partyline.wire.Side;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.Consumer;

/** The exchanges of a conversation over HTTP/2: one for each stream. */
final class Http2Exchanges {
  private final Conversation conversation;
  private final Map<Integer, Http2Stream> streams = new LinkedHashMap<>();
  private final Map<Side, NavigableMap<Long, Http2Frame>> frames = new EnumMap<>(Side.class);

  Http2Exchanges(Conversation conversation) {
    this.conversation = conversation;
  }

  /** Adds the request that became the first stream by an upgrade (RFC 7540, 3.2). */
  Http2Exchanges upgraded(HarRequest request) {
    stream(1).upgrade(request);
    return this;
  }

  /**
   * Returns the exchanges.
   *
   * @param remarks takes flaws that are of no stream
   */
  List<HarExchange> read(Http2 http, Consumer<String> remarks) {
    http.frames().forEach(this::add);
    http.flaws().forEach(flaw -> add(flaw, remarks));
    return streams.values().stream().map(Http2Stream::exchange).toList();
  }

  private Http2Stream stream(int id) {
    return streams.computeIfAbsent(id, any -> new Http2Stream(conversation));
  }

  private NavigableMap<Long, Http2Frame> frames(Side side) {
    return frames.computeIfAbsent(side, any -> new TreeMap<>());
  }

  private void add(Http2Frame frame) {
    frames(frame.side()).put(frame.offset(), frame);
    switch (frame.kind()) {
      case HEADERS, DATA -> stream(frame.streamId()).add(frame);
      case RST_STREAM -> {
        if (streams.containsKey(frame.streamId())) {
          stream(frame.streamId()).add(frame);
        }
      }
      case PUSH_PROMISE -> stream(promisedId(frame)).addPromise(frame);
      default -> {}
    }
  }

  /** Returns the number of the stream that a frame promises, after its pad length (6.6). */
  private static int promisedId(Http2Frame frame) {
    Bytes payload = frame.payload();
    int offset = Http2Message.isPadded(frame) ? 1 : 0;
    return payload.size() < offset + 4
        ? 0
        : (int) BigEndian.unsigned(payload, offset, offset + 4) & Integer.MAX_VALUE;
  }

  private void add(Flaw flaw, Consumer<String> remarks) {
    // A flaw of what is missing is after the last byte.
    Map.Entry<Long, Http2Frame> entry = frames(flaw.side()).floorEntry(flaw.offset());
    Http2Frame frame = entry == null ? null : entry.getValue();
    Http2Stream stream = frame == null ? null : streams.get(frame.streamId());
    if (frame != null && stream != null && flaw.offset() <= frame.endOffset()) {
      stream.addRemark(flaw.side(), flaw.toString());
    } else {
      remarks.accept(flaw.toString());
    }
  }
}
