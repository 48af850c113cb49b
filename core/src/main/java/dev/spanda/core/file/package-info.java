/**
 * Contents that people bring or engines make: {@link dev.spanda.core.file.Files} streams them into
 * the blob store, tells their {@link dev.spanda.core.file.FileType} by looking at them, and keeps a
 * {@link dev.spanda.core.file.StoredFile} for each, which one owner alone can see.
 */
@NullMarked
package dev.spanda.core.file;

import org.jspecify.annotations.NullMarked;
