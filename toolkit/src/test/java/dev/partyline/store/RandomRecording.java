package dev.partyline.store;

import dev.partyline.wire.ConversationRecorder;
import dev.partyline.wire.Recorder;
import dev.partyline.wire.Recording;
import dev.partyline.wire.Side;
import dev.partyline.wire.Transport;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;

/** A recording of random conversations that go on at the same time and after one another. */
final class RandomRecording {
  private static final int MAX_CHUNK_BYTES = 150_000;
  private static final int[] PORTS = {443, 80, 6379, 25, 50_000};

  private final SplittableRandom random;
  private final Recorder recorder;
  private final List<Running> running = new ArrayList<>();

  private static final class Running {
    final ConversationRecorder recorder;
    final String client;
    final Set<Side> open = EnumSet.allOf(Side.class);

    Running(ConversationRecorder recorder, String client) {
      this.recorder = recorder;
      this.client = client;
    }
  }

  private RandomRecording(long seed) {
    random = new SplittableRandom(seed);
    long[] nanos = {0};
    recorder = new Recorder(() -> nanos[0] += random.nextInt(1000));
  }

  /** Returns a recording; the same for the same seed, but for the time at which it started. */
  static Recording of(long seed, int conversations) {
    RandomRecording result = new RandomRecording(seed);
    int opened = 0;
    while (opened < conversations || !result.running.isEmpty()) {
      if (opened < conversations && result.random.nextInt(4) == 0) {
        result.open();
        opened++;
      } else if (!result.running.isEmpty()) {
        result.step();
      }
    }
    return result.recorder.recording();
  }

  /** There are so few addresses that most are used again, after the connection that had them. */
  private void open() {
    boolean isIpv6 = random.nextBoolean();
    String host = isIpv6 ? "[::1]" : "127.0.0.1";
    String client = host + ":" + (40_000 + random.nextInt(30));
    if (running.stream().noneMatch(each -> each.client.equals(client))) {
      String server = host + ":" + PORTS[random.nextInt(PORTS.length)];
      running.add(new Running(recorder.open(Transport.TCP, client, server), client));
    } else {
      running.add(new Running(recorder.open(Transport.UNIX, "?", "/run/" + host), "?"));
    }
  }

  private void step() {
    Running each = running.get(random.nextInt(running.size()));
    Side side = random.nextBoolean() ? Side.CLIENT : Side.SERVER;
    int choice = random.nextInt(30);
    if (choice == 0) {
      // The tap that records it may have the peer go on.
      each.recorder.recordRst(side);
      each.open.remove(side);
      end(each, random.nextBoolean());
    } else if (!each.open.contains(side)) {
      end(each, random.nextInt(3) == 0);
    } else if (choice < 4) {
      each.recorder.recordFin(side);
      each.open.remove(side);
    } else {
      each.recorder.recordSent(side, chunk());
    }
    end(each, each.open.isEmpty());
  }

  private void end(Running each, boolean isEnd) {
    if (isEnd) {
      each.recorder.recordClosed();
      running.remove(each);
    }
  }

  private ByteBuffer chunk() {
    byte[] bytes = new byte[random.nextInt(random.nextInt(5) == 0 ? MAX_CHUNK_BYTES : 50)];
    random.nextBytes(bytes);
    return ByteBuffer.wrap(bytes);
  }
}
