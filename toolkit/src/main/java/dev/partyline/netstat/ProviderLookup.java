package dev.partyline.netstat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Finds what can list the sockets of this system. */
final class ProviderLookup {
  private static final String OSHI_CLASS = "oshi.SystemInfo";

  private ProviderLookup() {}

  /**
   * Reads /proc, or else uses the first provider that supports the system, services before OSHI.
   */
  static ConnectionTable snapshot(
      Path proc,
      Iterable<ConnectionProvider> services,
      Supplier<Optional<ConnectionProvider>> oshiLookup) {
    if (ProcNet.isAvailable(proc)) {
      return ProcNet.snapshot(proc);
    }
    List<String> systems = new ArrayList<>(List.of("Linux with a readable " + proc));
    List<ConnectionProvider> providers = new ArrayList<>();
    services.forEach(providers::add);
    Optional<ConnectionProvider> oshi = oshiLookup.get();
    oshi.ifPresent(providers::add);
    for (ConnectionProvider provider : providers) {
      if (provider.isSupported()) {
        return new ConnectionTable(provider.rows(), provider.limitations());
      }
      systems.add(provider.systems());
    }
    throw new UnsupportedOperationException(
        "cannot list the sockets of this system ("
            + System.getProperty("os.name")
            + "): supported are "
            + String.join(", ", systems)
            + (oshi.isEmpty()
                ? "; macOS and Windows are with com.github.oshi:oshi-core on the class path, which"
                    + " is not there, and others"
                : "; others are")
            + " with a ConnectionProvider on it");
  }

  /** Returns OSHI if it is on the class path. */
  static Optional<ConnectionProvider> oshi() {
    try {
      Class.forName(OSHI_CLASS, false, ProviderLookup.class.getClassLoader());
    } catch (ClassNotFoundException | LinkageError e) {
      return Optional.empty();
    }
    return Optional.of(new OshiProvider(System.getProperty("os.name", "")));
  }
}
