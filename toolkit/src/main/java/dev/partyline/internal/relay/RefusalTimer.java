package dev.partyline.internal.relay;

import dev.partyline.internal.net.BackgroundFailures;
import dev.partyline.internal.net.EventHandler;
import dev.partyline.internal.net.EventLoop;
import dev.partyline.internal.net.Timer;
import dev.partyline.weather.FaultInjector;
import dev.partyline.wire.Ticker;

/** Tells a tap whether it refuses connects, and when that ends. */
final class RefusalTimer implements EventHandler {
  private final EventLoop loop;
  private final FaultInjector injector;
  private final TapSocket socket;
  private final BackgroundFailures failures;
  private final Timer timer = new Timer(this);
  private volatile boolean scheduled;

  RefusalTimer(
      EventLoop loop, FaultInjector injector, TapSocket socket, BackgroundFailures failures) {
    this.loop = loop;
    this.injector = injector;
    this.socket = socket;
    this.failures = failures;
  }

  /**
   * Returns whether connects are refused now; when that ends, the socket is updated. On the loop.
   */
  boolean isRefusing() {
    long now = Ticker.SYSTEM.nanos();
    long endNanos = injector.refusesUntil(now);
    if (endNanos > now && endNanos != Timer.NEVER) {
      scheduled = true;
      loop.schedule(timer, endNanos);
    }
    return endNanos > now;
  }

  void cancel() {
    if (scheduled) {
      loop.call(this, () -> loop.cancel(timer));
    }
  }

  @Override
  public void onTimeout(long now) {
    socket.updateRefusal();
  }

  @Override
  public void onReady(int readyOps) {
    throw new IllegalStateException("a timer has no channel");
  }

  @Override
  public void onFailure(Throwable failure) {
    failures.add(socket + " could not end a refusal", failure);
  }
}
