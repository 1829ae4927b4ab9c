package dev.partyline.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.partyline.report.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.assertj.core.data.Offset;
import org.jspecify.annotations.Nullable;

/** What HAR 1.2 asks of a file: which members each object must and may have, and of what type. */
final class HarRules {
  private static final Offset<Double> MICROSECOND = Offset.offset(0.0005);

  private HarRules() {}

  /** Checks a file, whose root this is. */
  static void check(@Nullable Object root) {
    Map<String, Object> log =
        object(root, "log:object", "").get("log") instanceof Map<?, ?> map
            ? Json.object(map)
            : Map.of();
    object(
        log,
        "version:string creator:object entries:array",
        "browser:object pages:array comment:string");
    assertThat(log).containsEntry("version", "1.2");
    object(log.get("creator"), "name:string version:string", "comment:string");
    List<String> pages = new ArrayList<>();
    for (Object each : Json.array(log.get("pages"))) {
      Map<String, Object> page =
          object(
              each,
              "startedDateTime:string id:string title:string pageTimings:object",
              "comment:string");
      pages.add((String) page.get("id"));
      checkTime(page.get("startedDateTime"));
    }
    Json.array(log.get("entries")).forEach(each -> checkEntry(each, pages));
  }

  private static void checkEntry(Object value, List<String> pages) {
    Map<String, Object> entry =
        object(
            value,
            "startedDateTime:string time:number request:object response:object cache:object"
                + " timings:object",
            "pageref:string serverIPAddress:string connection:string comment:string");
    if (entry.containsKey("pageref")) {
      assertThat(pages).contains((String) entry.get("pageref"));
    }
    checkTime(entry.get("startedDateTime"));
    Map<String, Object> timings =
        object(
            entry.get("timings"),
            "send:number wait:number receive:number",
            "blocked:number dns:number connect:number ssl:number comment:string");
    double sum = timings.values().stream().mapToDouble(each -> Math.max(0, (Double) each)).sum();
    assertThat((Double) entry.get("time")).isCloseTo(sum, MICROSECOND);
    assertThat((Double) timings.get("send")).isNotNegative();
    assertThat((Double) timings.get("wait")).isNotNegative();
    assertThat((Double) timings.get("receive")).isNotNegative();
    object(entry.get("cache"), "", "beforeRequest:object afterRequest:object comment:string");
    checkRequest(entry.get("request"));
    checkResponse(entry.get("response"));
  }

  private static void checkRequest(@Nullable Object value) {
    Map<String, Object> request =
        object(
            value,
            "method:string url:string httpVersion:string cookies:array headers:array"
                + " queryString:array headersSize:number bodySize:number",
            "postData:object comment:string");
    assertThat((String) request.get("url")).matches("(?s)[A-Za-z][A-Za-z0-9+.-]*://.+");
    checkFields(request);
    Json.array(request.get("queryString")).forEach(HarRules::checkField);
    if (request.containsKey("postData")) {
      Map<String, Object> postData =
          object(
              request.get("postData"),
              "mimeType:string params:array text:string",
              // Of the draft of HAR 1.3.
              "encoding:string comment:string");
      Json.array(postData.get("params"))
          .forEach(
              each ->
                  object(
                      each,
                      "name:string",
                      "value:string fileName:string contentType:string comment:string"));
    }
  }

  private static void checkResponse(@Nullable Object value) {
    Map<String, Object> response =
        object(
            value,
            "status:number statusText:string httpVersion:string cookies:array headers:array"
                + " content:object redirectURL:string headersSize:number bodySize:number",
            "comment:string");
    checkFields(response);
    object(
        response.get("content"),
        "size:number mimeType:string",
        "compression:number text:string encoding:string comment:string");
  }

  private static void checkFields(Map<String, Object> message) {
    Json.array(message.get("headers")).forEach(HarRules::checkField);
    for (Object each : Json.array(message.get("cookies"))) {
      Map<String, Object> cookie =
          object(
              each,
              "name:string value:string",
              "path:string domain:string expires:string httpOnly:boolean secure:boolean"
                  + " comment:string");
      if (cookie.containsKey("expires")) {
        checkTime(cookie.get("expires"));
      }
    }
  }

  private static void checkField(@Nullable Object field) {
    object(field, "name:string value:string", "comment:string");
  }

  private static void checkTime(@Nullable Object time) {
    assertThat((String) time).matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z");
  }

  /** Checks the members of an object; names of others must begin with an underscore. */
  private static Map<String, Object> object(
      @Nullable Object value, String required, String optional) {
    Map<String, Object> object = Json.object(value);
    Set<String> members = new TreeSet<>();
    object.forEach(
        (name, member) -> {
          if (!name.startsWith("_")) {
            members.add(name + ":" + type(member));
          }
        });
    assertThat(members).containsAll(words(required));
    Set<String> allowed = words(required);
    allowed.addAll(words(optional));
    assertThat(allowed).containsAll(members);
    return object;
  }

  private static Set<String> words(String text) {
    return new TreeSet<>(text.isEmpty() ? List.of() : List.of(text.split(" ", -1)));
  }

  private static String type(@Nullable Object value) {
    return value instanceof String
        ? "string"
        : value instanceof Double
            ? "number"
            : value instanceof Boolean ? "boolean" : value instanceof List ? "array" : "object";
  }
}
