package dev.spanda.contract.biofield;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The body of every error.
 *
 * <p>The document's table has the codes {@code AUTH_REQUIRED}, {@code AUTH_INVALID}, {@code
 * INVALID_IMAGE_FORMAT}, {@code IMAGE_TOO_LARGE}, {@code ANALYSIS_FAILED}, {@code
 * BASELINE_NOT_FOUND}, {@code SESSION_NOT_FOUND}, {@code RATE_LIMIT_EXCEEDED}, {@code
 * VALIDATION_ERROR} and {@code WEBSOCKET_ERROR}. It has no word for some of its own cases; they are
 * told as {@code ANALYSIS_NOT_FOUND}, {@code FRAME_NOT_FOUND}, {@code BATCH_NOT_FOUND}, {@code
 * NOT_FOUND} (a path that leads nowhere), {@code FORBIDDEN}, {@code SERVICE_UNAVAILABLE} and {@code
 * INTERNAL_ERROR}.
 *
 * @param statusCode the status of the answer
 * @param detail what was given and what is allowed, in a sentence
 * @param errorCode one of those above
 * @param timestamp when it happened
 * @param requestId the name of the request, to be quoted in questions about it
 * @param retryAfter whole seconds after which the same request may succeed, for a limit or an
 *     overload
 */
public record BiofieldError(
    @JsonProperty("status_code") int statusCode,
    @JsonProperty("detail") String detail,
    @JsonProperty("error_code") String errorCode,
    @JsonProperty("timestamp") @Nullable Instant timestamp,
    @JsonProperty("request_id") @Nullable String requestId,
    @JsonProperty("retry_after") @Nullable Long retryAfter) {}
