/**
 * Random bits gathered over a stretch of time, and what statistics say about them. {@link
 * dev.spanda.core.attunement.BitStatistics} is usable alone: give it bytes, ask for a {@link
 * dev.spanda.core.attunement.Reading}. {@link dev.spanda.core.attunement.Attunements} gathers bits
 * in the background and keeps what it counted. A p-value tells how often fair bits look like this;
 * nothing here tells why, and nothing here steers a bit.
 */
@NullMarked
package dev.spanda.core.attunement;

import org.jspecify.annotations.NullMarked;
