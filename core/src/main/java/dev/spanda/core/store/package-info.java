/**
 * Where records live: {@link dev.spanda.core.store.Store} is SQLite in a folder by default and
 * PostgreSQL for many machines, with one set of migrations for both; {@link
 * dev.spanda.core.store.BlobStore} keeps large contents as files; {@link
 * dev.spanda.core.store.Json} is the persisted form of records.
 *
 * <p>Any package adds tables by putting SQL files into the resource folder {@code
 * dev/spanda/core/store/migration}: into {@code common} when both databases read it, else one file
 * of the same version into {@code sqlite} and into {@code postgresql}. A file is named {@code
 * V<room>.<number>__<room>_<what>.sql}; each room counts for itself: 1 store, 2 job, 3 session, 4
 * ledger, 5 project, 6 file, 7 webhook, 8 metric, 9 quota, and so on. Times are stored as
 * milliseconds since 1970 in {@code BIGINT} columns. A file that has been released never changes.
 */
@NullMarked
package dev.spanda.core.store;

import org.jspecify.annotations.NullMarked;
