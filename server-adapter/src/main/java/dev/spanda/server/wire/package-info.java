/**
 * What the ways in share when they read words of people and programs: {@link
 * dev.spanda.server.wire.Json} turns every problem of the JSON parser into a failure that names the
 * field as the sender spelled it, {@link dev.spanda.server.wire.SkyWords} does so for moments,
 * places and bodies.
 */
@NullMarked
package dev.spanda.server.wire;

import org.jspecify.annotations.NullMarked;
