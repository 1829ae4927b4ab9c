package dev.partyline.netstat;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CommandLineTextTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "shop, --token, hunter2, -v | shop --token ****** -v",
        "shop, --token=hunter2, -v | shop --token=******* -v",
        "java, -Dspring.datasource.password=hunter2 | java -Dspring.datasource.password=*******",
        "env, DB_PASSWORD=hunter2, AWS_SECRET_ACCESS_KEY=hunter2"
            + " | env DB_PASSWORD=******* AWS_SECRET_ACCESS_KEY=*******",
        "shop, -api-key, hunter2 | shop -api-key ******",
        "shop, --password, hunter 2 and more | shop --password ******",
        "redis-server --requirepass hunter2 --port 1 | redis-server --requirepass ****** --port 1",
        "psql, postgres://me:hunter2@host/db | psql postgres://me:*******@host/db",
        "curl, -u, me:hunter2, http://host | curl -u me:****** http://host",
        "curl, -H, Authorization: Bearer hunter2 | curl -H Authorization: **************",
        "curl, http://host/?token=hunter2&x=1 | curl http://host/?token=*******&x=1",
        "curl, -d, {\"password\":\"hunter2\"} | curl -d {\"password\":\"*******\"}"
      })
  void whatLooksLikeASecretIsMasked(String arguments, String text) {
    assertThat(CommandLineText.of(List.of(arguments.split(", ")))).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource({
    "shop --password-file /run/x",
    "shop --tokens 5",
    "java -cp a:b -Dport=80 shop.Main http://host:80/x",
    "curl -u me http://host",
    "ssh me@host"
  })
  void theRestIsKept(String arguments) {
    assertThat(CommandLineText.of(List.of(arguments.split(" ")))).isEqualTo(arguments);
  }
}
