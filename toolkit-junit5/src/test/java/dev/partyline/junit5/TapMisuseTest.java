package dev.partyline.junit5;

import static org.assertj.core.api.Assertions.assertThat;

import dev.partyline.loopback.Listener;
import dev.partyline.loopback.Tap;
import dev.partyline.weather.Weather;
import dev.partyline.wire.Transport;
import java.net.ServerSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;

/** Every misuse of a tap has an error that names the element and the rule. */
class TapMisuseTest {

  private static void assertRejected(Class<?> test, String... words) {
    Throwable failure = TestRun.of(test).failure();
    while (!(failure instanceof ExtensionConfigurationException) && failure.getCause() != null) {
      failure = failure.getCause();
    }
    assertThat(failure).hasMessageContainingAll(words);
  }

  @Test
  void aTapIsATap() {
    assertRejected(
        NoTap.class, "@Tapped parameter [x] must be of type Tap, but is java.lang.String");
  }

  static class NoTap {
    @Test
    void test(@Tapped(to = "127.0.0.1:1") String x) {}
  }

  @Test
  void aParameterHasItsNameFromTheCompiler() {
    assertRejected(
        NoNames.class,
        "@Tapped parameter [arg1] has to = \"server\", but NoNames has no field and no method",
        "javac -parameters");
  }

  static class NoNames {
    @Test
    void test(@ScriptedListener("S: hello") Listener arg0, @Tapped(to = "server") Tap arg1) {}
  }

  @Test
  void theServerIsThere() {
    assertRejected(
        NoServer.class, "@Tapped field [x] has to = \"server\", but it is null at this time");
  }

  static class NoServer {
    Listener server;

    @Tapped(to = "server")
    Tap x;

    @Test
    void test() {}
  }

  @Test
  void aMethodThatFailsIsNamed() {
    assertRejected(
        NoServerYet.class,
        "@Tapped field [x] has to = \"port\", but the method failed: java.lang.NullPointerException",
        "annotated fields are set before @BeforeEach methods run");
  }

  static class NoServerYet {
    ServerSocket server;

    int port() {
      return server.getLocalPort();
    }

    @Tapped(to = "port")
    Tap x;

    @Test
    void test() {}
  }

  @Test
  void twoTapsAreNotInFrontOfEachOther() {
    assertRejected(
        InACircle.class,
        "@Tapped field [x] is in a circle of taps: x is to y is to x; one of them must be to a server");
    assertRejected(ToItself.class, "@Tapped field [x] is in a circle of taps: x is to x; one");
  }

  static class InACircle {
    @Tapped(to = "y")
    Tap x;

    @Tapped(to = "x")
    Tap y;

    @Test
    void test() {}
  }

  static class ToItself {
    @Tapped(to = "x")
    Tap x;

    @Test
    void test() {}
  }

  @Test
  void thereIsOneTransport() {
    assertRejected(
        TwoTransports.class, "@Tapped parameter [x] must have one transport at most, but has 2");
  }

  static class TwoTransports {
    @Test
    void test(
        @Tapped(
                to = "127.0.0.1:1",
                transport = {Transport.TCP, Transport.UDP})
            Tap x) {}
  }

  @Test
  void whatIsKeptIsNotNegative() {
    assertRejected(Negative.class, "has keepTail = -2, which must not be negative");
  }

  static class Negative {
    @Test
    void test(@Tapped(to = "127.0.0.1:1", keepTail = -2) Tap x) {}
  }

  @Test
  void weatherIsWeather() {
    assertRejected(
        NoWeather.class, "@Tapped parameter [x] has weather = \"sunny\", but fault (sunny): ");
    assertRejected(
        NoInWeather.class, "@InWeather method [test] has value = \"sunny\", but fault (sunny): ");
    assertRejected(OfDatagrams.class, "@Tapped parameter [x]: fault (loss 1%) cannot act on TCP: ");
  }

