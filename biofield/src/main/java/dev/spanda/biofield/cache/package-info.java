/**
 * What was read lately, kept so that it is never older than the database: each owner's lists carry
 * a number that every write raises in its own transaction, and a cached value counts only under the
 * number that stands there now.
 */
@NullMarked
package dev.spanda.biofield.cache;

import org.jspecify.annotations.NullMarked;
