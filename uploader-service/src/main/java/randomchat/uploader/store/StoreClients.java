package randomchat.uploader.store;

import io.minio.MinioClient;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.net.URI;
import java.time.Duration;
import okhttp3.Dispatcher;
import okhttp3.OkHttpClient;

/** The connections to the store. */
class StoreClients {

  private static final Duration CONNECT = Duration.ofSeconds(2);
  private static final Duration SILENCE = Duration.ofSeconds(10);
  private static final int AT_ONCE = 64; // requests; the library's own limit is 5 a host

  @Produces
  @Singleton
  MinioClient client(StoreSettings settings) {
    return client(settings, settings.endpoint());
  }

  /** With a region set nothing is asked over the network to sign a URL. */
  static MinioClient client(StoreSettings settings, URI endpoint) {
    Dispatcher dispatcher = new Dispatcher();
    dispatcher.setMaxRequests(AT_ONCE);
    dispatcher.setMaxRequestsPerHost(AT_ONCE);
    OkHttpClient http =
        new OkHttpClient.Builder()
            .dispatcher(dispatcher)
            .connectTimeout(CONNECT)
            .readTimeout(SILENCE)
            .writeTimeout(SILENCE)
            .build();
    return MinioClient.builder()
        .endpoint(endpoint.toString())
        .region(settings.region())
        .credentials(settings.accessKey(), settings.secretKey())
        .httpClient(http, true)
        .build();
  }
}
