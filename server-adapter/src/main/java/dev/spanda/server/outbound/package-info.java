/**
 * The only way out of the server. {@link dev.spanda.server.outbound.Fetcher} calls web addresses
 * and lets nobody use it to reach this machine or its network: the address is checked where the
 * connection is made, after every name is resolved, for every redirect anew. {@link
 * dev.spanda.server.outbound.HttpWebhookSender} and {@link dev.spanda.server.outbound.ChatModel}
 * play the parts of engines on it. {@link dev.spanda.server.outbound.Encoder} is the program beside
 * the server that cuts films; it has no network.
 */
@NullMarked
package dev.spanda.server.outbound;

import org.jspecify.annotations.NullMarked;
