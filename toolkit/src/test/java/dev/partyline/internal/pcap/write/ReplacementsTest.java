package dev.partyline.internal.pcap.write;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class ReplacementsTest {
  @Property(tries = 300)
  void eachPartOfAStreamIsReplacedAsTheWholeStreamWouldBe(
      @ForAll @Size(max = 60) boolean[] replaced, @ForAll @IntRange(min = 1, max = 20) int part) {
    byte[] after = new byte[replaced.length];
    Replacements replacements = new Replacements();
    for (int start = 0; start < replaced.length; start++) {
      int end = start;
      while (end < replaced.length && replaced[end]) {
        after[end] = (byte) (end + 1);
        end++;
      }
      if (start < end) {
        replacements.add(start, after, start, end);
        start = end;
      }
    }

    byte[] result = new byte[replaced.length];
    for (int offset = 0; offset < result.length; offset += part) {
      int length = Math.min(part, result.length - offset);
      byte[] read = new byte[length + 2];
      replacements.apply(offset, read, 1, length);
      System.arraycopy(read, 1, result, offset, length);
      assertThat(Arrays.asList(read[0], read[length + 1])).containsOnly((byte) 0);
    }
    assertThat(result).isEqualTo(after);
  }
}
