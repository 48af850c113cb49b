/**
 * OCTOSPINE on the server: the endpoints of each chapter, made for one account, over the engines;
 * who the caller is; the words of its errors; its socket and its GraphQL. {@link
 * dev.spanda.server.octospine.Octospine} puts it together.
 */
@NullMarked
package dev.spanda.server.octospine;

import org.jspecify.annotations.NullMarked;
