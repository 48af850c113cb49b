package dev.spanda.server.outbound.platform;

import dev.spanda.media.publish.Connections;

/** Seals of tests. */
final class Seals {

  /** Seals nothing, but opens only under the name it was given. */
  static final Connections.Seal PLAIN =
      new Connections.Seal() {
        @Override
        public String seal(String text, String name) {
          return name + "\n" + text;
        }

        @Override
        public String open(String sealed, String name) {
          if (!sealed.startsWith(name + "\n")) {
            throw new IllegalStateException("sealed under another name");
          }
          return sealed.substring(name.length() + 1);
        }
      };

  private Seals() {}
}
