package dev.partyline.weather;

import dev.partyline.internal.faults.Refuse;
import dev.partyline.weather.spi.Admission;
import dev.partyline.weather.spi.ConnectionDirection;
import dev.partyline.wire.Side;
import dev.partyline.wire.Transport;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/**
 * The weather of one running tap: faults are put up and taken down while traffic runs. Safe to use
 * from several threads.
 */
public final class FaultInjector {
  private final Object lock = new Object();
  private final long seed;
  private final @Nullable Transport transport;
  private final List<ActiveFault> allFaults = new ArrayList<>();
  private final Map<String, Integer> occurrences = new HashMap<>();
  private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
  private volatile ActiveFaults activeFaults = new ActiveFaults(List.of());

  /**
   * A sky with this weather from the start. Whether its faults make sense on a transport is found
   * out when the first connection comes.
   */
  public FaultInjector(Weather weather) {
    this(null, weather);
  }

  /**
   * A sky over one transport.
   *
   * @throws IllegalArgumentException if a fault makes no sense there; it says what to use instead
   */
  public FaultInjector(Weather weather, Transport transport) {
    this(transport, weather);
  }

  private FaultInjector(@Nullable Transport transport, Weather weather) {
    this.transport = transport;
    this.seed = weather.seed();
    activate(weather.faults());
  }

  /**
   * Puts faults up, behind those that are up already. They concern connections that are open, too;
   * what is held back by others meets them when it goes on.
   *
   * @return what takes them down
   * @throws IllegalArgumentException if one makes no sense on the transport
   */
  public Guard inject(Fault... faults) {
    List<ActiveFault> newFaults = activate(List.of(faults));
    notifyListeners();
    return () -> deactivate(newFaults);
  }

  private List<ActiveFault> activate(List<Fault> faults) {
    if (transport != null) {
      faults.forEach(fault -> fault.check(transport));
    }
    synchronized (lock) {
      List<ActiveFault> newFaults = new ArrayList<>();
      for (Fault fault : faults) {
        int occurrence = occurrences.merge(fault.name(), 1, Integer::sum);
        ActiveFault activeFault =
            new ActiveFault(fault, IndexedRandom.of(seed, fault.name(), occurrence));
        if (fault.impairment() instanceof Refuse) {
          // Nobody can count those who find nobody listening.
          activeFault
              .hitCounter()
              .add(
                  new ConnectionDirection(0, Side.CLIENT, Transport.TCP, "", "", 0),
                  -1,
                  "that called");
        }
        newFaults.add(activeFault);
      }
      allFaults.addAll(newFaults);
      activeFaults = activeFaults.with(newFaults);
      return newFaults;
    }
  }

  private void deactivate(List<ActiveFault> faults) {
    synchronized (lock) {
      ActiveFaults remaining = activeFaults.without(faults);
      if (remaining.faults().size() == activeFaults.faults().size()) {
        return;
      }
      activeFaults = remaining;
    }
    notifyListeners();
  }

  private void notifyListeners() {
    listeners.forEach(Runnable::run);
  }

  ActiveFaults activeFaults() {
    return activeFaults;
  }

  /** Returns the weather as it is now. */
  public Weather weather() {
    return Weather.of(activeFaults.faults().stream().map(ActiveFault::fault).toArray(Fault[]::new))
        .seed(seed);
  }

  /** Returns the seed of all random choices. */
  public long seed() {
    return seed;
  }

  /** Returns whether nobody is to listen: see {@link Fault#refuse()}. */
  public boolean isRefusing() {
    return activeFaults.faults().stream()
        .anyMatch(activeFault -> activeFault.fault().impairment() instanceof Refuse);
  }

  /** Returns what becomes of a client that was accepted; to be asked once for each. */
  public Admission admit(ConnectionDirection client) {
    boolean reset = false;
    long delay = 0;
    List<String> causes = new ArrayList<>();
    for (ActiveFault activeFault : activeFaults.faults()) {
      Admission admission = activeFault.admit(client);
      reset |= admission.reset();
      delay += admission.delayNanos();
      if (!admission.cause().isEmpty()) {
        causes.add(admission.cause());
      }
    }
    return causes.isEmpty()
        ? Admission.IMMEDIATE
        : new Admission(reset, delay, String.join(", ", causes));
  }

  /**
   * Returns the lane for one direction of one connection; to be asked once for each.
   *
   * @throws IllegalArgumentException if a fault that is up makes no sense on its transport
   */
  public FaultPipeline newPipeline(ConnectionDirection direction) {
    return new FaultPipeline(this, direction);
  }

  /** Has a task run whenever the weather changes, on the thread that changes it. */
  public void onChange(Runnable listener) {
    listeners.add(listener);
  }

  /** Returns what the faults have done so far. */
  public Report report() {
    synchronized (lock) {
      return new Report(
          allFaults.stream().map(activeFault -> activeFault.hitCounter().snapshot()).toList());
    }
  }

  /** Returns the weather of this moment, such as {@code seed 7; delay 50ms}. */
  @Override
  public String toString() {
    return weather().toString();
  }
}
