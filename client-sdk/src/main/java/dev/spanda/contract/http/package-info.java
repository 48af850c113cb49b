/**
 * How a documented API is written down once and read three times. An interface whose methods carry
 * {@link dev.spanda.contract.http.Route} is the contract: the server class implements it, the
 * client proxies it, the OpenAPI writer describes it, and all three see it through {@link
 * dev.spanda.contract.http.Operation}. Paths, verbs and field names exist nowhere else.
 */
@NullMarked
package dev.spanda.contract.http;

import org.jspecify.annotations.NullMarked;
