package dev.spanda.client;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.spanda.contract.http.Content;
import dev.spanda.contract.http.Param;
import dev.spanda.contract.http.Route;
import dev.spanda.contract.http.Upload;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A contract with one of everything. */
interface Things {

  enum Kind {
    @JsonProperty("small-kind")
    SMALL
  }

  record Thing(@JsonProperty("name") String name) {}

  @Route(value = "GET /v1/things/{id}", summary = "One thing.")
  Thing get(
      @Param.Path("id") String id,
      @Param.Query("tag") @Nullable List<String> tags,
      @Param.Query("limit") @Nullable Integer limit,
      @Param.Query("kind") @Nullable Kind kind);

  @Route(value = "POST /v1/things", status = 201, summary = "A new thing.")
  Thing create(@Param.Header("Idempotency-Key") @Nullable String key, Thing thing);

  @Route(value = "PUT /v1/things/{id}/run", summary = "Runs.")
  void run(@Param.Path("id") String id);

  @Route(value = "DELETE /v1/things/{id}", status = 204, summary = "Deletes a thing.")
  void delete(@Param.Path("id") String id);

  @Route(value = "GET /v1/things/{id}/content", summary = "The thing's bytes.")
  Content content(@Param.Path("id") String id);

  @Route(value = "POST /v1/files", summary = "Takes a file.")
  Thing upload(Upload upload);

  default Thing getPlainly(String id) {
    return get(id, null, null, null);
  }
}
