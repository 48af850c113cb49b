package dev.spanda.media.clip;

import dev.spanda.core.Failure;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.function.IntConsumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The program ffmpeg on this machine, which decodes and encodes frames in a process of its own.
 *
 * <p>It is looked for at the path that is given, then on the {@code PATH}, then in the jar {@code
 * org.bytedeco:ffmpeg} when that is on the class path, and asked once for its version and its
 * encoders. It runs with a list of arguments and never through a shell; where the system has the
 * programs {@code prlimit}, {@code unshare} and {@code setpriv} it has no network, at most so much
 * memory, and does not outlive the process that started it. Thread-safe.
 */
public final class Ffmpeg {

  /** The command that installs what is missing. */
  public static final String INSTALL = "apt-get install ffmpeg";

  private static final Pattern VERSION = Pattern.compile("ffmpeg version n?(\\d+)\\.(\\d+)\\S*");
  private static final Pattern ENCODER = Pattern.compile("^ [VASFXBD.]{6} (\\S+)");
  private static final Duration PROBE = Duration.ofSeconds(20);
  private static final int LONGEST_ANSWER = 1 << 20;
  private static final int LONGEST_COMPLAINT = 2_000;
  private static final long MOST_MEMORY = 6L << 30;

  /**
   * How the GNU C library hands out memory: in one growing piece of large pages. By default it maps
   * every frame anew and gives it back, which the kernel clears page by page; that takes a third of
   * the processor time of a short run. Other libraries know none of these names.
   */
  private static final Map<String, String> MEMORY =
      Map.of(
          "GLIBC_TUNABLES",
          "glibc.malloc.hugetlb=1",
          "MALLOC_ARENA_MAX",
          "1",
          "MALLOC_MMAP_THRESHOLD_",
          Integer.toString(32 << 20),
          "MALLOC_TOP_PAD_",
          Integer.toString(64 << 20),
          "MALLOC_TRIM_THRESHOLD_",
          Integer.toString(1 << 30));

  private final Path program;
  private final String version;
  private final int versionNumber;
  private final Set<String> encoders;
  private final List<String> cage;

  private Ffmpeg(Path program) {
    this.program = program;
    String banner = ask(program, "-version");
    Matcher matcher = VERSION.matcher(banner);
    if (!matcher.find()) {
      throw missing("The program at " + program + " does not say that it is ffmpeg");
    }
    this.version = matcher.group().substring("ffmpeg version ".length());
    this.versionNumber =
        Integer.parseInt(matcher.group(1)) * 100 + Integer.parseInt(matcher.group(2));
    Set<String> names = new TreeSet<>();
    ask(program, "-hide_banner", "-encoders")
        .lines()
        .forEach(
            line -> {
              Matcher encoder = ENCODER.matcher(line);
              if (encoder.find()) {
                names.add(encoder.group(1));
              }
            });
    this.encoders = Set.copyOf(names);
    this.cage = cage();
  }

  /**
   * Looks for the program.
   *
   * @param explicit where it is; empty to look for it
   * @throws Failure UNAVAILABLE, subject {@code ffmpeg}, when there is none or it does not run; the
   *     message says how to install it
   */
  public static Ffmpeg find(Optional<Path> explicit) {
    if (explicit.isPresent()) {
      Path path = explicit.get().toAbsolutePath();
      if (!Files.isExecutable(path)) {
        throw missing("There is no program at " + path);
      }
      return new Ffmpeg(path);
    }
    return onPath(System.getenv().getOrDefault("PATH", ""))
        .or(Ffmpeg::inJar)
        .map(Ffmpeg::new)
        .orElseThrow(() -> missing("Clips need the program ffmpeg, which is not on this machine"));
  }

  /** The version as the program tells it, such as {@code 5.1.9-0+deb12u1}. */
  public String version() {
    return version;
  }

  /** Where the program is. */
  public Path program() {
    return program;
  }

  /** The names of its encoders. */
  public Set<String> encoders() {
    return encoders;
  }

  /** The program of that name in the folders of a search path. */
  static Optional<Path> onPath(String path) {
    for (String folder : path.split(Pattern.quote(File.pathSeparator), -1)) {
      if (folder.isEmpty()) {
        continue;
      }
      Path candidate = Path.of(folder, "ffmpeg");
      if (Files.isRegularFile(candidate) && Files.isExecutable(candidate)) {
        return Optional.of(candidate.toAbsolutePath());
      }
    }
    return Optional.empty();
  }

  /** The program in the jar org.bytedeco:ffmpeg, unpacked by its own loader. */
  private static Optional<Path> inJar() {
    try {
      Class<?> loader = Class.forName("org.bytedeco.javacpp.Loader");
      Class<?> program = Class.forName("org.bytedeco.ffmpeg.ffmpeg");
      Object path = loader.getMethod("load", Class.class).invoke(null, program);
      return path == null ? Optional.empty() : Optional.of(Path.of(path.toString()));
    } catch (ReflectiveOperationException | LinkageError e) {
      return Optional.empty();
    }
  }

  static Failure missing(String message) {
    return Failure.of(
            Failure.Reason.UNAVAILABLE, "ffmpeg", message + "; it is installed by " + INSTALL)
        .with("install", INSTALL);
  }

  /** Whether the version is at least the given one. */
  boolean isAtLeast(int major, int minor) {
    return versionNumber >= major * 100 + minor;
  }

  /**
   * The encoder for pictures in H.264: libopenh264, which may be shipped with anything, or libx264,
   * which is GPL and runs as a program of its own.
   *
   * @throws Failure UNAVAILABLE, subject {@code ffmpeg}, when the program has neither
   */
  String h264() {
    return require("libx264", "libopenh264");
  }

