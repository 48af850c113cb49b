package dev.spanda.server.http;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** A connection on which a test may write any bytes it likes. */
public final class RawHttp implements Closeable {

  /** What came back. */
  @SuppressWarnings("ArrayRecordComponent") // Read, never compared.
  public record Answer(int status, Map<String, String> headers, byte[] body) {
    /** The body as text. */
    public String text() {
      return new String(body, StandardCharsets.UTF_8);
    }

    /** A header by its name in lower case, or the empty string. */
    public String header(String name) {
      return headers.getOrDefault(name, "");
    }
  }

  private final Socket socket;
  private final InputStream in;

  public RawHttp(URI server) throws IOException {
    socket = new Socket(server.getHost(), server.getPort());
    socket.setSoTimeout(40_000);
    in = new java.io.BufferedInputStream(socket.getInputStream());
  }

  public RawHttp send(String text) throws IOException {
    return send(text.getBytes(StandardCharsets.ISO_8859_1));
  }

  public RawHttp send(byte[] bytes) throws IOException {
    socket.getOutputStream().write(bytes);
    socket.getOutputStream().flush();
    return this;
  }

  /** Sends a request without a body. */
  public Answer ask(String verb, String target, String... headers) throws IOException {
    return ask(verb, target, new byte[0], headers);
  }

  /** Sends a request with a body, whose length is told when it has one. */
  public Answer ask(String verb, String target, byte[] body, String... headers) throws IOException {
    StringBuilder head = new StringBuilder();
    head.append(verb).append(' ').append(target).append(" HTTP/1.1\r\nHost: localhost\r\n");
    if (body.length > 0) {
      head.append("Content-Length: ").append(body.length).append("\r\n");
    }
    for (String header : headers) {
      head.append(header).append("\r\n");
    }
    send(head.append("\r\n").toString()).send(body);
    return read(verb);
  }

  /** Reads an answer to a request with this verb. */
  public Answer read(String verb) throws IOException {
    String[] first = line().split(" ", 3);
    Map<String, String> headers = new TreeMap<>();
    for (String line = line(); !line.isEmpty(); line = line()) {
      int colon = line.indexOf(':');
      headers.merge(
          line.substring(0, colon).toLowerCase(Locale.ROOT),
          line.substring(colon + 1).strip(),
          (a, b) -> a + ", " + b);
    }
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    int status = Integer.parseInt(first[1]);
    if (!verb.equals("HEAD") && status != 204 && status != 101) {
      if (headers.containsKey("content-length")) {
        int length = Integer.parseInt(headers.get("content-length"));
        body.write(in.readNBytes(length));
        if (body.size() < length) {
          throw new IOException("the body broke off");
        }
      } else if ("chunked".equals(headers.get("transfer-encoding"))) {
        for (int size = Integer.parseInt(line(), 16); size > 0; ) {
          body.write(in.readNBytes(size));
          line();
          size = Integer.parseInt(line(), 16);
        }
        line();
      } else {
        body.write(in.readAllBytes());
      }
    }
    return new Answer(status, headers, body.toByteArray());
  }

  /** Whether the server has ended the connection; waits until it does or sends something. */
  public boolean isClosedByServer() throws IOException {
    try {
      return in.read() < 0;
    } catch (java.net.SocketException e) {
      return true;
    }
  }

  public InputStream in() {
    return in;
  }

  public Socket socket() {
    return socket;
  }

  private String line() throws IOException {
    StringBuilder line = new StringBuilder();
    int c = in.read();
    while (c >= 0 && c != '\n') {
      if (c != '\r') {
        line.append((char) c);
      }
      c = in.read();
    }
    if (c < 0 && line.isEmpty()) {
      throw new IOException("the connection was closed");
    }
    return line.toString();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
