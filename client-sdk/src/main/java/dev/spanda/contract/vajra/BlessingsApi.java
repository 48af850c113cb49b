package dev.spanda.contract.vajra;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.spanda.contract.http.Route;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Words of good wishes, made by a grammar or, where one is configured, by a language model. */
@Route.Group("Blessings")
public interface BlessingsApi {

  /** A text to be read aloud. */
  @Route(
      value = "POST /api/v1/blessings/generate-narrative",
      summary = "A text of good wishes to be read aloud.")
  Narrative generateNarrative(NarrativeRequest request);

  /** Wishes for one recipient, as long as they are to be spoken. */
  @Route(
      value = "POST /api/v1/blessings/compassionate-blessing",
      summary = "Wishes of given qualities for a recipient.")
  CompassionateAnswer compassionateBlessing(CompassionateRequest request);

  /** Mantra and dedication for many. */
  @Route(
      value = "POST /api/v1/blessings/mass-liberation",
      summary = "A mantra with its count, and a dedication.")
  LiberationAnswer massLiberation(LiberationRequest request);

  /**
   * What to tell.
   *
   * @param intention 1 to 500 characters
   * @param target up to 200 characters; {@code all sentient beings} when absent
   * @param style {@code compassionate}, {@code contemplative}, {@code poetic}, {@code traditional}
   *     or {@code simple}; compassionate when absent
   * @param length {@code short} (about 80 words), {@code medium} (about 250) or {@code long} (about
   *     600); medium when absent
   * @param language a language of the resources, such as {@code en}; beyond the document
   * @param seed the same seed and request give the same text from the grammar; beyond the document
   * @param sessionId texts of one session do not repeat sentences; beyond the document
   */
  record NarrativeRequest(
      @JsonProperty(value = "intention", required = true) String intention,
      @JsonProperty("target") @Nullable String target,
      @JsonProperty("style") @Nullable String style,
      @JsonProperty("length") @Nullable String length,
      @JsonProperty("language") @Nullable String language,
      @JsonProperty("seed") @Nullable Long seed,
      @JsonProperty("session_id") @Nullable String sessionId) {}

  /**
   * A text.
   *
   * @param wordCount counted in the narrative
   * @param estimatedDurationSeconds of reading it aloud, at the pace that the engine states
   * @param model what wrote it: the grammar or a language model; beyond the document
   * @param note why the configured model was not used, absent when there is nothing to say; beyond
   *     the document
   */
  record Narrative(
      @JsonProperty("status") String status,
      @JsonProperty("narrative") String narrative,
      @JsonProperty("word_count") int wordCount,
      @JsonProperty("estimated_duration_seconds") long estimatedDurationSeconds,
      @JsonProperty("model") @Nullable String model,
      @JsonProperty("note") @Nullable String note) {}

  /**
   * Whom to bless.
   *
   * @param recipient 1 to 200 characters
   * @param qualities 1 to 12 words; love, peace and healing when absent
   * @param duration seconds of reading aloud, 10 to 3 600; 60 when absent
   * @param seed as in {@link NarrativeRequest}; beyond the document
   */
  record CompassionateRequest(
      @JsonProperty(value = "recipient", required = true) String recipient,
      @JsonProperty("qualities") @Nullable List<String> qualities,
      @JsonProperty("duration") @Nullable Integer duration,
      @JsonProperty("seed") @Nullable Long seed) {}

  /** The blessing with its status. */
  record CompassionateAnswer(
      @JsonProperty("status") String status,
      @JsonProperty("blessing") CompassionateBlessing blessing) {}

  /**
   * A blessing.
   *
   * @param energySignature {@code compassion_low}, {@code compassion_medium} or {@code
   *     compassion_high}: how many of its words name the qualities or wish well, by a stated rule
   */
  record CompassionateBlessing(
      @JsonProperty("text") String text,
      @JsonProperty("qualities") List<String> qualities,
      @JsonProperty("energy_signature") String energySignature,
      @JsonProperty("word_count") @Nullable Integer wordCount,
      @JsonProperty("estimated_duration_seconds") @Nullable Long estimatedDurationSeconds) {}

  /**
   * What to practise.
   *
   * @param scope up to 100 characters, such as {@code global}; global when absent
   * @param lineage a lineage of the resources, such as {@code Tibetan}, in any case; Tibetan when
   *     absent
   * @param duration seconds, 60 to 86 400; 300 when absent
   */
  record LiberationRequest(
      @JsonProperty("scope") @Nullable String scope,
      @JsonProperty("lineage") @Nullable String lineage,
      @JsonProperty("duration") @Nullable Long duration) {}

  /** The practice with its status. */
  record LiberationAnswer(
      @JsonProperty("status") String status,
      @JsonProperty("blessing") LiberationBlessing blessing) {}

  /**
   * A practice.
   *
   * @param type {@code mass_liberation}
   * @param repetitions how often the mantra fits into the duration at its stated pace; beyond the
   *     document
   * @param malas full rounds of 108; beyond the document
   */
  record LiberationBlessing(
      @JsonProperty("type") String type,
      @JsonProperty("scope") String scope,
      @JsonProperty("mantra") String mantra,
      @JsonProperty("dedication") String dedication,
      @JsonProperty("lineage") @Nullable String lineage,
      @JsonProperty("repetitions") @Nullable Long repetitions,
      @JsonProperty("malas") @Nullable Long malas,
      @JsonProperty("duration") @Nullable Long duration) {}
}
