/**
 * What the image field remembers: analyses with their pictures, live sessions with their measured
 * frames, captured frames and batches of pictures to be analysed. Every record has an owner, and to
 * everybody else it does not exist. Pictures lie in the {@link dev.spanda.core.store.BlobStore},
 * all else in the {@link dev.spanda.core.store.Store}; nothing is removed by itself, each keeper
 * has a {@code forget} that removes what is older than an instant.
 */
@NullMarked
package dev.spanda.biofield.archive;

import org.jspecify.annotations.NullMarked;
