package dev.partyline.report;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.partyline.peers.Program;
import java.awt.image.BufferedImage;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.jspecify.annotations.Nullable;

/**
 * A Chromium without a window, and without a network but its own pages, driven by its DevTools
 * protocol over the WebSocket of the JDK, so that no driver and no library has to fit its version.
 */
public final class Browser implements AutoCloseable {
  private static final String NAME = "chromium";
  private static final String LISTENING = "DevTools listening on ws://";
  private static final int MAX_SECONDS = 60;

  private final Process process;
  private final Path profile;
  private final String address;
  private final WebSocket socket;
  private final AtomicInteger ids = new AtomicInteger();
  private final Map<Integer, CompletableFuture<Map<String, Object>>> replies =
      new ConcurrentHashMap<>();
  private final List<String> problems = new CopyOnWriteArrayList<>();
  private volatile CompletableFuture<Void> loaded = new CompletableFuture<>();

  private Browser(Process process, Path profile, String address) throws Exception {
    this.process = process;
    this.profile = profile;
    this.address = address;
    HttpClient http = HttpClient.newHttpClient();
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://" + address + "/json/new?about:blank"))
            .PUT(HttpRequest.BodyPublishers.noBody())
            .build();
    String target = http.send(request, HttpResponse.BodyHandlers.ofString()).body();
    String url = (String) Json.object(Json.parse(target)).get("webSocketDebuggerUrl");
    this.socket =
        http.newWebSocketBuilder()
            .buildAsync(URI.create(url), new Messages())
            .get(MAX_SECONDS, TimeUnit.SECONDS);
    for (String domain : List.of("Page", "Runtime", "Log", "Network")) {
      call(domain + ".enable", "{}");
    }
  }

