package dev.partyline.view;

import dev.partyline.wire.Bytes;
import dev.partyline.wire.Side;

/** Values as redis-cli prints them, in one line. */
final class RespPrinter {
  private static final int LONGEST = 8_192;

  private final StringBuilder text = new StringBuilder();

  private RespPrinter() {}

  static String of(Resp.Message message) {
    RespPrinter text = new RespPrinter();
    text.text.append(message.side()).append(' ');
    Resp.Value value = message.value();
    if (message.side() == Side.CLIENT && value.kind() == Resp.Kind.ARRAY && !value.isNull()) {
      text.items(value, " ");
    } else {
      text.value(value);
    }
    return text.text.toString();
  }

  static String of(Resp.Value value) {
    RespPrinter text = new RespPrinter();
    text.value(value);
    return text.text.toString();
  }

  private void value(Resp.Value value) {
    if (value.isNull()) {
      text.append("(nil)");
      return;
    }
    Bytes content = value.content();
    switch (value.kind()) {
      case SIMPLE_STRING, INLINE -> text.append(content);
      case ERROR, BULK_ERROR -> text.append("(error) ").append(content);
      case INTEGER -> text.append("(integer) ").append(content);
      case DOUBLE -> text.append("(double) ").append(content);
      case BIG_NUMBER -> text.append("(big number) ").append(content);
      case BOOLEAN -> text.append(content.at(0) == 't' ? "(true)" : "(false)");
      case BULK_STRING -> quoted(content);
      case VERBATIM_STRING -> quoted(content.slice(verbatimStart(content), content.size()));
      case NULL -> text.append("(nil)");
      case ARRAY -> list("[", value, "]");
      case SET -> list("~[", value, "]");
      case PUSH -> list(">[", value, "]");
      case MAP -> list("{", value, "}");
      case ATTRIBUTE -> list("|{", value, "}");
    }
  }

  /** What was not kept does not begin with what it is. */
  private static int verbatimStart(Bytes content) {
    return Math.min(content.size(), Resp.VERBATIM_PREFIX);
  }

  private void quoted(Bytes content) {
    text.append('"').append(content.toString().replace("\"", "\\\"")).append('"');
  }

  private void list(String open, Resp.Value value, String close) {
    text.append(open);
    items(value, ", ");
    text.append(close);
  }

  private void items(Resp.Value value, String between) {
    int told = 0;
    for (Resp.Value item : value.items()) {
      boolean isValue = value.kind().isMap() && told % 2 == 1;
      text.append(told == 0 ? "" : isValue ? " => " : between);
      if (text.length() > LONGEST) {
        text.append("… ").append(value.items().size() - told).append(" more");
        return;
      }
      value(item);
      told++;
    }
  }
}
