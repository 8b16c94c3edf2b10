package randomchat.e2e.gateway;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.net.ssl.SSLContext;
import randomchat.e2e.system.RandomChat;
import randomchat.kit.testing.RedisServer;

/** Speaks TLS with a certificate of its own, and hands everything on as such a proxy does. */
public final class TlsProxy implements AutoCloseable {

  private static final String CONFIGURATION =
      """
      daemon off;
      master_process off;
      pid nginx.pid;
      events { }
      http {
        access_log off;
        client_body_temp_path body;
        proxy_temp_path proxy;
        fastcgi_temp_path fastcgi;
        uwsgi_temp_path uwsgi;
        scgi_temp_path scgi;
        client_max_body_size 0;
        map $http_upgrade $connection_to { default upgrade; '' close; }
        server {
          listen 127.0.0.1:%d ssl;
          ssl_certificate cert.pem;
          ssl_certificate_key key.pem;
          location / {
            proxy_pass http://127.0.0.1:%d;
            proxy_http_version 1.1;
            proxy_set_header Host $http_host;
            proxy_set_header X-Forwarded-Host $http_host;
            proxy_set_header X-Forwarded-Proto https;
            proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;
            proxy_set_header Upgrade $http_upgrade;
            proxy_set_header Connection $connection_to;
          }
        }
      }
      """;

  private final int port = RedisServer.freePort();
  private final Path folder;
  private final Certificate certificate;
  private final Nginx nginx;

  public TlsProxy(Gateway gateway) {
    try {
      Path parent = Files.createDirectories(RandomChat.target().resolve("gateways"));
      folder = Files.createTempDirectory(parent, "tls");
      Files.createDirectories(folder.resolve("logs"));
      Files.writeString(
          folder.resolve("nginx.conf"), CONFIGURATION.formatted(port, gateway.port()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    certificate = new Certificate(folder);
    nginx = new Nginx(folder, port);
  }

  public String origin() {
    return "https://localhost:" + port;
  }

  public int port() {
    return port;
  }

  /** What a client needs that trusts its certificate. */
  public SSLContext trust() {
    return certificate.trust();
  }

  @Override
  public void close() {
    nginx.close();
  }
}
