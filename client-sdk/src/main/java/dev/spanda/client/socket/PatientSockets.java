package dev.spanda.client.socket;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Duration;
import javax.net.SocketFactory;

/**
 * Makes unconnected sockets whose reads end after a time, so that a server which takes a connection
 * and never answers the handshake cannot hold the socket for ever. The limit is lifted when the
 * handshake is done; pings watch from then on.
 */
final class PatientSockets extends SocketFactory {

  private final SocketFactory factory;
  private final int patienceMillis;

  PatientSockets(SocketFactory factory, Duration patience) {
    this.factory = factory;
    this.patienceMillis = (int) patience.toMillis();
  }

  @Override
  public Socket createSocket() throws IOException {
    Socket socket = factory.createSocket();
    socket.setSoTimeout(patienceMillis);
    return socket;
  }

  @Override
  public Socket createSocket(String host, int port) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Socket createSocket(String host, int port, InetAddress local, int localPort) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Socket createSocket(InetAddress host, int port) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Socket createSocket(InetAddress host, int port, InetAddress local, int localPort) {
    throw new UnsupportedOperationException();
  }
}
