package randomchat.kit.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** What a service tells Prometheus, at one moment. */
public record Scrape(List<String> samples) {

  private static final HttpClient HTTP = HttpClient.newHttpClient();

  /**
   * @param metrics {@code /q/metrics} on the management port
   */
  public static Scrape of(URI metrics) {
    try {
      HttpRequest request = HttpRequest.newBuilder(metrics).header("Accept", "text/plain").build();
      HttpResponse<String> answer = HTTP.send(request, HttpResponse.BodyHandlers.ofString());
      if (answer.statusCode() != 200) {
        throw new AssertionError(metrics + " answers " + answer.statusCode());
      }
      return new Scrape(answer.body().lines().filter(line -> !line.startsWith("#")).toList());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * The sum of a metric's samples that have all these labels.
   *
   * @param labels such as {@code outcome="made"}
   * @throws AssertionError if there is no such sample
   */
  public double sum(String name, String... labels) {
    List<String> found =
        samples.stream()
            .filter(sample -> name(sample).equals(name))
            .filter(sample -> Stream.of(labels).allMatch(sample::contains))
            .toList();
    if (found.isEmpty()) {
      throw new AssertionError("no sample of " + name + " " + List.of(labels));
    }
    return found.stream().mapToDouble(Scrape::value).sum();
  }

  /** Of all samples, without their labels. */
  public Set<String> names() {
    Set<String> names = new TreeSet<>();
    samples.forEach(sample -> names.add(name(sample)));
    return names;
  }

  private static String name(String sample) {
    return sample.split("[{ ]", 2)[0];
  }

  private static double value(String sample) {
    return Double.parseDouble(sample.substring(sample.lastIndexOf(" ") + 1));
  }
}
