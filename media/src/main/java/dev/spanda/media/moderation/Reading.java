package dev.spanda.media.moderation;

import java.util.List;

/**
 * A message as the models read it.
 *
 * @param words its words in plain lower-case letters; {@code <url>}, {@code <at>}, {@code <site>}
 *     (a link to one of a few works of reference), {@code <mail>} and {@code <dN>} (a number of N
 *     digits) stand for what they name
 * @param hosts the names in its links, without their last part
 * @param urls how many links to other than works of reference
 * @param characters how many characters are seen, blanks not counted
 * @param letters how many of them are letters
 * @param capitals how many of the letters are capitals
 * @param digits how many of them are digits that are not read as letters
 * @param exclamations how many exclamation marks
 * @param currencies how many signs of a currency
 * @param longestNumber the digits of its longest number
 * @param longestRun how often one character stands in a row at most
 */
record Reading(
    List<String> words,
    List<String> hosts,
    int urls,
    int characters,
    int letters,
    int capitals,
    int digits,
    int exclamations,
    int currencies,
    int longestNumber,
    int longestRun) {

  /** The same shape with other words. */
  Reading with(List<String> others) {
    return new Reading(
        others,
        hosts,
        urls,
        characters,
        letters,
        capitals,
        digits,
        exclamations,
        currencies,
        longestNumber,
        longestRun);
  }
}
