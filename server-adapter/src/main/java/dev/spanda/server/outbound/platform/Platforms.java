package dev.spanda.server.outbound.platform;

import dev.spanda.media.publish.Platform;
import dev.spanda.server.outbound.Fetcher;
import java.time.InstantSource;
import java.util.List;

/** The platforms that this server speaks to. */
public final class Platforms {

  /**
   * How much is sent at once. The platforms' own limits bound it; tests make it small.
   *
   * @param youtube bytes of a chunk, a multiple of 256 KiB for the real one
   * @param tiktokWhole up to how many bytes a video goes in one chunk
   * @param tiktok bytes of a chunk, 5 to 64 MB for the real one
   */
  public record Chunks(int youtube, long tiktokWhole, long tiktok) {

    /** 8 MiB, 64 MB and 10 MB. */
    public static final Chunks DOCUMENTED =
        new Chunks(YoutubePlatform.CHUNK, TiktokPlatform.WHOLE, TiktokPlatform.CHUNK);
  }

  private Platforms() {}

  /** YouTube, Instagram, TikTok, Facebook and LinkedIn. */
  public static List<Platform> of(
      Fetcher fetcher, Sites sites, YoutubeSignIn signIn, InstantSource clock, Chunks chunks) {
    return List.of(
        new YoutubePlatform(fetcher, sites, signIn, clock, chunks.youtube()),
        new InstagramPlatform(fetcher, sites),
        new TiktokPlatform(fetcher, sites, chunks.tiktokWhole(), chunks.tiktok()),
        new FacebookPlatform(fetcher, sites),
        new LinkedinPlatform(fetcher, sites));
  }
}
