package dev.partyline.tls;

import static org.assertj.core.api.Assertions.assertThat;

import dev.partyline.wire.Side;
import java.io.Serializable;
import java.lang.reflect.RecordComponent;
import java.security.Key;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.RSAPrivateCrtKey;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Keys stay in memory, and are never printed. */
class SecretsTest {
  private static final CertificateSpec STANDARD = CertificateSpec.standard();

  @Test
  void noKeyIsInAnyText() {
    TestAuthority authority = TestAuthority.ofJvm();
    for (KeyType keyType : KeyType.values()) {
      Identity identity = authority.identity(STANDARD.keyType(keyType));
      Tls tls = Tls.standard().certificate(STANDARD.keyType(keyType));
      Stream<Object> all =
          Stream.of(
              tls,
              tls.trust(),
              tls.trust().pem(),
              tls.trust().contextPresenting(STANDARD.keyType(keyType)),
              tls.engine(Side.SERVER, "localhost", 1),
              authority,
              identity,
              new SingleKeyManager(identity),
              STANDARD.keyType(keyType));
      assertThat(all.map(each -> each.toString().toLowerCase(Locale.ROOT)))
          .allSatisfy(text -> assertThat(text).doesNotContain(secrets(identity.key())));
    }
  }

  /** Returns the forms in which a key could be printed: encoded as hex, or as its numbers. */
  private static List<String> secrets(Key key) {
    String hex = HexFormat.of().formatHex(key.getEncoded());
    if (key instanceof ECPrivateKey ec) {
      return List.of(hex, ec.getS().toString(), ec.getS().toString(16));
    }
    return key instanceof RSAPrivateCrtKey rsa
        ? List.of(hex, rsa.getPrivateExponent().toString(), rsa.getPrimeP().toString())
        : List.of(hex);
  }

  @Test
  void nothingThatHoldsAKeyCanBeSerializedOrPrintsItsParts() {
    assertThat(
            List.of(
                Tls.class,
                Trust.class,
                TestAuthority.class,
                Identity.class,
                SingleKeyManager.class))
        .allMatch(type -> !Serializable.class.isAssignableFrom(type) && !type.isRecord());
    assertThat(List.of(TlsParameters.class, PeerCheck.class, CertificateWriter.Subject.class))
        .flatExtracting(type -> Arrays.asList(type.getRecordComponents()))
        .extracting(RecordComponent::getType)
        .isNotEmpty()
        .doesNotContain(KeyPair.class, Identity.class, PrivateKey.class);
  }
}
