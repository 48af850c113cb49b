package dev.spanda.server.outbound;

import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.UnknownHostException;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import javax.net.SocketFactory;

/**
 * Makes sockets that connect to public addresses only, whatever name led there. The check is on the
 * address that is about to be connected to, so that no spelling and no second answer of a name
 * server gets around it. Sources: the IANA IPv4 and IPv6 Special-Purpose Address Registries (RFC
 * 6890 and its updates).
 */
final class Guard extends SocketFactory {

  /** Thrown where a socket would connect to an address that is not public. */
  static final class Denied extends IOException {
    Denied() {
      super("the address is not public");
    }
  }

  /** Each a network and the number of its bits. */
  private static final String[] SPECIAL_4 = {
    "0.0.0.0/8",
    "10.0.0.0/8",
    "100.64.0.0/10",
    "127.0.0.0/8",
    "169.254.0.0/16",
    "172.16.0.0/12",
    "192.0.0.0/24",
    "192.0.2.0/24",
    "192.88.99.0/24",
    "192.168.0.0/16",
    "198.18.0.0/15",
    "198.51.100.0/24",
    "203.0.113.0/24",
    "224.0.0.0/4",
    "240.0.0.0/4"
  };

  /** Within 2000::/3, outside of which nothing is public. */
  private static final String[] SPECIAL_6 = {
    "2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20"
  };

  private static final Network PUBLIC_6 = network("2000::/3");
  private static final Network[] DENIED_4 = networks(SPECIAL_4);
  private static final Network[] DENIED_6 = networks(SPECIAL_6);

  @SuppressWarnings("ArrayRecordComponent") // Read, never compared.
  private record Network(byte[] address, int bits) {
    boolean holds(byte[] other) {
      if (other.length != address.length) {
        return false;
      }
      for (int bit = 0; bit < bits; bit += 8) {
        int mask = bits - bit >= 8 ? 0xff : 0xff << (8 - (bits - bit)) & 0xff;
        if (((address[bit / 8] ^ other[bit / 8]) & mask) != 0) {
          return false;
        }
      }
      return true;
    }
  }

  private final Set<String> allowed = new HashSet<>();

  /** A guard that lets these through as well, each {@code HOST} or {@code HOST:PORT}. */
  Guard(Set<String> allowPrivate) {
    allowPrivate.forEach(entry -> allowed.add(entry.toLowerCase(Locale.ROOT)));
  }

  /** Whether an address belongs to the public internet. */
  static boolean isPublic(InetAddress address) {
    byte[] bytes = address.getAddress();
    if (address instanceof Inet4Address) {
      return !isAmong(DENIED_4, bytes);
    }
    // All of it but global unicast goes: loopback, link-local, unique local, multicast, IPv4 in
    // any disguise (::/96, ::ffff:0:0/96, 64:ff9b::/96).
    return PUBLIC_6.holds(bytes) && !isAmong(DENIED_6, bytes);
  }

  private static boolean isAmong(Network[] networks, byte[] address) {
    for (Network network : networks) {
      if (network.holds(address)) {
        return true;
      }
    }
    return false;
  }

  /** Whether a connection may be made. */
  boolean allows(InetSocketAddress target) {
    InetAddress address = target.getAddress();
    if (address == null) {
      return false;
    }
    return isPublic(address) || isNamed(target.getHostString(), address, target.getPort());
  }

  private boolean isNamed(String host, InetAddress address, int port) {
    if (allowed.isEmpty()) {
      return false;
    }
    String name = host.toLowerCase(Locale.ROOT);
    if (allowed.contains(name) || allowed.contains(name + ":" + port)) {
      return true;
    }
    for (String entry : allowed) {
      String allowedHost = host(entry);
      boolean anyPort = allowedHost.length() == entry.length();
      if (anyPort || entry.endsWith(":" + port)) {
        try {
          for (InetAddress each : InetAddress.getAllByName(allowedHost)) {
            if (each.equals(address)) {
              return true;
            }
          }
        } catch (UnknownHostException e) {
          // A name that nobody knows opens nothing.
        }
      }
    }
    return false;
  }

  /** The part before the port; an IPv6 address with a port stands in brackets. */
  private static String host(String entry) {
    int colon = entry.lastIndexOf(':');
    boolean port = colon > 0 && (entry.indexOf(':') == colon || entry.charAt(colon - 1) == ']');
    return port ? entry.substring(0, colon) : entry;
  }

  @Override
  public Socket createSocket() {
    return new Guarded(this);
  }

  @Override
  public Socket createSocket(String host, int port) throws IOException {
    return connected(new InetSocketAddress(host, port));
  }

  @Override
  public Socket createSocket(String host, int port, InetAddress local, int localPort)
      throws IOException {
    return connected(new InetSocketAddress(host, port));
  }

  @Override
  public Socket createSocket(InetAddress host, int port) throws IOException {
    return connected(new InetSocketAddress(host, port));
  }

  @Override
  public Socket createSocket(InetAddress host, int port, InetAddress local, int localPort)
      throws IOException {
    return connected(new InetSocketAddress(host, port));
  }

  private Socket connected(InetSocketAddress target) throws IOException {
    Socket socket = createSocket();
    socket.connect(target);
    return socket;
  }

  private static final class Guarded extends Socket {
    private final Guard guard;

    Guarded(Guard guard) {
      this.guard = guard;
    }

    @Override
    public void connect(SocketAddress target) throws IOException {
      connect(target, 0);
    }

    @Override
    public void connect(SocketAddress target, int timeoutMillis) throws IOException {
      if (!(target instanceof InetSocketAddress address) || !guard.allows(address)) {
        throw new Denied();
      }
      super.connect(target, timeoutMillis);
    }
  }

  private static Network[] networks(String[] texts) {
    Network[] networks = new Network[texts.length];
    for (int i = 0; i < texts.length; i++) {
      networks[i] = network(texts[i]);
    }
    return networks;
  }

  private static Network network(String text) {
    int slash = text.indexOf('/');
    try {
      return new Network(
          InetAddress.getByName(text.substring(0, slash)).getAddress(),
          Integer.parseInt(text.substring(slash + 1)));
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException(text, e);
    }
  }
}
