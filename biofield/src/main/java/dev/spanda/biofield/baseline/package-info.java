/**
 * What is usual for somebody's pictures, and how far a picture is from it: a baseline holds mean,
 * spread and range of every metric and score over a session; a comparison tells differences, z
 * values and one alignment; a trend tells whether a series rises, falls or does neither. All of it
 * is statistics of numbers measured in pictures and carries no medical meaning.
 */
@NullMarked
package dev.spanda.biofield.baseline;

import org.jspecify.annotations.NullMarked;
