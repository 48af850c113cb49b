/**
 * Typed clients. A client opens one server and hands out its contracts; a call is a method call:
 *
 * <pre>{@code
 * try (VajraClient client = VajraClient.connect(URI.create("http://localhost:8008"))) {
 *   client.audio().generate(AudioApi.Settings.UNCHANGED.withFrequency(136.1).withDuration(30));
 *   Files.write(Path.of("om.wav"), client.audio().download("wav", 24).bytes());
 *   Plan plan = new Plan("Morning", 1800L, "Peace", null, null);
 *   String id = client.sessions().create(plan).sessionId();
 *   client.async(client.sessions(), sessions -> sessions.start(id)).thenAccept(System.out::println);
 *   client.socket(message -> System.out.println(message));
 * }
 * }</pre>
 *
 * Failures are {@link dev.spanda.client.ApiException}s in whichever dialect the server speaks;
 * calls that may be repeated are, by {@link dev.spanda.client.RetryPolicy}.
 */
@NullMarked
package dev.spanda.client;

import org.jspecify.annotations.NullMarked;
