package dev.partyline.weather;

import dev.partyline.internal.faults.ConnectImpairment;
import dev.partyline.weather.spi.Admission;
import dev.partyline.weather.spi.ConnectionDirection;
import dev.partyline.wire.Side;
import dev.partyline.wire.Transport;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The active faults of one tap, which can be injected and removed while traffic runs. Safe to use
 * from several threads.
 */
public final class FaultInjector {
  private final Object lock = new Object();
  private final long seed;
  private final @Nullable Transport transport;
  private final List<ActiveFault> allFaults = new ArrayList<>();
  private final Map<String, Integer> occurrences = new HashMap<>();
  private final Map<WeatherReport.SentStream, AtomicLong> passedBytes = new ConcurrentHashMap<>();
  private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
  private final Holds holds = new Holds();
  private volatile ActiveFaults activeFaults = new ActiveFaults(List.of());

  /**
   * Makes one with the faults of a weather. Whether they make sense on a transport is checked when
   * the first connection opens.
   */
  public FaultInjector(Weather weather) {
    this(null, weather);
  }

  /**
   * Makes one for a single transport.
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
   * Injects faults after those that are active already. They apply to open connections, too, and to
   * bytes that other faults hold.
   *
   * @return what removes them
   * @throws IllegalArgumentException if one makes no sense on the transport
   */
  public FaultGuard inject(Fault... faults) {
    List<ActiveFault> newFaults = activate(List.of(faults));
    notifyListeners();
    return () -> deactivate(newFaults);
  }

  private List<ActiveFault> activate(List<Fault> faults) {
    if (transport != null) {
      Weather.check(faults, transport);
    }
    synchronized (lock) {
      List<ActiveFault> newFaults = new ArrayList<>();
      for (Fault fault : faults) {
        int occurrence = occurrences.merge(fault.name(), 1, Integer::sum);
        ActiveFault activeFault =
            new ActiveFault(fault, IndexedRandom.of(seed, fault.name(), occurrence));
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

  /** Returns the active faults and the seed. */
  public Weather weather() {
    return Weather.of(activeFaults.faults().stream().map(ActiveFault::fault).toArray(Fault[]::new))
        .seed(seed);
  }

  /** Returns the seed of all random numbers. */
  public long seed() {
    return seed;
  }

  /**
   * Returns until when nothing is to listen, {@link Long#MAX_VALUE} for ever: see {@link
   * Fault#refuse()}. For one with a time, that starts with the first call.
   *
   * @param now what time it is, which is returned if something is to listen
   */
  public long refusesUntil(long now) {
    return activeFaults.faults().stream()
        .mapToLong(activeFault -> activeFault.refusesUntil(now))
        .reduce(now, Math::max);
  }

  /** Returns whether a fault lets what this side sends be read slowly. */
  public boolean hasSlowReader(Side sender) {
    return activeFaults.faults().stream()
        .map(ActiveFault::fault)
        .filter(fault -> fault.impairment().holdsSender())
        .map(fault -> fault.target().sender())
        .anyMatch(side -> side == null || side == sender);
  }

  /** Returns what happens to a client that was accepted. Call it once for each. */
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
        ? ConnectImpairment.IMMEDIATE
        : new Admission(reset, delay, String.join(", ", causes));
  }

  /**
   * Returns the pipeline for one direction of one connection. Call it once for each.
   *
   * @throws IllegalArgumentException if an active fault makes no sense on its transport
   */
  public FaultPipeline newPipeline(ConnectionDirection direction) {
    return newPipeline(direction, note -> {});
  }

  /**
   * {@link #newPipeline(ConnectionDirection)} that tells what a test holds and lets go.
   *
   * @param notes is called with words for it, before anything leaves by it
   */
  public FaultPipeline newPipeline(ConnectionDirection direction, Consumer<String> notes) {
    return new FaultPipeline(this, direction, new HoldGate(holds, direction, notes));
  }

  /** Returns what a test holds. */
  public Holds holds() {
    return holds;
  }

  /** Lets nothing more be held, and ends every wait for it: call it before the owner closes. */
  public void close(Object owner) {
    holds.close(owner);
  }

  /** Returns the count of the bytes that have left for the peer in one direction. */
  AtomicLong passedBytes(ConnectionDirection direction) {
    return passedBytes.computeIfAbsent(
        new WeatherReport.SentStream(direction.connection(), direction.sender()),
        stream -> new AtomicLong());
  }

  /** Adds a task to run whenever the faults change, on the thread that changes them. */
  public void onChange(Runnable listener) {
    listeners.add(listener);
  }

  /** Returns what the faults have done so far. */
  public WeatherReport report() {
    synchronized (lock) {
      return new WeatherReport(
          allFaults.stream().map(activeFault -> activeFault.hitCounter().snapshot()).toList(),
          passedBytes.entrySet().stream()
              .collect(
                  Collectors.toUnmodifiableMap(Map.Entry::getKey, each -> each.getValue().get())));
    }
  }

  /** Returns the text of the current weather, such as {@code seed 7; delay 50ms}. */
  @Override
  public String toString() {
    return weather().toString();
  }
}
