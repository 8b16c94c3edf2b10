package randomchat.e2e;

import java.awt.Color;
import java.awt.GradientPaint;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import javax.imageio.ImageIO;
import javax.sound.sampled.AudioFileFormat;
import javax.sound.sampled.AudioFormat;
import javax.sound.sampled.AudioInputStream;
import javax.sound.sampled.AudioSystem;

/** Files to send. */
final class Samples {

  private Samples() {}

  /** So many seconds of silence, 172 KB each. */
  static byte[] silence(int seconds) {
    AudioFormat format = new AudioFormat(44_100, 16, 2, true, false);
    byte[] samples = new byte[seconds * 44_100 * format.getFrameSize()];
    long frames = (long) seconds * 44_100;
    try (ByteArrayOutputStream out = new ByteArrayOutputStream()) {
      AudioSystem.write(
          new AudioInputStream(new ByteArrayInputStream(samples), format, frames),
          AudioFileFormat.Type.WAVE,
          out);
      return out.toByteArray();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A small landscape: an evening sky over a hill. */
  static byte[] picture() {
    BufferedImage image = new BufferedImage(320, 200, BufferedImage.TYPE_INT_RGB);
    Graphics2D g = image.createGraphics();
    g.setPaint(new GradientPaint(0, 0, new Color(0x3B4A6B), 0, 200, new Color(0xF2A65A)));
    g.fillRect(0, 0, 320, 200);
    g.setPaint(new Color(0xFFE8C2));
    g.fillOval(205, 70, 56, 56);
    g.setPaint(new Color(0x2F3B35));
    g.fillOval(-80, 140, 380, 160);
    g.setPaint(new Color(0x25302B));
    g.fillOval(140, 155, 300, 140);
    g.dispose();
    try (ByteArrayOutputStream out = new ByteArrayOutputStream()) {
      ImageIO.write(image, "png", out);
      return out.toByteArray();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
