package dev.spanda.server.cli;

import dev.spanda.audio.SampleRate;
import dev.spanda.audio.Sound;
import java.util.function.DoubleConsumer;

/** A sound that tells how much of it has been read. */
final class WatchedSound implements Sound {

  private final Sound sound;
  private final DoubleConsumer progress;

  WatchedSound(Sound sound, DoubleConsumer progress) {
    this.sound = sound;
    this.progress = progress;
  }

  @Override
  public SampleRate sampleRate() {
    return sound.sampleRate();
  }

  @Override
  public int channels() {
    return sound.channels();
  }

  @Override
  public long frames() {
    return sound.frames();
  }

  @Override
  public void read(long firstFrame, float[][] into, int offset, int count) {
    sound.read(firstFrame, into, offset, count);
    progress.accept((firstFrame + count) / (double) Math.max(1, sound.frames()));
  }

  @Override
  public Sound fork() {
    return new WatchedSound(sound.fork(), progress);
  }
}
