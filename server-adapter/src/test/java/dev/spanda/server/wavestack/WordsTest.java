package dev.spanda.server.wavestack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.spanda.client.ApiException;
import dev.spanda.client.WavestackClient;
import dev.spanda.contract.http.WireJson;
import dev.spanda.contract.wavestack.AutomodApi;
import dev.spanda.contract.wavestack.PersonalityApi;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The chapters AI Personality and Auto-Mod. */
class WordsTest {

  private static final String CHAT =
      "{\"user_id\":\"user_123\",\"message\":\"Hey, what's up?\","
          + "\"context\":{\"platform\":\"discord\",\"channel\":\"general\"}}";
  private static final String GENERATE =
      "{\"content_type\":\"tweet\",\"topic\":\"streaming highlight\","
          + "\"context\":{\"game\":\"Valorant\",\"moment\":\"clutch 1v4\"},"
          + "\"options\":{\"include_hashtags\":true,\"max_length\":280}}";
  private static final String LEARN =
      "{\"data_type\":\"chat_history\",\"content\":["
          + "{\"role\":\"user\",\"message\":\"Example interaction\"},"
          + "{\"role\":\"creator\",\"message\":\"Example response\"}],"
          + "\"source\":\"discord\",\"weight\":1.0}";
  private static final String CHECK =
      "{\"content\":\"Message to check\",\"user_id\":\"user_123\",\"platform\":\"discord\","
          + "\"channel_id\":\"channel_456\"}";

  @TempDir static Path folder;
  private static WavestackServer server;

