package dev.spanda.core.ledger;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The hashes that tie each entry to the entry before it on both of its accounts: one SHA-256 over
 * both earlier hashes and the whole row. A chain for each account, braided by every movement, lets
 * nodes that share a database extend it without a lock that all of them need. Not thread-safe.
 */
// The order of the constants is what is on disk: new ones go last.
@SuppressWarnings("EnumOrdinal")
final class Chain {

  static final byte[] START = new byte[32];

  private static final int FIXED = 2 * 32 + 15 * Long.BYTES + 16;

  private final MessageDigest sha = sha256();
  private ByteBuffer buffer = ByteBuffer.allocate(2048);

  static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The hash of a row whose other columns are set. */
  byte[] hash(Entry entry, byte[] fromHash, byte[] toHash) {
    byte[] key = entry.key == null ? new byte[0] : entry.key.getBytes(StandardCharsets.UTF_8);
    byte[] memo = entry.memo.getBytes(StandardCharsets.UTF_8);
    if (buffer.capacity() < FIXED + key.length + memo.length) {
      buffer = ByteBuffer.allocate(2 * (FIXED + key.length + memo.length));
    }
    buffer.clear();
    buffer.put(fromHash).put(toHash);
    buffer.putLong(entry.seq).putLong(entry.kind.ordinal()).putLong(entry.at);
    buffer.putLong(entry.from).putLong(entry.to).putLong(entry.amount).putLong(entry.hold);
    buffer.putLong(entry.extra).putLong(entry.fromPrev).putLong(entry.toPrev);
    buffer.putLong(entry.fromPosted).putLong(entry.fromHeld).putLong(entry.toPosted);
    // Lengths stand before the texts, so that no two rows read the same; −1 says that none is
    // there.
    buffer.putLong(entry.key == null ? -1 : key.length).putLong(memo.length);
    if (entry.body != null) {
      buffer.put(entry.body);
    }
    buffer.put(key).put(memo);
    sha.update(buffer.array(), 0, buffer.position());
    return sha.digest();
  }

  /** What two commands must share to be the same under one key: sixteen bytes. */
  static byte[] body(Command command) {
    Body body = new Body();
    if (command instanceof Command.Open open) {
      body.add(1).add(open.account()).add(open.floor()).add(open.ceiling());
    } else if (command instanceof Command.Limit limit) {
      body.add(2).add(limit.account()).add(limit.floor()).add(limit.ceiling());
    } else if (command instanceof Command.Transfer transfer) {
      body.add(3).add(transfer.from()).add(transfer.to()).add(transfer.amount());
      body.add(transfer.memo());
    } else if (command instanceof Command.Grant grant) {
      body.add(4).add(grant.from()).add(grant.to()).add(grant.amount());
      body.add(grant.expiresAt().toEpochMilli()).add(grant.memo());
    } else if (command instanceof Command.Reserve reserve) {
      body.add(5).add(reserve.from()).add(reserve.to()).add(reserve.amount());
      Optional<Long> end = reserve.expiresAt().map(java.time.Instant::toEpochMilli);
      body.add(end.isPresent() ? 1 : 0).add(end.orElse(0L)).add(reserve.memo());
    } else if (command instanceof Command.Post post) {
      body.add(6).add(post.hold()).add(post.amount().orElse(-1));
    } else if (command instanceof Command.Void release) {
      body.add(7).add(release.hold());
    }
    return body.digest();
  }

  /** Sixty-four bits of a key's SHA-256. */
  static long digest(String key) {
    return ByteBuffer.wrap(Holder.SHA.get().digest(key.getBytes(StandardCharsets.UTF_8))).getLong();
  }

  private static final class Holder {
    private static final ThreadLocal<MessageDigest> SHA = ThreadLocal.withInitial(Chain::sha256);
  }

  private static final class Body {
    private ByteBuffer bytes = ByteBuffer.allocate(256);

    Body add(long number) {
      room(Long.BYTES);
      bytes.putLong(number);
      return this;
    }

    Body add(String text) {
      byte[] encoded = text.getBytes(StandardCharsets.UTF_8);
      add(encoded.length);
      room(encoded.length);
      bytes.put(encoded);
      return this;
    }

    private void room(int more) {
      if (bytes.remaining() < more) {
        ByteBuffer larger = ByteBuffer.allocate(2 * (bytes.capacity() + more));
        larger.put(bytes.flip());
        bytes = larger;
      }
    }

    byte[] digest() {
      MessageDigest sha = Holder.SHA.get();
      sha.update(bytes.array(), 0, bytes.position());
      byte[] whole = sha.digest();
      return Arrays.copyOf(whole, 16);
    }
  }

  /** Whether two hashes are the same bytes; an absent one equals nothing. */
  static boolean same(byte @Nullable [] one, byte @Nullable [] other) {
    return one != null && other != null && MessageDigest.isEqual(one, other);
  }

  /** Folds accounts' last hashes into one; the order matters. */
  static final class Head {
    private final MessageDigest sha = sha256();

    void add(long account, byte[] hash) {
      sha.update(ByteBuffer.allocate(Long.BYTES).putLong(account).array());
      sha.update(hash);
    }

    String hex() {
      return java.util.HexFormat.of().formatHex(sha.digest());
    }
  }
}
