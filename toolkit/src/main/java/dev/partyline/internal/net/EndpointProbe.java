package dev.partyline.internal.net;

/**
 * Notices that an endpoint was reset while nothing is read from it, because its peer has sent a FIN
 * or its owner does not want to read. Everything happens on the loop.
 */
public final class EndpointProbe implements EventHandler {
  private final EventLoop loop;
  private final StreamEndpoint endpoint;
  private final Timer timer = new Timer(this);
  private final ProbeSchedule schedule = new ProbeSchedule();
  private boolean opened;

  public EndpointProbe(EventLoop loop, StreamEndpoint endpoint) {
    this.loop = loop;
    this.endpoint = endpoint;
  }

  /** Called when the endpoint is served by the loop. */
  public void onOpened() {
    opened = true;
    update();
  }

  /** Starts or ends, as needed; called whenever the endpoint begins or ceases to read. */
  public void update() {
    if (!isNeeded()) {
      schedule.stop();
    } else if (schedule.start(System.nanoTime())) {
      loop.schedule(timer, schedule.probeAtNanos());
    }
  }

  private boolean isNeeded() {
    // After both FINs a closed connection looks like one that was reset.
    return opened
        && !endpoint.canRead()
        && !endpoint.input().isReset()
        && endpoint.output() != OutputState.SHUT;
  }

  public void close() {
    opened = false;
    schedule.stop();
    loop.cancel(timer);
  }

  @Override
  public void onTimeout(long now) {
    update();
    if (schedule.probeAtNanos() == Timer.NEVER) {
      return;
    }
    schedule.advance(now);
    loop.schedule(timer, schedule.probeAtNanos());
    probe();
  }

  /** Finds out now, unless the loop is serving its channels, whether the endpoint was reset. */
  public void probe() {
    if (isNeeded()) {
      endpoint.setConnectInterest(true);
      loop.flushCancelledKeys();
      endpoint.setConnectInterest(false);
    }
  }

  @Override
  public void onReady(int readyOps) {
    throw new IllegalStateException("the endpoint itself has the channel: " + endpoint);
  }

  @Override
  public void onFailure(Throwable failure) {
    endpoint.onFailure(failure);
  }
}
