package dev.partyline.assertions;

import dev.partyline.internal.secrets.MaskedBytes;
import dev.partyline.internal.text.Quantity;
import dev.partyline.script.transcript.Redaction;
import dev.partyline.view.Flaw;
import dev.partyline.view.Span;
import dev.partyline.view.http.Http1Body;
import dev.partyline.view.http.Http1Chunk;
import dev.partyline.view.http.Http1Header;
import dev.partyline.view.http.Http1Message;
import dev.partyline.view.http.Http1Response;
import dev.partyline.wire.Bytes;
import dev.partyline.wire.Conversation;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;

/** Checks on an HTTP message as it was at one moment. */
final class HttpMessageChecks {
  private static final int MAX_FLAWS = 5;

  private final Conversation conversation;
  private final Http1Message message;
  private final String name;
  private final Redaction redaction;
  private final SideStream stream;
  private final Secrets secrets;

  /** The name is used in sentences, such as {@code request 2}. */
  HttpMessageChecks(
      Conversation conversation, Http1Message message, String name, Redaction redaction) {
    this.conversation = conversation;
    this.message = message;
    this.name = name;
    this.redaction = redaction;
    this.stream = new SideStream(conversation, message.side());
    this.secrets = new Secrets(conversation, redaction);
  }

  CheckResult startLine(String line) {
    return result(
        message.startLine().text().equals(line)
            && message.headEndOffset() > message.startLine().endOffset(),
        message.headEndOffset() <= message.startLine().endOffset(),
        name + " begins with another line",
        failure -> startLineDifference(failure, line));
  }

  CheckResult method(String method) {
    String line = message.startLine().text();
    return result(
        line.startsWith(method + " "),
        message.headEndOffset() <= message.startLine().endOffset(),
        name + " has another method",
        failure -> failure.expectedAndReceived(method, startLine()));
  }

  CheckResult status(int status) {
    int received = message instanceof Http1Response response ? response.status() : 0;
    return result(
        received == status,
        message.headEndOffset() <= message.startLine().endOffset(),
        name + " has another status",
        failure -> failure.expectedAndReceived(status, startLine()));
  }

  CheckResult header(String wanted) {
    return result(
        message.header(wanted).isPresent(),
        !message.hasCompleteHead(),
        name + " has no such header",
        failure -> closestHeader(failure, message.headers(), wanted, Bytes.utf8(wanted)));
  }

  CheckResult header(String wanted, String value) {
    return header(message.headers(), wanted, value, !message.hasCompleteHead(), "header");
  }

  CheckResult trailer(String wanted, String value) {
    return header(message.trailers(), wanted, value, !message.isComplete(), "trailer");
  }

  private CheckResult header(
      List<Http1Header> headers, String wanted, String value, boolean mayHoldLater, String kind) {
    return result(
        headers.stream().anyMatch(each -> each.isNamed(wanted) && each.text().equals(value)),
        mayHoldLater,
        name + " has no such " + kind,
        failure -> closestHeader(failure, headers, wanted, Bytes.utf8(wanted + ": " + value)));
  }

  CheckResult noHeader(String unwanted) {
    List<Http1Header> unwantedHeaders =
        message.headers().stream().filter(each -> each.isNamed(unwanted)).toList();
    return result(
        unwantedHeaders.isEmpty() && message.hasCompleteHead(),
        unwantedHeaders.isEmpty(),
        unwantedHeaders.isEmpty()
            ? "the headers of " + name + " are not whole"
            : name + " has a header that it is not to have",
        failure -> {
          failure.row("expected", "no " + unwanted);
          unwantedHeaders.forEach(each -> failure.row("received", maskedText(each.line())));
          return failure;
        });
  }

  CheckResult body(Bytes wanted) {
    Http1Body body = message.body();
    boolean fits = isKept(body) && body.size() <= wanted.size();
    boolean isPrefix = fits && wanted.startsWith(body.bytes());
    boolean isWhole = message.hasCompleteHead() && message.isComplete();
    return result(
        isPrefix && isWhole && body.size() == wanted.size(),
        isPrefix && !isWhole,
        name + bodyProblem(wanted, isPrefix && !isWhole),
        failure ->
            stream.isReadable()
                ? failure.difference("received", bodyDifference(wanted))
                : failure.expectedAndReceived(
                    Quantity.of(wanted.size(), "byte"), Quantity.of(body.size(), "byte")));
  }

  private String bodyProblem(Bytes wanted, boolean isTooShort) {
    if (isTooShort) {
      return " is not whole";
    }
    return isKept(message.body()) || message.body().size() > wanted.size()
        ? " has another body"
        : " has a body that cannot be compared, because bytes of it were dropped";
  }

  private boolean isKept(Http1Body body) {
    return conversation.gaps().stream()
        .noneMatch(
            gap ->
                gap.side() == message.side()
                    && gap.offset() < body.endOffset()
                    && gap.endOffset() > body.offset());
  }

  private Difference bodyDifference(Bytes wanted) {
    Bytes content = content(stream.bytes());
    return Difference.of(
        secrets.apply(wanted),
        new MaskedBytes(content, content(secrets.stream(stream).masked())),
        0,
        content.size(),
        " of the body");
  }