  /** The first of the encoders that there is. */
  String require(String... names) {
    for (String name : names) {
      if (encoders.contains(name)) {
        return name;
      }
    }
    throw missing("This ffmpeg has no encoder " + String.join(" or ", names));
  }

  /**
   * Runs the program to its end.
   *
   * @param folder the working folder
   * @param patience after so long it is killed
   * @param encoded hears how many frames were encoded so far; may throw to break off
   * @param arguments all but the name of the program
   * @throws Failure FAILED, subject {@code source}, with what the program said when it fails;
   *     TIMED_OUT, subject {@code source}, when its time is up
   */
  void run(Path folder, Duration patience, IntConsumer encoded, List<String> arguments)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(cage);
    command.add(program.toString());
    command.addAll(List.of("-hide_banner", "-nostdin", "-loglevel", "error", "-y"));
    command.addAll(List.of("-progress", "pipe:1", "-stats_period", "0.1"));
    command.addAll(arguments);
    Path complaints = folder.resolve("complaints-" + System.nanoTime() + ".txt");
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectError(complaints.toFile())
            .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")));
    builder.environment().putAll(MEMORY);
    Process process = builder.start();
    long end = System.nanoTime() + patience.toNanos();
    boolean ended = false;
    try {
      Listener listener = listen(process, encoded);
      try {
        while (!process.waitFor(50, TimeUnit.MILLISECONDS)) {
          if (System.nanoTime() - end >= 0) {
            throw Failure.of(Failure.Reason.TIMED_OUT, "source", "The frames were not done in time")
                .with(Failure.MAX_VALUE, patience.toSeconds());
          }
          Throwable broken = listener.broken;
          if (broken instanceof RuntimeException stop) {
            throw stop;
          }
        }
        listener.join();
      } finally {
        listener.interrupt();
      }
      Throwable broken = listener.broken;
      if (broken instanceof RuntimeException stop) {
        throw stop;
      }
      ended = true;
    } finally {
      if (!ended) {
        // Process.destroy() would close the streams under the listener.
        process.toHandle().destroyForcibly();
        process.waitFor();
      }
    }
    if (process.exitValue() != 0) {
      throw Failure.of(
          Failure.Reason.FAILED,
          "source",
          "ffmpeg could not make the clip: " + complaint(complaints, arguments));
    }
    Files.deleteIfExists(complaints);
  }

  private static String complaint(Path file, List<String> arguments) throws IOException {
    byte[] bytes;
    try (InputStream in = Files.newInputStream(file)) {
      bytes = in.readNBytes(LONGEST_COMPLAINT);
    }
    String text = new String(bytes, StandardCharsets.UTF_8).strip();
    for (String argument : arguments) {
      // Where files lie is nothing that whoever asked may know.
      if (argument.startsWith("/")) {
        text = text.replace(argument, "the film");
      }
    }
    return text.isEmpty() ? "it gave no reason" : text.lines().limit(3).toList().toString();
  }

  /** Reads the frames that are told on the standard output. */
  private static final class Listener extends Thread {

    private final Process process;
    private final IntConsumer encoded;
    private volatile @Nullable Throwable broken;

    Listener(Process process, IntConsumer encoded) {
      super("spanda-ffmpeg");
      this.process = process;
      this.encoded = encoded;
      setDaemon(true);
    }

    @Override
    public void run() {
      try (BufferedReader lines =
          new BufferedReader(
              new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
          if (line.startsWith("frame=")) {
            encoded.accept(Integer.parseInt(line.substring("frame=".length()).strip()));
          }
        }
      } catch (IOException e) {
        // The process is gone, which its exit code tells.
      } catch (RuntimeException e) {
        broken = e;
      }
    }
  }

  private static Listener listen(Process process, IntConsumer encoded) {
    Listener listener = new Listener(process, encoded);
    listener.start();
    return listener;
  }

  private static String ask(Path program, String... arguments) {
    List<String> command = new ArrayList<>();
    command.add(program.toString());
    command.addAll(List.of(arguments));
    try {
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      process.getOutputStream().close();
      byte[] answer = process.getInputStream().readNBytes(LONGEST_ANSWER);
      if (!process.waitFor(PROBE.toMillis(), TimeUnit.MILLISECONDS)) {
        process.destroyForcibly();
        throw missing("The program at " + program + " does not answer");
      }
      if (process.exitValue() != 0) {
        throw missing("The program at " + program + " does not run");
      }
      return new String(answer, StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw missing("The program at " + program + " does not start").causedBy(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw missing("The program at " + program + " was not waited for").causedBy(e);
    }
  }

  /** What stands before the program's name: each part only where it was seen to work. */
  private static List<String> cage() {
    if (!System.getProperty("os.name", "").toLowerCase(Locale.ROOT).contains("linux")) {
      return List.of();
    }
    List<String> cage = new ArrayList<>();
    for (List<String> part :
        List.of(
            List.of("unshare", "-rn"),
            List.of("setpriv", "--pdeathsig", "KILL"),
            List.of("prlimit", "--as=" + MOST_MEMORY, "--core=0"))) {
      List<String> longer = new ArrayList<>(cage);
      longer.addAll(part);
      if (runs(longer)) {
        cage = longer;
      }
    }
    return List.copyOf(cage);
  }

  private static boolean runs(List<String> cage) {
    List<String> command = new ArrayList<>(cage);
    command.add("true");
    try {
      Process process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      process.getOutputStream().close();
      return process.waitFor(5, TimeUnit.SECONDS) && process.exitValue() == 0;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** Whether the program runs where it has no network. */
  boolean isWithoutNetwork() {
    return cage.contains("unshare");
  }
}
