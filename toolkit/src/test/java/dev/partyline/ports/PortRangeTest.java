package dev.partyline.ports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.partyline.wire.LoopbackException;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PortRangeTest {
  private static final String USUAL = "32768\t60999\n";

  @Test
  void it_goes_from_20000_to_29999() {
    assertThat(PortRange.of(null, USUAL, "\n")).hasToString("20000..29999");
  }

  @Test
  void a_system_without_these_files_has_the_same_range() {
    assertThat(PortRange.of(null, null, null)).hasToString("20000..29999");
  }

  @Test
  void it_ends_below_the_ports_of_the_kernel() {
    PortRange range = PortRange.of(null, "25000\t60999\n", null);
    assertThat(range).hasToString("20000..24999");
    assertThat(range.contains(24_999, 1)).isTrue();
    assertThat(range.contains(24_999, 2)).isFalse();
    assertThat(range.contains(25_000, 1)).isFalse();
  }

  @Test
  void it_leaves_out_what_is_reserved() {
    PortRange range = PortRange.of(null, USUAL, "8080,20005,20010-20012,29999,40000-50000\n");
    assertThat(range).hasToString("20000..29999 (5 reserved)");
    assertThat(range.contains(20_005, 1)).isFalse();
    assertThat(range.contains(20_006, 4)).isTrue();
    assertThat(range.contains(20_006, 5)).isFalse();
    assertThat(range.contains(20_012, 1)).isFalse();
    assertThat(range.contains(29_998, 2)).isFalse();
  }

  @Test
  void it_is_what_the_property_says_even_among_the_ports_of_the_kernel() {
    assertThat(PortRange.of("40000-40009", USUAL, "40001"))
        .hasToString("40000..40009 (1 reserved)");
    assertThat(PortRange.of(" 4000 ", USUAL, null)).hasToString("4000..4000");
  }

  @Property
  void each_port_of_it_is_below_the_floor_and_not_reserved(
      @ForAll @IntRange(min = 21_000, max = 65_535) int floor,
      @ForAll @IntRange(min = 0, max = 65_535) int reserved,
      @ForAll @IntRange(min = 1_024, max = 65_535) int port) {
    PortRange range = PortRange.of(null, floor + "\t65535\n", reserved + "\n");
    boolean usable = port >= 20_000 && port < Math.min(floor, 30_000) && port != reserved;
    assertThat(range.contains(port, 1)).isEqualTo(usable);
  }

  @ParameterizedTest
  @CsvSource({
    "1024 19999, 20000..29999",
    "15000 25000, 25001..29999",
    "20001 60999, 10000..19999",
    "15000 65535, 10000..14999",
    "10000 60999, 61000..65535",
    "1024 60999, 61000..65535"
  })
  void it_is_elsewhere_where_the_kernel_serves_most_of_it(String served, String range) {
    assertThat(PortRange.of(null, served, null)).hasToString(range);
  }

  @Test
  void where_the_kernel_serves_all_ports_it_leases_some_that_the_kernel_does_not_serve_then() {
    PortRange range = PortRange.of(null, "1024\t65535\n", null);
    assertThat(range).hasToString("20000..29999");
    reserve(range);
  }

  @Test
  void a_completely_reserved_range_has_none_left() {
    assertThatThrownBy(() -> reserve(PortRange.of("15000-15009", USUAL, "14000-16000")))
        .isInstanceOf(LoopbackException.class)
        .hasMessageStartingWith("cannot lease a port: none left in 15000..15009 (10 reserved);");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "x", "2000-1999", "80-90", "1024-65536", "-5", "2000..2001"})
  void a_property_that_is_not_a_range_is_named(String text) {
    assertThatThrownBy(() -> reserve(PortRange.of(text, USUAL, null)))
        .isInstanceOf(LoopbackException.class)
        .hasMessage(
            "cannot lease a port: -Dpartyline.ports (%s) must be the first and the last of some"
                + " ports in 1024..65535, such as 15000-19999",
            text);
  }

  @Test
  void a_file_that_makes_no_sense_is_named() {
    assertThatThrownBy(() -> reserve(PortRange.of(null, "many", null)))
        .hasMessageStartingWith("cannot lease a port: ip_local_port_range (many) must be");
    assertThatThrownBy(() -> reserve(PortRange.of(null, USUAL, "1,2-")))
        .hasMessageStartingWith("cannot lease a port: ip_local_reserved_ports (2-) must be");
  }

  private static void reserve(PortRange range) {
    new PortAllocator(
            new PortMechanism(true, "the test wants it"), range, bound -> 0, new LeaseRegistry())
        .reserve(1)
        .close();
  }
}
