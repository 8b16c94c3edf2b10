package randomchat.faults.fleet;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassFile.ClassHierarchyResolverOption;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.ClassModel;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeTransform;
import java.lang.classfile.constantpool.MethodRefEntry;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.constant.ClassDesc;
import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.Instrumentation;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.ProtectionDomain;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;

/**
 * Makes the wall clock of one process wrong, as far as a service and its libraries read it: a Java
 * agent that answers in the place of the JDK. What the JDK reads for itself stays right.
 */
public final class WrongClock implements ClassFileTransformer {

  private static final ClassDesc HERE = ClassDesc.of(WrongClock.class.getName());
  private static final Map<String, String> READERS =
      Map.of("java/lang/System", "currentTimeMillis", "java/time/Instant", "now");

  private static long offset; // milliseconds

  private WrongClock() {}

  /** The flag of a JVM whose clock is to be wrong by that much. */
  static String flag(Duration by) {
    try {
      Path jar = Files.createTempFile("wrong-clock", ".jar");
      jar.toFile().deleteOnExit();
      Manifest manifest = new Manifest();
      manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
      manifest.getMainAttributes().putValue("Premain-Class", WrongClock.class.getName());
      manifest.getMainAttributes().putValue("Boot-Class-Path", "" + jar); // seen by every loader
      String file = WrongClock.class.getName().replace('.', '/') + ".class";
      try (var code = WrongClock.class.getClassLoader().getResourceAsStream(file);
          var out = new JarOutputStream(Files.newOutputStream(jar), manifest)) {
        out.putNextEntry(new JarEntry(file));
        code.transferTo(out);
      }
      return "-javaagent:" + jar + "=" + by.toMillis();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public static void premain(String millis, Instrumentation jvm) {
    offset = Long.parseLong(millis);
    jvm.addTransformer(new WrongClock());
  }

  public static long currentTimeMillis() {
    return System.currentTimeMillis() + offset;
  }

  public static Instant now() {
    return Instant.now().plusMillis(offset);
  }

  @Override
  public byte[] transform(
      ClassLoader loader, String name, Class<?> known, ProtectionDomain domain, byte[] code) {
    if (loader == null || HERE.descriptorString().equals("L" + name + ";")) {
      return null;
    }
    ClassFile files =
        ClassFile.of(
            ClassHierarchyResolverOption.of(
                ClassHierarchyResolver.defaultResolver()
                    .orElse(ClassHierarchyResolver.ofResourceParsing(loader))));
    ClassModel model = files.parse(code);
    for (var entry : model.constantPool()) {
      if (entry instanceof MethodRefEntry method && readsClock(method)) {
        return files.transformClass(model, ClassTransform.transformingMethodBodies(wrong()));
      }
    }
    return null;
  }

  private static CodeTransform wrong() {
    return (code, element) -> {
      if (element instanceof InvokeInstruction call
          && call.method() instanceof MethodRefEntry method
          && readsClock(method)) {
        code.invokestatic(HERE, call.name().stringValue(), call.typeSymbol());
      } else {
        code.with(element);
      }
    };
  }

  private static boolean readsClock(MethodRefEntry method) {
    return method.name().equalsString(READERS.getOrDefault(method.owner().asInternalName(), ""))
        && method.type().stringValue().startsWith("()");
  }
}
