package dev.partyline.internal.secrets;

import dev.partyline.internal.secrets.stream.Layer;
import dev.partyline.internal.secrets.stream.SecretRule;
import dev.partyline.internal.secrets.stream.TextScan;

/**
 * The values whose name says that they are secret, whatever syntax puts the name before the value.
 *
 * <p>It looks at each separator once, at the name before it and the value after it, so that a large
 * body costs little.
 */
final class NamedValues implements SecretRule {
  private final NamedSecrets names;

  NamedValues(NamedSecrets names) {
    this.names = names;
  }

  @Override
  public void apply(Layer layer) {
    TextScan scan = new TextScan(layer.text());
    QuotedText strings = new QuotedText(scan);
    ValueMask mask = new ValueMask(layer, scan, strings, names);
    Tags tags = new Tags(scan);
    Elements elements = new Elements(scan, tags, names, mask);
    FormFields formFields = new FormFields(scan, strings, tags, mask, elements);
    JsonFields jsonFields = new JsonFields(scan, strings, names, mask);
    Assignments assignments = new Assignments(scan, strings, names, mask, formFields, jsonFields);
    HeaderLines headerLines = new HeaderLines(scan, strings, names, mask);
    new SpacedValues(scan, names, mask).mask();
    int offset = 0;
    while (offset < layer.size()) {
      int next = offset + 1;
      switch (layer.byteAt(offset)) {
        case ':' -> {
          int quoteEnd = scan.skipWhitespaceBackwards(offset);
          String quote = strings.quoteBefore(quoteEnd);
          next =
              quote.isEmpty()
                  ? headerLines.colon(offset)
                  : Math.max(
                      jsonFields.colon(offset, quoteEnd, quote),
                      headerLines.quotedName(offset, quoteEnd, quote));
        }
        case '=' ->
            next =
                scan.startsWith(offset + 1, ">")
                    ? jsonFields.arrow(offset)
                    : assignments.equalsSign(offset);
        case ',' -> next = jsonFields.comma(offset);
        case ';' -> next = jsonFields.semicolon(offset);
        case '>' -> next = elements.afterTag(offset);
        default -> {
          // Nothing else separates a name from its value.
        }
      }
      // What is masked is not searched again, or a long value would cost its square.
      offset = Math.max(offset + 1, next);
    }
  }
}
