package dev.partyline.view.resp;

import dev.partyline.wire.Bytes;
import dev.partyline.wire.Side;

/** Prints values like redis-cli, in one line. */
final class RespPrinter {
  private static final int MAX_LINE_CHARS = 8_192;

  private final StringBuilder text = new StringBuilder();

  private RespPrinter() {}

  static String of(RespMessage message) {
    RespPrinter printer = new RespPrinter();
    printer.text.append(message.side()).append(' ');
    RespValue value = message.value();
    if (message.side() == Side.CLIENT && value.kind() == RespValue.Kind.ARRAY && !value.isNull()) {
      printer.appendItems(value, " ");
    } else {
      printer.appendValue(value);
    }
    return printer.text.toString();
  }

  static String of(RespValue value) {
    RespPrinter printer = new RespPrinter();
    printer.appendValue(value);
    return printer.text.toString();
  }

  private void appendValue(RespValue value) {
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
      case BOOLEAN -> text.append(content.byteAt(0) == 't' ? "(true)" : "(false)");
      case BULK_STRING -> appendQuoted(content);
      case VERBATIM_STRING -> appendQuoted(content.slice(verbatimStart(content), content.size()));
      case NULL -> text.append("(nil)");
      case ARRAY -> appendList("[", value, "]");
      case SET -> appendList("~[", value, "]");
      case PUSH -> appendList(">[", value, "]");
      case MAP -> appendList("{", value, "}");
      case ATTRIBUTE -> appendList("|{", value, "}");
    }
  }

  /** Returns where the text begins; bytes that were not kept have no format. */
  private static int verbatimStart(Bytes content) {
    return Math.min(content.size(), Resp.VERBATIM_PREFIX_BYTES);
  }

  private void appendQuoted(Bytes content) {
    text.append('"').append(content.toString().replace("\"", "\\\"")).append('"');
  }

  private void appendList(String open, RespValue value, String close) {
    text.append(open);
    appendItems(value, ", ");
    text.append(close);
  }

  private void appendItems(RespValue value, String separator) {
    int index = 0;
    for (RespValue item : value.items()) {
      boolean isValue = value.kind().isMap() && index % 2 == 1;
      text.append(index == 0 ? "" : isValue ? " => " : separator);
      if (text.length() > MAX_LINE_CHARS) {
        text.append("… ").append(value.items().size() - index).append(" more");
        return;
      }
      appendValue(item);
      index++;
    }
  }
}
