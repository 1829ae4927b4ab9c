package dev.partyline.wire;

import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** For tests with a clock of their own: its times are those of the script, however slow we are. */
public final class PatienceOfOne implements BeforeEachCallback, AfterEachCallback {
  private static final ExtensionContext.Namespace NAMESPACE =
      ExtensionContext.Namespace.create(PatienceOfOne.class);

  @Override
  public void beforeEach(ExtensionContext context) {
    context.getStore(NAMESPACE).put(context.getUniqueId(), Patience.of("1"));
  }

  @Override
  public void afterEach(ExtensionContext context) {
    Patience patience = context.getStore(NAMESPACE).remove(context.getUniqueId(), Patience.class);
    patience.close();
  }
}