  @BeforeAll
  static void start() {
    server = WavestackServer.in(folder);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static URI ai() {
    return server.base("wavestack-personality");
  }

  private static URI automod() {
    return server.base("wavestack-automod");
  }

  private static JsonNode post(URI base, String path, String body) throws Exception {
    HttpResponse<String> answer = server.send(base, Map.of(), "POST", path, body);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return WireJson.mapper().readTree(answer.body());
  }

  static List<Arguments> examples() {
    return List.of(
        Arguments.of(PersonalityApi.Message.class, CHAT),
        Arguments.of(
            PersonalityApi.Reply.class,
            "{\"response\":\"Not much, just vibing! What's going on with you?\","
                + "\"confidence\":0.92,\"personality_score\":0.87,\"memory_used\":true}"),
        Arguments.of(PersonalityApi.Plan.class, GENERATE),
        Arguments.of(
            PersonalityApi.Content.class,
            "{\"content\":\"That 1v4 clutch hit different 🎯 #Valorant\",\"alternatives\":["
                + "\"When the team needs you most... 1v4 and didn't even flinch 😤\","
                + "\"They thought it was over... I thought otherwise 🔥\"],"
                + "\"metadata\":{\"sentiment\":\"positive\",\"energy\":\"high\","
                + "\"controversy_score\":0.1}}"),
        Arguments.of(PersonalityApi.Lessons.class, LEARN),
        Arguments.of(
            PersonalityApi.Learned.class,
            "{\"status\":\"accepted\",\"samples_processed\":2,"
                + "\"next_training\":\"2026-01-15T12:00:00Z\"}"),
        Arguments.of(
            PersonalityApi.Memories.class,
            "{\"memories\":[{\"id\":\"mem_123\",\"content\":\"User mentioned they're from"
                + " Canada\",\"category\":\"personal_info\","
                + "\"created_at\":\"2026-01-10T08:00:00Z\",\"relevance_score\":0.95}]}"),
        Arguments.of(AutomodApi.Message.class, CHECK),
        Arguments.of(
            AutomodApi.Verdict.class,
            "{\"allowed\":true,\"scores\":{\"toxicity\":0.12,\"spam\":0.05,\"nsfw\":0.02},"
                + "\"flags\":[],\"action\":null}"),
        Arguments.of(
            AutomodApi.Verdict.class,
            "{\"allowed\":false,\"scores\":{\"toxicity\":0.85,\"spam\":0.10,\"nsfw\":0.05},"
                + "\"flags\":[\"toxicity\"],\"action\":\"delete\","
                + "\"reason\":\"Toxicity threshold exceeded\"}"),
        Arguments.of(
            AutomodApi.Violations.class,
            "{\"user_id\":\"user_123\",\"violations\":[{\"id\":\"vio_123\",\"type\":\"toxicity\","
                + "\"content\":\"[REDACTED]\",\"action_taken\":\"delete\","
                + "\"ts\":\"2026-01-14T15:30:00Z\"}],\"total_violations\":3,"
                + "\"status\":\"warning\"}"));
  }

  @ParameterizedTest
  @MethodSource("examples")
  void anExampleOfTheDocumentLosesNothing(Class<?> type, String json) throws Exception {
    Object record = WireJson.mapper().readValue(json, type);
    assertThat(WireJson.mapper().readTree(WireJson.mapper().writeValueAsString(record)))
        .isEqualTo(WireJson.mapper().readTree(json));
  }

  @Test
  void theExamplesRunAsPrinted() throws Exception {
    JsonNode reply = post(ai(), "/api/v1/chat", CHAT);
    assertThat(reply.get("response").asText()).isNotBlank();
    assertThat(reply.get("confidence").asDouble()).isBetween(0.0, 1.0);
    assertThat(reply.get("memory_used").isBoolean()).isTrue();
    JsonNode content = post(ai(), "/api/v1/generate", GENERATE);
    assertThat(content.get("content").asText()).contains("#Valorant").hasSizeLessThanOrEqualTo(280);
    assertThat(content.get("alternatives")).hasSize(2);
    assertThat(content.get("metadata").get("sentiment").asText()).isEqualTo("positive");
    Instant before = Instant.now().minusSeconds(5);
    JsonNode learned = post(ai(), "/api/v1/learn", LEARN);
    assertThat(learned.get("status").asText()).isEqualTo("accepted");
    assertThat(learned.get("samples_processed").asInt()).isEqualTo(2);
    assertThat(Instant.parse(learned.get("next_training").asText()))
        .isBetween(before, Instant.now());
    assertThat(
            post(ai(), "/api/v1/chat", "{\"message\":\"Example interaction\"}")
                .get("response")
                .asText())
        .isEqualTo("Example response");
    JsonNode verdict = post(automod(), "/api/v1/check", CHECK);
    assertThat(verdict.get("allowed").asBoolean()).isTrue();
    assertThat(verdict.has("action")).isTrue();
    assertThat(verdict.get("action").isNull()).isTrue();
    assertThat(verdict.get("flags")).isEmpty();
  }

  @Test
  void theClientSpeaksBothChapters() {
    WavestackClient client = server.client();
    assertThat(client.ai().chat("Hey, what should I stream today?").response()).isNotBlank();
    assertThat(
            client
                .ai()
                .chat(new PersonalityApi.Message("user_7", "I'm from Canada", null))
                .memoryUsed())
        .isFalse();
    PersonalityApi.Memory memory = client.ai().memories("user_7").memories().get(0);
    assertThat(memory.content()).isEqualTo("User mentioned they're from Canada");
    assertThat(client.ai().memories("user_7", 5, "canada").memories()).hasSize(1);
    assertThat(client.ai().forget(memory.id()).forgotten()).isEqualTo(1);
    assertThat(client.ai().memories("user_7").memories()).isEmpty();
    assertThat(client.ai().forgetUser("user_7").forgotten()).isZero();

    AutomodApi.Message bad =
        new AutomodApi.Message("you are a stupid bitch", "user_9", "discord", "channel_456");
    AutomodApi.Verdict verdict = client.automod().check(bad);
    assertThat(verdict.allowed()).isFalse();
    assertThat(verdict.action()).isEqualTo("delete");
    assertThat(verdict.reason()).isEqualTo("Toxicity threshold exceeded");
    AutomodApi.Violations violations = client.automod().violations("user_9");
    assertThat(violations.totalViolations()).isEqualTo(1);
    assertThat(violations.status()).isEqualTo("warning");
    assertThat(violations.violations().get(0).content()).isEqualTo("[REDACTED]");
    assertThat(client.automod().forget("user_9").forgotten()).isEqualTo(1);
    assertThat(client.automod().violations("user_9").status()).isEqualTo("good");
  }

  @Test
  void aPolicyIsChangedInPartsAndBelongsToItsOrganisation() throws Exception {
    WavestackClient client = server.client();
    AutomodApi.Policy usual = client.automod().policy();
    AutomodApi.Policy changed =
        client
            .automod()
            .setPolicy(
                new AutomodApi.Policy(
                    new AutomodApi.Thresholds(null, 0.9, null),
                    null,
                    null,
                    null,
                    List.of("purple elephant")));
    assertThat(changed.thresholds().toxicity()).isEqualTo(usual.thresholds().toxicity());
    assertThat(changed.thresholds().spam()).isEqualTo(0.9);
    assertThat(client.automod().policy()).isEqualTo(changed);
    assertThat(client.automod().check("A PURPLE elephant").flags()).containsExactly("blocklist");
    AutomodApi.Policy back = client.automod().setPolicy(usual);
    assertThat(back).isEqualTo(usual);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "a | /api/v1/check | {} | content",
        "a | /api/v1/check | {\"content\":\"\"} | content",
        "a | /api/v1/check | {\"content\":\"hi\",\"user_id\":\"\"} | user_id",
        "a | /api/v1/check | {\"content\":\"hi\",\"platform\":\"\"} | platform",
        "a | /api/v1/check | {\"content\":\"hi\",\"channel_id\":\"\"} | channel_id",
        "p | /api/v1/chat | {\"user_id\":\"u\"} | message",
        "p | /api/v1/chat | {\"message\":\" \"} | message",
        "p | /api/v1/chat | {\"message\":\"hi\",\"user_id\":\"\"} | user_id",
        "p | /api/v1/generate | {\"content_type\":\"poem\",\"topic\":\"x\"} | content_type",
        "p | /api/v1/generate | {\"content_type\":\"tweet\"} | topic",
        "p | /api/v1/generate |"
            + " {\"content_type\":\"tweet\",\"topic\":\"x\",\"options\":{\"max_length\":281}} |"
            + " max_length",
        "p | /api/v1/learn | {\"data_type\":\"video\",\"content\":[]} | data_type",
        "p | /api/v1/learn | {\"data_type\":\"chat_history\",\"content\":[]} | content",
        "p | /api/v1/learn |"
            + " {\"data_type\":\"chat_history\",\"content\":[{\"role\":\"dog\",\"message\":\"x\"}]}"
            + " | role",
        "p | /api/v1/learn |"
            + " {\"data_type\":\"chat_history\",\"weight\":0,"
            + "\"content\":[{\"role\":\"user\",\"message\":\"x\"}]} | weight",
      })
  void wrongInputIsNamedByItsField(String who, String path, String body, String field)
      throws Exception {
    HttpResponse<String> answer =
        server.send(who.equals("a") ? automod() : ai(), Map.of(), "POST", path, body);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
    JsonNode error = WireJson.mapper().readTree(answer.body()).get("error");
    assertThat(error.get("code").asText()).isEqualTo("VALIDATION_ERROR");
    assertThat(error.get("details").get("field").asText()).endsWith(field);
  }

  @Test
  void memoriesNeedAUserAndAnUnknownOneIsNotFound() throws Exception {
    assertThat(server.send(ai(), Map.of(), "GET", "/api/v1/memory", null).statusCode())
        .isEqualTo(400);
    assertThat(
            server
                .send(ai(), Map.of(), "GET", "/api/v1/memory?user_id=u&limit=101", null)
                .statusCode())
        .isEqualTo(400);
    assertThatThrownBy(() -> server.client().ai().forget("mem_none"))
        .isInstanceOf(ApiException.class)
        .hasMessageContaining("mem_none");
  }
}
