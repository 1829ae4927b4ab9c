/**
 * Annotations that give a JUnit test its listeners, clients, taps and ports.
 *
 * <p>All of them are in {@link dev.partyline.junit5}; what they give is described in the module
 * {@link dev.partyline.toolkit/ dev.partyline.toolkit}.
 */
// The digit tells the generation of JUnit, no version of ours: it will not change.
@SuppressWarnings({"module", "requires-automatic"})
module dev.partyline.junit5 {
  requires transitive dev.partyline.toolkit;
  requires transitive org.junit.jupiter.api;
  requires static mockwebserver3;
  requires static org.jspecify;
  requires static org.junit.jupiter.params;
  requires static org.junit.platform.engine;
  requires static testcontainers;

  exports dev.partyline.junit5;

  provides org.junit.jupiter.api.extension.Extension with
      dev.partyline.junit5.LeakExtension;
}
