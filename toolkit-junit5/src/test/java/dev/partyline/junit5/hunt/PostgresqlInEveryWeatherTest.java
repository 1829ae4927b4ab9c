package dev.partyline.junit5.hunt;

import static org.assertj.core.api.Assertions.assertThat;

import dev.partyline.junit5.InEveryWeather;
import dev.partyline.junit5.ScriptedListener;
import dev.partyline.loopback.Listener;
import dev.partyline.wire.Side;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import org.junit.jupiter.api.Test;

/** The driver of PostgreSQL survives each condition. */
class PostgresqlInEveryWeatherTest {
  private static final String TWO_TEAS =
      """
      C# ${*:4 bytes} 00 03 00 00
      C| user\\0alice\\0${*}\\0\\0
      S| R\\0\\0\\0\\x08\\0\\0\\0\\0
      S| S\\0\\0\\0\\x18server_version\\x0016.0\\0
      S| S\\0\\0\\0\\x19client_encoding\\0UTF8\\0
      S| S\\0\\0\\0\\x17DateStyle\\0ISO, MDY\\0
      S| S\\0\\0\\0\\x19integer_datetimes\\0on\\0
      S| S\\0\\0\\0#standard_conforming_strings\\0on\\0
      S| K\\0\\0\\0\\x0c\\0\\0\\0\\x01\\0\\0\\0\\x02Z\\0\\0\\0\\x05I
      C| Q${*:4 bytes}SELECT name FROM tea\\0
      S| T\\0\\0\\0\\x1d\\0\\x01name\\0\\0\\0\\0\\0\\0\\0
      S| \\0\\0\\0\\x19\\xff\\xff\\xff\\xff\\xff\\xff\\0\\0
      S| D\\0\\0\\0\\x0f\\0\\x01\\0\\0\\0\\x05grün
      cut
      S| D\\0\\0\\0\\x10\\0\\x01\\0\\0\\0\\x06weiß!
      S| C\\0\\0\\0\\x0dSELECT 2\\0Z\\0\\0\\0\\x05I
      """;

  static class Driver {
    private static List<String> teas(Listener database, int timeoutSeconds) throws SQLException {
      Properties properties = new Properties();
      properties.setProperty("user", "alice");
      properties.setProperty("sslmode", "disable");
      properties.setProperty("gssEncMode", "disable");
      properties.setProperty("preferQueryMode", "simple");
      properties.setProperty("assumeMinServerVersion", "16");
      properties.setProperty("socketTimeout", String.valueOf(timeoutSeconds));
      String url = "jdbc:postgresql://127.0.0.1:" + database.port() + "/shop";
      try (Connection connection = DriverManager.getConnection(url, properties);
          Statement statement = connection.createStatement();
          ResultSet rows = statement.executeQuery("SELECT name FROM tea")) {
        List<String> teas = new ArrayList<>();
        while (rows.next()) {
          teas.add(rows.getString(1));
        }
        return teas;
      }
    }

    @InEveryWeather
    void reads(@ScriptedListener(TWO_TEAS + "C# 58 00 00 00 04\nC! finish") Listener database)
        throws SQLException {
      assertThat(teas(database, 20)).containsExactly("grün", "weiß!");
    }

    @InEveryWeather(
        broken = Side.SERVER,
        only = {
          "FIN in mid-message of the server",
          "RST in mid-message of the server",
          "silence in mid-message of the server",
          "FIN late in the last message of the server",
          "FIN before the last byte of the server",
          "very late message of the server"
        })
    void hasAllRowsOrAnErrorInTime(@ScriptedListener(TWO_TEAS + "C: ...") Listener database) {
      List<String> teas;
      try {
        teas = teas(database, 1);
      } catch (SQLException e) {
        return;
      }
      assertThat(teas).containsExactly("grün", "weiß!");
    }
  }

  @Test
  void the_driver_passes() {
    Hunt.of(Driver.class).assertPassed();
  }
}
