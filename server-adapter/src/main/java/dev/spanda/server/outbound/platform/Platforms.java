package dev.spanda.server.outbound.platform;

import dev.spanda.media.publish.Platform;
import dev.spanda.server.outbound.Fetcher;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;

/** The platforms that this server speaks to. */
public final class Platforms {

  /** Their names. */
  static final List<String> NAMES =
      List.of(
          YoutubePlatform.NAME,
          InstagramPlatform.NAME,
          TiktokPlatform.NAME,
          FacebookPlatform.NAME,
          LinkedinPlatform.NAME);

  /**
   * How much is sent at once, and how long an answer is waited for. The platforms' own limits bound
   * the sizes; tests make them small.
   *
   * @param youtube bytes of a chunk, a multiple of 256 KiB for the real one
   * @param tiktokWhole up to how many bytes a video goes in one chunk
   * @param tiktok bytes of a chunk, 5 to 64 MB for the real one
   * @param patience how long an answer is waited for; a second longer for each 32 KiB of an upload
   */
  public record Pace(int youtube, long tiktokWhole, long tiktok, Duration patience) {

    /** 8 MiB, 64 MB, 10 MB and 30 seconds. */
    public static final Pace DOCUMENTED =
        new Pace(
            YoutubePlatform.CHUNK,
            TiktokPlatform.WHOLE,
            TiktokPlatform.CHUNK,
            Duration.ofSeconds(30));
  }

  private Platforms() {}

  /** YouTube, Instagram, TikTok, Facebook and LinkedIn. */
  public static List<Platform> of(
      Fetcher fetcher, Sites sites, Access access, InstantSource clock, Pace pace) {
    RemotePlatform.Reach reach = new RemotePlatform.Reach(fetcher, sites, access, pace.patience());
    return List.of(
        new YoutubePlatform(reach, clock, pace.youtube()),
        new InstagramPlatform(reach),
        new TiktokPlatform(reach, pace.tiktokWhole(), pace.tiktok()),
        new FacebookPlatform(reach),
        new LinkedinPlatform(reach));
  }
}