  /** Starts one; the test is skipped where Chromium is not installed. */
  public static Browser start() throws Exception {
    Path profile = Files.createTempDirectory("chromium");
    Process process =
        Program.start(
            NAME,
            "--headless",
            "--no-sandbox",
            "--no-first-run",
            "--disable-gpu",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            "--disable-dev-shm-usage",
            "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
            "--remote-debugging-port=0",
            "--user-data-dir=" + profile,
            "about:blank");
    try {
      BufferedReader out =
          new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8));
      String address = address(out);
      Thread drain = new Thread(() -> out.lines().forEach(line -> {}), "output of " + NAME);
      drain.setDaemon(true);
      drain.start();
      return new Browser(process, profile, address);
    } catch (Exception e) {
      end(process, profile);
      throw e;
    }
  }

  private static String address(BufferedReader out) throws IOException {
    StringBuilder printed = new StringBuilder();
    for (String line = out.readLine(); line != null; line = out.readLine()) {
      if (line.startsWith(LISTENING)) {
        return line.substring(LISTENING.length()).split("/", -1)[0];
      }
      printed.append(line).append('\n');
    }
    throw new IllegalStateException(NAME + " did not start: " + printed);
  }

  /** Opens a file, and waits until its scripts have run. */
  Browser open(Path page) throws Exception {
    return open(page.toUri().toString());
  }

  /** Opens a page that can import the modules of the browser's own developer tools. */
  public Browser openTools() throws Exception {
    return open("http://" + address + "/json/version");
  }

  /** Opens an address, such as one with a fragment, and waits until its scripts have run. */
  Browser open(String url) throws Exception {
    problems.clear();
    loaded = new CompletableFuture<>();
    call("Page.navigate", "{\"url\":" + Json.quote(url) + "}");
    loaded.get(MAX_SECONDS, TimeUnit.SECONDS);
    return this;
  }

  /** Evaluates an expression in the page, awaits it if it is a promise, and returns its value. */
  public @Nullable Object evaluate(String expression) throws Exception {
    Map<String, Object> result =
        call(
            "Runtime.evaluate",
            "{\"returnByValue\":true,\"awaitPromise\":true,\"expression\":"
                + Json.quote(expression)
                + "}");
    if (result.containsKey("exceptionDetails")) {
      throw new IllegalStateException(expression + ": " + result.get("exceptionDetails"));
    }
    return Json.object(result.get("result")).get("value");
  }

  /** Returns the text that an expression has in the page. */
  String text(String expression) throws Exception {
    return String.valueOf(evaluate(expression));
  }

  /** Returns the number that an expression has in the page. */
  double number(String expression) throws Exception {
    return ((Number) evaluate(expression)).doubleValue();
  }

  /** Presses and releases a key, such as {@code ArrowDown} or {@code t}. */
  void press(String key) throws Exception {
    String text = key.length() == 1 ? ",\"text\":" + Json.quote(key) : "";
    for (String type : List.of("keyDown", "keyUp")) {
      call(
          "Input.dispatchKeyEvent",
          "{\"type\":\"" + type + "\",\"key\":" + Json.quote(key) + text + "}");
    }
  }

  /** Has the page drawn in a size, light or dark. */
  Browser size(int width, int height, boolean dark) throws Exception {
    call(
        "Emulation.setDeviceMetricsOverride",
        "{\"width\":"
            + width
            + ",\"height\":"
            + height
            + ",\"deviceScaleFactor\":1,\"mobile\":false}");
    call(
        "Emulation.setEmulatedMedia",
        "{\"features\":[{\"name\":\"prefers-color-scheme\",\"value\":\""
            + (dark ? "dark" : "light")
            + "\"}]}");
    return this;
  }

  /** Returns what the page looks like. */
  BufferedImage picture() throws Exception {
    Object data = call("Page.captureScreenshot", "{\"format\":\"png\"}").get("data");
    return ImageIO.read(new ByteArrayInputStream(Base64.getDecoder().decode((String) data)));
  }

  /**
   * Returns what went wrong in the page since it was opened: exceptions, violations of its policy,
   * dialogs, and requests for anything but files.
   */
  List<String> problems() {
    return List.copyOf(problems);
  }

  private Map<String, Object> call(String method, String parameters) throws Exception {
    int id = ids.incrementAndGet();
    CompletableFuture<Map<String, Object>> reply = new CompletableFuture<>();
    replies.put(id, reply);
    String message =
        "{\"id\":" + id + ",\"method\":\"" + method + "\",\"params\":" + parameters + "}";
    socket.sendText(message, true).get(MAX_SECONDS, TimeUnit.SECONDS);
    Map<String, Object> answer = reply.get(MAX_SECONDS, TimeUnit.SECONDS);
    if (answer.containsKey("error")) {
      throw new IllegalStateException(method + ": " + answer.get("error"));
    }
    return Json.object(answer.get("result"));
  }

  @Override
  public void close() {
    socket.abort();
    end(process, profile);
  }

  private static void end(Process process, Path profile) {
    List<ProcessHandle> all =
        Stream.concat(process.descendants(), Stream.of(process.toHandle())).toList();
    process.destroy();
    for (ProcessHandle each : all) {
      each.onExit().completeOnTimeout(each, MAX_SECONDS, TimeUnit.SECONDS).join();
      each.destroyForcibly();
    }
    try (Stream<Path> files = Files.walk(profile)) {
      files.sorted(Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What Chromium sends: replies and events. */
  private final class Messages implements WebSocket.Listener {
    private final StringBuilder message = new StringBuilder();

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence part, boolean last) {
      message.append(part);
      if (last) {
        Map<String, Object> received = Json.object(Json.parse(message.toString()));
        message.setLength(0);
        if (received.get("id") instanceof Double id) {
          replies.remove(id.intValue()).complete(received);
        } else {
          onEvent((String) received.get("method"), Json.object(received.get("params")));
        }
      }
      from.request(1);
      return null;
    }

    private void onEvent(String method, Map<String, Object> event) {
      switch (method) {
        case "Page.loadEventFired" -> loaded.complete(null);
        case "Runtime.exceptionThrown", "Page.javascriptDialogOpening" ->
            problems.add(method + " " + event);
        case "Log.entryAdded" -> problems.add(method + " " + event.get("entry"));
        case "Network.requestWillBeSent" -> onRequest(Json.object(event.get("request")));
        default -> {
          // Nothing else is of interest.
        }
      }
    }

    private void onRequest(Map<String, Object> request) {
      String url = String.valueOf(request.get("url"));
      if (!url.startsWith("file:") && !url.startsWith("about:")) {
        problems.add("request for " + url);
      }
    }
  }
}
