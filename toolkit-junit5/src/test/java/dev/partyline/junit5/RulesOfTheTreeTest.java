package dev.partyline.junit5;

import dev.partyline.architecture.ArchitectureTest;
import dev.partyline.architecture.PublicApiTest;
import org.junit.jupiter.api.Nested;

/** Checks this library by the same rules as the toolkit. */
class RulesOfTheTreeTest {
  @Nested
  class Architecture extends ArchitectureTest {}

  @Nested
  class Api extends PublicApiTest {}
}
