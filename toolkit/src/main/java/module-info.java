/**
 * Listeners, clients and taps for tests of network code, and assertions on the bytes exchanged.
 *
 * <p>A test begins in {@link dev.partyline.loopback}: a {@link dev.partyline.loopback.Listener}
 * plays a {@link dev.partyline.script.Script} to the client under test, a {@link
 * dev.partyline.loopback.Client} to the server under test, and a {@link dev.partyline.loopback.Tap}
 * between both records what they send. {@link dev.partyline.assertions} has {@code assertThat} for
 * all three. From there:
 *
 * <ul>
 *   <li>{@link dev.partyline.script} is the language of scripts, {@link
 *       dev.partyline.script.player} plays one, {@link dev.partyline.script.transcript} prints a
 *       recording as one
 *   <li>{@link dev.partyline.replay} records a server once and replays it then, {@link
 *       dev.partyline.store} has recordings in files, those of Wireshark, tcpdump and browsers too
 *   <li>{@link dev.partyline.weather} has the faults that a tap injects, {@link
 *       dev.partyline.weather.spi} what a fault of your own is made of
 *   <li>{@link dev.partyline.hunt} has the conditions under which a test is run to find what fails
 *       only sometimes
 *   <li>{@link dev.partyline.tls} has certificates, wrong ones too, and what makes a client trust
 *       them
 *   <li>{@link dev.partyline.wire} has what was recorded, as values, and {@link dev.partyline.view}
 *       reads it as HTTP, WebSocket, Redis, DNS or TLS
 *   <li>{@link dev.partyline.report} writes what a test recorded as a page for a browser
 *   <li>{@link dev.partyline.ports} leases ports that nothing else takes
 *   <li>{@link dev.partyline.netstat} lists the sockets of the machine, {@link
 *       dev.partyline.filter} selects among them in the words of tcpdump
 * </ul>
 *
 * <p>The annotations for JUnit are in the module {@code dev.partyline.junit5}.
 */
// Testcontainers names no module: should it ever, only those who use Containers on a module path
// see.
//
// Nothing optional is transitive: of a module that requires this one, javac demands what is
// transitive even where it is static. JSpecify may be, since it comes with the toolkit.
@SuppressWarnings("requires-automatic")
module dev.partyline.toolkit {
  requires transitive org.assertj.core;
  requires static com.github.oshi;
  requires static io.netty.buffer;
  requires static io.netty.codec;
  requires static io.netty.codec.http2;
  requires static mockwebserver3;
  requires static transitive org.jspecify;
  requires static testcontainers;

  exports dev.partyline.assertions;
  exports dev.partyline.filter;
  exports dev.partyline.hunt;
  exports dev.partyline.loopback;
  exports dev.partyline.netstat;
  exports dev.partyline.ports;
  exports dev.partyline.replay;
  exports dev.partyline.report;
  exports dev.partyline.script;
  exports dev.partyline.script.player;
  exports dev.partyline.script.transcript;
  exports dev.partyline.store;
  exports dev.partyline.tls;
  exports dev.partyline.view;
  exports dev.partyline.view.dns;
  exports dev.partyline.view.http;
  exports dev.partyline.view.http2;
  exports dev.partyline.view.resp;
  exports dev.partyline.view.tls;
  exports dev.partyline.view.websocket;
  exports dev.partyline.weather;
  exports dev.partyline.weather.spi;
  exports dev.partyline.wire;

  uses dev.partyline.netstat.ConnectionProvider;
}
