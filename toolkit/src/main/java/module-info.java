/**
 * What a test needs to be a peer on network connections, to record and disturb them, and to assert
 * what was sent.
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
  exports dev.partyline.loopback;
  exports dev.partyline.netstat;
  exports dev.partyline.ports;
  exports dev.partyline.script;
  exports dev.partyline.script.player;
  exports dev.partyline.script.transcript;
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
