package dev.partyline.peers;

import static dev.partyline.peers.SecretTraffic.assertHidden;
import static dev.partyline.peers.SecretTraffic.secret;

import org.junit.jupiter.api.Test;

/** What the libraries of Python send to log in is in nothing that is shown of it. */
class PythonSecretsTest {
  private static final String ITSELF = "^$";

  private static final String MAIL = "S: 220 mail\nC: ${*}\nS: 250-mail\nS: 250 AUTH %s\n";

  private final String secret = secret();

  private void hides(String script, String sent, String program) {
    assertHidden(script, secret, sent, "python3", "-c", program.replace("SECRET", secret));
  }

  @Test
  void smtplib_logs_in() {
    String program =
        """
        import smtplib
        mail = smtplib.SMTP('127.0.0.1', PORT, timeout=30)
        mail.login('me', 'SECRET')
        """;
    hides(MAIL.formatted("PLAIN") + "C: AUTH PLAIN ${*}\nS: 235 ok\nS! close\n", ITSELF, program);
    hides(
        MAIL.formatted("LOGIN")
            + "C: AUTH LOGIN ${*}\nS: 334 UGFzc3dvcmQ6\nC: ${*}\nS: 235 ok\nS! close\n",
        ITSELF,
        program);
    hides(
        MAIL.formatted("CRAM-MD5")
            + "C: AUTH CRAM-MD5\nS: 334 PDE4QGE+\nC: ${*}\nS: 235\nS! close\n",
        "AUTH CRAM-MD5\r\n([^\r]+)",
        program);
  }

  @Test
  void smtplib_is_refused() {
    hides(
        MAIL.formatted("LOGIN PLAIN")
            + "C: AUTH PLAIN ${*}\nS: 535 no\nC: AUTH LOGIN ${*}\nS: 334 UGFzc3dvcmQ6\nC: ${*}\n"
            + "S: 535 no\nS! close\n",
        ITSELF,
        """
        import smtplib
        smtplib.SMTP('127.0.0.1', PORT, timeout=30).login('me', 'SECRET')
        """);
  }

  @Test
  void imaplib_logs_in() {
    String script =
        """
        S: * OK imap
        C: ${tag} CAPABILITY
        S: * CAPABILITY IMAP4rev1 AUTH=CRAM-MD5 AUTH=XOAUTH2
        S: ${tag} OK done
        """;
    String program = "import imaplib\nimap = imaplib.IMAP4('127.0.0.1', PORT, 30)\n";
    hides(
        script + "C: ${t} LOGIN ${*}\nS: ${t} OK\nS! close\n",
        ITSELF,
        program + "imap.login('me', 'SECRET')\n");
    hides(
        script + "C: ${t} AUTHENTICATE CRAM-MD5\nS: + PDE4QGE+\nC: ${*}\nS: ${t} OK\nS! close\n",
        "AUTHENTICATE CRAM-MD5\r\n([^\r]+)",
        program + "imap.login_cram_md5('me', 'SECRET')\n");
    hides(
        script + "C: ${t} AUTHENTICATE XOAUTH2\nS: +\\s\nC: ${*}\nS: ${t} OK\nS! close\n",
        "XOAUTH2\r\n([^\r]+)",
        program
            + "imap.authenticate('XOAUTH2',"
            + " lambda x: b'user=me\\1auth=Bearer SECRET\\1\\1')\n");
  }

  @Test
  void poplib_logs_in() {
    String program = "import poplib\npop = poplib.POP3('127.0.0.1', PORT, 30)\n";
    hides(
        "S: +OK pop\nC: USER me\nS: +OK\nC: PASS ${*}\nS: +OK\nS! close\n",
        ITSELF,
        program + "pop.user('me')\npop.pass_('SECRET')\n");
    hides(
        "S: +OK <1@a>\nC: APOP ${*}\nS: +OK\nS! close\n",
        "APOP me ([0-9a-f]+)",
        program + "pop.apop('me', 'SECRET')\n");
  }

  @Test
  void ftplib_logs_in() {
    hides(
        "S: 220 ftp\nC: USER me\nS: 331 a\nC: PASS ${*}\nS: 332 b\nC: ACCT ${*}\nS: 230 ok\nS! close\n",
        ITSELF,
        """
        import ftplib
        ftp = ftplib.FTP()
        ftp.connect('127.0.0.1', PORT, 30)
        ftp.login('me', 'SECRET', 'SECRET')
        """);
  }

  @Test
  void http_client_sends_headers_and_forms() {
    String answer = "S: HTTP/1.1 204 No Content\nS:\nS! close\n";
    String program =
        """
        import http.client, json, urllib.parse
        web = http.client.HTTPConnection('127.0.0.1', PORT, timeout=30)
        """;
    hides(
        "C: ...\nC:\n" + answer,
        ITSELF,
        program
            + "web.request('GET', '/?api_key=SECRET', headers={'Cookie': 'a=SECRET', 'X-Api-Key':"
            + " 'SECRET'})\nweb.getresponse()\n");
    hides(
        "C: ...\nC:\nC: 28\nC: ...\nC: 0\nC:\n" + answer,
        ": \"([A-Za-z0-9]{6,})\r\n",
        program
            + "text = json.dumps({'user': 'me', 'password': 'SECRET'})\n"
            + "web.request('POST', '/', body=(text[i:i+40].encode() for i in range(0, len(text),"
            + " 40)), encode_chunked=True, headers={'Transfer-Encoding': 'chunked'})\n"
            + "web.getresponse()\n");
    hides(
        "C: ...\nC: Content-Length: ${n}\nC: ...\nC:\nC| ${*:38 bytes}\n" + answer,
        ITSELF,
        program
            + "web.request('POST', '/', urllib.parse.urlencode({'user': 'you',"
            + " 'password': 'SECRET'}))\nweb.getresponse()\n");
  }

  @Test
  void a_request_that_is_written_byte_by_byte() {
    hides(
        "C: ...\nC:\nS: HTTP/1.1 204 No Content\nS:\nS! close\n",
        ITSELF,
        """
        import socket
        web = socket.create_connection(('127.0.0.1', PORT), 30)
        web.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        for c in 'GET /?token=SECRET HTTP/1.1\\r\\nAuthorization: Bearer SECRET\\r\\n\\r\\n':
            web.sendall(c.encode())
        web.recv(100)
        """);
  }
}
