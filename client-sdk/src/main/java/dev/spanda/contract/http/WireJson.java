package dev.spanda.contract.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.deser.std.StdScalarDeserializer;
import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import com.fasterxml.jackson.databind.ser.std.ToStringSerializer;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;

/**
 * The one way in which records become JSON and JSON becomes records, for server and client alike:
 * unknown fields are ignored, absent fields stay null and are not written, a required field may be
 * neither absent nor null, a whole number may be sent as 1800 or 1800.0 but not as 1800.5, an
 * {@link Instant} is written as ISO 8601 in UTC and read with any offset, and nesting is limited to
 * 64 levels.
 */
public final class WireJson {

  private static final int DEEPEST_NESTING = 64;
  private static final int LONGEST_NUMBER = 100;

  private static final ObjectMapper MAPPER = build();

  private WireJson() {}

  /** The shared mapper; it must not be reconfigured. Thread-safe. */
  public static ObjectMapper mapper() {
    return MAPPER;
  }

  private static ObjectMapper build() {
    JsonFactory factory =
        JsonFactory.builder()
            .streamReadConstraints(
                StreamReadConstraints.builder()
                    .maxNestingDepth(DEEPEST_NESTING)
                    .maxNumberLength(LONGEST_NUMBER)
                    .build())
            .build();
    SimpleModule wire = new SimpleModule("wire");
    wire.addDeserializer(Long.class, new WholeLong());
    wire.addDeserializer(Integer.class, new WholeInteger());
    wire.addSerializer(Instant.class, ToStringSerializer.instance);
    wire.addSerializer(Double.class, new PlainDouble());
    wire.addSerializer(double.class, new PlainDouble());
    wire.addDeserializer(Instant.class, new IsoInstant());
    return JsonMapper.builder(factory)
        .annotationIntrospector(new RequiredIsNotNull())
        .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
        .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
        .defaultPropertyInclusion(
            JsonInclude.Value.construct(JsonInclude.Include.NON_NULL, JsonInclude.Include.ALWAYS))
        .addModule(wire)
        .build();
  }

  /** What is required is refused as null too: a record with a component that is not nullable. */
  private static final class RequiredIsNotNull extends JacksonAnnotationIntrospector {

    private static final long serialVersionUID = 1L;

    @Override
    public JsonSetter.Value findSetterInfo(Annotated annotated) {
      JsonSetter.Value usual = super.findSetterInfo(annotated);
      JsonProperty property = _findAnnotation(annotated, JsonProperty.class);
      return property != null && property.required() ? usual.withValueNulls(Nulls.FAIL) : usual;
    }
  }

  private static long whole(JsonParser parser, DeserializationContext context, Class<?> type)
      throws IOException {
    if (parser.currentToken() == JsonToken.VALUE_NUMBER_INT) {
      return parser.getLongValue();
    }
    if (parser.currentToken() == JsonToken.VALUE_NUMBER_FLOAT) {
      double value = parser.getDoubleValue();
      if (value == Math.rint(value) && Math.abs(value) <= 1L << 53) {
        return (long) value;
      }
      throw context.weirdNumberException(value, type, "not a whole number");
    }
    throw context.wrongTokenException(
        parser, type, JsonToken.VALUE_NUMBER_INT, "not a whole number");
  }

  /** Writes 1795379012.702 where the default would write 1.795379012702E9. */
  private static final class PlainDouble extends StdSerializer<Double> {
    private static final double FIRST_WITH_EXPONENT = 1e7;
    private static final double LAST_PLAIN = 1e15;

    PlainDouble() {
      super(Double.class);
    }

    @Override
    public void serialize(Double value, JsonGenerator generator, SerializerProvider provider)
        throws IOException {
      double size = Math.abs(value);
      if (size >= FIRST_WITH_EXPONENT && size < LAST_PLAIN) {
        String plain = BigDecimal.valueOf(value).toPlainString();
        generator.writeNumber(plain.indexOf('.') < 0 ? plain + ".0" : plain);
      } else {
        generator.writeNumber(value);
      }
    }
  }

  private static final class IsoInstant extends StdScalarDeserializer<Instant> {
    IsoInstant() {
      super(Instant.class);
    }

    @Override
    public Instant deserialize(JsonParser parser, DeserializationContext context)
        throws IOException {
      String text = parser.getValueAsString("");
      try {
        return OffsetDateTime.parse(text).toInstant();
      } catch (DateTimeParseException e) {
        throw context.weirdStringException(text, Instant.class, "not an ISO 8601 time with offset");
      }
    }
  }

  private static final class WholeLong extends StdScalarDeserializer<Long> {
    WholeLong() {
      super(Long.class);
    }

    @Override
    public Long deserialize(JsonParser parser, DeserializationContext context) throws IOException {
      return whole(parser, context, Long.class);
    }
  }

  private static final class WholeInteger extends StdScalarDeserializer<Integer> {
    WholeInteger() {
      super(Integer.class);
    }

    @Override
    public Integer deserialize(JsonParser parser, DeserializationContext context)
        throws IOException {
      long value = whole(parser, context, Integer.class);
      if (value != (int) value) {
        throw context.weirdNumberException(value, Integer.class, "larger than 2147483647");
      }
      return (int) value;
    }
  }
}
