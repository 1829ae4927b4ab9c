package dev.partyline.script;

import dev.partyline.wire.Side;
import org.jspecify.annotations.Nullable;

/** The first step of each side, in a part of a script, that needs an output which is still open. */
record Sending(@Nullable Step client, @Nullable Step server) {
  static final Sending NONE = new Sending(null, null);

  static Sending of(Step step) {
    if (step instanceof Step.StartTls) {
      return new Sending(step, step);
    }
    boolean sends =
        step instanceof Step.Line || step instanceof Step.Control control && !endsScript(control);
    if (!sends) {
      return NONE;
    }
    return step.side() == Side.CLIENT ? new Sending(step, null) : new Sending(null, step);
  }

  /** Whether the player of that side ends there, so that it is always possible. */
  static boolean endsScript(Step.Control control) {
    return control.kind() == Step.Control.Kind.RESET || control.kind() == Step.Control.Kind.CLOSE;
  }

  @Nullable Step first(Side side) {
    return side == Side.CLIENT ? client : server;
  }

  /** Returns these, or those of what comes after them. */
  Sending or(Sending later) {
    return new Sending(
        client == null ? later.client : client, server == null ? later.server : server);
  }
}
