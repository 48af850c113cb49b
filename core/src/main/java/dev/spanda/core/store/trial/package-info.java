/**
 * What trials of stored things share: {@link dev.spanda.core.store.trial.KillTrial} kills a process
 * again and again and has somebody look at what is left, and {@link
 * dev.spanda.core.store.trial.ScratchFolder} is a folder that is gone afterwards.
 */
@NullMarked
package dev.spanda.core.store.trial;

import org.jspecify.annotations.NullMarked;
