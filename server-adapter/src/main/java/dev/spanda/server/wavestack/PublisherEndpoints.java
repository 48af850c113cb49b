package dev.spanda.server.wavestack;

import dev.spanda.contract.wavestack.PublisherApi;
import dev.spanda.core.Failure;
import dev.spanda.media.publish.Connections;
import dev.spanda.media.publish.Publication;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The Social Publisher for one organisation. */
final class PublisherEndpoints implements PublisherApi {

  private static final String PREFIX = "pub";
  private static final long LONGEST_LIFE_SECONDS = 31_536_000;

  /** The kinds of content that each platform takes. */
  private static final Map<String, List<String>> TYPES =
      Map.of(
          "instagram",
          List.of("reel", "post", "story"),
          "tiktok",
          List.of("video"),
          "facebook",
          List.of("post", "reel"),
          "linkedin",
          List.of("post"),
          OutboxPlatform.NAME,
          List.of("video", "reel", "post", "story"));

  private static final List<String> PLATFORMS =
      List.of("instagram", "tiktok", "facebook", "linkedin", OutboxPlatform.NAME);
  static final List<String> WITH_ACCOUNTS = List.of("instagram", "tiktok", "facebook", "linkedin");

  private final Publishing publishing;
  private final Organisation organisation;

  PublisherEndpoints(Publishing publishing, Organisation organisation) {
    this.publishing = publishing;
    this.organisation = organisation;
  }

  @Override
  public Publish publish(Post post, @Nullable String idempotencyKey) {
    requireOne("platform", post.platform(), PLATFORMS);
    requireOne("content_type", post.contentType(), TYPES.getOrDefault(post.platform(), List.of()));
    Options options = Objects.requireNonNullElse(post.options(), new Options(null, null, null));
    Publication.Plan plan =
        new Publication.Plan(
            post.platform(),
            Publication.Kind.valueOf(post.contentType().toUpperCase(Locale.ROOT)),
            publishing.source().reference(organisation, "media_url", post.mediaUrl()),
            "",
            Objects.requireNonNullElse(post.caption(), ""),
            Objects.requireNonNullElse(post.hashtags(), List.of()),
            Publication.Privacy.PUBLIC,
            Optional.empty(),
            new Publication.Extras(
                Publishing.isTrue(options.aiCaption()),
                Publishing.isTrue(options.aiHashtags()),
                Publishing.isTrue(options.generateCover())));
    try {
      return wire(
          publishing
              .publications()
              .publish(organisation.owner(), PREFIX, plan, Optional.ofNullable(idempotencyKey)));
    } catch (Failure failure) {
      throw failure.subject().equals("account")
          ? failure.with("connect", "POST /api/v1/accounts")
          : failure;
    }
  }

  private static void requireOne(String field, String word, List<String> allowed) {
    if (!allowed.contains(word)) {
      throw Failure.notAllowed(field, word, allowed);
    }
  }

  @Override
  public Publish get(String publishId) {
    return wire(publishing.find(organisation, PREFIX, "publish", publishId));
  }

  @Override
  public Publish cancel(String publishId) {
    Publication found = publishing.find(organisation, PREFIX, "publish", publishId);
    return wire(publishing.publications().cancel(found.id()));
  }

  @Override
  public Accounts accounts() {
    return new Accounts(
        publishing.connections().list(organisation.owner()).stream()
            .map(PublisherEndpoints::wire)
            .toList());
  }

  @Override
  public Account connect(Credentials credentials) {
    requireOne("platform", credentials.platform(), WITH_ACCOUNTS);
    if (credentials.accessToken().isBlank()) {
      throw Failure.of(Failure.Reason.INVALID, "access_token", "Access token is required");
    }
    String id = Failure.requireText("account_id", "Account id", credentials.accountId(), 1, 200);
    String pattern =
        credentials.platform().equals("linkedin")
            ? "urn:li:(person|organization):[A-Za-z0-9_-]{1,100}"
            : "[A-Za-z0-9_.-]{1,100}";
    if (!id.matches(pattern)) {
      throw Failure.invalid("account_id", id, "Account id must match " + pattern);
    }
    return wire(
        publishing
            .connections()
            .connect(
                organisation.owner(),
                credentials.platform(),
                id,
                Objects.requireNonNullElse(credentials.label(), ""),
                false,
                tokens(credentials)));
  }

  private Connections.Tokens tokens(Credentials credentials) {
    Long seconds = credentials.expiresIn();
    if (seconds != null) {
      Failure.requireInRange("expires_in", "Expires in", seconds, 0, LONGEST_LIFE_SECONDS, "s");
    }
    return new Connections.Tokens(
        credentials.accessToken(),
        Objects.requireNonNullElse(credentials.refreshToken(), ""),
        Optional.ofNullable(seconds).map(publishing::after));
  }

  @Override
  public Disconnected disconnect(String platform) {
    publishing.connections().disconnect(organisation.owner(), platform);
    return new Disconnected(true, platform);
  }

  private static Account wire(Connections.Account account) {
    return new Account(
        account.platform(),
        account.account(),
        account.label(),
        account.standIn(),
        account.connectedAt());
  }

  private Publish wire(Publication publication) {
    boolean open = publication.status() == Publication.Status.PROCESSING;
    return new Publish(
        publication.id(),
        publishing.status(publication),
        publication.plan().platform(),
        open ? publication.percent() : null,
        publishing.estimate(publication),
        Publishing.orNull(publication.remoteId()),
        Publishing.orNull(publication.url()),
        publication.publishedAt().orElse(null),
        publication.trouble().map(Publication.Trouble::message).orElse(null),
        publication.trouble().filter(Publication.Trouble::uncertain).isPresent() ? true : null,
        publishing.note(publication));
  }
}
