package dev.partyline.view;

import dev.partyline.wire.Bytes;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;

/** Makes bytes of a protocol nearly right, by a few random changes. */
public final class Mutations {
  private static final int MAX_CHANGES = 4;
  private static final int MAX_CHANGED_BYTES = 8;

  /** Half of the changes are within so many bytes from the start, where heads and hellos are. */
  private static final int START_BYTES = 300;

  private Mutations() {}

  public static Bytes mutated(Bytes original, SplittableRandom random) {
    return mutated(original, List.of(Bytes.EMPTY), random);
  }

  /** Inserts some of the fragments too. */
  public static Bytes mutated(Bytes original, List<Bytes> fragments, SplittableRandom random) {
    Bytes bytes = original;
    for (int i = random.nextInt(MAX_CHANGES + 1); i > 0; i--) {
      int maxStart = random.nextBoolean() ? Math.min(START_BYTES, bytes.size()) : bytes.size();
      int start = random.nextInt(maxStart + 1);
      int end = Math.min(bytes.size(), start + random.nextInt(MAX_CHANGED_BYTES + 1));
      bytes = changed(bytes, start, end, fragments, random);
    }
    return bytes;
  }

  private static Bytes changed(
      Bytes bytes, int start, int end, List<Bytes> fragments, SplittableRandom random) {
    Bytes head = bytes.slice(0, start);
    Bytes part = bytes.slice(start, end);
    Bytes tail = bytes.slice(end, bytes.size());
    return switch (random.nextInt(12)) {
      case 0 -> head;
      case 1 -> head.plus(tail);
      case 2 -> head.plus(part).plus(part).plus(tail);
      case 3 -> Bytes.join(List.of(head, times(part, random.nextInt(50)), tail));
      case 4 -> head.plus(bytes.slice(0, Math.min(bytes.size(), 80))).plus(tail);
      case 5 -> head.plus(bytes.slice(random.nextInt(bytes.size() + 1), bytes.size())).plus(tail);
      case 6 -> head.plus(noise(random.nextInt(40), random)).plus(tail);
      case 7 -> head.plus(noise(end - start, random)).plus(tail);
      case 8 -> head.plus(flipped(part, random)).plus(tail);
      case 9 -> head.plus(extreme(random)).plus(extreme(random)).plus(tail);
      default ->
          Bytes.join(List.of(head, fragments.get(random.nextInt(fragments.size())), part, tail));
    };
  }

  private static Bytes times(Bytes bytes, int count) {
    return Bytes.join(Collections.nCopies(count, bytes));
  }

  private static Bytes noise(int size, SplittableRandom random) {
    byte[] noise = new byte[size];
    random.nextBytes(noise);
    return Bytes.of(noise);
  }

  private static Bytes flipped(Bytes bytes, SplittableRandom random) {
    byte[] array = bytes.toArray();
    if (array.length > 0) {
      array[random.nextInt(array.length)] ^= (byte) (1 << random.nextInt(8));
    }
    return Bytes.of(array);
  }

  private static Bytes extreme(SplittableRandom random) {
    return Bytes.of((byte) (random.nextBoolean() ? 0 : 0xff));
  }
}
