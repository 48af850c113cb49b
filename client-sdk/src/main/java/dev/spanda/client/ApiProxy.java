package dev.spanda.client;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JavaType;
import dev.spanda.contract.http.Content;
import dev.spanda.contract.http.Operation;
import dev.spanda.contract.http.Upload;
import dev.spanda.contract.http.WireJson;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import okhttp3.MediaType;
import okhttp3.MultipartBody;
import okhttp3.RequestBody;
import okio.BufferedSink;
import okio.Okio;
import okio.Source;
import org.jspecify.annotations.Nullable;

/**
 * Makes a contract callable: each method becomes the request that its annotations describe, and the
 * answer becomes what the method returns. One machine for all APIs; a client adds only names.
 */
final class ApiProxy implements InvocationHandler {

  private static final MediaType JSON = MediaType.get("application/json; charset=utf-8");
  private static final MediaType BYTES = MediaType.get("application/octet-stream");
  private static final String UNRESERVED = "-._~";
  private static final String HEX = "0123456789ABCDEF";

  private static final ClassValue<Map<Method, Operation>> OPERATIONS =
      new ClassValue<>() {
        @Override
        protected Map<Method, Operation> computeValue(Class<?> contract) {
          return Operation.of(contract).stream()
              .collect(Collectors.toUnmodifiableMap(Operation::method, Function.identity()));
        }
      };

  private final Class<?> contract;
  private final Map<Method, Operation> operations;
  private final HttpTransport transport;
  private final @Nullable Envelope envelope;

  /**
   * What an API wraps its answers in.
   *
   * @param type a record of one type parameter, which is what the operation returns
   * @param content takes that out of an object of the type; null when it is not there
   */
  record Envelope(Class<?> type, Function<Object, @Nullable Object> content) {}

  private ApiProxy(Class<?> contract, HttpTransport transport, @Nullable Envelope envelope) {
    this.contract = contract;
    this.operations = OPERATIONS.get(contract);
    this.transport = transport;
    this.envelope = envelope;
  }

  /** An object of the contract's type whose methods call the server. Thread-safe. */
  static <A> A of(Class<A> contract, HttpTransport transport) {
    return of(contract, transport, null);
  }

  /** The same for an API whose answers are wrapped; null for one whose answers are not. */
  static <A> A of(Class<A> contract, HttpTransport transport, @Nullable Envelope envelope) {
    return contract.cast(
        Proxy.newProxyInstance(
            contract.getClassLoader(),
            new Class<?>[] {contract},
            new ApiProxy(contract, transport, envelope)));
  }

