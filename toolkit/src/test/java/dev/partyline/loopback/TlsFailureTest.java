package dev.partyline.loopback;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.Test;

class TlsFailureTest {
  private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

  @Test
  void a_cause_is_told_by_what_it_says() {
    SSLException said = new SSLException("no", new IllegalStateException("that is why"));
    assertThat(TlsFailure.of(said, NOTHING)).isEqualTo("no: that is why");
  }

  @Test
  void a_cause_that_says_nothing_is_told_by_its_name() {
    SSLException silent = new SSLException("no", new IllegalStateException());
    assertThat(TlsFailure.of(silent, NOTHING)).isEqualTo("no: java.lang.IllegalStateException");
  }
}
