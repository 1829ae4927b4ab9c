package dev.partyline.samples.script;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.partyline.loopback.Listener;
import dev.partyline.samples.docs.ShownOutput;
import dev.partyline.script.Script;
import dev.partyline.script.ScriptException;
import dev.partyline.wire.Transport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The table of errors on the page says what comes out. */
class SyntaxErrorsTest {
  private static final Pattern ROW = Pattern.compile("(?m)^\\| (`.+`) \\| `(.+)` \\|$");
  private static final Pattern SCRIPT = Pattern.compile("`(.+?)`");

  @Test
  void eachScriptOfTheTableHasTheErrorBesideIt() throws IOException {
    String page = Files.readString(Path.of("../docs/wire-script.md"));
    String section = page.substring(page.indexOf("\n## Errors"));
    List<MatchResult> rows = ROW.matcher(section).results().toList();
    assertThat(rows).hasSizeGreaterThan(30);
    for (MatchResult row : rows) {
      String message = unescaped(row.group(2));
      for (MatchResult script : SCRIPT.matcher(row.group(1)).results().toList()) {
        String written = unescaped(script.group(1)).replace("\\n", "\n").replace("\\t", "\t");
        assertThat(error(written)).as(written).hasMessageContaining(message);
      }
    }
  }

  private static String unescaped(String cell) {
    return cell.replace("\\|", "|");
  }

  /** Returns why a listener cannot play the script, over TCP or else over UDP. */
  private static ScriptException error(String script) {
    ScriptException overTcp =
        catchThrowableOfType(
            ScriptException.class, () -> Listener.playing(script).over(Transport.TCP));
    return overTcp != null
        ? overTcp
        : catchThrowableOfType(
            ScriptException.class, () -> Listener.playing(script).over(Transport.UDP));
  }

  @Test
  void anErrorShowsItsPlace() {
    ScriptException error =
        catchThrowableOfType(
            ScriptException.class,
            () -> Script.parse("S: 220 ready\nC: EHLO ${host\nS: 250 OK", SyntaxErrorsTest.class));
    ShownOutput.assertShown("syntax-error", String.valueOf(error.getMessage()));
  }
}
