package dev.spanda.server.cli;

import dev.spanda.audio.play.HardwareProfile;
import dev.spanda.audio.play.JavaSoundOutput;
import dev.spanda.audio.play.Player;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Plays a bowl or a tone on a sound card. */
@Command(
    name = "play",
    description = "Play a bowl or a tone on a sound card.",
    mixinStandardHelpOptions = true)
final class PlayCommand implements Callable<Integer> {

  @Spec private CommandSpec spec = CommandSpec.create();

  @Mixin private ToneOptions tone = new ToneOptions();

  @Option(names = "--mixer", description = "Name of the sound card; see --mixers.")
  private @Nullable String mixer;

  @Option(names = "--mixers", description = "List the sound cards and end.")
  private boolean mixers;

  @Option(
      names = "--level",
      description = "Hardware level, 2 passive crystal or 3 amplified; ${DEFAULT-VALUE}.",
      defaultValue = "2")
  private int level = 2;

  PlayCommand() {}

  @Override
  public Integer call() throws InterruptedException {
    PrintWriter screen = spec.commandLine().getOut();
    if (mixers) {
      JavaSoundOutput.mixers().forEach(screen::println);
      screen.flush();
      return 0;
    }
    JavaSoundOutput output =
        mixer == null ? JavaSoundOutput.ofDefaultMixer() : JavaSoundOutput.ofMixer(mixer);
    try (Player player = Player.of(output);
        ProgressBar bar = new ProgressBar("playing")) {
      Player.Start start = player.start(HardwareProfile.ofLevel(level).apply(tone.sound()));
      if (start instanceof Player.NoDevice none) {
        spec.commandLine().getErr().println("spanda: " + none.sought() + " " + none.remedy());
        return 1;
      }
      Player.Started started = (Player.Started) start;
      screen.println("Playing on " + started.device());
      screen.flush();
      double frames = Math.max(1, player.sound().orElseThrow().frames());
      CountDownLatch never = new CountDownLatch(1);
      while (player.state() == Player.State.PLAYING) {
        bar.at(player.position() / frames);
        never.await(100, TimeUnit.MILLISECONDS);
      }
      return player.state() == Player.State.FINISHED ? 0 : 1;
    }
  }
}
