package dev.partyline.script.transcript;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.partyline.script.Part;
import dev.partyline.script.PartVisitor;
import dev.partyline.wire.Bytes;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A line of a script as a regular expression over its bytes, read as ISO-8859-1, to find where each
 * placeholder stands.
 */
final class LinePattern {
  private final List<Part> parts;
  private final Pattern pattern;

  private LinePattern(List<Part> parts, Pattern pattern) {
    this.parts = parts;
    this.pattern = pattern;
  }

  static LinePattern of(List<Part> parts) {
    StringBuilder regex = new StringBuilder();
    Map<String, Integer> groups = new HashMap<>();
    for (int i = 0; i < parts.size(); i++) {
      Integer earlier =
          parts.get(i) instanceof Part.Placeholder placeholder && placeholder.isCapturing()
              ? groups.putIfAbsent(placeholder.name(), i)
              : null;
      regex.append(
          earlier == null
              ? "(?<" + group(i) + ">" + parts.get(i).accept(ToRegex.INSTANCE) + ")"
              : "(?<" + group(i) + ">\\k<" + group(earlier) + ">)");
    }
    return new LinePattern(parts, Pattern.compile(regex.toString()));
  }

  private static String group(int index) {
    return "part" + index;
  }

  /** Returns where the placeholders stand in a payload; empty if it is another line. */
  Optional<List<Replacement>> find(Bytes payload) {
    return find(payload, Matcher::matches);
  }

  /** Returns where the placeholders stand at the beginning of a message. */
  Optional<List<Replacement>> findAtStart(Bytes message) {
    return find(message, Matcher::lookingAt);
  }

  private Optional<List<Replacement>> find(Bytes payload, Predicate<Matcher> isFound) {
    Matcher matcher = pattern.matcher(new BudgetedText(new String(payload.toArray(), ISO_8859_1)));
    try {
      if (!isFound.test(matcher)) {
        return Optional.empty();
      }
    } catch (BudgetedText.ExhaustedException | StackOverflowError e) {
      // The player has such limits too: what is too complex is no match.
      return Optional.empty();
    }
    List<Replacement> found = new ArrayList<>();
    for (int i = 0; i < parts.size(); i++) {
      if (parts.get(i) instanceof Part.Placeholder placeholder) {
        found.add(new Replacement(matcher.start(group(i)), matcher.end(group(i)), placeholder));
      }
    }
    return Optional.of(found);
  }

  private static final class ToRegex implements PartVisitor<String> {
    static final ToRegex INSTANCE = new ToRegex();

    @Override
    public String visit(Part.Fixed fixed) {
      return quote(fixed.bytes());
    }

    @Override
    public String visit(Part.File file) {
      return quote(file.content());
    }

    private static String quote(Bytes bytes) {
      return Pattern.quote(new String(bytes.toArray(), ISO_8859_1));
    }

    @Override
    public String visit(Part.AnyByte anyByte) {
      return "[\\x00-\\xff]";
    }

    @Override
    public String visit(Part.BodyLength bodyLength) {
      return "[0-9]+";
    }

    @Override
    public String visit(Part.Placeholder placeholder) {
      if (placeholder.constraint() instanceof Part.Count count) {
        return "[\\x00-\\xff]{" + count.bytes() + "}";
      }
      return placeholder.constraint() instanceof Part.Regex regex
          ? "(?:" + regex.source() + ")"
          : "[^\\n]+?";
    }
  }

  /** A text of which a regular expression may look at so many characters. */
  private record BudgetedText(String text, int[] reads) implements CharSequence {
    private static final int MAX_READS = 4_000_000;

    BudgetedText(String text) {
      this(text, new int[1]);
    }

    @Override
    public char charAt(int index) {
      if (++reads[0] > MAX_READS) {
        throw new ExhaustedException();
      }
      return text.charAt(index);
    }

    @Override
    public int length() {
      return text.length();
    }

    @Override
    public CharSequence subSequence(int start, int end) {
      return text.subSequence(start, end);
    }

    @Override
    public String toString() {
      return text;
    }

    private static final class ExhaustedException extends RuntimeException {
      private static final long serialVersionUID = 1;

      ExhaustedException() {
        super("too complex", null, false, false);
      }
    }
  }
}
