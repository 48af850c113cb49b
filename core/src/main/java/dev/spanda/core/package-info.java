/**
 * What every room shares: {@link dev.spanda.core.Failure} for input that is wrong and things that
 * are missing, {@link dev.spanda.core.Ids} for names of records, {@link dev.spanda.core.Page} for a
 * part of a list.
 */
@NullMarked
package dev.spanda.core;

import org.jspecify.annotations.NullMarked;
