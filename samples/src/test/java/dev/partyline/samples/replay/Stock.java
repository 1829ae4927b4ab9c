package dev.partyline.samples.replay;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;

/** The code under test: a stock of goods, which is in Redis. */
record Stock(String host, int port) {
  private static final String PASSWORD = System.getProperty("stock.password", "just a test");

  /** Takes one thing out of the stock, and returns how many are left. */
  int take(String thing) throws IOException {
    try (Socket redis = new Socket(host, port)) {
      BufferedReader answers =
          new BufferedReader(new InputStreamReader(redis.getInputStream(), UTF_8));
      send(redis, "AUTH \"" + PASSWORD + "\"");
      require(answers.readLine(), "+OK");
      send(redis, "DECR " + thing);
      return Integer.parseInt(answers.readLine().substring(1));
    }
  }

  private static void send(Socket redis, String command) throws IOException {
    redis.getOutputStream().write((command + "\r\n").getBytes(UTF_8));
  }

  private static void require(String answer, String expected) throws IOException {
    if (!expected.equals(answer)) {
      throw new IOException("Redis answered " + answer);
    }
  }
}
