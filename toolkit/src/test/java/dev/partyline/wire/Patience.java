package dev.partyline.wire;

import org.jspecify.annotations.Nullable;

/** Another patience than that of the suite, until it is closed. */
public final class Patience implements AutoCloseable {
  private static final String PROPERTY = "partyline.patience";

  private final @Nullable String previousValue = System.getProperty(PROPERTY);

  private Patience() {}

  /** Sets it: a factor, or {@code off}. */
  public static Patience of(String value) {
    Patience patience = new Patience();
    System.setProperty(PROPERTY, value);
    return patience;
  }

  /** Sets it to so little that a wait for what does not come is short. */
  public static Patience little() {
    return of("0.2");
  }

  @Override
  public void close() {
    if (previousValue == null) {
      System.clearProperty(PROPERTY);
    } else {
      System.setProperty(PROPERTY, previousValue);
    }
  }
}
