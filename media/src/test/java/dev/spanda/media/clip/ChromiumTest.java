package dev.spanda.media.clip;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Plays clips to their end in a browser that draws nothing: a page shows them one behind the other
 * and tells what it saw.
 */
class ChromiumTest {

  /** With a rate of 4 the seconds pass four times as fast. */
  private static final String PAGE =
      """
      <!doctype html><video id=v muted></video><script>
      const names = NAMES;
      const v = document.getElementById('v');
      const tell = text => fetch('/told', {method: 'POST', body: text});
      const next = i => {
        if (i === names.length) { tell('over'); return; }
        let failed = null;
        // One word after the other: two requests may overtake each other.
        v.onerror = () => tell(names[i] + ' error ' + v.error.message).then(() => next(i + 1));
        v.onended = () => {
          const q = v.getVideoPlaybackQuality();
          tell([names[i], 'ended', v.duration, v.currentTime, v.videoWidth, v.videoHeight,
                q.totalVideoFrames, q.corruptedVideoFrames].join(' ')).then(() => next(i + 1));
        };
        v.src = '/film/' + names[i];
        v.playbackRate = 4;
        v.play().catch(e => tell(names[i] + ' refused ' + e));
      };
      next(0);
      </script>
      """;

  @TempDir Path folder;

  @Test
  void chromiumPlaysEveryClipToItsEnd() throws Exception {
    Films.requireFfmpeg();
    Path browser = browser();
    Map<String, Path> films = new ConcurrentHashMap<>();
    List<String> names = new ArrayList<>();
    int made = 0;
    Cutter cutter =
        new Cutter(
            Optional.ofNullable(System.getProperty("spanda.clip.ffmpeg")).map(Path::of),
            Cutter.Limits.DEFAULT);
    for (String film : List.of("closed-30", "pyramid-30", "variable", "rotated-30", "opus-30")) {
      for (ClipPlan.Mode mode : ClipPlan.Mode.values()) {
        Path work = Files.createDirectory(folder.resolve("work-" + ++made));
        ClipPlan plan =
            ClipPlan.of(Duration.ofMillis(1_370), Duration.ofMillis(2_500)).withMode(mode);
        try (ClipSource source = ClipSource.of(Films.film(film))) {
          Clip clip = cutter.cut(source, plan, folder.resolve(made + ".mp4"), work, fraction -> {});
          String name = film + "-" + clip.way();
          films.put(name, clip.file());
          names.add(name);
        }
      }
    }
    BlockingQueue<String> told = new LinkedBlockingQueue<>();
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(Executors.newCachedThreadPool());
    server.createContext("/", exchange -> page(exchange, names));
    server.createContext("/film/", exchange -> film(exchange, films));
    server.createContext(
        "/told",
        exchange -> {
          told.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
          exchange.sendResponseHeaders(204, -1);
          exchange.close();
        });
    server.start();
    Process chromium = start(browser, server.getAddress().getPort());
    List<String> seen = new ArrayList<>();
    try {
      for (String line = told.poll(60, TimeUnit.SECONDS);
          line != null && !line.equals("over");
          line = told.poll(60, TimeUnit.SECONDS)) {
        seen.add(line);
      }
    } finally {
      chromium.descendants().forEach(ProcessHandle::destroyForcibly);
      chromium.destroyForcibly();
      chromium.waitFor();
      server.stop(0);
    }
    assertThat(seen).hasSize(names.size());
    for (int i = 0; i < names.size(); i++) {
      String[] words = seen.get(i).split(" ");
      assertThat(words[1]).as(seen.get(i)).isEqualTo("ended");
      assertThat(words[0]).isEqualTo(names.get(i));
      // Of an instant clip the browser counts hidden frames behind the end in, and shows none.
      double most = words[0].endsWith("COPY") ? 2.9 : 2.56;
      assertThat(Double.parseDouble(words[2])).as(seen.get(i)).isBetween(2.49, most);
      assertThat(Double.parseDouble(words[3])).as(seen.get(i)).isBetween(2.4, most);
      boolean turned = names.get(i).startsWith("rotated");
      assertThat(words[4]).as(seen.get(i)).isEqualTo(turned ? "180" : "320");
      assertThat(Integer.parseInt(words[6])).as(seen.get(i)).isPositive();
      assertThat(words[7]).as(seen.get(i)).isEqualTo("0");
    }
  }

  private static Path browser() {
    return Stream.of("/usr/bin/chromium", "/usr/bin/chromium-browser")
        .map(Path::of)
        .filter(Files::isExecutable)
        .findFirst()
        .orElseGet(
            () -> {
              Assumptions.abort("needs chromium");
              return Path.of("none");
            });
  }

  private Process start(Path browser, int port) throws IOException {
    return new ProcessBuilder(
            browser.toString(),
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-quic",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            "--disable-dev-shm-usage",
            "--autoplay-policy=no-user-gesture-required",
            "--remote-debugging-port=0",
            "--user-data-dir=" + Files.createDirectory(folder.resolve("profile")),
            "http://127.0.0.1:" + port + "/")
        .redirectErrorStream(true)
        .redirectOutput(folder.resolve("chromium.txt").toFile())
        .start();
  }

  private static void page(HttpExchange exchange, List<String> names) throws IOException {
    String list = "['" + String.join("','", names) + "']";
    byte[] page = PAGE.replace("NAMES", list).getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().add("Content-Type", "text/html");
    exchange.sendResponseHeaders(200, page.length);
    exchange.getResponseBody().write(page);
    exchange.close();
  }

  private static void film(HttpExchange exchange, Map<String, Path> films) throws IOException {
    String name = exchange.getRequestURI().getPath().substring("/film/".length());
    byte[] film = Files.readAllBytes(films.get(name));
    String range = exchange.getRequestHeaders().getFirst("Range");
    int from = 0;
    if (range != null) {
      from = Integer.parseInt(range.replaceAll("bytes=(\\d+)-.*", "$1"));
      exchange
          .getResponseHeaders()
          .add("Content-Range", "bytes " + from + "-" + (film.length - 1) + "/" + film.length);
    }
    exchange.getResponseHeaders().add("Accept-Ranges", "bytes");
    exchange.getResponseHeaders().add("Content-Type", "video/mp4");
    exchange.sendResponseHeaders(range == null ? 200 : 206, film.length - from);
    exchange.getResponseBody().write(film, from, film.length - from);
    exchange.close();
  }
}
