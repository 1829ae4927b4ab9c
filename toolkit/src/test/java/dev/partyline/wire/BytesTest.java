package dev.partyline.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.ReadOnlyBufferException;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class BytesTest {
  @Test
  void aCopyDoesNotChangeWithItsSource() {
    byte[] source = {1, 2, 3};
    Bytes bytes = Bytes.of(source);
    Bytes part = Bytes.copyOf(source, 1, 3);
    Bytes buffer = Bytes.copyOf(ByteBuffer.wrap(source));
    source[1] = 9;
    assertThat(bytes).isEqualTo(Bytes.of((byte) 1, (byte) 2, (byte) 3)).isEqualTo(buffer);
    assertThat(part).isEqualTo(Bytes.of((byte) 2, (byte) 3));
    bytes.toArray()[0] = 9;
    assertThat(bytes.byteAt(0)).isEqualTo((byte) 1);
  }

  @Test
  void aBufferIsReadWithoutMovingIt() {
    ByteBuffer buffer = ByteBuffer.wrap(new byte[] {1, 2, 3, 4}, 1, 2);
    assertThat(Bytes.copyOf(buffer)).isEqualTo(Bytes.of((byte) 2, (byte) 3));
    assertThat(buffer.position()).isEqualTo(1);
  }

  @Test
  void itsBufferCannotBeWrittenTo() {
    ByteBuffer buffer = Bytes.utf8("xabcx").slice(1, 4).toBuffer();
    assertThat(buffer.remaining()).isEqualTo(3);
    assertThatThrownBy(() -> buffer.put(0, (byte) 0)).isInstanceOf(ReadOnlyBufferException.class);
  }

  @Test
  void hexIsPairsWithSpacesBetween() {
    assertThat(Bytes.hex("0d 0A ff")).isEqualTo(Bytes.of((byte) 13, (byte) 10, (byte) 255));
    assertThat(Bytes.hex("")).isSameAs(Bytes.EMPTY);
    assertThatThrownBy(() -> Bytes.hex("0d0"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("hex (0d0) must be pairs of hexadecimal digits, such as 0d 0a");
  }

  @Test
  void slicesAreWithinTheirBounds() {
    Bytes bytes = Bytes.utf8("abcdef").slice(1, 5);
    assertThat(bytes.utf8()).isEqualTo("bcde");
    assertThat(bytes.slice(1, 3).utf8()).isEqualTo("cd");
    assertThat(bytes.slice(2, 2)).isSameAs(Bytes.EMPTY);
    assertThatThrownBy(() -> bytes.slice(0, 5))
        .isInstanceOf(IndexOutOfBoundsException.class)
        .hasMessage("slice (0..5) must be within 0..4");
    assertThatThrownBy(() -> bytes.byteAt(4)).hasMessage("offset (4) must be in 0..3");
    assertThatThrownBy(() -> bytes.byteAt(-1)).isInstanceOf(IndexOutOfBoundsException.class);
  }

  @Test
  void equalBytesAreEqualWhereverTheyLie() {
    Bytes slice = Bytes.utf8("xaby").slice(1, 3);
    assertThat(slice).isEqualTo(Bytes.utf8("ab")).hasSameHashCodeAs(Bytes.utf8("ab"));
    assertThat(slice).isNotEqualTo(Bytes.utf8("ac")).isNotEqualTo(Bytes.utf8("abc"));
  }

  @Test
  void findsAndComparesBytes() {
    Bytes bytes = Bytes.utf8("xabcabc").slice(1, 7);
    assertThat(bytes.indexOf(Bytes.utf8("bc"), 0)).isEqualTo(1);
    assertThat(bytes.indexOf(Bytes.utf8("bc"), 2)).isEqualTo(4);
    assertThat(bytes.indexOf(Bytes.utf8("bcx"), 0)).isEqualTo(-1);
    assertThat(bytes.indexOf(Bytes.EMPTY, 6)).isEqualTo(6);
    assertThat(bytes.startsWith(Bytes.utf8("abca"))).isTrue();
    assertThat(bytes.startsWith(Bytes.utf8("b"))).isFalse();
    assertThat(bytes.mismatch(Bytes.utf8("abX"))).isEqualTo(2);
    assertThat(bytes.mismatch(Bytes.utf8("abc"))).isEqualTo(3);
    assertThat(bytes.mismatch(Bytes.utf8("abcabc"))).isEqualTo(-1);
  }

  @Property
  void partsJoinToTheWhole(@ForAll byte[] one, @ForAll byte[] two, @ForAll byte[] three) {
    Bytes joined = Bytes.join(List.of(Bytes.of(one), Bytes.of(two), Bytes.of(three)));
    assertThat(joined).isEqualTo(Bytes.of(one).plus(Bytes.of(two)).plus(Bytes.of(three)));
    assertThat(joined.size()).isEqualTo(one.length + two.length + three.length);
    assertThat(joined.slice(one.length, one.length + two.length)).isEqualTo(Bytes.of(two));
  }

  @Test
  void aLongOneIsCutWhenItIsShown() {
    assertThat(Bytes.utf8("a\r\n\u0000\u00e9")).hasToString("a\\r\\n\\0\u00e9");
    assertThat(Bytes.utf8("a".repeat(81))).hasToString("a".repeat(80) + "… (81 bytes)");
  }
}
