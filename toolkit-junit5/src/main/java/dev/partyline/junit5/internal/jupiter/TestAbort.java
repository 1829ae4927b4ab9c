package dev.partyline.junit5.internal.jupiter;

import org.opentest4j.TestAbortedException;

/** Tells a test that was aborted, as by an assumption, from one that has failed. */
public final class TestAbort {
  /** JUnit 4's, which Jupiter counts too; that of {@code org.junit} extends it. */
  private static final String JUNIT_4_TYPE = "org.junit.internal.AssumptionViolatedException";

  private TestAbort() {}

  /** Returns whether JUnit aborts a test that throws this. */
  public static boolean isAbort(Throwable thrown) {
    return thrown instanceof TestAbortedException || isOfJUnit4(thrown.getClass());
  }

  private static boolean isOfJUnit4(Class<?> type) {
    for (Class<?> each = type; each != null; each = each.getSuperclass()) {
      if (each.getName().equals(JUNIT_4_TYPE)) {
        return true;
      }
    }
    return false;
  }
}
