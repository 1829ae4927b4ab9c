package dev.partyline.internal.secrets;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Logins in text that are rarer than the plain one of their protocol, in the form of SecretShapes.
 */
final class LoginShapes {
  private static final Map<String, String> ALL = new LinkedHashMap<>();

  static {
    redis();
    saslInManageSieve();
    irc();
    xmpp();
  }

  private LoginShapes() {}

  static Map<String, String> all() {
    return ALL;
  }

  /** Commands and answers of Redis that are not its plain login. */
  private static void redis() {
    ALL.put("Redis AUTH after a blank", "C: AUTH %s\r\n|S:+OK\r\n");
    ALL.put("Redis HELLO, options first", "C:HELLO 3 SETNAME n AUTH user %s\r\n|S:+OK\r\n");
    ALL.put("Redis sentinel-pass", "C:SENTINEL CONFIG SET sentinel-pass %s\r\n|S:+OK\r\n");
    ALL.put("Redis ACL LIST, hashes", "C:ACL LIST\r\n|S:*1\r\n$33\r\nuser a on #%s ~* +@all\r\n");
    ALL.put("Redis ACL LIST", "C:ACL LIST\r\n|S:*1\r\n$33\r\nuser a on >%s ~* +@all\r\n");
    ALL.put(
        "Redis HSETEX",
        "C:*8\r\n$6\r\nHSETEX\r\n$1\r\nu\r\n$2\r\nEX\r\n$1\r\n9"
            + "\r\n$6\r\nFIELDS\r\n$1\r\n1\r\n$8\r\npassword\r\n$%d\r\n%s\r\n");
    ALL.put("Redis HSETEX on a line", "C:HSETEX u EX 9 FIELDS 1 password %s\r\n|S::1\r\n");
    ALL.put(
        "Redis HGETALL, values of any type",
        "C:HGETALL u\r\n|S:*8\r\n+name\r\n:5\r\n=7\r\ntxt:all\r\n$-1"
            + "\r\n+password\r\n+%s\r\n$1\r\na\r\n#t\r\n");
    ALL.put(
        "Redis HGETALL, verbatim", "C:HGETALL u\r\n|S:%%1\r\n=12\r\ntxt:password\r\n$%d\r\n%s\r\n");
    String entry =
        "*2\r\n$3\r\n1-1\r\n*4\r\n$4\r\nuser\r\n$1\r\na\r\n$8\r\npassword\r\n$%d\r\n%s\r\n";
    ALL.put(
        "Redis XADD",
        "C:*7\r\n$4\r\nXADD\r\n$1\r\nu\r\n$1\r\n*\r\n$4\r\nuser\r\n$1\r\na\r\n$8\r\npassword\r\n$%d\r\n%s\r\n");
    ALL.put("Redis XADD on a line", "C:XADD u NOMKSTREAM MAXLEN ~ 9 LIMIT 5 1-* a b token %s\r\n");
    ALL.put("Redis XRANGE", "C:XRANGE u - +\r\n|S:*1\r\n" + entry);
    ALL.put("Redis XREAD", "C:XREAD STREAMS u 0\r\n|S:*1\r\n*2\r\n$1\r\nu\r\n*1\r\n" + entry);
    for (String line :
        List.of(
            "SET password %s",
            "set session:token %s EX 60",
            "SETNX api_key %s",
            "GETSET password %s",
            "SETEX auth_token 60 %s",
            "PSETEX auth_token 60 %s",
            "MSET a b password %s")) {
      ALL.put("Redis " + line, "C:" + line + "\r\n|S:+OK\r\n");
    }
    ALL.put("Redis SETEX", "C:*4\r\n$5\r\nSETEX\r\n$10\r\nauth_token\r\n$2\r\n60\r\n$%d\r\n%s\r\n");
    ALL.put("Redis HGETALL in EXEC", "C:HGETALL u\r\n|S:*2\r\n+OK\r\n*2\r\n+token\r\n+%s\r\n");
  }

  private static void saslInManageSieve() {
    ALL.put(
        "ManageSieve in two",
        "C:AUTHENTICATE \"PLAIN\"\r\n|S:\"\"\r\n|C:\"%64s\"\r\n|S:OK\r\n|C:LISTSCRIPTS\r\n");
    ALL.put(
        "ManageSieve LOGIN",
        "C:AUTHENTICATE \"LOGIN\"\r\n|S:\"VXNlcm5hbWU6\"\r\n|C:\"dXNl\""
            + "\r\n|S:\"UGFzc3dvcmQ6\"\r\n|C:\"%64s\"\r\n|S:OK\r\n");
    ALL.put(
        "ManageSieve LOGIN, literals",
        "C:AUTHENTICATE \"LOGIN\"\r\n|S:{12}\r\nVXNlcm5hbWU6\r\n|C:{4+}\r\ndXNl"
            + "\r\n|S:{12}\r\nUGFzc3dvcmQ6\r\n|C:{12+}\r\n%64s\r\n|S:OK\r\n");
    ALL.put(
        "ManageSieve SCRAM",
        "C:AUTHENTICATE \"SCRAM-SHA-1\" \"biwsbj11\"\r\n|S:{8}\r\ncj1hYmNk"
            + "\r\n|C:\"%64s\"\r\n|S:OK (SASL \"dj1hYmNk\")\r\n");
    ALL.put("ManageSieve at once", "C:AUTHENTICATE \"LOGIN\"\r\n\"dXNl\"\r\n\"%64s\"\r\n");
  }

  private static void irc() {
    for (String line :
        List.of(
            "REGISTER * a@b %s",
            "REGISTER ada * :%s",
            "@t=1 PASS %s",
            "@t=1 AUTHENTICATE %64s",
            "@label=1 PRIVMSG NickServ :IDENTIFY %s",
            ":a PRIVMSG NickServ :IDENTIFY ada %s",
            "PRIVMSG   NickServ  :IDENTIFY   ada   %s",
            "PRIVMSG NickServ IDENTIFY %s",
            "SQUERY NickServ :IDENTIFY %s",
            "PRIVMSG NickServ :ID %s",
            "NS ID %s",
            "NS ID ada %s",
            "PRIVMSG NickServ :SET PASSWORD %s",
            "NS SASET ada PASSWORD %s",
            "NS GROUP ada %s",
            "NS LOGIN ada %s",
            "NS SETPASS ada 123 %s",
            "PRIVMSG NickServ :DROP ada %s")) {
      ALL.put("IRC " + line, "C:" + line + "\r\n");
    }
  }

  private static void xmpp() {
    ALL.put("XMPP SASL 2", "C:<response xmlns='urn:xmpp:sasl:2'>%64s</response>");
    ALL.put(
        "XMPP SASL 2, initial response",
        "C:<authenticate xmlns='urn:xmpp:sasl:2' mechanism='PLAIN'>"
            + "<initial-response>%64s</initial-response></authenticate>");
    ALL.put(
        "XMPP iq:auth",
        "C:<iq type='set'><query xmlns='jabber:iq:auth'><username>a</username>"
            + "<digest>%s</digest></query></iq>");
  }
}
