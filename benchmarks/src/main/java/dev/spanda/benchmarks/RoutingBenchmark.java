package dev.spanda.benchmarks;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.ObjectWriter;
import dev.spanda.contract.http.Param;
import dev.spanda.contract.http.Route;
import dev.spanda.contract.http.WireJson;
import dev.spanda.core.Failure;
import dev.spanda.core.quota.RateLimit;
import dev.spanda.core.quota.RateLimiter;
import dev.spanda.server.gate.Gate;
import dev.spanda.server.http.Dialect;
import dev.spanda.server.http.JettyListener;
import dev.spanda.server.http.Listener;
import dev.spanda.server.http.Mount;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.Socket;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.Callback;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What a contract costs: one request over a kept connection to a mount, with limits, request names,
 * log lines and meters, beside a bare handler of Jetty that writes the same record as JSON.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@State(Scope.Benchmark)
@Fork(1)
@Warmup(iterations = 5, time = 2)
@Measurement(iterations = 10, time = 1)
public class RoutingBenchmark {

  /** The contract that is measured. */
  @Route.Group("Books")
  public interface BooksApi {
    /** A book. */
    @Route(value = "GET /api/v1/books/{number}", summary = "A book.")
    Book book(@Param.Path("number") long number);
  }

  /** A book. */
  public record Book(
      @JsonProperty("number") long number,
      @JsonProperty("title") String title,
      @JsonProperty("tags") List<String> tags,
      @JsonProperty("marks") Map<String, Double> marks) {
    static Book of(long number) {
      return new Book(number, "The same book", List.of("a", "b", "c"), Map.of("mean", 3.25));
    }
  }

  /** Who answers. */
  public enum Peer {
    /** A handler and nothing else. */
    BARE_JETTY {
      @Override
      Running start() throws Exception {
        return bare();
      }
    },
    /** A mount with all that a mount has. */
    CONTRACT {
      @Override
      Running start() throws Exception {
        return contract();
      }
    };

    abstract Running start() throws Exception;
  }

  private record Running(URI url, AutoCloseable server) {}

  @org.openjdk.jmh.annotations.Param({"BARE_JETTY", "CONTRACT"})
  Peer peer = Peer.CONTRACT;

  private Running running = new Running(URI.create("http://localhost"), () -> {});
  private Socket socket = new Socket();
  private byte[] request = {};
  private final byte[] buffer = new byte[8192];
  private int bodyLength;

  /** Starts the peer and proves that both answer the same bytes. */
  @Setup(Level.Trial)
  public void start() throws Exception {
    // Lines are made and thrown away: the terminal is not what is measured.
    System.setErr(new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8));
    byte[] expected = WireJson.mapper().writeValueAsBytes(Book.of(7));
    for (Peer each : Peer.values()) {
      Running other = each.start();
      connect(other.url(), expected.length);
      String body = ask();
      close();
      other.server().close();
      if (!body.equals(new String(expected, StandardCharsets.UTF_8))) {
        throw new IllegalStateException(each + " answers " + body);
      }
    }
    running = peer.start();
    connect(running.url(), expected.length);
  }

  /** Stops the peer. */
  @TearDown(Level.Trial)
  public void stop() throws Exception {
    close();
    running.server().close();
  }

  /** One request and its answer. */
  @Benchmark
  public int request() throws IOException {
    return exchange();
  }

  private void connect(URI url, int length) throws IOException {
    socket = new Socket(url.getHost(), url.getPort());
    socket.setTcpNoDelay(true);
    bodyLength = length;
    request =
        "GET /api/v1/books/7 HTTP/1.1\r\nHost: localhost\r\nAccept: */*\r\n\r\n"
            .getBytes(StandardCharsets.US_ASCII);
  }

  private void close() throws IOException {
    socket.close();
  }

  private String ask() throws IOException {
    int end = exchange();
    return new String(buffer, end - bodyLength, bodyLength, StandardCharsets.UTF_8);
  }

  private int exchange() throws IOException {
    socket.getOutputStream().write(request);
    InputStream in = socket.getInputStream();
    int filled = 0;
    int searched = 0;
    while (true) {
      int read = in.read(buffer, filled, buffer.length - filled);
      if (read < 0) {
        throw new IOException("the connection was closed");
      }
      filled += read;
      for (; searched + 3 < filled; searched++) {
        if (buffer[searched] == '\r'
            && buffer[searched + 1] == '\n'
            && buffer[searched + 2] == '\r'
            && buffer[searched + 3] == '\n') {
          int total = searched + 4 + bodyLength;
          while (filled < total) {
            filled += in.readNBytes(buffer, filled, total - filled);
          }
          return total;
        }
      }
    }
  }

  private static Running bare() throws Exception {
    Server server = new Server();
    ServerConnector connector = new ServerConnector(server, 0, 1);
    connector.setHost("127.0.0.1");
    server.addConnector(connector);
    ObjectWriter writer = WireJson.mapper().writerFor(Book.class);
    server.setHandler(
        new Handler.Abstract() {
          @Override
          public boolean handle(Request request, Response response, Callback callback)
              throws Exception {
            String path = request.getHttpURI().getPath();
            long number = Long.parseLong(path.substring(path.lastIndexOf('/') + 1));
            byte[] bytes = writer.writeValueAsBytes(Book.of(number));
            response.getHeaders().put(HttpHeader.CONTENT_TYPE, "application/json");
            response.getHeaders().put(HttpHeader.CONTENT_LENGTH, bytes.length);
            response.write(true, ByteBuffer.wrap(bytes), callback);
            return true;
          }
        });
    server.start();
    return new Running(URI.create("http://127.0.0.1:" + connector.getLocalPort()), server::stop);
  }

  private static Running contract() throws IOException {
    Mount mount =
        Mount.builder("books")
            .dialect(new PlainDialect())
            .gate(
                Gate.builder(new RateLimiter(InstantSource.system()))
                    .limit(RateLimit.perMinute(1_000_000_000))
                    .build())
            .endpoints(BooksApi.class, caller -> Book::of)
            .build();
    Listener listener = JettyListener.builder().port(0, mount).start();
    return new Running(Objects.requireNonNull(listener.urls().get("books")), listener);
  }

  /** Never speaks here. */
  private static final class PlainDialect implements Dialect {
    @Override
    public Answer error(Failure failure, String requestId) {
      return new Answer(Dialect.usualStatus(failure), Map.of("id", requestId));
    }

    @Override
    public Class<?> errorType() {
      return Map.class;
    }
  }
}
