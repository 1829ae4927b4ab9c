/**
 * What a test needs to speak, listen in and interfere on a network connection, and to prove what
 * was said.
 */
// Testcontainers names no module: should it ever, only those who use Containers on a module path
// see.
@SuppressWarnings({"requires-automatic", "requires-transitive-automatic"})
module dev.partyline.toolkit {
  requires transitive org.assertj.core;
  requires static com.github.oshi;
  requires static io.netty.buffer;
  requires static io.netty.codec;
  requires static io.netty.codec.http2;
  requires static transitive mockwebserver3;
  requires static transitive org.jspecify;
  requires static transitive testcontainers;

  exports dev.partyline.assertions;
  exports dev.partyline.filter;
  exports dev.partyline.loopback;
  exports dev.partyline.script;
  exports dev.partyline.tls;
  exports dev.partyline.view;
  exports dev.partyline.watch;
  exports dev.partyline.weather;
  exports dev.partyline.wire;

  uses dev.partyline.watch.ConnectionProvider;
}