  /** Takes the body out of all that was sent, masked or not: masking does not move bytes. */
  private Bytes content(Bytes all) {
    Http1Body body = message.body();
    if (body.framing() != Http1Body.Framing.CHUNKED) {
      return all.slice((int) body.offset(), (int) body.endOffset());
    }
    List<Bytes> parts = new ArrayList<>();
    for (Http1Chunk chunk : body.chunks()) {
      parts.add(all.slice((int) chunk.offset(), (int) chunk.endOffset()));
    }
    return Bytes.join(parts);
  }

  CheckResult noFlaw() {
    return result(
        message.flaws().isEmpty(),
        message.flaws().stream().noneMatch(flaw -> flaw.kind() == Flaw.Kind.MALFORMED),
        name + " is not as HTTP/1.1 asks for",
        failure -> failure.row("expected", "no flaw"));
  }

  CheckResult flaw(String words) {
    return result(
        message.flaws().stream().anyMatch(flaw -> flaw.toString().contains(words)),
        !message.isComplete(),
        name + " has no such flaw",
        failure ->
            failure.expectedAndReceived(
                secrets.apply(Bytes.utf8(words)).masked(),
                Quantity.of(message.flaws().size(), "flaw")));
  }

  String startLine() {
    return maskedText(message.startLine()) + (message.version().isEmpty() ? ", not whole" : "");
  }

  FailureMessage startLineDifference(FailureMessage failure, String line) {
    return spanDifference(failure, Bytes.utf8(line), message.startLine());
  }

  /** Adds the closest header: one of the same name, or else one whose name begins alike. */
  private FailureMessage closestHeader(
      FailureMessage failure, List<Http1Header> headers, String wanted, Bytes line) {
    Http1Header closest = null;
    int closestLength = 0;
    for (Http1Header each : headers) {
      int commonLength =
          each.isNamed(wanted) ? Integer.MAX_VALUE : commonPrefixLength(each.name().text(), wanted);
      if (commonLength > closestLength) {
        closest = each;
        closestLength = commonLength;
      }
    }
    if (closest == null) {
      return failure
          .row("expected", secrets.apply(line).masked())
          .row("nearest", headers.isEmpty() ? "there are none" : "nothing begins like it");
    }
    if (!closest.isNamed(wanted)) {
      return spanDifference(failure, line, closest.line());
    }
    // The name and the blanks after it may be written in another way.
    int valueOffset = (int) (closest.value().offset() - closest.line().offset());
    Bytes value = line.slice(Math.min(wanted.length() + 2, line.size()), line.size());
    return spanDifference(
        failure, closest.line().bytes().slice(0, valueOffset).plus(value), closest.line());
  }

  private static int commonPrefixLength(String one, String other) {
    int mismatch =
        Bytes.utf8(one.toLowerCase(Locale.ROOT))
            .mismatch(Bytes.utf8(other.toLowerCase(Locale.ROOT)));
    return mismatch < 0 ? one.length() : mismatch;
  }

  private FailureMessage spanDifference(FailureMessage failure, Bytes wanted, Span received) {
    if (!stream.isReadable()) {
      return failure.row("expected", secrets.apply(wanted).masked());
    }
    return failure.difference(
        "nearest",
        Difference.of(
            secrets.apply(wanted),
            secrets.stream(stream),
            (int) received.offset(),
            (int) received.endOffset(),
            stream.name()));
  }

  private String maskedText(Span part) {
    return stream.isReadable()
        ? secrets.stream(stream)
            .masked()
            .slice((int) part.offset(), (int) part.endOffset())
            .toString()
        : Quantity.of(part.bytes().size(), "byte");
  }

  private FailureMessage addFlaws(FailureMessage failure) {
    message.flaws().stream()
        .limit(MAX_FLAWS)
        .forEach(flaw -> failure.row("flaw", maskedText(flaw)));
    return failure;
  }

  /** The text of a flaw may quote a secret from its line. */
  String maskedText(Flaw flaw) {
    if (stream.isReadable() && flaw.offset() < stream.bytes().size()) {
      int lineStart = (int) flaw.offset();
      int lineEnd = lineStart;
      while (lineStart > 0 && stream.bytes().byteAt(lineStart - 1) != '\n') {
        lineStart--;
      }
      while (lineEnd < stream.bytes().size() && stream.bytes().byteAt(lineEnd) != '\n') {
        lineEnd++;
      }
      if (!stream
          .bytes()
          .slice(lineStart, lineEnd)
          .equals(secrets.stream(stream).masked().slice(lineStart, lineEnd))) {
        return flaw.kind().name().toLowerCase(Locale.ROOT)
            + " at byte "
            + flaw.offset()
            + " of the "
            + flaw.side()
            + ", in a line that is masked";
      }
    }
    return flaw.toString();
  }

  private CheckResult result(
      boolean holds, boolean mayHoldLater, String problem, UnaryOperator<FailureMessage> details) {
    return CheckResult.of(
        holds,
        mayHoldLater && stream.mayGrow(),
        () ->
            addFlaws(details.apply(FailureMessage.of(problem, redaction)))
                .droppedBytes(conversation)
                .state(conversation, message.side())
                .conversation(conversation));
  }
}
