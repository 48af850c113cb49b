package dev.spanda.core.store.trial;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Kills a process, again and again, and has its {@link Subject} look at what is left. Each round
 * starts a process of its own, lets it tell what it has done for a random time that begins with the
 * first thing told, kills it without warning and compares.
 *
 * <p>The control is a process with the very fault that the trial is to find. A trial that does not
 * catch it proves nothing.
 */
public final class KillTrial {

  private static final long LONGEST_SILENCE_SECONDS = 180;

  private KillTrial() {}

  /**
   * What to run.
   *
   * @param folder an empty folder for what is stored
   * @param rounds how many processes to kill, at least 1
   * @param seed decides when they are killed
   * @param control whether they have the fault
   */
  public record Options(Path folder, int rounds, long seed, boolean control) {
    /** Checks the number of rounds. */
    public Options {
      if (rounds < 1) {
        throw new IllegalArgumentException(rounds + " rounds");
      }
    }
  }

  /**
   * How the outcome is told.
   *
   * @param told what the processes tell, such as {@code outcomes told}
   * @param wrong what must not be, such as {@code lost}
   * @param sound what each round is to leave, such as {@code sound books}
   * @param fault what the control does, such as {@code tells before the commit}
   */
  public record Words(String told, String wrong, String sound, String fault) {}

  /**
   * What was found after a round, or at the end.
   *
   * @param wrong how many things are not as they were told
   * @param progressed whether the round did something
   * @param sound whether all that is kept agrees
   */
  public record Finding(long wrong, boolean progressed, boolean sound) {}

  /** Who is killed, and who looks. */
  public interface Subject {

    /** How the outcome is told. */
    Words words();

    /** The class whose {@code main} is the process; it tells by {@link KillTrial#tell}. */
    Class<?> victim();

    /** What its {@code main} is given in a round. */
    List<String> arguments(int round);

    /** How long a process may go on after the first thing it told, in milliseconds, ≥ 1. */
    int longestMillis();

    /** Looks at what a round has left; {@code told} in order, a list of words each. */
    Finding look(int round, List<List<String>> told);

    /** Looks once more after the last round; finds nothing unless said otherwise. */
    default Finding end() {
      return new Finding(0, true, true);
    }

    /** What else is to be told at the end, after it was looked; nothing unless said otherwise. */
    default String more() {
      return "";
    }
  }

  /**
   * What came out.
   *
   * @param told how many things the processes told in all
   * @param wrong how many things were not as they were told
   * @param progressed how many rounds did something
   * @param sound after how many rounds all that is kept agreed; none when it did not at the end
   * @param more what else the subject tells
   */
  public record Result(
      Options options, Words words, long told, long wrong, int progressed, int sound, String more) {

    /** Nothing was wrong, and every round progressed and left all sound. */
    public boolean passed() {
      return wrong == 0 && progressed == options.rounds && sound == options.rounds;
    }

    /** One line for people. */
    public String line() {
      return String.format(
          Locale.ROOT,
          "%d rounds of kill -9%s: %,d %s, %,d %s; %d rounds progressed, %d left %s (seed %d)%s",
          options.rounds,
          options.control ? ", control that " + words.fault : "",
          told,
          words.told,
          wrong,
          words.wrong,
          progressed,
          sound,
          words.sound,
          options.seed,
          more);
    }
  }

  /**
   * Runs all rounds. Needs the {@code java} command and the class path of this process.
   *
   * @throws IllegalStateException when a process tells nothing within three minutes
   */
  public static Result run(Options options, Subject subject) {
    SplittableRandom random = new SplittableRandom(options.seed);
    long told = 0;
    long wrong = 0;
    int progressed = 0;
    int sound = 0;
    for (int round = 0; round < options.rounds; round++) {
      List<List<String>> words = kill(subject, round, random.nextInt(subject.longestMillis()));
      told += words.size();
      Finding finding = subject.look(round, words);
      wrong += finding.wrong();
      progressed += finding.progressed() ? 1 : 0;
      sound += finding.sound() ? 1 : 0;
    }
    Finding end = subject.end();
    return new Result(
        options,
        subject.words(),
        told,
        wrong + end.wrong(),
        end.progressed() ? progressed : 0,
        end.sound() ? sound : 0,
        subject.more());
  }

  /** Tells something, in the process that is killed; words without white space. */
  public static void tell(String... words) {
    tell(List.of(Arrays.asList(words)));
  }

  /** Tells several things at once. */
  public static void tell(List<List<String>> things) {
    StringBuilder lines = new StringBuilder();
    // The last line may be cut off in the middle; it ends with a dot when it is whole.
    things.forEach(words -> lines.append("told ").append(String.join(" ", words)).append(" .\n"));
    PrintStream out = System.out;
    synchronized (out) {
      out.print(lines);
      out.flush();
    }
  }

  private static List<List<String>> kill(Subject subject, int round, int millis) {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Xshare:auto",
                "-cp",
                System.getProperty("java.class.path"),
                subject.victim().getName()));
    command.addAll(subject.arguments(round));
    List<List<String>> told = new ArrayList<>();
    List<String> other = new ArrayList<>();
    CountDownLatch first = new CountDownLatch(1);
    try {
      Process victim = new ProcessBuilder(command).redirectErrorStream(true).start();
      Thread killer =
          new Thread(
              () -> {
                try {
                  if (first.await(LONGEST_SILENCE_SECONDS, TimeUnit.SECONDS)) {
                    victim.waitFor(millis, TimeUnit.MILLISECONDS);
                  }
                } catch (InterruptedException e) {
                  Thread.currentThread().interrupt();
                }
                // Through the handle, for the process itself would close the pipe with what is in
                // it.
                victim.toHandle().destroyForcibly();
              });
      killer.start();
      try (BufferedReader out =
          new BufferedReader(
              new InputStreamReader(victim.getInputStream(), StandardCharsets.UTF_8))) {
        for (String line = out.readLine(); line != null; line = out.readLine()) {
          if (line.startsWith("told ") && line.endsWith(" .")) {
            told.add(List.of(line.substring(5, line.length() - 2).split(" ", -1)));
            first.countDown();
          } else {
            other.add(line);
          }
        }
      } finally {
        victim.toHandle().destroyForcibly();
        first.countDown();
      }
      victim.waitFor();
      killer.join();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
    if (told.isEmpty()) {
      throw new IllegalStateException("The process told nothing but " + other);
    }
    return told;
  }
}
