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
        "curl, -d, {\"password\":\"hunter2\"} | curl -d {\"password\":\"*******\"}",
        "redis-cli, -h, host, -a, hunter2, ping | redis-cli -h host -a ****** ping",
        "redis-cli, AUTH, hunter2 | redis-cli AUTH ******",
        "/usr/bin/mysql, -uroot, -phunter2, shop | /usr/bin/mysql -uroot -p****** shop",
        "sudo, mysqldump, -phunter2, shop | sudo mysqldump -p****** shop",
        "mongosh, -u, me, -p, hunter2 | mongosh -u me -p ******",
        "docker, login, -u, me, -p, hunter2 | docker login -u me -p ******",
        "az, login, -p, hunter2 | az login -p ******",
        "sshpass, -p, hunter2, mysql, -phunter2 | sshpass -p ****** mysql -p******",
        "sshpass, -phunter2, ssh, host | sshpass -p****** ssh host",
        "mosquitto_pub, -p, 1883, -P, hunter2 | mosquitto_pub -p 1883 -P ******",
        "ldapsearch, -D, cn=a, -w, hunter2 | ldapsearch -D cn=a -w ******",
        "curl, -U, me:hunter2, http://host | curl -U me:****** http://host",
        "curl, -ume:hunter2, http://host | curl -ume:****** http://host",
        "smbclient, -U, me%hunter2, //host/s | smbclient -U me%****** //host/s",
        "vault, login, hunter2 | vault login ******",
        "aws, configure, set, aws_secret_access_key, hunter2"
            + " | aws configure set aws_secret_access_key ******",
        "java, -Dsonar.login=hunter2, X | java -Dsonar.login=******* X",
        "sh, -c, mysql -p'hunter 2' shop | sh -c mysql -p****** shop",
        "sh, -c, vault login hunter2 | sh -c vault login ******",
        "python3 -m shop --password, hunter2 | python3 -m shop --password ******"
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
    "docker run --name mysql -p3306:3306 -p 80:80 mysql:8",
    "mysql -u root -p shop",
    "mongosh -p --host h",
    "/bin/login -p -- ada",
    "grep password notes.txt",
    "passwd ada",
    "sh -c $HOME/a\\b -x",
    "ss -a 127.0.0.1:80",
    "psql -U me -w",
    "ssh me@host"
  })
  void theRestIsKept(String arguments) {
    assertThat(CommandLineText.of(List.of(arguments.split(" ")))).isEqualTo(arguments);
  }
}
