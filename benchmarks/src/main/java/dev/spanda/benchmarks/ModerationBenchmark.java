package dev.spanda.benchmarks;

import dev.spanda.media.moderation.Moderator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;

/** How long the three scores of a message take, of eight messages of 80 characters on average. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
public class ModerationBenchmark {

  private static final int COUNT = 8;
  private static final List<String> MESSAGES =
      List.of(
          "Hey, what's up? I was late today, did I miss anything important on the stream?",
          "GG WP everyone, that was one of the best matches that I have seen in a long time",
          "y0u 4r3 5uch 4n 1d10t, l34v3 th1s ch4nn3l b3f0r3 s0m3b0dy k1ck5 y0u 0ut 0f h3r3",
          "subscribe to my channel please!!! free gift cards at http://win.example/abcdefghijk",
          "the source is at https://github.com/example/project and the docs are beside it, too",
          "RT @somebody: I can't believe that they have changed the rules again, this is sooooo"
              + " old",
          "\uff54\uff48\uff49\uff53 \u0456s wr\u0456tt\u0435n w\u0456th"
              + " l\u043e\u043ek-\u0430lik\u0435s of other scripts, all over the place",
          "my favourite game is still the old one with the castle, the dragon and the long stairs");

  private final Moderator moderator = Moderator.packaged();

  /** Checks that the messages are told apart. */
  @Setup
  public void prove() {
    if (moderator.score(MESSAGES.get(2)).toxicity() < 0.5
        || moderator.score(MESSAGES.get(3)).spam() < 0.5
        || moderator.score(MESSAGES.get(1)).toxicity() > 0.5) {
      throw new IllegalStateException("the messages are not told apart");
    }
  }

  /** Scores eight messages. */
  @Benchmark
  @OperationsPerInvocation(COUNT)
  public void scores(Blackhole hole) {
    for (String message : MESSAGES) {
      hole.consume(moderator.score(message));
    }
  }
}
