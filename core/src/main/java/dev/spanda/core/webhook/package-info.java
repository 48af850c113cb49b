/**
 * Tells other programs what happened: {@link dev.spanda.core.webhook.Webhooks} keeps who wants to
 * hear of what, delivers each event at least once with a {@link dev.spanda.core.webhook.Signature},
 * tries again when nobody answers, and keeps a log. How a message leaves the house is up to a
 * {@link dev.spanda.core.webhook.WebhookSender}.
 */
@NullMarked
package dev.spanda.core.webhook;

import org.jspecify.annotations.NullMarked;
