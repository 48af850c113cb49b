package dev.spanda.server.wavestack;

import dev.spanda.contract.wavestack.YoutubeApi;
import dev.spanda.core.Failure;
import dev.spanda.media.publish.Connections;
import dev.spanda.media.publish.Publication;
import dev.spanda.server.outbound.platform.YoutubeSignIn;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The YouTube Publisher for one organisation. */
final class YoutubeEndpoints implements YoutubeApi {

  private static final String PLATFORM = "youtube";
  private static final String PREFIX = "up";

  private final Publishing publishing;
  private final Organisation organisation;

  YoutubeEndpoints(Publishing publishing, Organisation organisation) {
    this.publishing = publishing;
    this.organisation = organisation;
  }

  @Override
  public Invitation authUrl() {
    YoutubeSignIn.Invitation invitation = publishing.signIn().invite(organisation.owner());
    return new Invitation(
        invitation.url(),
        invitation.state(),
        publishing.signIn().isStandIn()
            ? "This demo has no Google application: a local stand-in takes its place, and any code"
                + " connects it"
            : null);
  }

  @Override
  public Connected callback(Callback callback) {
    Connections.Account account =
        publishing.signIn().accept(organisation.owner(), callback.code(), callback.state());
    return new Connected(
        "connected",
        PLATFORM,
        account.account(),
        account.label(),
        account.standIn() ? "A local stand-in is connected: nothing will appear on YouTube" : null);
  }

  @Override
  public Upload upload(Video video, @Nullable String idempotencyKey) {
    Options options = Objects.requireNonNullElse(video.options(), new Options(null, null, null));
    Publication.Plan plan =
        new Publication.Plan(
            PLATFORM,
            Publication.Kind.VIDEO,
            publishing.source().reference(organisation, "video_url", video.videoUrl()),
            video.title(),
            Objects.requireNonNullElse(video.description(), ""),
            Objects.requireNonNullElse(video.tags(), List.of()),
            privacy(video.privacy()),
            Optional.ofNullable(video.scheduledAt()),
            new Publication.Extras(
                Publishing.isTrue(options.aiDescription()),
                Publishing.isTrue(options.aiTags()),
                Publishing.isTrue(options.generateThumbnail())));
    try {
      return wire(
          publishing
              .publications()
              .publish(organisation.owner(), PREFIX, plan, Optional.ofNullable(idempotencyKey)));
    } catch (Failure failure) {
      throw failure.subject().equals("account")
          ? failure.with("connect", "GET /api/v1/auth/url, then POST /api/v1/auth/callback")
          : failure;
    }
  }

  private static Publication.Privacy privacy(@Nullable String word) {
    if (word == null) {
      return Publication.Privacy.PRIVATE;
    }
    return switch (word) {
      case "public" -> Publication.Privacy.PUBLIC;
      case "unlisted" -> Publication.Privacy.UNLISTED;
      case "private" -> Publication.Privacy.PRIVATE;
      default ->
          throw Failure.notAllowed("privacy", word, List.of("public", "unlisted", "private"));
    };
  }

  @Override
  public Upload get(String uploadId) {
    return wire(publishing.find(organisation, PREFIX, "upload", uploadId));
  }

  @Override
  public Upload cancel(String uploadId) {
    Publication found = publishing.find(organisation, PREFIX, "upload", uploadId);
    return wire(publishing.publications().cancel(found.id()));
  }

  private Upload wire(Publication publication) {
    boolean open = publication.status() == Publication.Status.PROCESSING;
    boolean awaited = publishing.isAwaited(publication);
    return new Upload(
        publication.id(),
        publishing.status(publication).toLowerCase(Locale.ROOT),
        open ? publication.percent() : null,
        publishing.estimate(publication),
        Publishing.orNull(publication.remoteId()),
        Publishing.orNull(publication.url()),
        awaited ? null : publication.publishedAt().orElse(null),
        awaited ? publication.publishedAt().orElse(null) : null,
        publication.trouble().map(Publication.Trouble::message).orElse(null),
        publication.trouble().filter(Publication.Trouble::uncertain).isPresent() ? true : null,
        publishing.note(publication));
  }
}
