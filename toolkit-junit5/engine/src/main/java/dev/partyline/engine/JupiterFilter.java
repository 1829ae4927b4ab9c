package dev.partyline.engine;

import org.junit.platform.engine.FilterResult;
import org.junit.platform.engine.TestDescriptor;
import org.junit.platform.engine.UniqueId;
import org.junit.platform.launcher.PostDiscoveryFilter;

/** Takes its tests from Jupiter if the engine of the hunt has them, so that no test runs twice. */
public final class JupiterFilter implements PostDiscoveryFilter {
  /** JUnit asks all engines for their tests and then the filters, on one thread. */
  private static final ThreadLocal<Boolean> HUNTING = ThreadLocal.withInitial(() -> false);

  /** Makes a filter; for JUnit. */
  public JupiterFilter() {}

  /** Notes whether the engine of the hunt has found the tests of Jupiter on this thread. */
  static void setHunting(boolean hunting) {
    if (hunting) {
      HUNTING.set(true);
    } else {
      HUNTING.remove();
    }
  }

  @Override
  public FilterResult apply(TestDescriptor test) {
    return FilterResult.includedIf(!HUNTING.get() || !isOfJupiter(test.getUniqueId()));
  }

  private static boolean isOfJupiter(UniqueId id) {
    return id.getSegments().get(0).getValue().equals("junit-jupiter");
  }
}
