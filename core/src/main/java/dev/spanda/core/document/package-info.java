/**
 * Documents about interfaces and sources: {@link dev.spanda.core.document.Documents} generates them
 * from {@link dev.spanda.core.document.Description}s that are handed in and from Java sources, as
 * Markdown or HTML in durable jobs, keeps them for each owner and finds them by their words.
 */
@NullMarked
package dev.spanda.core.document;

import org.jspecify.annotations.NullMarked;
