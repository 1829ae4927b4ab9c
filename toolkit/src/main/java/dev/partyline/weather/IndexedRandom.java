package dev.partyline.weather;

import dev.partyline.wire.Side;

/**
 * Random numbers by index: none depends on those drawn before, so that neither the load of the
 * machine nor another fault can change a decision.
 */
record IndexedRandom(long key) {
  private static final long GOLDEN_GAMMA = 0x9e3779b97f4a7c15L;
  private static final long VARIANT_GAMMA = 0xd1b54a32d192ed03L;

  static IndexedRandom of(long seed, String name, int occurrence) {
    long key = mix(seed);
    for (int i = 0; i < name.length(); i++) {
      key = mix(key + GOLDEN_GAMMA * (name.charAt(i) + 1));
    }
    return new IndexedRandom(mix(key + occurrence));
  }

  IndexedRandom forDirection(int connection, Side sender) {
    return new IndexedRandom(mix(mix(key + GOLDEN_GAMMA * connection) + sender.letter()));
  }

  double draw(long index, int variant) {
    return (mix(mix(key + GOLDEN_GAMMA * index) + VARIANT_GAMMA * variant) >>> 11) * 0x1p-53;
  }

  /** The finalizer of SplitMix64 (Steele, Lea and Flood 2014, variant 13 of Stafford). */
  private static long mix(long value) {
    long mixed = (value ^ (value >>> 30)) * 0xbf58476d1ce4e5b9L;
    mixed = (mixed ^ (mixed >>> 27)) * 0x94d049bb133111ebL;
    return mixed ^ (mixed >>> 31);
  }
}
