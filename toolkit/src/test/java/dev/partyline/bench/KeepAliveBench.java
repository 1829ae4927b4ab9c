package dev.partyline.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Requests a second that wrk gets from a keep-alive GET, on 1 and on 50 connections, in interleaved
 * rounds, as ratios against a bare {@code ServerSocket} server.
 */
final class KeepAliveBench {
  private static final int ROUNDS = 7;
  private static final String TIME = "2s";
  private static final Pattern RATE = Pattern.compile("Requests/sec:\\s+([0-9.]+)");

  private KeepAliveBench() {}

  public static void main(String[] arguments) throws Exception {
    Map<String, Process> servers = new LinkedHashMap<>();
    Map<String, Integer> ports = new LinkedHashMap<>();
    try {
      for (String kind : List.of("bare", "partyline", "mockwebserver")) {
        Process server = Jvm.start(KeepAlive.class, kind);
        servers.put(kind, server);
        ports.put(kind, Integer.parseInt(Jvm.readLine(server)));
      }
      for (int connections : List.of(1, 50)) {
        // Two rounds first, so that the compiler of each server has done its work.
        rounds(ports, connections, 2);
        print(connections, rounds(ports, connections, ROUNDS));
      }
    } finally {
      servers.values().forEach(Process::destroyForcibly);
    }
  }

  private static Map<String, List<Double>> rounds(
      Map<String, Integer> ports, int connections, int rounds) throws IOException {
    Map<String, List<Double>> rates = new LinkedHashMap<>();
    for (int round = 0; round < rounds; round++) {
      for (Map.Entry<String, Integer> server : ports.entrySet()) {
        double rate = wrk(server.getValue(), connections);
        rates.computeIfAbsent(server.getKey(), any -> new ArrayList<>()).add(rate);
      }
    }
    return rates;
  }

  private static void print(int connections, Map<String, List<Double>> rates) {
    List<Double> bare = rates.get("bare");
    rates.forEach(
        (kind, all) -> {
          List<Double> ratios = new ArrayList<>();
          for (int i = 0; i < all.size(); i++) {
            ratios.add(all.get(i) / bare.get(i));
          }
          System.out.printf(
              "keep-alive GET, %2d connections: %-14s %8.0f requests/s, %.2f of bare%n",
              connections, kind, Figures.median(all), Figures.median(ratios));
        });
  }

  private static double wrk(int port, int connections) throws IOException {
    String url = "http://127.0.0.1:" + port + "/";
    Process wrk =
        new ProcessBuilder("wrk", "-t1", "-c" + connections, "-d" + TIME, url)
            .redirectErrorStream(true)
            .start();
    try (BufferedReader out =
        new BufferedReader(new InputStreamReader(wrk.getInputStream(), StandardCharsets.UTF_8))) {
      StringBuilder printed = new StringBuilder();
      for (String line = out.readLine(); line != null; line = out.readLine()) {
        printed.append(line).append('\n');
      }
      Matcher rate = RATE.matcher(printed);
      if (!rate.find() || printed.indexOf("Non-2xx") >= 0) {
        throw new IllegalStateException("wrk failed:\n" + printed);
      }
      return Double.parseDouble(rate.group(1));
    }
  }
}
