package randomchat.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ExtensionContext.Store;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import randomchat.e2e.browser.Browsers;
import randomchat.e2e.system.RandomChat;

/**
 * One system and one browser for all tests of a run. After each test its visitors go; what their
 * pages complained of fails it, and what a failed test saw is kept in target/failures.
 */
final class Stage implements ParameterResolver, AfterEachCallback {

  private static final Namespace OURS = Namespace.create(Stage.class);

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    Class<?> type = parameter.getParameter().getType();
    return type == RandomChat.class || type == Browsers.class;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    Store store = store(context);
    return parameter.getParameter().getType() == RandomChat.class
        ? store.computeIfAbsent(Running.class, none -> Running.start(), Running.class).orFail()
        : store.computeIfAbsent(Browsers.class, none -> new Browsers());
  }

  @Override
  public void afterEach(ExtensionContext context) {
    boolean failed = context.getExecutionException().isPresent();
    Browsers browsers = store(context).get(Browsers.class, Browsers.class);
    List<String> complaints = List.of();
    if (browsers != null) {
      if (failed) {
        browsers.keepEvidence(
            context.getRequiredTestClass().getSimpleName() + "." + context.getDisplayName());
      }
      complaints = browsers.leave();
    }
    Running running = store(context).get(Running.class, Running.class);
    if (failed && running != null && running.system() != null) {
      System.err.println(running.system().lastWords());
    }
    assertEquals(List.of(), failed ? List.of() : complaints, "what the pages complained of");
  }

  /** A system that did not start is not started again for every test. */
  private record Running(RandomChat system, Throwable failure) implements AutoCloseable {

    static Running start() {
      try {
        return new Running(RandomChat.start(), null);
      } catch (AssertionError | RuntimeException e) {
        return new Running(null, e);
      }
    }

    RandomChat orFail() {
      if (failure != null) {
        throw new IllegalStateException("the system did not start", failure);
      }
      return system;
    }

    @Override
    public void close() {
      if (system != null) {
        system.close();
      }
    }
  }

  private static Store store(ExtensionContext context) {
    return context.getRoot().getStore(OURS);
  }
}
