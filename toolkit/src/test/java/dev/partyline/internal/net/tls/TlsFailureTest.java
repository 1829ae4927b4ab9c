package dev.partyline.internal.net.tls;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.Test;

class TlsFailureTest {
  private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

  @Test
  void a_cause_is_described_by_its_message() {
    SSLException exception = new SSLException("no", new IllegalStateException("that is why"));
    assertThat(TlsFailure.describe(exception, NOTHING)).isEqualTo("no: that is why");
  }

  @Test
  void a_cause_without_a_message_is_described_by_its_class() {
    SSLException exception = new SSLException("no", new IllegalStateException());
    assertThat(TlsFailure.describe(exception, NOTHING))
        .isEqualTo("no: java.lang.IllegalStateException");
  }
}
