package dev.partyline.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Requests a second that wrk gets from a keep-alive GET, on 1 and on 50 connections, in interleaved
 * rounds, as ratios against a bare {@code ServerSocket} server: with everything on one processor,
 * and on all of them.
 */
final class KeepAliveBench {
  private static final int ROUNDS = 7;
  private static final int WARM_UP_ROUNDS = 2;
  private static final String TIME = "1s";
  private static final String BARE = "bare";
  private static final Pattern RATE = Pattern.compile("Requests/sec:\\s+([0-9.]+)");
  private static final Pattern COUNT = Pattern.compile("([0-9]+) requests in");

  private KeepAliveBench() {}

  /** A server in a JVM of its own. */
  private record Server(String name, Process jvm, int port) {}

  /** How many requests a second a server has answered, with how much processor time for each. */
  private record Figure(double rate, double processorMicros) {}

  public static void main(String[] arguments) throws Exception {
    List<Server> servers = new ArrayList<>();
    try {
      String classPath = System.getProperty("java.class.path");
      for (String kind : List.of(BARE, "keeping", "selector", "partyline", "mockwebserver")) {
        servers.add(start(kind, kind, classPath));
      }
      Optional<String> before = Jvm.classPathBefore();
      if (before.isPresent()) {
        servers.add(start("partyline, before", "partyline", before.get()));
      }
      measure(servers, "", List.of());
      if (RelayUnderTest.isInstalled("taskset")) {
        for (Server server : servers) {
          Processor.pin(server.jvm.pid());
        }
        measure(servers, " on one processor", List.of("taskset", "-c", "0"));
      }
    } finally {
      servers.forEach(server -> server.jvm.destroyForcibly());
    }
  }

  private static Server start(String name, String kind, String classPath) throws IOException {
    Process jvm = Jvm.startWith(classPath, KeepAlive.class, kind);
    return new Server(name, jvm, Integer.parseInt(Jvm.readLine(jvm)));
  }

  private static void measure(List<Server> servers, String where, List<String> prefix)
      throws IOException {
    for (int connections : List.of(1, 50)) {
      // Some rounds first, so that the compiler of each server has done its work.
      rounds(servers, prefix, connections, WARM_UP_ROUNDS);
      print(connections + " connections" + where, rounds(servers, prefix, connections, ROUNDS));
    }
  }

  private static Map<String, List<Figure>> rounds(
      List<Server> servers, List<String> prefix, int connections, int rounds) throws IOException {
    Map<String, List<Figure>> figures = new LinkedHashMap<>();
    List<Server> order = new ArrayList<>(servers);
    for (int round = 0; round < rounds; round++) {
      // Which server was measured before makes a difference.
      Collections.rotate(order, 1);
      for (Server server : order) {
        Figure figure = wrk(server, prefix, connections);
        figures.computeIfAbsent(server.name, any -> new ArrayList<>()).add(figure);
      }
    }
    return figures;
  }

  private static void print(String label, Map<String, List<Figure>> figures) {
    figures.forEach(
        (name, all) ->
            System.out.printf(
                "keep-alive GET, %s: %-17s %8.0f requests/s, processor %5.1f us; %.2f of bare, "
                    + "%.2f of keeping%n",
                label,
                name,
                Figures.median(all.stream().map(Figure::rate).toList()),
                Figures.median(all.stream().map(Figure::processorMicros).toList()),
                ratio(all, figures.get(BARE)),
                ratio(all, figures.get("keeping"))));
    if (figures.containsKey("partyline, before")) {
      double ratio = ratio(figures.get("partyline"), figures.get("partyline, before"));
      System.out.printf("  partyline: %.2f of before%n", ratio);
    }
  }

  private static double ratio(List<Figure> figures, List<Figure> others) {
    List<Double> ratios = new ArrayList<>();
    for (int i = 0; i < figures.size(); i++) {
      ratios.add(figures.get(i).rate / others.get(i).rate);
    }
    return Figures.median(ratios);
  }

  private static Figure wrk(Server server, List<String> prefix, int connections)
      throws IOException {
    Duration before = processorTime(server);
    List<String> command = new ArrayList<>(prefix);
    command.addAll(List.of("wrk", "-t1", "-c" + connections, "-d" + TIME));
    command.add("http://127.0.0.1:" + server.port + "/");
    Process wrk = new ProcessBuilder(command).redirectErrorStream(true).start();
    try (BufferedReader out =
        new BufferedReader(new InputStreamReader(wrk.getInputStream(), StandardCharsets.UTF_8))) {
      StringBuilder printed = new StringBuilder();
      for (String line = out.readLine(); line != null; line = out.readLine()) {
        printed.append(line).append('\n');
      }
      double micros = processorTime(server).minus(before).toNanos() / 1e3;
      double rate = number(RATE, printed);
      if (rate == 0 || printed.indexOf("Non-2xx") >= 0) {
        throw new IllegalStateException("wrk failed:\n" + printed);
      }
      return new Figure(rate, micros / number(COUNT, printed));
    }
  }

  /** Returns how long its threads have run, those that have ended included. */
  private static Duration processorTime(Server server) {
    return server.jvm.info().totalCpuDuration().orElse(Duration.ZERO);
  }

  private static double number(Pattern pattern, CharSequence printed) {
    Matcher matcher = pattern.matcher(printed);
    return matcher.find() ? Double.parseDouble(matcher.group(1)) : 0;
  }
}