  @Override
  public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] arguments)
      throws Throwable {
    if (method.getDeclaringClass() == Object.class) {
      return switch (method.getName()) {
        case "equals" -> arguments != null && proxy == arguments[0];
        case "hashCode" -> System.identityHashCode(proxy);
        default -> contract.getSimpleName() + " at " + transport.base();
      };
    }
    if (method.isDefault()) {
      return InvocationHandler.invokeDefault(proxy, method, arguments);
    }
    Operation operation = Objects.requireNonNull(operations.get(method));
    @Nullable Object[] values = arguments == null ? new Object[0] : arguments;
    return call(operation, values);
  }

  private @Nullable Object call(Operation operation, @Nullable Object[] values) {
    String path = operation.path();
    StringBuilder query = new StringBuilder();
    HttpTransport.Exchange exchange = new HttpTransport.Exchange(operation.verb());
    for (int i = 0; i < values.length; i++) {
      Operation.Input input = operation.inputs().get(i);
      Object value = values[i];
      if (value == null) {
        if (input.required()) {
          throw new NullPointerException(input.name() + " is required");
        }
        continue;
      }
      switch (input.source()) {
        case PATH -> path = path.replace("{" + input.name() + "}", inPlace(input, value));
        case QUERY -> appendQuery(query, input.name(), value);
        case HEADER -> exchange.headers.put(input.name(), text(value));
        case BODY -> setBody(exchange, value);
      }
    }
    requireInPlace(path);
    exchange.pathAndQuery = query.isEmpty() ? path : path + "?" + query;
    if (operation.resultType() == Content.class) {
      exchange.unlimitedTime = true;
      return transport.stream(exchange);
    }
    if (operation.resultType() == void.class) {
      transport.discard(exchange);
      return null;
    }
    JavaType type = WireJson.mapper().constructType(operation.resultType());
    return envelope == null
        ? transport.read(exchange, type)
        : transport.unwrap(exchange, type, envelope.type(), envelope.content());
  }

  private static void appendQuery(StringBuilder query, String name, Object value) {
    if (value instanceof Iterable<?> many) {
      for (Object one : many) {
        appendQuery(query, name, one);
      }
      return;
    }
    query.append(query.isEmpty() ? "" : "&");
    query.append(encoded(name)).append('=').append(encoded(text(value)));
  }

  private static void setBody(HttpTransport.Exchange exchange, Object value) {
    if (value instanceof Upload upload) {
      exchange.unlimitedTime = true;
      exchange.body = form(upload);
      return;
    }
    try {
      exchange.body = RequestBody.create(WireJson.mapper().writeValueAsBytes(value), JSON);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("the body cannot be written as JSON", e);
    }
  }

  private static RequestBody form(Upload upload) {
    if (upload.files().isEmpty() && upload.fields().isEmpty()) {
      throw new IllegalArgumentException("a form needs a file or a field");
    }
    MultipartBody.Builder form = new MultipartBody.Builder().setType(MultipartBody.FORM);
    upload.fields().forEach(form::addFormDataPart);
    for (Upload.Part file : upload.files()) {
      form.addFormDataPart(file.field(), file.fileName(), new FilePart(file));
    }
    return form.build();
  }

  /** As the record writes it: an enum by its wire name, a time as ISO 8601, a number plain. */
  private static String text(Object value) {
    return value instanceof Enum<?>
        ? WireJson.mapper().convertValue(value, String.class)
        : value.toString();
  }

  /** Percent-encodes every byte but the unreserved characters of RFC 3986, section 2.3. */
  static String encoded(String text) {
    StringBuilder out = new StringBuilder(text.length() + 16);
    for (byte octet : text.getBytes(StandardCharsets.UTF_8)) {
      char c = (char) (octet & 0xff);
      boolean letterOrDigit = c < 128 && Character.isLetterOrDigit(c);
      if (letterOrDigit || UNRESERVED.indexOf(c) >= 0) {
        out.append(c);
      } else {
        out.append('%').append(HEX.charAt(c >> 4)).append(HEX.charAt(c & 0xf));
      }
    }
    return out.toString();
  }

  private static String inPlace(Operation.Input input, Object value) {
    String text = text(value);
    if (text.isEmpty()) {
      throw new IllegalArgumentException(input.name() + " is empty: the path would be another one");
    }
    return encoded(text);
  }

  /** Refuses dot segments, which are resolved away however they are written. */
  private static void requireInPlace(String path) {
    for (String segment : path.split("/", -1)) {
      if (segment.equals(".") || segment.equals("..")) {
        throw new IllegalArgumentException("not usable in a path: \"" + segment + "\"");
      }
    }
  }

  /** Sends a file as it is read. */
  private static final class FilePart extends RequestBody {
    private final Upload.Part file;

    FilePart(Upload.Part file) {
      this.file = file;
    }

    @Override
    public MediaType contentType() {
      MediaType type = MediaType.parse(file.mediaType());
      return type == null ? BYTES : type;
    }

    @Override
    public long contentLength() {
      return file.length();
    }

    @Override
    public void writeTo(BufferedSink sink) throws IOException {
      try (Source source = Okio.source(file.source().open())) {
        sink.writeAll(source);
      } catch (UncheckedIOException e) {
        throw e.getCause();
      }
    }
  }
}
