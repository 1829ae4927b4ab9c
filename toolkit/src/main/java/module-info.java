/**
 * What a test needs to speak, listen in and interfere on a network connection, and to prove what
 * was said.
 */
module dev.partyline.toolkit {
  requires transitive org.assertj.core;
  requires static transitive org.jspecify;

  exports dev.partyline.assertions;
  exports dev.partyline.loopback;
  exports dev.partyline.script;
  exports dev.partyline.view;
  exports dev.partyline.weather;
  exports dev.partyline.wire;
}
