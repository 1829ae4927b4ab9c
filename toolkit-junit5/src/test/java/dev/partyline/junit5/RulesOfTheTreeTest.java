package dev.partyline.junit5;

import dev.partyline.architecture.ArchitectureTest;
import dev.partyline.architecture.PublicApiTest;
import org.junit.jupiter.api.Nested;

/** Holds this library to the rules that the toolkit keeps. */
class RulesOfTheTreeTest {
  @Nested
  class Architecture extends ArchitectureTest {}

  @Nested
  class Api extends PublicApiTest {}
}
