package dev.partyline.loopback;

import dev.partyline.script.Action;
import dev.partyline.script.Player;
import dev.partyline.wire.Bytes;
import dev.partyline.wire.Recorder;
import java.nio.ByteBuffer;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Has a {@link Player} speak: tells it what happened, and does what it asks for. */
final class ScriptHandler implements EndpointOwner {
  /** A script may repeat for ever. */
  private static final int MOST_ACTIONS = 1_000;

  private final Player player;
  private final Endpoint link;
  private final Recorder recorder;
  private final long deadline;
  private long waiting;
  private long waitingSince;
  private boolean pumping;
  private boolean more;
  private boolean stalled;
  private boolean peerFinished;

  ScriptHandler(Player player, Endpoint link, Recorder recorder, long deadline) {
    this.player = player;
    this.link = link;
    this.recorder = recorder;
    this.deadline = deadline;
  }

  @Override
  public void opened() {
    beBusy();
    pump();
  }

  /** A peer that does not let our side go on is waited for from now on. */
  private void beBusy() {
    waiting = link.unsent();
    waitingSince = System.nanoTime();
  }

  @Override
  public void secured() {
    player.secured();
    pump();
  }

  @Override
  public void handshakeFailed(String why, boolean asked) {
    player.handshakeFailed(why, asked);
    pump();
  }

  @Override
  public void received(ByteBuffer bytes) {
    if (!stalled) {
      player.received(bytes);
      pump();
    }
  }

  @Override
  public void peerFinished() {
    peerFinished = true;
    player.peerFinished();
    pump();
  }

  @Override
  public void peerReset() {
    player.peerReset();
    pump();
  }

  @Override
  public void refused(String why) {
    player.refused(why);
    pump();
  }

  @Override
  public void flushed() {
    pump();
  }

  @Override
  public void woken() {
    if (link.isBusy() && isStuck()) {
      if (link.isHandshaking()) {
        String time = Addresses.time(Duration.ofNanos(deadline));
        player.handshakeFailed(
            "the two sides did not agree on TLS within " + time, link.isFailingAsAsked());
      } else {
        player.unanswered("the peer does not take what was said: " + link.unsent() + " bytes wait");
      }
      link.reset();
    }
    pump();
  }

  /** Returns whether the peer has not taken a byte for the whole deadline. */
  private boolean isStuck() {
    long now = System.nanoTime();
    if (link.unsent() != waiting) {
      waiting = link.unsent();
      waitingSince = now;
    }
    return now - waitingSince >= deadline;
  }

  @Override
  public void stopped() {
    player.stopped();
    recorder.signal();
  }

  /** Does all that the player asks for, until something has to happen first. */
  void pump() {
    if (pumping) {
      return;
    }
    pumping = true;
    try {
      int left = MOST_ACTIONS;
      for (Action action = next(); action != null; action = --left > 0 ? next() : null) {
        perform(action);
      }
      more = left == 0;
    } finally {
      pumping = false;
    }
    if (link.isOpen()) {
      rest();
    } else {
      conclude(player);
    }
    recorder.signal();
  }

  /** Has a player that has no connection any more come to its end; what it says, nobody hears. */
  static void conclude(Player player) {
    for (int i = 0; i < MOST_ACTIONS && player.next(System.nanoTime()) != null; i++) {}
  }

  private @Nullable Action next() {
    return link.isOpen() && !link.isBusy() ? player.next(System.nanoTime()) : null;
  }

  private void perform(Action action) {
    if (action instanceof Action.Say say) {
      link.say(say.bytes());
      if (link.isBusy()) {
        beBusy();
      }
    } else if (action instanceof Action.Finish) {
      link.finish();
    } else if (action instanceof Action.Close) {
      link.close();
    } else if (action instanceof Action.Reset) {
      link.reset();
    } else if (action instanceof Action.Stall) {
      stalled = true;
    } else {
      beBusy();
      link.startTls(null, Bytes.EMPTY);
    }
  }

  private void rest() {
    link.wakeAt(wakeAt());
    link.sparingly(player.isBeforeTls());
    link.reading(!stalled && player.hasRoom());
    // Nobody will say anything any more; between the two FINs only the script could.
    if (peerFinished && !link.isBusy() && hasEnded()) {
      link.close();
    }
  }

  private long wakeAt() {
    if (link.isBusy()) {
      return waitingSince + deadline;
    }
    // Whoever has a lot to say must let the others have the loop now and then.
    return more ? System.nanoTime() : player.wakeAt();
  }

  private boolean hasEnded() {
    return player.performance(link.track.number()).ending().isPresent();
  }
}
