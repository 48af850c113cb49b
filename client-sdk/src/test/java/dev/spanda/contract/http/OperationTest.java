package dev.spanda.contract.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class OperationTest {

  interface Things {
    @Route(value = "GET /things/{id}", summary = "One thing.")
    String get(@Param.Path("id") String id, @Param.Query("limit") @Nullable Integer limit);

    @Route(value = "POST /things", status = 201, summary = "A new thing.")
    String create(@Param.Header("Idempotency-Key") @Nullable String key, String body);
  }

  interface Unfitting {
    @Route(value = "GET /things/{id}", summary = "One thing.")
    String get(@Param.Path("thing") String id);
  }

  interface Forms {
    @Route(value = "POST /one", summary = "One file.")
    String one(Upload upload);

    @Route(value = "POST /many", summary = "Several files.")
    String many(@Upload.Expect(value = "images", most = 10, largestBytes = 99) Upload upload);
  }

  interface Unrouted {
    String get();
  }

  @Test
  void anOperationKnowsWhereItsInputsStand() {
    Operation get = Operation.of(Things.class).get(1);
    assertThat(get.verb()).isEqualTo("GET");
    assertThat(get.inputs())
        .containsExactly(
            new Operation.Input(Operation.Source.PATH, "id", String.class, true),
            new Operation.Input(Operation.Source.QUERY, "limit", Integer.class, false));
    assertThat(get.body()).isNull();
  }

  @Test
  void aParameterWithoutPlaceIsTheBody() {
    Operation create = Operation.of(Things.class).get(0);
    assertThat(create.status()).isEqualTo(201);
    assertThat(create.body())
        .isEqualTo(new Operation.Input(Operation.Source.BODY, "body", String.class, true));
  }

  @Test
  void aFormSaysWhichFilesItTakes() {
    Operation.Input many = Objects.requireNonNull(Operation.of(Forms.class).get(0).body());
    Upload.Expect images = Objects.requireNonNull(many.files());
    assertThat(images.value()).isEqualTo("images");
    assertThat(images.least()).isEqualTo(1);
    assertThat(images.most()).isEqualTo(10);
    assertThat(images.largestBytes()).isEqualTo(99);
    Operation.Input one = Objects.requireNonNull(Operation.of(Forms.class).get(1).body());
    Upload.Expect usual = Objects.requireNonNull(one.files());
    assertThat(usual.value()).isEqualTo("file");
    assertThat(usual.most()).isEqualTo(1);
    assertThat(one.required()).isTrue();
  }

  @Test
  void aFormWithOneFileHandsItOut() {
    Upload.Part file = Upload.Part.of("file", "a.txt", "text/plain", new byte[3]);
    assertThat(Upload.of(file).file()).isEqualTo(file);
    Upload two = new Upload(List.of(file, file), Map.of());
    assertThatThrownBy(two::file).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void operationsAreSortedByPathAndVerb() {
    assertThat(Operation.of(Things.class).stream().map(Operation::path))
        .isEqualTo(List.of("/things", "/things/{id}"));
  }

  @Test
  void aContractWhoseVariablesDoNotFitIsRefused() {
    assertThatThrownBy(() -> Operation.of(Unfitting.class))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("do not fit");
    assertThatThrownBy(() -> Operation.of(Unrouted.class))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("no @Route");
  }
}
