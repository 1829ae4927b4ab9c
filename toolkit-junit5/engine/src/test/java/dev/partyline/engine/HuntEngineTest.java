package dev.partyline.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.platform.commons.JUnitException;
import org.junit.platform.engine.EngineDiscoveryRequest;
import org.junit.platform.engine.UniqueId;
import org.junit.platform.launcher.TestPlan;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/** The engine is there in each run of JUnit, and is nothing unless a property says so. */
class HuntEngineTest {
  private static final UniqueId ID = UniqueId.forEngine("partyline-hunt");

  private static LauncherDiscoveryRequestBuilder request(Map<String, String> parameters) {
    return LauncherDiscoveryRequestBuilder.request()
        .selectors(selectClass(ATest.class))
        .configurationParameters(parameters);
  }

  static class ATest {
    @Test
    void passes() {}
  }

  @Test
  void without_the_property_it_has_no_tests_and_jupiter_keeps_its_own() {
    assertThat(new HuntEngine().discover(request(Map.of()).build(), ID).getChildren()).isEmpty();
    TestPlan plan = LauncherFactory.create().discover(request(Map.of()).build());
    assertThat(plan.countTestIdentifiers(test -> test.isTest())).isEqualTo(1);
  }

  @Test
  void another_value_is_an_error() {
    EngineDiscoveryRequest request = request(Map.of("partyline.hunt", "wether")).build();
    assertThatThrownBy(() -> new HuntEngine().discover(request, ID))
        .isInstanceOf(JUnitException.class)
        .hasMessage("partyline.hunt (wether) must be 'weather'");
  }

  @Test
  void it_says_what_it_needs() {
    EngineDiscoveryRequest request = request(Map.of("partyline.hunt", "weather")).build();
    assertThatThrownBy(() -> new HuntEngine().discover(request, ID))
        .isInstanceOf(JUnitException.class)
        .hasMessageContaining("partyline-toolkit-junit5");
  }

  @Test
  void within_another_engine_it_has_no_tests() {
    EngineDiscoveryRequest request = request(Map.of("partyline.hunt", "weather")).build();
    UniqueId nested = UniqueId.forEngine("junit-platform-suite").append("engine", "partyline-hunt");
    assertThat(new HuntEngine().discover(request, nested).getChildren()).isEmpty();
  }
}
