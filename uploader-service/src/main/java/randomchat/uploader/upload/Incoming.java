package randomchat.uploader.upload;

import java.nio.file.Path;
import org.jboss.resteasy.reactive.multipart.FileUpload;
import randomchat.uploader.type.FileName;

/** A file as it arrived: called as the client says, its content on our disk for this request. */
record Incoming(FileName name, Path content, long size) {

  static Incoming of(FileUpload upload) {
    return new Incoming(FileName.of(upload.fileName()), upload.uploadedFile(), upload.size());
  }
}
