/**
 * Rows of plain values: read from CSV, JSON and NDJSON within limits ({@link
 * dev.spanda.core.data.RowFormat}), cleaned, validated, enriched and aggregated ({@link
 * dev.spanda.core.data.Transformation}), and kept in tables or files ({@link
 * dev.spanda.core.data.Tables}); {@link dev.spanda.core.data.DataFlow} does the three in a row as a
 * task or an automation describes them.
 */
@NullMarked
package dev.spanda.core.data;

import org.jspecify.annotations.NullMarked;
