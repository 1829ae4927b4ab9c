package dev.partyline.tls;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.junit.platform.launcher.LauncherSession;
import org.junit.platform.launcher.LauncherSessionListener;

/**
 * Makes a client before all tests, because the first one of a JVM leaves three unused sockets to
 * the garbage collector: where leaks are looked for, no test is to be blamed for them.
 */
public final class FirstApacheClient implements LauncherSessionListener {
  @Override
  public void launcherSessionOpened(LauncherSession session) {
    try {
      HttpClients.createDefault().close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
