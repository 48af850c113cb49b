/**
 * Listens to the platforms of an audience: {@link dev.spanda.server.outbound.social.Connectors}
 * runs one thin client a connection (Discord gateway, Twitch chat and EventSub, YouTube live chat,
 * X filtered stream), each of which connects again with growing pauses, resumes where its platform
 * lets it, and leaves it to the feed to drop what comes twice.
 */
@NullMarked
package dev.spanda.server.outbound.social;

import org.jspecify.annotations.NullMarked;
