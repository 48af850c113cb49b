/**
 * CRAudioViz served over the engines: one class per chapter of its document, which turns a contract
 * record into a call of an engine and what that gives back into a record; {@link
 * dev.spanda.server.craudioviz.CraudiovizMount} puts them together for the live address and for the
 * sandbox, where the same accounts have other records and nothing costs.
 */
@NullMarked
package dev.spanda.server.craudioviz;

import org.jspecify.annotations.NullMarked;
