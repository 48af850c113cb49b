package dev.spanda.server.outbound.platform.trial;

import dev.spanda.media.publish.Platform;
import dev.spanda.media.publish.Publication;
import java.time.Duration;

/** A platform that does what another does, for trials that change a part of it. */
public abstract class PlatformAround implements Platform {

  private final Platform real;

  /** Around that platform. */
  protected PlatformAround(Platform real) {
    this.real = real;
  }

  @Override
  public String name() {
    return real.name();
  }

  @Override
  public boolean needsAccount() {
    return real.needsAccount();
  }

  @Override
  public int longestText() {
    return real.longestText();
  }

  @Override
  public int mostTags() {
    return real.mostTags();
  }

  @Override
  public void check(Publication.Plan plan) {
    real.check(plan);
  }

  @Override
  public void check(Publication.Plan plan, Content media) {
    real.check(plan, media);
  }

  @Override
  public Duration settling() {
    return real.settling();
  }

  @Override
  public boolean commits(Work work) {
    return real.commits(work);
  }

  @Override
  public Step next(Work work) {
    return real.next(work);
  }

  @Override
  public Finding find(Work work) {
    return real.find(work);
  }
}
