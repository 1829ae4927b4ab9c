package dev.partyline.internal.net.tls;

import dev.partyline.tls.CertificateFault;
import dev.partyline.tls.TlsFault;
import dev.partyline.wire.Side;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Whether TLS has failed at our end, why, and whether the test asked for it: by a {@link TlsFault}
 * or by a certificate that the peer is to refuse.
 */
public final class TlsOutcome {
  /** Why nothing can be sent after the close_notify of the peer, nor received after ours. */
  public static final String NO_HALF_CLOSE =
      "TLS 1.2 has no half close, so that a close_notify ends both directions (RFC 5246, 7.2.1)";

  /** Why nothing can be sent after a close_notify of TLS 1.3 that was not a half close. */
  public static final String BOTH_CLOSED =
      "the peer has closed both directions: it sent user_canceled before its close_notify, as"
          + " SSLSocket.close() does";

  private final Side own;
  private final @Nullable TlsFault fault;
  private final Consumer<String> onFault;
  private FaultEffect effect = FaultEffect.NONE;
  private Optional<CertificateFault> certificateFault = Optional.empty();
  private boolean expected;
  private @Nullable String failure;

  /** Whether the fault has had an effect. */
  private enum FaultEffect {
    NONE,
    SHOWN
  }

  /**
   * Makes one.
   *
   * @param onFault is called with words when a fault has an effect by which TLS does not fail here
   */
  TlsOutcome(Side own, @Nullable TlsFault fault, Consumer<String> onFault) {
    this.own = own;
    this.fault = fault;
    this.onFault = onFault;
  }

  /** Returns what the test has asked for, null for nothing. */
  @Nullable TlsFault fault() {
    return fault;
  }

  /** Returns what the fault did in words, empty as long as it has done nothing. */
  public String faultText() {
    return effect == FaultEffect.NONE ? "" : "the " + own + " failed on purpose by " + fault;
  }

  /** Called when our certificate was sent, with what is wrong with it for this peer. */
  void onCertificateSent(Optional<CertificateFault> wrong) {
    certificateFault = wrong;
  }

  /** Returns what is wrong with our certificate for this peer. */
  public Optional<CertificateFault> certificateFault() {
    return certificateFault;
  }

  boolean hasFailed() {
    return failure != null;
  }

  /** Returns why TLS has failed, null if it has not. */
  public @Nullable String failure() {
    return failure;
  }

  /** Returns whether the test asked for the failure. */
  public boolean isExpected() {
    return expected;
  }

  /** Returns how many bytes may be sent before the fault ends the connection. */
  long allowedBytes() {
    return fault instanceof TlsFault.CloseAfter cut ? cut.bytes() : Long.MAX_VALUE;
  }

  /** Fails if the handshake is done before the fault could end it; returns whether it has. */
  boolean failWithoutCut() {
    if (fault instanceof TlsFault.CloseAfter) {
      fail(fault + " did not take effect: the handshake takes fewer bytes of the " + own);
    }
    return hasFailed();
  }

  /** Called when the handshake does not go on because of the fault. */
  void onStall() {
    expected = true;
    showFault();
  }

  /** Returns whether TLS ends without a close_notify because of the fault. */
  boolean omitsCloseNotify() {
    boolean omitted = fault instanceof TlsFault.NoCloseNotify;
    if (omitted) {
      showFault();
    }
    return omitted;
  }

  private void showFault() {
    if (effect == FaultEffect.NONE) {
      effect = FaultEffect.SHOWN;
      onFault.accept(faultText());
    }
  }

  /** Fails because of the fault. */
  void failOnPurpose() {
    if (!hasFailed()) {
      effect = FaultEffect.SHOWN;
      expected = true;
      failure = faultText();
    }
  }

  /**
   * Fails by an error of the engine.
   *
   * @param alert the alert of the peer, by which it may refuse our certificate; null for none
   */
  void fail(@Nullable String alert, String reason) {
    expected |=
        certificateFault.stream()
            .flatMap(wrong -> wrong.refusals().stream())
            .anyMatch(each -> each.toString().equals(alert));
    fail(alert == null ? reason : "the peer sent the alert " + alert);
  }

  /**
   * Fails because the peer has ended the connection during the handshake: java.net.http refuses a
   * certificate like this, without an alert.
   *
   * @param verb what it did to the connection: closed or reset
   */
  public void failByEnd(String verb) {
    expected |= own == Side.SERVER && certificateFault.isPresent();
    fail("the " + own.peer() + " " + verb + " the connection in the middle of the handshake");
  }

  void fail(String reason) {
    String fullReason = effect == FaultEffect.NONE ? reason : reason + "; " + faultText();
    failure = failure == null ? fullReason : failure;
  }
}
