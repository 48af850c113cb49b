/**
 * WaveStack on the wire: one interface per chapter of its document, its records nested within. Each
 * service has a base URL of its own and its paths begin there. What the document does not show is
 * said to be beyond it, and where it is silent the choice is written at the record. An error is a
 * {@link dev.spanda.contract.wavestack.WavestackError}.
 *
 * <h2>Who calls</h2>
 *
 * <p>A caller belongs to an organisation and sees the records of that one alone; another's are
 * {@code NOT_FOUND}. Credentials are {@code Authorization: Bearer} with a token of {@link
 * dev.spanda.contract.wavestack.AuthApi} or with an API key, or an API key as {@code X-API-Key};
 * {@code X-Org-Id} names the organisation.
 *
 * <ul>
 *   <li>The Core App asks for credentials ({@code UNAUTHORIZED} without) and for {@code X-Org-Id}
 *       ({@code VALIDATION_ERROR} without), which must be the organisation of the credentials
 *       ({@code FORBIDDEN} otherwise). Tokens, public keys and health are open.
 *   <li>The document shows the other eight services without credentials. They are accepted there,
 *       and {@code X-Org-Id}, when it is given, must be theirs ({@code FORBIDDEN}). Without
 *       credentials a caller is accepted only from this machine: its address and the {@code Host}
 *       it asked for are loopback, no proxy has forwarded it ({@code Forwarded}, {@code
 *       X-Forwarded-For}), and no page of another site has sent it ({@code Origin}, {@code
 *       Sec-Fetch-Site}). It is then the organisation {@code org_123} in a demo and {@code local}
 *       elsewhere. Everybody else is {@code UNAUTHORIZED}. A socket, for which browsers send no
 *       headers, takes the token or key as the query parameter {@code token} too.
 * </ul>
 */
@NullMarked
package dev.spanda.contract.wavestack;

import org.jspecify.annotations.NullMarked;
