package dev.spanda.core.store;

import com.fasterxml.jackson.annotation.JsonAutoDetect;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.PropertyAccessor;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.cfg.MapperConfig;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.introspect.AnnotatedClass;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.jsontype.NamedType;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import dev.spanda.core.Failure;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The persisted form of records: JSON text with one member a component, under the component's name.
 *
 * <p>Components may be numbers, strings, booleans, enums, {@code byte[]} (Base64), {@link Instant}
 * and {@link Duration} (ISO 8601), lists, sets and maps of them, other records, and sealed
 * interfaces of records, whose case is told by a member {@code type} with the record's simple name.
 * Members that the record does not know are ignored and those it misses are null or zero, so that a
 * record may grow. Thread-safe.
 */
public final class Json {

  private static final JsonMapper MAPPER = mapper();

  private Json() {}

  /**
   * The text form of a record, list, map or plain value.
   *
   * @throws Failure FAILED, subject {@code store}, when the value has a part that has no such form
   */
  public static String write(Object value) {
    try {
      return MAPPER.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw trouble("A " + value.getClass().getSimpleName() + " cannot be written as JSON", e);
    }
  }

  /**
   * Reads what {@link #write} wrote.
   *
   * @throws Failure FAILED, subject {@code store}, when the text is no such record, or the record
   *     refuses its components
   */
  public static <T> T read(String text, Class<T> type) {
    try {
      T value = MAPPER.readValue(text, type);
      if (value == null) {
        throw trouble("The stored text holds no " + type.getSimpleName(), null);
      }
      return value;
    } catch (JsonProcessingException e) {
      throw trouble("The stored text is not a " + type.getSimpleName(), e);
    }
  }

  /**
   * Reads a list that {@link #write} wrote.
   *
   * @throws Failure FAILED, subject {@code store}, when the text is no list of such records
   */
  public static <T> List<T> readList(String text, Class<T> element) {
    try {
      List<T> list =
          MAPPER.readValue(
              text, MAPPER.getTypeFactory().constructCollectionType(List.class, element));
      return List.copyOf(list);
    } catch (JsonProcessingException | NullPointerException e) {
      throw trouble("The stored text is not a list of " + element.getSimpleName(), e);
    }
  }

  private static Failure trouble(String message, @Nullable Exception cause) {
    Failure failure = Failure.of(Failure.Reason.FAILED, "store", message);
    return cause == null ? failure : failure.causedBy(cause);
  }

  private static JsonMapper mapper() {
    SimpleModule module = new SimpleModule();
    text(module, Instant.class, Instant::parse);
    text(module, Duration.class, Duration::parse);
    return JsonMapper.builder()
        .addModule(module)
        .annotationIntrospector(new SealedChoices())
        .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
        .enable(DeserializationFeature.USE_LONG_FOR_INTS)
        // Components only: a record's own methods such as isFinal() are no part of it.
        .disable(MapperFeature.AUTO_DETECT_GETTERS, MapperFeature.AUTO_DETECT_IS_GETTERS)
        .visibility(PropertyAccessor.FIELD, JsonAutoDetect.Visibility.ANY)
        .defaultPropertyInclusion(
            JsonInclude.Value.construct(JsonInclude.Include.NON_NULL, JsonInclude.Include.ALWAYS))
        .build();
  }

  private static <T> void text(SimpleModule module, Class<T> type, Function<String, T> parse) {
    module.addSerializer(
        type,
        new StdSerializer<T>(type) {
          @Override
          public void serialize(T value, JsonGenerator out, SerializerProvider provider)
              throws IOException {
            out.writeString(value.toString());
          }
        });
    module.addDeserializer(
        type,
        new StdDeserializer<T>(type) {
          @Override
          public T deserialize(JsonParser in, DeserializationContext context) throws IOException {
            String text = in.getValueAsString("");
            try {
              return parse.apply(text);
            } catch (RuntimeException e) {
              throw new com.fasterxml.jackson.databind.JsonMappingException(
                  in, "not a " + type.getSimpleName() + ": " + text, e);
            }
          }
        });
  }

  /** Tells the cases of sealed interfaces apart without an annotation on any of them. */
  private static final class SealedChoices extends JacksonAnnotationIntrospector {
    private static final long serialVersionUID = 1L;

    @Override
    public JsonTypeInfo.@Nullable Value findPolymorphicTypeInfo(
        MapperConfig<?> config, Annotated annotated) {
      if (annotated instanceof AnnotatedClass && choiceOf(annotated.getRawType()) != null) {
        return JsonTypeInfo.Value.construct(
            JsonTypeInfo.Id.NAME, JsonTypeInfo.As.PROPERTY, "type", null, false, null, null);
      }
      return super.findPolymorphicTypeInfo(config, annotated);
    }

    @Override
    public @Nullable List<NamedType> findSubtypes(Annotated annotated) {
      Class<?> type = annotated.getRawType();
      if (type.isInterface() && type.isSealed()) {
        List<NamedType> cases = new ArrayList<>();
        collect(type, cases);
        return cases;
      }
      return super.findSubtypes(annotated);
    }

    @Override
    public @Nullable String findTypeName(AnnotatedClass annotated) {
      return choiceOf(annotated.getRawType()) != null && annotated.getRawType().isRecord()
          ? annotated.getRawType().getSimpleName()
          : super.findTypeName(annotated);
    }

    private static void collect(Class<?> sealed, List<NamedType> cases) {
      for (Class<?> permitted : sealed.getPermittedSubclasses()) {
        if (permitted.isSealed()) {
          collect(permitted, cases);
        } else {
          cases.add(new NamedType(permitted, permitted.getSimpleName()));
        }
      }
    }

    /** The sealed interface that this type is, or is a case of. */
    private static @Nullable Class<?> choiceOf(Class<?> type) {
      if (type.isInterface() && type.isSealed()) {
        return type;
      }
      for (Class<?> parent : type.getInterfaces()) {
        if (parent.isSealed()) {
          return parent;
        }
      }
      return null;
    }
  }
}
