/**
 * The tools that are offered, one class each, over the engines; {@link
 * dev.spanda.server.tool.Toolbox} is the one list in which they are registered.
 */
@NullMarked
package dev.spanda.server.tool;

import org.jspecify.annotations.NullMarked;
