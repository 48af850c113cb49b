/**
 * What people keep together: a {@link dev.spanda.core.project.Project} has a name, tags and the
 * {@link dev.spanda.core.project.Item}s that were made in it, and belongs to one owner, for whom
 * alone it exists. {@link dev.spanda.core.project.Projects} stores them.
 */
@NullMarked
package dev.spanda.core.project;

import org.jspecify.annotations.NullMarked;
