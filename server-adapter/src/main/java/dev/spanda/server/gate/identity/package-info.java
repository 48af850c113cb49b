/**
 * The credentials of the documented APIs, kept in the store so that every node of a server knows
 * the same ones: {@link dev.spanda.server.gate.identity.Accounts} with their passwords, {@link
 * dev.spanda.server.gate.identity.ApiKeys}, {@link dev.spanda.server.gate.identity.Clients} with a
 * secret of their own, and {@link dev.spanda.server.gate.identity.Tokens}, which sign and check
 * what a login hands out. Secrets are kept as digests; the keys that sign are encrypted by the
 * {@link dev.spanda.server.gate.identity.Vault}.
 */
@NullMarked
package dev.spanda.server.gate.identity;

import org.jspecify.annotations.NullMarked;
