package dev.spanda.server.craudioviz;

import dev.spanda.server.gate.Identity;

/**
 * Whose records a request sees: an account has one set of them at the live address and another one
 * in the sandbox.
 *
 * @param account the id that the account shows
 * @param plan the name of its plan
 * @param sandbox whether nothing costs
 * @param base the address of the mount as the caller wrote it, such as {@code
 *     http://127.0.0.1:8080/v1}
 */
record Tenant(String account, String plan, boolean sandbox, String base) {

  private static final String SANDBOX = "sandbox:";

  static Tenant of(Identity identity, String base) {
    return new Tenant(
        identity.account(), identity.plan(), identity.environment().equals(Identity.SANDBOX), base);
  }

  /** Who owns the records. */
  String owner() {
    return sandbox ? SANDBOX + account : account;
  }
}
