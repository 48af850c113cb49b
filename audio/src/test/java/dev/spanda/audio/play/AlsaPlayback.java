package dev.spanda.audio.play;

import dev.spanda.audio.Pcm;
import dev.spanda.audio.file.WavReader;
import java.nio.file.Path;

/**
 * What the child process of {@link AlsaPlaybackTest} does: plays a WAV file on the default mixer.
 */
final class AlsaPlayback {

  static final int NO_DEVICE = 3;

  private AlsaPlayback() {}

  public static void main(String[] arguments) throws Exception {
    Pcm sound = WavReader.read(Path.of(arguments[0]));
    int bits = Integer.parseInt(arguments[1]);
    Player player = Player.of(JavaSoundOutput.ofDefaultMixer().withBitsPerSample(bits));
    Player.Start start = player.start(sound);
    System.out.println(start);
    if (start instanceof Player.NoDevice) {
      System.exit(NO_DEVICE);
    }
    long end = System.nanoTime() + 60_000_000_000L;
    while (player.state() == Player.State.PLAYING && System.nanoTime() < end) {
      Thread.onSpinWait();
    }
    System.out.println(player.state() + " at " + player.position());
    System.exit(player.state() == Player.State.FINISHED ? 0 : 1);
  }
}
