package com.example.mail;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;

/** A client of SMTP that gets as far as the greeting. */
public final class Mailer {
  private Mailer() {}

  /** Returns what the server answers to the greeting. */
  public static String greet(String host, int port) throws IOException {
    try (Socket socket = new Socket(host, port);
        BufferedReader answers =
            new BufferedReader(new InputStreamReader(socket.getInputStream(), US_ASCII))) {
      answers.readLine();
      socket.getOutputStream().write("EHLO client.example\r\n".getBytes(US_ASCII));
      return answers.readLine();
    }
  }
}
