package dev.spanda.core.document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.spanda.core.Ids;
import dev.spanda.core.document.DocumentPlan.Format;
import dev.spanda.core.document.DocumentPlan.Source;
import dev.spanda.core.event.EventBus;
import dev.spanda.core.job.Job;
import dev.spanda.core.job.Jobs;
import dev.spanda.core.schedule.SettableClock;
import dev.spanda.core.store.Store;
import dev.spanda.core.store.StoreKind;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class DocumentsTest {

  private static final Instant START = Instant.parse("2024-01-01T00:00:00Z");
  private static final List<String> THREE = List.of("services", "components", "frameworks");

  private final SettableClock clock = SettableClock.at(START);
  private final EventBus bus = new EventBus();
  private final List<AutoCloseable> open = new ArrayList<>();

  @AfterEach
  void closeAll() throws Exception {
    for (int i = open.size() - 1; i >= 0; i--) {
      open.get(i).close();
    }
  }

  private static Description description(String title) {
    return new Description(
        title.toLowerCase(Locale.ROOT),
        title,
        "1.0.0",
        List.of(
            new Description.Chapter(
                "Authentication",
                List.of(
                    new Description.Operation(
                        "POST",
                        "/api/token",
                        "Gives a token for a key | or none.",
                        List.of(new Description.Field("org_id", "text", true)),
                        "Credentials",
                        "Token",
                        "{\"key\": \"text\"}"))),
            new Description.Chapter(
                "Weather",
                List.of(
                    new Description.Operation(
                        "GET", "/api/rain", "How much it rains.", List.of(), "", "Rain", "")))),
        List.of(
            new Description.Model(
                "Token", List.of(new Description.Field("access_token", "text", true)), "")));
  }

  private Documents documents(StoreKind kind) {
    StoreKind.Place place = kind.fresh();
    open.add(place);
    Store store = Store.open(place.location());
    open.add(store);
    Ids ids = new Ids(new Random(3));
    Jobs jobs =
        new Jobs(
            store,
            clock,
            bus,
            ids,
            new Jobs.Settings(2, Duration.ofMillis(500), Duration.ofMillis(25)));
    open.add(jobs);
    Documents documents =
        new Documents(
            store, clock, ids, jobs, () -> List.of(description("Harbour"), description("Sky")));
    jobs.start();
    return documents;
  }

  private Documents.Generation done(Documents documents, String owner, DocumentPlan plan)
      throws Exception {
    CountDownLatch over = new CountDownLatch(1);
    try (AutoCloseable heard =
        bus.subscribe(Job.Finished.class, finished -> over.countDown())::close) {
      assertThat(heard).isNotNull();
      Documents.Generation begun = documents.begin(owner, plan);
      assertThat(begun.id()).startsWith("doc_gen_");
      assertThat(over.await(60, TimeUnit.SECONDS)).isTrue();
      return documents.status(owner, begun.id());
    }
  }

  @ParameterizedTest
  @EnumSource
  void interfacesAreDocumentedAndFoundByTheirWords(StoreKind kind) throws Exception {
    Documents documents = documents(kind);
    Documents.Generation done =
        done(documents, "anna", new DocumentPlan(THREE, Format.MARKDOWN, true, List.of()));
    assertThat(done.status()).isEqualTo(Documents.Status.COMPLETED);
    assertThat(done.progress()).isEqualTo(1);
    assertThat(done.documents()).isEqualTo(2 * (2 + 1 + 1));
    assertThat(done.files()).isEqualTo(2);
    assertThat(done.endedAt()).isPresent();

    Documents.Found found = documents.search("anna", "Authentication", "api", 10);
    assertThat(found.total()).isEqualTo(4);
    assertThat(found.hits().get(0).title()).startsWith("Authentication API Reference");
    assertThat(found.hits().get(0).relevance()).isEqualTo(1);
    assertThat(found.hits().get(3).relevance()).isBetween(0.0, 1.0);
    assertThat(found.hits())
        .isSortedAccordingTo(Comparator.comparingDouble(Document.Hit::relevance).reversed());
    assertThat(found.hits().get(0).snippet()).containsIgnoringCase("authentication");

    Document document = documents.find("anna", found.hits().get(0).id());
    assertThat(document.content())
        .startsWith("# Authentication API Reference")
        .contains("## POST /api/token")
        .contains("| org\\_id | text | yes |")
        .contains("```json\n{\"key\": \"text\"}\n```");
    // A word that is only begun is found, one that is nowhere is not; both must be there.
    assertThat(documents.search("anna", "authen", "", 1).total()).isEqualTo(4);
    assertThat(documents.search("anna", "rain authentication", "", 10).total()).isEqualTo(2);
    assertThat(documents.search("anna", "rain authentication", "api_reference", 10).total())
        .isEqualTo(2);
    assertThat(documents.search("anna", "snow", "", 10).total()).isZero();
    assertThat(documents.search("anna", "authentication", "source", 10).total()).isZero();
    assertThat(documents.search("berta", "authentication", "", 10).total()).isZero();
    assertThatThrownBy(() -> documents.find("berta", document.id()))
        .hasMessageContaining("No document");
    assertThatThrownBy(() -> documents.status("berta", done.id())).hasMessageContaining("No job");

    // Done again, in HTML, each takes the place of its predecessor.
    clock.advance(Duration.ofHours(1));
    Documents.Generation again =
        done(documents, "anna", new DocumentPlan(THREE, Format.HTML, false, List.of()));
    assertThat(again.documents()).isEqualTo(8);
    assertThat(documents.search("anna", "authentication", "", 10).total()).isEqualTo(4);
    Document newer = documents.find("anna", document.id());
    assertThat(newer.updatedAt()).isEqualTo(START.plus(Duration.ofHours(1)));
    assertThat(newer.content())
        .startsWith("<!doctype html>")
        .contains("<td>org_id</td>")
        .doesNotContain("&quot;key&quot;");
  }

  @Test
  void whatWouldBeAnOperatorIsAWord() {
    Documents documents = documents(StoreKind.MEMORY);
    for (String query :
        new String[] {"a OR b", "NOT x", "\"", "col:value", "a*", "'; DROP TABLE document", "(x"}) {
      if (query.chars().anyMatch(Character::isLetter)) {
        assertThat(documents.search("anna", query, "%", 5).total()).isZero();
      } else {
        assertThatThrownBy(() -> documents.search("anna", query, "", 5))
            .hasMessageContaining("between 1 and 12 words");
      }
    }
    assertThatThrownBy(() -> documents.search("anna", "x".repeat(201), "", 5))
        .hasMessageContaining("200");
    assertThatThrownBy(() -> documents.search("anna", "x", "", 101)).hasMessageContaining("100");
  }

  @Test
  void javaSourcesAreDocumentedByTheirComments() throws Exception {
    String source =
        """
        package house.clock;

        /** Tells the <b>time</b> to {@code everybody}. */
        @Deprecated(since = "1;{")
        public final class Clock {
          /* no documentation: /** neither this */
          private static final String TRAP = "/** a text { */";

          /**
           * How late it is.
           *
           * @return minutes after noon
           */
          public int late(@Nullable String where, int[] why) throws Tired {
            return 0;
          }

          /** Nothing. */
          int nothing = 3;
        }
        """;
    List<JavaScanner.Member> members = JavaScanner.members(source);
    assertThat(members)
        .extracting(JavaScanner.Member::declaration)
        .containsExactly(
            "public final class Clock",
            "public int late(@Nullable String where, int[] why) throws Tired",
            "int nothing");
    assertThat(members.get(0).comment()).isEqualTo("Tells the time to everybody.");
    assertThat(members.get(1).comment()).isEqualTo("How late it is.\n@return minutes after noon");
    Documents documents = documents(StoreKind.MEMORY);
    Documents.Generation done =
        done(
            documents,
            "anna",
            new DocumentPlan(
                List.of("sources"),
                Format.MARKDOWN,
                false,
                List.of(new Source("Clock.java", source))));
    assertThat(done.documents()).isOne();
    assertThat(done.files()).isOne();
    Documents.Found found = documents.search("anna", "late noon", "source", 5);
    assertThat(found.hits()).extracting(Document.Hit::title).containsExactly("Clock.java");
    assertThat(documents.find("anna", found.hits().get(0).id()).content())
        .contains("Package house.clock. 3 documented declarations.");
  }

  @Test
  void plansThatCannotBeAreRefused() {
    assertThatThrownBy(() -> new DocumentPlan(List.of(), Format.HTML, true, List.of()))
        .hasMessageContaining("targets");
    assertThatThrownBy(() -> new DocumentPlan(List.of("moon"), Format.HTML, true, List.of()))
        .hasMessageContaining("frameworks");
    assertThatThrownBy(() -> new DocumentPlan(List.of("sources"), Format.HTML, true, List.of()))
        .hasMessageContaining("required");
    assertThatThrownBy(
            () ->
                new DocumentPlan(
                    List.of("sources"),
                    Format.HTML,
                    true,
                    List.of(new Source("A.java", "x".repeat(500_001)))))
        .hasMessageContaining("500000");
    assertThatThrownBy(() -> Format.parse("pdf")).hasMessageContaining("markdown");
  }
}
