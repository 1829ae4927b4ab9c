package dev.partyline.script;

import dev.partyline.wire.Bytes;
import java.util.Iterator;
import java.util.List;
import java.util.SplittableRandom;

/** Where a generator takes its choices from: chance, or a list that jqwik can shrink. */
@FunctionalInterface
interface Choices {
  /** Returns a number from 0 to below a bound; 0 is the plainest choice. */
  int roll(int bound);

  static Choices of(SplittableRandom random) {
    return random::nextInt;
  }

  /** Returns dice that show the given numbers in turn, and zero ever after. */
  static Choices of(List<Integer> numbers) {
    Iterator<Integer> left = numbers.iterator();
    return bound -> left.hasNext() ? Math.floorMod(left.next(), bound) : 0;
  }

  default boolean oneIn(int chances) {
    return roll(chances) == chances - 1;
  }

  default <T> T pick(List<T> choices) {
    return choices.get(roll(choices.size()));
  }

  default Bytes bytes(int most) {
    byte[] bytes = new byte[roll(most + 1)];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) roll(256);
    }
    return Bytes.of(bytes);
  }
}
