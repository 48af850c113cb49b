/** The command line: every subcommand reads its options, calls an engine and prints what it did. */
@NullMarked
package dev.spanda.server.cli;

import org.jspecify.annotations.NullMarked;
