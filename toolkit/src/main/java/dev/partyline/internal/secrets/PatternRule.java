package dev.partyline.internal.secrets;

import dev.partyline.internal.secrets.stream.Layer;
import dev.partyline.internal.secrets.stream.SecretRule;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What regular expressions find: their groups, or all of it if there are none. */
final class PatternRule implements SecretRule {
  private final List<Pattern> patterns;

  PatternRule(List<Pattern> patterns) {
    this.patterns = patterns;
  }

  @Override
  public void apply(Layer layer) {
    for (Pattern pattern : patterns) {
      Matcher matcher = pattern.matcher(layer.text());
      int firstGroup = Math.min(1, matcher.groupCount());
      while (matcher.find()) {
        for (int group = firstGroup; group <= matcher.groupCount(); group++) {
          layer.mask(matcher.start(group), matcher.end(group));
        }
      }
    }
  }
}
