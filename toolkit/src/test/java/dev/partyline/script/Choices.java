package dev.partyline.script;

import dev.partyline.wire.Bytes;
import java.util.Iterator;
import java.util.List;
import java.util.SplittableRandom;

/** The source of a generator's choices: chance, or a list that jqwik can shrink. */
@FunctionalInterface
public interface Choices {
  /** Returns a number from 0 to below a bound; 0 is the simplest choice. */
  int choose(int bound);

  static Choices of(SplittableRandom random) {
    return random::nextInt;
  }

  /** Returns choices that take the given numbers in turn, and 0 after them. */
  static Choices of(List<Integer> numbers) {
    Iterator<Integer> remaining = numbers.iterator();
    return bound -> remaining.hasNext() ? Math.floorMod(remaining.next(), bound) : 0;
  }

  default boolean oneIn(int chances) {
    return choose(chances) == chances - 1;
  }

  default <T> T pick(List<T> choices) {
    return choices.get(choose(choices.size()));
  }

  default Bytes bytes(int maxSize) {
    byte[] bytes = new byte[choose(maxSize + 1)];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) choose(256);
    }
    return Bytes.of(bytes);
  }
}