  static class NoWeather {
    @Test
    void test(@Tapped(to = "127.0.0.1:1", weather = "sunny") Tap x) {}
  }

  static class NoInWeather {
    @Test
    @InWeather("sunny")
    void test(@Tapped(to = "127.0.0.1:1") Tap x) {}
  }

  static class OfDatagrams {
    @Test
    @InWeather("loss 1%")
    void test(@Tapped(to = "127.0.0.1:1") Tap x) {}
  }

  @Test
  void weatherIsGivenInOneWay() {
    assertRejected(Neither.class, "@InWeather method [test] must have one of value and from");
    assertRejected(Both.class, "but has both");
    assertRejected(
        FromAString.class, "has from = \"rain\", but it must give a Weather, and gives java");
  }

  static class Neither {
    @Test
    @InWeather
    void test(@Tapped(to = "127.0.0.1:1") Tap x) {}
  }

  static class Both {
    static final Weather rain = Weather.clear();

    @Test
    @InWeather(value = "stall", from = "rain")
    void test(@Tapped(to = "127.0.0.1:1") Tap x) {}
  }

  static class FromAString {
    static final String rain = "stall";

    @Test
    @InWeather(from = "rain")
    void test(@Tapped(to = "127.0.0.1:1") Tap x) {}
  }

  @Test
  void weatherBesideATapIsForThatTap() {
    assertRejected(
        OfAnother.class, "@InWeather parameter [x] must not have taps: it is for this one");
    assertRejected(Alone.class, "@InWeather field [x] must stand beside @Tapped");
  }

  static class OfAnother {
    @Test
    void test(@InWeather(value = "stall", taps = "y") @Tapped(to = "127.0.0.1:1") Tap x) {}
  }

  static class Alone {
    @InWeather("stall")
    Tap x;

    @Test
    void test() {}
  }

  @Test
  void aTapThatIsRunningKeepsItsSeed() {
    assertRejected(
        OtherSeed.class,
        "@InWeather method [test] has the seed 7, but @Tapped field [x] is running already, with"
            + " the seed 3: set it on the tap");
  }

  static class OtherSeed {
    @Tapped(to = "127.0.0.1:1", seed = 3, mustBeUsed = false)
    static Tap x;

    @Test
    @InWeather("seed 7; stall")
    void test() {}
  }

  @Test
  void aTemplateIsANameAndAValueOfKnownPlaces() {
    assertRejected(NoName.class, "has systemProperty = \"${port}\", which must be name=value");
    assertRejected(
        NoPlace.class,
        "has environment = \"A=${prt}\" with the unknown placeholder ${prt};"
            + " known are ${host}, ${port}, ${address}");
  }

  static class NoName {
    @Test
    void test(@Tapped(to = "127.0.0.1:1", systemProperty = "${port}") Tap x) {}
  }

  static class NoPlace {
    @Test
    void test(@Tapped(to = "127.0.0.1:1", environment = "A=${prt}") Tap x) {}
  }

  @Test
  void onePropertyIsNotForTwoAtTheSameTime() {
    assertRejected(
        OneProperty.class,
        "@Tapped field [",
        "sets the system property partyline.test.p, which @Tapped field [",
        "of OneProperty sets at the same time; such tests must exclude one another by"
            + " @ResourceLock(\"partyline.test.p\")");
    assertThat(System.getProperty("partyline.test.p")).isNull();
  }

  static class OneProperty {
    @Tapped(to = "127.0.0.1:1", systemProperty = "partyline.test.p=${port}")
    Tap x;

    @Tapped(to = "127.0.0.1:1", systemProperty = "partyline.test.p=${port}")
    Tap y;

    @Test
    void test() {}
  }

  @Test
  void anEnvironmentIsForAProgramOrAMap() {
    assertRejected(
        NoProgram.class,
        "@TappedEnvironment parameter [x] must be of type ProcessBuilder or Map, but is int");
  }

  static class NoProgram {
    @Test
    void test(@TappedEnvironment int x) {}
  }
}
